"""A conversation from its draft to its close."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.opinions.actions import counting
from tequio.opinions.models import Conversation, Statement
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act, act_many

FIELDS = ("question", "text", "rules", "about", "opens", "closes", "entry", "proposers", "minimum")
TEXTS = ("question", "text", "rules")
LEAST = 5  # people; below it a group could be told apart too easily


@transaction.atomic
def prepare_conversation(*, jurisdiction: Jurisdiction, **data: Any) -> Conversation:
    """A private draft. Raises ``ValidationError`` as ``change_conversation`` does."""
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)  # numbers one at a time
    last = Conversation.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0
    return change_conversation(conversation=Conversation(jurisdiction=jurisdiction, number=last + 1), **data)


def change_conversation(*, conversation: Conversation, **data: Any) -> Conversation:
    """Writes a draft. Raises ``ValidationError`` once it is public, and for days or a minimum that make no sense."""
    if conversation.status != Conversation.Status.DRAFT:
        raise ValidationError(_("Una conversación publicada ya no se cambia: solo puede recorrerse su cierre."))
    for name in FIELDS:
        if name in data:
            value = data[name]
            setattr(conversation, name, text(**value) if name in TEXTS and isinstance(value, dict) else value)
    if conversation.closes < conversation.opens:
        raise ValidationError({"closes": _("Cierra antes de abrir.")})
    if conversation.minimum < LEAST:
        raise ValidationError({"minimum": _("Nunca se muestra un grupo de menos de 5 personas.")})
    conversation.save()
    return conversation


@transaction.atomic
def publish_conversation(*, conversation: Conversation, by: Actor, on: dt.date | None = None) -> Conversation:
    """Publishes it with the statements it begins with; from then on its rules stay as they are.

    Raises ``ValidationError`` without a statement to vote, when it is public already, or when its last day is past.
    """
    if conversation.status != Conversation.Status.DRAFT:
        raise ValidationError(_("Esta conversación ya está publicada."))
    if conversation.closes < (on or timezone.localdate()):
        raise ValidationError(_("Su último día ya pasó: cámbialo antes de publicar."))
    seeds = list(conversation.statements.filter(sight=Statement.Sight.SHOWN).order_by("pk"))
    if not seeds:
        raise ValidationError(_("Escribe al menos una frase con la que empezar."))
    with act("conversation.published", conversation, by=by, done=on):
        conversation.status = Conversation.Status.OPEN
    for number, statement in enumerate(seeds, start=1):
        statement.number, statement.conversation = number, conversation
    act_many("statement.published", seeds, by=by, done=on)
    return conversation


@transaction.atomic
def extend_conversation(
    *, conversation: Conversation, closes: dt.date, why: str, by: Actor, on: dt.date | None = None
) -> Conversation:
    """Gives more time, with a public reason. Raises ``ValidationError`` for an earlier day or what is not open."""
    if conversation.status != Conversation.Status.OPEN:
        raise ValidationError(_("Solo se da más tiempo antes de cerrar."))
    if closes <= conversation.closes or closes < (on or timezone.localdate()):
        raise ValidationError({"closes": _("El cierre solo puede recorrerse a una fecha posterior.")})
    if not why.strip():
        raise ValidationError({"why": _("Escribe el motivo. Es público.")})
    with act("conversation.extended", conversation, by=by, why=why.strip(), done=on):
        conversation.closes = closes
    return conversation


@transaction.atomic
def close_conversation(
    *, conversation: Conversation, by: Actor, why: str = "", on: dt.date | None = None
) -> Conversation:
    """Ends the voting and publishes the final result, which counts every vote. Before its last day has passed it needs a
    public reason.

    Raises ``ValidationError`` when it is not open or the reason is missing.
    """
    day = on or timezone.localdate()
    if conversation.status != Conversation.Status.OPEN:
        raise ValidationError(_("Esta conversación no está abierta."))
    if day <= conversation.closes and not why.strip():
        raise ValidationError(
            {"why": _("Todavía no llega su último día: escribe por qué se cierra antes. Es público.")}
        )
    with act("conversation.closed", conversation, by=by, why=why.strip(), done=on):
        conversation.status = Conversation.Status.CLOSED
        conversation.closed_on = day
    counting.count_votes(conversation=conversation, on=on)
    return conversation
