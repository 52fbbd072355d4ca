"""Reads for the pages of commitments and activities. The number of queries does not grow with rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from tequio.commitments.attainment import Attainment, Thresholds, attainment_of, series_of, thresholds_of
from tequio.commitments.deadlines import Deadline, deadline_of, holidays_of, manual_in_force, rule_for
from tequio.commitments.models import Activity, Commitment, Draft, Evidence, Indicator, Manual, Money, Pause, Support
from tequio.common.dates import PartialDate
from tequio.common.moment import remembered
from tequio.documents.models import Blob
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.vocabularies import terms

PUBLISHED = Commitment.Status.PUBLISHED
LIVE_DRAFTS = Prefetch("drafts", Draft.objects.filter(discarded=None))
ROLES = ("head", "liaison")


def public_commitments(jurisdiction: Jurisdiction) -> QuerySet[Commitment]:
    """The commitments that anybody may read."""
    return Commitment.objects.filter(jurisdiction=jurisdiction, status=PUBLISHED, plan__status="published")


def _thrown_away(**own: Any) -> Exists:
    return Exists(Draft.objects.filter(discarded__isnull=False, **own))


def working_plans(jurisdiction: Jurisdiction) -> QuerySet[Plan]:
    """The plans that are written on, with their drafts: all but those that were never public and were thrown away."""
    gone = _thrown_away(plan=OuterRef("pk"), kind=Draft.Kind.PLAN)
    rows = Plan.objects.filter(jurisdiction=jurisdiction).exclude(gone, rev=0)
    return rows.select_related("jurisdiction").prefetch_related(LIVE_DRAFTS)


def working_commitments(jurisdiction: Jurisdiction) -> QuerySet[Commitment]:
    """The commitments that are written on, with their drafts, likewise."""
    plan_gone = _thrown_away(plan=OuterRef("plan"), kind=Draft.Kind.PLAN)
    rows = Commitment.objects.filter(jurisdiction=jurisdiction)
    rows = rows.exclude(_thrown_away(commitment=OuterRef("pk")), rev=0).exclude(plan_gone, plan__rev=0)
    return rows.select_related("jurisdiction", "plan__jurisdiction", "lead").prefetch_related(LIVE_DRAFTS)


def for_page(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With everything that a commitment's page shows."""
    roles = [f"{role}__{part}" for role in ROLES for part in ("person", "office", "organisation")]
    others = Commitment.objects.filter(status=PUBLISHED).select_related("plan")
    return rows.select_related(
        "jurisdiction", "plan__jurisdiction", "lead__jurisdiction", "lead__replaced_by", "continues__plan", *roles
    ).prefetch_related(
        Prefetch("supports", Support.objects.select_related("organisation")),
        Prefetch("indicators", Indicator.objects.select_related("responsible_unit").prefetch_related("values")),
        Prefetch("continued_by", others),
        "money",
        "versions",
    )


def of_plan(plan: Plan) -> list[tuple[Commitment, int]]:
    """A plan's published commitments, for lists, each with how many activities of its road map have a name."""
    named = Count("activities", filter=Q(activities__withdrawn=False))
    rows = Commitment.objects.filter(plan=plan, status=PUBLISHED).select_related("jurisdiction", "plan", "lead")
    return [(row, row.named) for row in rows.annotate(named=named).order_by("number", "code")]


def public_activities(jurisdiction: Jurisdiction) -> QuerySet[Activity]:
    """The activities that anybody may read, with what their page shows."""
    responsible = [f"responsible__{part}" for part in ("office", "organisation", "person")]
    return (
        Activity.objects.filter(
            jurisdiction=jurisdiction, commitment__status=PUBLISHED, commitment__plan__status="published"
        )
        .select_related("commitment__plan__jurisdiction", "commitment__lead", "commitment__jurisdiction")
        .select_related("jurisdiction", "lead", "indicator", *responsible)
        .prefetch_related("supporting", "pauses")
    )


@remembered
def public_activity(jurisdiction: Jurisdiction, number: int) -> Activity | None:
    """The public activity with a number, if there is one."""
    return public_activities(jurisdiction).filter(number=number).order_by("pk").first()


@remembered
def public_commitment(jurisdiction: Jurisdiction, code: str) -> Commitment | None:
    """The public commitment with a code, if there is one, with what its pages show."""
    return for_page(public_commitments(jurisdiction)).filter(code=code).order_by("pk").first()


@remembered
def public_piece(jurisdiction: Jurisdiction, code: str, number: int) -> Evidence | None:
    """The piece of evidence with a number that anybody may see, if there is one."""
    rows = Evidence.objects.select_related("commitment__plan", "commitment__jurisdiction", "activity", "blob")
    rows = rows.filter(commitment__in=public_commitments(jurisdiction), commitment__code=code)
    return rows.filter(number=number, personal_data=False).order_by("pk").first()


@remembered
def evidence_of(activity: Activity) -> list[Evidence]:
    """The public pieces of evidence of an activity."""
    return list(public_evidence(activity.commitment).filter(activity=activity))


