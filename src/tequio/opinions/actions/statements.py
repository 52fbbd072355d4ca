"""Statements: written by who organises, proposed by who takes part, and looked at by who moderates."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.opinions import moderation
from tequio.opinions.models import LONGEST, MOST_STATEMENTS, Conversation, Participant, Statement
from tequio.record.append import SYSTEM, Actor, act, erase

SHORTEST = 10  # characters that can say something
WAITING_EACH = 5  # statements of one person that wait at the same time


@transaction.atomic
def seed(
    *,
    conversation: Conversation,
    text: str,
    translation: str = "",
    language: str = "es",
    by: Actor,
    on: dt.date | None = None,
) -> Statement:
    """Adds a statement of who organises; it is public at once where the conversation is.

    Raises ``ValidationError`` for words too short, too long or written before, and when there are enough.
    """
    words = _checked(conversation, text)
    statement = Statement(
        conversation=conversation,
        text=words,
        language=language,
        translation=translation.strip()[:200],
        origin=Statement.Origin.SEEDED,
        sight=Statement.Sight.SHOWN,
    )
    if conversation.status == Conversation.Status.DRAFT:
        statement.save()
        return statement
    _refuse_when_closed(conversation)
    with act("statement.published", statement, by=by, done=on):
        statement.number = _next_number(conversation)
    return statement


def unseed(*, statement: Statement) -> None:
    """Takes a statement out of a draft."""
    if statement.rev or statement.number is not None:
        raise ValidationError(_("Una frase publicada no se quita: se oculta por una regla."))
    statement.delete()


@transaction.atomic
def propose(
    *, conversation: Conversation, participant: Participant, text: str, language: str = "es", on: dt.date | None = None
) -> Statement:
    """Keeps what a participant proposes; nobody sees it until somebody who moderates has.

    Raises ``ValidationError`` when it is not the day or the rule to propose, for words too short, too long or written
    before, and when five of theirs wait already.
    """
    day = on or timezone.localdate()
    if not conversation.is_open_on(day):
        raise ValidationError(_("Esta conversación no está abierta hoy."))
    if conversation.proposers != Conversation.Proposers.ANYBODY:
        raise ValidationError(_("En esta conversación solo quien organiza escribe frases."))
    waiting = Statement.objects.filter(proposer=participant, sight=Statement.Sight.HELD).count()
    if waiting >= WAITING_EACH:
        raise ValidationError(_("Ya propusiste 5 frases que esperan. Cuando alguien las mire puedes proponer más."))
    return Statement.objects.create(
        conversation=conversation,
        text=_checked(conversation, text),
        language=language,
        origin=Statement.Origin.PROPOSED,
        proposer=participant,
    )


@transaction.atomic
def accept(*, statement: Statement, translation: str = "", by: Actor, on: dt.date | None = None) -> Statement:
    """Puts a proposed statement in sight, in its author's very words. Raises ``ValidationError`` for any other."""
    if statement.sight != Statement.Sight.HELD:
        raise ValidationError(_("Esta frase ya se revisó."))
    _refuse_when_closed(statement.conversation)
    with act("statement.published", statement, by=by, done=on):
        statement.number = _next_number(statement.conversation)
        statement.sight = Statement.Sight.SHOWN
        statement.translation = translation.strip()[:200]
        statement.decided_on = on or timezone.localdate()
    return statement


@transaction.atomic
def refuse(*, statement: Statement, rule: str, reason: str, by: Actor, on: dt.date | None = None) -> Statement:
    """Does not publish a proposed statement, by a published rule and with a public reason; its words stay unseen.

    Raises ``ValidationError`` without rule or reason, or for a statement that was decided.
    """
    if statement.sight != Statement.Sight.HELD:
        raise ValidationError(_("Esta frase ya se revisó."))
    _need(rule, reason)
    with act("statement.refused", statement, by=by, why=reason.strip(), done=on):
        statement.number = _next_number(statement.conversation)
        _put(statement, Statement.Sight.REFUSED, rule, reason, on)
    return statement


@transaction.atomic
def hide(*, statement: Statement, rule: str, reason: str, by: Actor, on: dt.date | None = None) -> Statement:
    """Takes a statement out of sight and of the counting, by a published rule and with a public reason.

    Raises ``ValidationError`` without rule or reason, or when it is not in sight.
    """
    if statement.sight != Statement.Sight.SHOWN or statement.number is None:
        raise ValidationError(_("Esta frase no está a la vista."))
    _need(rule, reason)
    shown = statement.hidden_state()
    with act("statement.hidden", statement, by=by, why=reason.strip(), done=on):
        _put(statement, Statement.Sight.HIDDEN, rule, reason, on)
    for name in shown:
        erase(obj=statement, field=name, by=SYSTEM, basis=moderation.rule_words(rule))
    return statement


@transaction.atomic
def restore(*, statement: Statement, reason: str, by: Actor, on: dt.date | None = None) -> Statement:
    """Undoes a refusal or a hiding, with a public reason. Its votes, where it had some, count again.

    Raises ``ValidationError`` without a reason, or when its words are gone.
    """
    if statement.sight not in (Statement.Sight.REFUSED, Statement.Sight.HIDDEN) or not statement.text:
        raise ValidationError(_("No hay nada que devolver: sus palabras ya se borraron o está a la vista."))
    if not reason.strip():
        raise ValidationError({"reason": _("Escribe el motivo. Es público.")})
    with act("statement.restored", statement, by=by, why=reason.strip(), done=on):
        _put(statement, Statement.Sight.SHOWN, "", reason, on)
    return statement


def _put(statement: Statement, sight: str, rule: str, reason: str, on: dt.date | None) -> None:
    statement.sight, statement.rule, statement.reason = sight, rule, reason.strip()
    statement.decided_on = on or timezone.localdate()


def _need(rule: str, reason: str) -> None:
    if rule not in dict(moderation.CHOICES):
        raise ValidationError({"rule": _("Elige la regla publicada que incumple.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Escribe el motivo. Es público: no repitas lo que quieres proteger.")})


def _refuse_when_closed(conversation: Conversation) -> None:
    if conversation.status == Conversation.Status.CLOSED:
        raise ValidationError(_("La conversación ya cerró."))


def _checked(conversation: Conversation, text: str) -> str:
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        raise ValidationError(
            {"text": _("Escribe una frase completa, con la que alguien pueda estar de acuerdo o no.")}
        )
    if len(words) > LONGEST:
        raise ValidationError({"text": _("Son más de 140 letras. Deja una sola idea.")})
    known = conversation.statements.exclude(sight__in=(Statement.Sight.REFUSED, Statement.Sight.HIDDEN))
    if known.filter(text__iexact=words).exists():
        raise ValidationError({"text": _("Alguien ya escribió esa misma frase.")})
    if known.count() >= MOST_STATEMENTS:
        raise ValidationError({"text": _("Esta conversación ya tiene 300 frases: con más, nadie las leería.")})
    return words


def _next_number(conversation: Conversation) -> int:
    Conversation.objects.select_for_update().get(pk=conversation.pk)  # numbers one at a time
    return (conversation.statements.aggregate(n=Max("number"))["n"] or 0) + 1
