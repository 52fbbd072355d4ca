"""What is shown of what people say. By a published rule, for a public reason, with undo, and a second person for appeals."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation.actions.confirming import conceal
from tequio.cocreation.models import Attachment, Contribution, Problem, Said
from tequio.common import moderation
from tequio.people.models import Role
from tequio.record.append import Actor, act


def log(what: str, on: dt.date, *, rule: str = "", reason: str = "", by: str = "") -> dict[str, str]:
    """A line of the public log of moderation; ``by`` is the key of a role."""
    line = {"what": what, "rule": rule, "reason": reason, "on": on.isoformat(), "by": by}
    return {key: value for key, value in line.items() if value}


def hidden_by(said: Said) -> str:
    """The key of the role that hid it last; empty where nothing was hidden."""
    lines = [line for line in said.moderation if line["what"] == "hidden"]
    return str(lines[-1].get("by", "")) if lines else ""


def same_person(role: Role, key: str) -> bool:
    """Whether the role of ``key`` is this role, or another one of the same person."""
    if not key or key == role.subject_key():
        return bool(key)
    other = Role.objects.filter(jurisdiction=role.jurisdiction_id, number=key.rsplit("/", 1)[-1]).first()
    return other is not None and other.person_id is not None and other.person_id == role.person_id


@transaction.atomic
def show(
    *, said: Said, role: Role, by: Actor, reason: str = "", on: dt.date | None = None, seen: int | None = None
) -> None:
    """Somebody looked and it is shown: what was held, or, with a reason, what was hidden (that is the undo)."""
    undone = said.sight == Said.Sight.HIDDEN
    if not undone and said.sight != Said.Sight.HELD:
        raise ValidationError(_("Eso no espera que nadie lo mire."))
    if undone and not any(said.words().values()) and said.WORDS:
        raise ValidationError(_("Sus palabras ya se borraron: no hay nada que volver a mostrar."))
    if undone and said.appealed_on is not None and said.reviewed_on is None:
        raise ValidationError(_("Su autora o autor pidió revisión: la decide otra persona, en esa misma página."))
    if undone and not reason.strip():
        raise ValidationError({"reason": _("Escribe por qué vuelve a verse. Es público.")})
    today = on or timezone.localdate()
    kind = "restored" if undone else "shown"
    with act(f"{said.subject}.{kind}", said, by=by, why=reason.strip(), done=on, seen=seen):
        said.moderation = [*said.moderation, log(kind, today, reason=reason.strip(), by=role.subject_key())]
        said.sight = Said.Sight.SHOWN


@transaction.atomic
def hide(
    *,
    said: Said,
    rule: str,
    reason: str,
    role: Role,
    by: Actor,
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """Hides its words and name, by a published rule and for a public reason. What the record disclosed is erased; that
    it happened stays in sight, and a contribution is owed its answer all the same."""
    faults = {}
    if rule not in {one.key for one in moderation.RULES}:
        faults["rule"] = _("Elige la regla publicada en que se apoya.")
    if not reason.strip():
        faults["reason"] = _("Escribe el motivo. Es público: no repitas lo que quieres proteger.")
    if faults:
        raise ValidationError(faults)
    if not said.is_alive:
        raise ValidationError(_("Ese texto ya no está a la vista."))
    today = on or timezone.localdate()
    shown = said.hidden_state()
    with act(f"{said.subject}.hidden", said, by=by, why=reason.strip(), done=on, seen=seen):
        said.moderation = [
            *said.moderation,
            log("hidden", today, rule=rule, reason=reason.strip(), by=role.subject_key()),
        ]
        said.sight, said.moderated_on = Said.Sight.HIDDEN, today
        if isinstance(said, Problem | Contribution):
            said.attachments.filter(sight=Attachment.Sight.SHOWN).update(sight=Attachment.Sight.WAITING)
    conceal(said, shown, by, _("Reglas de moderación: %(rule)s") % {"rule": moderation.rule_words(rule)})


@transaction.atomic
def review(
    *,
    said: Said,
    restore: bool,
    reason: str,
    role: Role,
    by: Actor,
    on: dt.date | None = None,
    seen: int | None = None,
) -> None:
    """A second person decides an appeal: it comes back, or stays hidden."""
    if not said.awaits_review:
        raise ValidationError(_("No hay ninguna apelación por resolver."))
    if same_person(role, hidden_by(said)):
        raise ValidationError(_("Una apelación la decide otra persona, no quien ocultó."))
    if not reason.strip():
        raise ValidationError({"reason": _("Escribe el motivo. Es público: no repitas lo que quieres proteger.")})
    today = on or timezone.localdate()
    kind = "restored" if restore else "upheld"
    with act(f"{said.subject}.{kind}", said, by=by, why=reason.strip(), done=on, seen=seen):
        said.moderation = [*said.moderation, log(kind, today, reason=reason.strip(), by=role.subject_key())]
        said.reviewed_on = today
        if restore:
            said.sight = Said.Sight.SHOWN


@transaction.atomic
def judge_file(*, attachment: Attachment, visible: bool, by: Actor, on: dt.date | None = None) -> None:
    """Somebody looked at a file: it is shown, or hidden."""
    said: Problem | Contribution | None = attachment.problem or attachment.contribution
    if said is None or said.sight == Said.Sight.WITHDRAWN:
        raise ValidationError(_("Ese archivo ya no está."))
    wanted = Attachment.Sight.SHOWN if visible else Attachment.Sight.HIDDEN
    if attachment.sight == wanted:
        raise ValidationError(_("Ya estaba así."))
    kind = "file_shown" if visible else "file_hidden"
    with act(f"{said.subject}.{kind}", said, by=by, done=on):
        attachment.sight = wanted
        attachment.save(update_fields=["sight"])
