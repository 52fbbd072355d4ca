"""What became of an agreement, told by whoever answers for it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.meetings.models import Agreement
from tequio.people.models import Role
from tequio.record.append import Actor, act

MOST = 100  # notes of one agreement


@transaction.atomic
def follow_up(
    *,
    agreement: Agreement,
    text: str,
    by: Actor,
    state: str = Agreement.State.OPEN,
    role: Role | None = None,
    today: dt.date | None = None,
    seen: int | None = None,
) -> Agreement:
    """Adds a public note to an agreement and says whether it is done or without effect.

    Raises ``ValidationError`` before the agreement is public, after it was closed, and without words.
    """
    today = today or timezone.localdate()
    if not agreement.is_public():
        raise ValidationError(_("El acta todavía no se aprueba."))
    if agreement.state != Agreement.State.OPEN:
        raise ValidationError(_("Este acuerdo ya se cerró."))
    if not text.strip():
        raise ValidationError({"text": _("Cuenta qué se hizo o por qué se cierra: es público.")})
    if len(agreement.notes) >= MOST:
        raise ValidationError(_("Este acuerdo ya tiene demasiadas notas."))
    kind = "agreement.followed" if state == Agreement.State.OPEN else "agreement.closed"
    with act(kind, agreement, by=by, done=today, seen=seen):
        note = {"on": today.isoformat(), "text": text.strip(), "state": state}
        agreement.notes = [*agreement.notes, {**note, **({"by": role.subject_key()} if role else {})}]
        agreement.state = state
        if state != Agreement.State.OPEN:
            agreement.closed_on = today
    return agreement
