"""Reads for the pages of commitments and activities."""

from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, QuerySet

from tequio.commitments.attainment import attainment_of, bands_in_words, bands_of, chart_of
from tequio.commitments.models import Activity, Commitment, Indicator, Support
from tequio.places.models import Jurisdiction
from tequio.vocabularies import terms

PUBLISHED = Commitment.Status.PUBLISHED


def public_commitments(jurisdiction: Jurisdiction) -> QuerySet[Commitment]:
    """The commitments that anybody may read."""
    return Commitment.objects.filter(jurisdiction=jurisdiction, status=PUBLISHED, plan__status="published")


def for_page(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With everything that a commitment's page shows."""
    return rows.select_related(
        "jurisdiction",
        "plan__jurisdiction",
        "lead__jurisdiction",
        "continues",
        *("head__person", "head__office", "head__organisation"),
        *("liaison__person", "liaison__office", "liaison__organisation"),
    ).prefetch_related(
        Prefetch("supports", Support.objects.select_related("organisation")),
        Prefetch("indicators", Indicator.objects.prefetch_related("values")),
        "money",
        "versions",
        "continued_by",
    )


def public_activities(jurisdiction: Jurisdiction) -> QuerySet[Activity]:
    """The activities that anybody may read."""
    return Activity.objects.filter(
        jurisdiction=jurisdiction, commitment__status=PUBLISHED, commitment__plan__status="published"
    ).select_related("commitment__plan", "commitment__lead", "commitment__jurisdiction", "lead", "responsible__office",
                     "responsible__organisation", "responsible__person", "indicator", "jurisdiction")


def supporters_by_sector(commitment: Commitment) -> list[tuple[str, list[Support]]]:
    """The supporting institutions, by sector in the list's order."""
    groups: dict[str, list[Support]] = defaultdict(list)
    for link in commitment.supports.all():
        groups[link.organisation.sector].append(link)
    order = terms.keys("sector")
    keys = sorted(groups, key=lambda key: order.index(key) if key in order else len(order))
    return [(terms.label("sector", key), groups[key]) for key in keys]


def indicators_with_light(commitment: Commitment) -> list[dict[str, Any]]:
    """The indicators with attainment, thresholds in words and drawing."""
    found = []
    for indicator in commitment.indicators.all():
        bands, _closed = bands_of(indicator.thresholds, commitment.plan.thresholds_preset)
        reached = attainment_of(indicator, commitment.plan.thresholds_preset)
        found.append(
            {
                "indicator": indicator,
                "attainment": reached,
                "word": terms.label("attainment", reached.light),
                "bands": bands_in_words(bands),
                "chart": chart_of(indicator),
            }
        )
    return found


def labelled(scheme: str, keys: list[str]) -> list[str]:
    """Keys of a list in the reader's words."""
    return [terms.label(scheme, key) for key in keys]
