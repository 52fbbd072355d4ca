"""Documented pauses of an activity's deadline: recorded with a reason, and ended."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.commitments.document.columns import text_of
from tequio.commitments.models import Activity, Pause
from tequio.record.append import Actor, act

Doc = dict[str, Any]


@transaction.atomic
def record_pause(
    *, activity: Activity, start: dt.date, end: dt.date | None, reason: Doc, by: Actor, basis: str = ""
) -> Pause:
    """Documents a pause of an activity's deadline; without ``end`` it runs until it is ended.

    Raises ``ValidationError`` when it ends before it starts, without a reason, which is public, or while another pause of
    the activity has no end yet.
    """
    if end and end < start:
        raise ValidationError({"end": _("Termina antes de empezar.")})
    if not any(str(words).strip() for words in reason.values()):
        raise ValidationError({"reason": _("Di por qué se pausa: el motivo es público.")})
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if end is None and activity.pauses.filter(end=None).exists():
        raise ValidationError(_("Esta actividad ya tiene una pausa abierta. Termínala antes de abrir otra."))
    number = (activity.pauses.aggregate(n=Max("number"))["n"] or 0) + 1
    pause = Pause(activity=activity, number=number, start=start, end=end, reason=text_of(reason), basis=basis.strip())
    with act("pause.recorded", pause, by=by, basis=basis, done=start):
        pass
    return pause


@transaction.atomic
def end_pause(*, pause: Pause, end: dt.date, by: Actor, why: str = "") -> Pause:
    """Says the last day of a pause that was open. Raises ``ValidationError`` for a day before it began, or for a pause that
    has an end already."""
    rows = Pause.objects.select_for_update(of=("self",)).select_related(
        "activity__jurisdiction", "activity__commitment"
    )
    held = rows.get(pk=pause.pk)
    if held.end is not None:
        raise ValidationError(_("Esta pausa ya terminó. Vuelve a abrir la página para verla."))
    if end < held.start:
        raise ValidationError({"end": _("Termina antes de empezar.")})
    with act("pause.ended", held, by=by, why=why.strip(), done=end):
        held.end = end
    return held
