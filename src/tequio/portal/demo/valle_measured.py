"""What became of the values that the indicators of Valle del Ejemplo (invented) measured: one corrected, one verified."""

from decimal import Decimal

from tequio.commitments.actions import correct_value, verify_value
from tequio.commitments.models import IndicatorValue
from tequio.people.acting import actor_of
from tequio.plans.models import Plan
from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, both


def tell_values(plan: Plan, cast: Cast) -> None:
    """Corrects and verifies one value each, by the verbs that people use; what was told already is left alone."""
    rows = IndicatorValue.objects.filter(indicator__commitment__plan=plan, indicator__commitment__code="agua-1")
    first, second = rows.filter(indicator__number=1, number__in=(2, 3)).order_by("number")
    if first.rev == 1:
        verify_value(
            value=first,
            why="Conté las fugas de la bitácora de ese mes y el porcentaje es el mismo (de práctica).",
            by=actor_of(cast["carmen"]),
        )
    if second.rev == 1:
        correct_value(
            value=second,
            period=str(second.period),
            figure=Decimal(68),
            why="Faltaban dos cuadrillas en la cuenta (motivo inventado).",
            note=both("A = 34; R = 50", "A = 34; R = 50"),
            evidence_words="Bitácora de fugas (de práctica)",
            evidence_url=f"{WORKS}/registro",
            reported_by=second.reported_by,
            by=actor_of(cast["beto"]),
        )
