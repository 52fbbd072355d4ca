"""Reads about plans."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan


def public_plans(jurisdiction: Jurisdiction) -> QuerySet[Plan]:
    """The published plans, newest first, each with how many commitments it has."""
    return (
        Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED)
        .select_related("jurisdiction")
        .annotate(commitment_count=Count("commitments", filter=Q(commitments__status="published")))
        .order_by("-number")
    )


def told_facts(plan: Plan) -> list[tuple[str, Any]]:
    """What the sources tell of monitoring, learning and money, under a heading each."""
    rows = [
        (_("Seguimiento"), plan.monitoring),
        (_("Aprendizaje"), plan.learning),
        (_("Recursos"), plan.funding),
    ]
    return [(words, value) for words, value in rows if value]
