"""What the committee and the institution answer."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.observations.models import Observation
from tequio.people.models import Role
from tequio.record.append import Actor, act


@transaction.atomic
def answer(
    *,
    observation: Observation,
    outcome: str,
    words: str,
    role: Role,
    by: Actor,
    words_en: str = "",
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """The committee answers, once, with an outcome and its reason.

    Raises ``ValidationError`` for an answer given before, one without a reason, or an observation out of sight.
    """
    if observation.answered_on is not None:
        raise ValidationError(_("Esta observación ya tiene respuesta."))
    if observation.sight != Observation.Sight.SHOWN:
        raise ValidationError(_("Primero decide si su texto se ve: no se responde lo que nadie puede leer."))
    if outcome not in Observation.Outcome.values:
        raise ValidationError({"outcome": _("Elige en qué quedó.")})
    if not words.strip():
        raise ValidationError({"words": _("Explica el porqué: la respuesta es pública.")})
    with act("observation.answered", observation, by=by, done=on, seen=seen):
        observation.outcome = outcome
        observation.answer = text(words.strip(), words_en.strip())
        observation.answered_on = on or timezone.localdate()
        observation.answered_by = role


@transaction.atomic
def comment(
    *,
    observation: Observation,
    words: str,
    role: Role,
    by: Actor,
    words_en: str = "",
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """The institution says something in public, once."""
    if observation.commented_on is not None:
        raise ValidationError(_("La institución ya comentó esta observación."))
    if observation.sight != Observation.Sight.SHOWN:
        raise ValidationError(_("Esta observación no está a la vista."))
    if not words.strip():
        raise ValidationError({"words": _("Escribe el comentario.")})
    with act("observation.commented", observation, by=by, done=on, seen=seen):
        observation.comment = text(words.strip(), words_en.strip())
        observation.commented_on = on or timezone.localdate()
        observation.commented_by = role
