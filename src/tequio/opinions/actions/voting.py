"""Voting. No act tells of it: a vote is private, and the record hears of results alone."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.opinions import tokens
from tequio.opinions.models import Conversation, Participant, Statement, Vote

VALUES = (1, 0, -1)
KEPT = dt.timedelta(days=90)  # after the close, how long somebody may still see where they stood


def enter(*, conversation: Conversation, word: str, on: dt.date | None = None) -> Participant:
    """The participant of a word (``tokens``), made where there is none yet. Raises ``ValidationError`` when it is not
    open."""
    _refuse_when_not_open(conversation, on)
    found, _new = Participant.objects.get_or_create(
        conversation=conversation,
        key=tokens.key_of(conversation, word),
        defaults={"ahead": secrets.randbelow(2**31)},
    )
    return found


@transaction.atomic
def vote(*, participant: Participant, statement: Statement, value: int, on: dt.date | None = None) -> None:
    """Notes what a participant thinks of a statement; a second time takes the place of the first.

    Raises ``ValidationError`` for any other value, for a statement that is not in sight, and when it is not open.
    """
    _refuse_when_not_open(statement.conversation, on)
    if value not in VALUES:
        raise ValidationError(_("Elige: de acuerdo, en desacuerdo o paso."))
    if statement.conversation_id != participant.conversation_id or statement.sight != Statement.Sight.SHOWN:
        raise ValidationError(_("Esa frase ya no está a la vista. Sigue con la siguiente."))
    Vote.objects.bulk_create(
        [Vote(participant=participant, statement=statement, value=value)],
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["value"],
    )
    participant.voted = timezone.now()
    participant.save(update_fields=["voted"])


@transaction.atomic
def leave(*, participant: Participant) -> None:
    """Deletes everything that the participant voted, and what of theirs waits; what was published stays, unsigned as it
    was. Raises ``ValidationError`` once the conversation is closed: its result is final."""
    if participant.conversation.status == Conversation.Status.CLOSED:
        raise ValidationError(_("La conversación ya cerró y su resultado es definitivo."))
    Statement.objects.filter(proposer=participant, sight=Statement.Sight.HELD).delete()
    participant.delete()


@transaction.atomic
def forget(today: dt.date | None = None) -> int:
    """Cuts the last thread between votes and browsers or addresses, and deletes words that were not shown, ``KEPT`` after
    a conversation closed. Returns how many participants were cut loose."""
    before = (today or timezone.localdate()) - KEPT
    gone = Conversation.objects.filter(closed_on__lt=before)
    unseen = Statement.objects.filter(conversation__in=gone).exclude(sight=Statement.Sight.SHOWN)
    unseen.filter(number=None).delete()
    unseen.exclude(text="").update(text="", translation="")
    Statement.objects.filter(conversation__in=gone, proposer__isnull=False).update(proposer=None)
    return Participant.objects.filter(conversation__in=gone).exclude(key="").update(key="")


def _refuse_when_not_open(conversation: Conversation, on: dt.date | None) -> None:
    day = on or timezone.localdate()
    if conversation.is_open_on(day):
        return
    if conversation.status == Conversation.Status.OPEN and day < conversation.opens:
        raise ValidationError(_("Esta conversación todavía no abre."))
    raise ValidationError(_("Esta conversación ya cerró. Mira qué resultó."))
