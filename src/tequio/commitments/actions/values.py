"""Measured values of an indicator: recorded after publication, corrected by a new act, verified by the Committee."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.document.columns import text_of
from tequio.commitments.models import Indicator, IndicatorValue
from tequio.common.dates import PartialDate
from tequio.record.append import Actor, act

Doc = dict[str, Any]
LARGEST = Decimal(10) ** 14  # exclusive; what the column holds


@transaction.atomic
def record_value(
    *,
    indicator: Indicator,
    period: str,
    value: Decimal,
    by: Actor,
    note: Doc | None = None,
    evidence_words: str = "",
    evidence_url: str = "",
    reported_by: str = "",
) -> IndicatorValue:
    """Records a measured value of a public indicator. A period that was measured before keeps both values; the last counts.

    Raises ``ValidationError`` for a period that has not begun, and for an indicator that is not public.
    """
    row = Indicator.objects.select_for_update(of=("self",)).select_related("commitment__jurisdiction")
    indicator = row.get(pk=indicator.pk)
    if not indicator.is_public():
        raise ValidationError(_("El indicador todavía no es público: primero se publica su compromiso."))
    last = indicator.values.aggregate(n=Max("number"))["n"] or 0
    made = IndicatorValue(indicator=indicator, number=last + 1)
    _say(made, period, value, note, evidence_words, evidence_url, reported_by)
    with act("value.recorded", made, by=by):
        pass
    return made


@transaction.atomic
def correct_value(
    *,
    value: IndicatorValue,
    period: str,
    figure: Decimal,
    why: str,
    by: Actor,
    note: Doc | None = None,
    evidence_words: str = "",
    evidence_url: str = "",
    reported_by: str = "",
) -> IndicatorValue:
    """Corrects a value by a new act; what it said before stays in the record and on its page. A verified value counts as
    not verified again, for the Committee saw another one.

    Raises ``ValidationError`` without a reason, which is public, or when nothing changes.
    """
    row = _held(value)
    before = row.public_state()
    _say(row, period, figure, note, evidence_words, evidence_url, reported_by)
    if not why.strip():
        raise ValidationError({"why": _("Di por qué se corrige: el motivo es público.")})
    if row.public_state() == before:
        raise ValidationError(_("El valor dice lo mismo que antes: no hay nada que corregir."))
    with act("value.corrected", row, by=by, why=why.strip()):
        row.verified = False
    return row


@transaction.atomic
def verify_value(*, value: IndicatorValue, why: str, by: Actor) -> IndicatorValue:
    """Marks a value as verified by the Committee. Raises ``ValidationError`` without a reason, which is public, or for a value
    that is verified already."""
    row = _held(value)
    if row.verified:
        raise ValidationError(_("Este valor ya está verificado."))
    if not why.strip():
        raise ValidationError({"why": _("Di con qué lo comprobaste: es público.")})
    with act("value.verified", row, by=by, why=why.strip()):
        row.verified = True
    return row


def _held(value: IndicatorValue) -> IndicatorValue:
    """The value as it stands now, held for this change."""
    rows = IndicatorValue.objects.select_for_update(of=("self",))
    return rows.select_related("indicator__commitment__jurisdiction").get(pk=value.pk)


def _say(
    row: IndicatorValue,
    period: str,
    value: Decimal,
    note: Doc | None,
    evidence_words: str,
    evidence_url: str,
    reported_by: str,
) -> None:
    row.period, row.value = _period(period, timezone.localdate()), _figure(value)
    row.note = text_of(note or {})
    row.evidence_words, row.evidence_url = evidence_words.strip(), evidence_url.strip()
    row.reported_by = reported_by.strip()


def _period(period: str, today: dt.date) -> PartialDate:
    try:
        found = PartialDate(period)
    except ValueError as error:
        raise ValidationError({"period": _("Escribe el periodo como 2026, 2026-06 o 2026-06-30.")}) from error
    if not found:
        raise ValidationError({"period": _("Di de qué periodo es el valor.")})
    if found.first and found.first > today:
        raise ValidationError({"period": _("Ese periodo todavía no empieza: no hay nada medido.")})
    return found


def _figure(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) >= LARGEST:
        raise ValidationError({"value": _("El número está fuera de lo posible.")})
    return value
