"""What is shown of an observation. Members of the committee decide; the secretariat only asks them to look."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common import moderation
from tequio.observations.actions.saying import conceal, log
from tequio.observations.models import Observation
from tequio.people.models import Role
from tequio.record.append import Actor, act

TEXT, PHOTO = "text", "photo"


def _ruled(rule: str, reason: str) -> None:
    faults = {}
    if rule not in {one.key for one in moderation.RULES}:
        faults["rule"] = _("Elige la regla publicada en que se apoya.")
    if not reason.strip():
        faults["reason"] = _("Escribe el motivo. Es público: no repitas lo que quieres proteger.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def show(
    *,
    observation: Observation,
    part: str,
    role: Role,
    by: Actor,
    reason: str = "",
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """A member looked and shows a text that was held, a photo that waited, or keeps in sight what was flagged."""
    held = observation.sight == Observation.Sight.HELD
    waits = observation.photo_sight == Observation.Photo.WAITING
    if not (held or observation.is_flagged if part == TEXT else waits):
        raise ValidationError(_("Eso no espera que nadie lo mire."))
    today = on or timezone.localdate()
    with act("observation.shown", observation, by=by, why=reason, done=on, seen=seen):
        line = log("shown", today, part=part, reason=reason.strip(), by=role.subject_key())
        observation.moderation = [*observation.moderation, line]
        if part == TEXT:
            observation.sight = Observation.Sight.SHOWN
        else:
            observation.photo_sight = Observation.Photo.SHOWN


@transaction.atomic
def hide(
    *,
    observation: Observation,
    part: str,
    rule: str,
    reason: str,
    role: Role,
    by: Actor,
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """A member hides the text (and with it name and photo) or the photo alone, by a published rule and for a public
    reason. What the record disclosed of it is erased; that it happened stays in sight."""
    _ruled(rule, reason)
    if part == TEXT and observation.sight not in (Observation.Sight.SHOWN, Observation.Sight.HELD):
        raise ValidationError(_("Ese texto ya no está a la vista."))
    if part == PHOTO and observation.photo_sight not in (Observation.Photo.SHOWN, Observation.Photo.WAITING):
        raise ValidationError(_("Esa foto ya no está a la vista."))
    if part == PHOTO and observation.sight not in (Observation.Sight.SHOWN, Observation.Sight.HELD):
        raise ValidationError(_("Esta observación ya no está a la vista."))
    today = on or timezone.localdate()
    shown = observation.hidden_state() if part == TEXT else {}
    with act("observation.hidden", observation, by=by, why=reason, done=on, seen=seen):
        line = log("hidden", today, part=part, rule=rule, reason=reason.strip(), by=role.subject_key())
        observation.moderation = [*observation.moderation, line]
        observation.moderated_on = today
        if part == TEXT:
            observation.sight = Observation.Sight.HIDDEN
        else:
            observation.photo_sight = Observation.Photo.HIDDEN
    basis = _("Reglas de moderación: %(rule)s") % {"rule": moderation.rule_words(rule)}
    conceal(observation, shown, by, basis)


@transaction.atomic
def flag(
    *,
    observation: Observation,
    rule: str,
    reason: str,
    role: Role,
    by: Actor,
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """The secretariat asks the committee, in public, to look at something. It hides nothing."""
    _ruled(rule, reason)
    if observation.sight != Observation.Sight.SHOWN or observation.is_flagged:
        raise ValidationError(_("El Comité ya la tiene por mirar, o ya no está a la vista."))
    today = on or timezone.localdate()
    with act("observation.flagged", observation, by=by, why=reason, done=on, seen=seen):
        line = log("flagged", today, rule=rule, reason=reason.strip(), by=role.subject_key())
        observation.moderation = [*observation.moderation, line]


def hidden_by(observation: Observation) -> str:
    """The key of the role that hid what was appealed; empty where nothing was hidden."""
    lines = [line for line in observation.moderation if line["what"] == "hidden"]
    return str(lines[-1].get("by", "")) if lines else ""


@transaction.atomic
def review(
    *,
    observation: Observation,
    restore: bool,
    reason: str,
    role: Role,
    by: Actor,
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """A second member decides an appeal: what was hidden last comes back, or stays hidden.

    Raises ``ValidationError`` when there is no appeal, the same person hid it, or no reason is given.
    """
    if observation.appealed_on is None or observation.reviewed_on is not None:
        raise ValidationError(_("No hay ninguna apelación por resolver."))
    if _same_person(role, hidden_by(observation)):
        raise ValidationError(_("Una apelación la decide otra persona, no quien ocultó."))
    if not reason.strip():
        raise ValidationError({"reason": _("Escribe el motivo. Es público: no repitas lo que quieres proteger.")})
    today = on or timezone.localdate()
    last = [line for line in observation.moderation if line["what"] == "hidden"][-1]
    kind = "observation.restored" if restore else "observation.upheld"
    with act(kind, observation, by=by, why=reason, done=on, seen=seen):
        what = "restored" if restore else "upheld"
        line = log(what, today, part=last["part"], reason=reason.strip(), by=role.subject_key())
        observation.moderation = [*observation.moderation, line]
        observation.reviewed_on = today
        if restore and last["part"] == TEXT:
            observation.sight = Observation.Sight.SHOWN
        elif restore:
            observation.photo_sight = Observation.Photo.SHOWN


def _same_person(role: Role, key: str) -> bool:
    """Whether the role of ``key`` is this role, or another one of the same person."""
    if not key or key == role.subject_key():
        return bool(key)
    number = key.rsplit("/", 1)[-1]
    other = Role.objects.filter(jurisdiction=role.jurisdiction_id, number=number).first()
    return other is not None and other.person_id is not None and other.person_id == role.person_id