def public_evidence(commitment: Commitment) -> QuerySet[Evidence]:
    """The pieces of evidence that anybody may see."""
    rows = Evidence.objects.filter(commitment=commitment, personal_data=False)
    return rows.select_related("commitment", "activity", "blob").order_by("activity__order", "number")


def names_publicly(blob: Blob) -> bool:
    """Whether a public piece of evidence is this file."""
    rows = Evidence.objects.filter(blob=blob, personal_data=False)
    return rows.filter(commitment__status=PUBLISHED, commitment__plan__status="published").exists()


@remembered
def neighbours(activity: Activity) -> tuple[Activity | None, Activity | None]:
    """The activities before and after this one in the road map of its commitment."""
    rows = list(Activity.objects.filter(commitment=activity.commitment, withdrawn=False).only("pk", "number", "title"))
    places = {row.pk: place for place, row in enumerate(rows)}
    if activity.pk not in places:
        return None, None
    place = places[activity.pk]
    return (rows[place - 1] if place else None), (rows[place + 1] if place + 1 < len(rows) else None)


def deadline_with(activity: Activity, pauses: Iterable[Pause], today: dt.date) -> Deadline:
    """The deadline of an activity under the manual in force, were these its pauses."""
    plan = activity.commitment.plan
    rule = rule_for(activity, manual_in_force(Manual.objects.filter(plan=plan), today))
    return deadline_of(activity, rule, holidays_of(plan), pauses, today)


def supporters_by_sector(commitment: Commitment) -> list[tuple[str, list[Support]]]:
    """The supporting institutions, by sector in the list's order."""
    groups: dict[str, list[Support]] = defaultdict(list)
    for link in commitment.supports.all():
        groups[link.organisation.sector].append(link)
    order = terms.keys("sector")
    keys = sorted(groups, key=lambda key: order.index(key) if key in order else len(order))
    return [(terms.label("sector", key), groups[key]) for key in keys]


@dataclass(frozen=True)
class Measured:
    """An indicator with how near it came, its thresholds and its values over time."""

    indicator: Indicator
    attainment: Attainment
    thresholds: Thresholds
    series: list[dict[str, Any]]
    targets: list[dict[str, Any]]

    @property
    def means(self) -> list[dict[str, Any]]:
        """The means of verification, their frequency in the reader's words."""
        return [{**item, "frequency": _word("frequency", item.get("frequency", ""))} for item in self.indicator.means]

    @property
    def figures(self) -> list[Any]:
        """The values alone, for a line as small as a word."""
        return [row["value"] for row in self.series]


def measured(indicator: Indicator, plan: Plan) -> Measured:
    """An indicator as its page and its commitment's page show it."""
    return Measured(
        indicator,
        attainment_of(indicator, plan.thresholds_preset),
        thresholds_of(indicator.thresholds, plan.thresholds_preset),
        series_of(indicator),
        [{**item, "period": PartialDate(item["period"])} for item in indicator.targets],
    )


def indicators_of(commitments: QuerySet[Commitment]) -> QuerySet[Indicator]:
    """The indicators of some commitments, with what their pages show."""
    rows = Indicator.objects.filter(commitment__in=commitments).prefetch_related("values", "activities")
    return rows.select_related(
        "commitment__plan",
        "commitment__jurisdiction",
        "commitment__lead__jurisdiction",
        "responsible_unit__jurisdiction",
    )


def sheet_of(indicator: Indicator) -> list[tuple[str, str]]:
    """The fields of the ficha técnica that are keys of lists or short words, in the reader's words; empty ones too."""
    lists = {
        "level": "indicator_level",
        "kind": "indicator_type",
        "dimension": "dimension",
        "frequency": "frequency",
        "direction": "direction",
        "accumulation": "accumulation",
    }
    return [
        (str(indicator._meta.get_field(name).verbose_name).capitalize(), _word(scheme, getattr(indicator, name)))  # type: ignore[union-attr]
        for name, scheme in lists.items()
    ]


def _word(scheme: str, key: str) -> str:
    return terms.label(scheme, key) if key else ""


@dataclass(frozen=True)
class Funding:
    """The money of a commitment in one currency and fiscal years together: what was earmarked, released and spent.

    None where not one line says; ``lines`` are the rows themselves.
    """

    currency: str
    lines: list[Money]
    earmarked: Decimal | None
    released: Decimal | None
    spent: Decimal | None

    @property
    def whole(self) -> Decimal:
        """The longest bar."""
        return max([Decimal(1), *(sum for sum in (self.earmarked, self.released, self.spent) if sum is not None)])


def funding_of(lines: list[Money]) -> list[Funding]:
    """The lines of money by currency. Different currencies are never added up."""
    groups: dict[str, list[Money]] = defaultdict(list)
    for line in lines:
        groups[line.currency].append(line)
    return [
        Funding(currency, rows, *(_total(rows, name) for name in ("earmarked", "released", "spent")))
        for currency, rows in groups.items()
    ]


def _total(rows: list[Money], name: str) -> Decimal | None:
    known = [value for row in rows if (value := getattr(row, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def labelled(scheme: str, keys: list[str]) -> list[str]:
    """Keys of a list in the reader's words."""
    return [terms.label(scheme, key) for key in keys]
