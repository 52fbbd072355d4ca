"""A question is put to a body, first for consensus, then to the vote."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.i18n import text as both
from tequio.common.i18n import versions
from tequio.meetings.models import AgendaItem, Session
from tequio.meetings.numbering import next_number
from tequio.record.append import Actor, act
from tequio.secretariat import deciding, effects, queries
from tequio.secretariat.models import Decision, Matter, Urn


def locked(decision: Decision) -> Decision:
    """The decision as it stands now, held against everybody else until the transaction ends."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        *("jurisdiction", "body__jurisdiction", "session__jurisdiction", "session__body", "item__jurisdiction"),
        "rules__body__jurisdiction",
    )
    found: Decision = rows.get(pk=decision.pk)
    if not found.is_open:
        raise ValidationError(_("Esta decisión ya no está abierta."), code="closed")
    return found


@transaction.atomic
def open_decision(
    *,
    session: Session,
    question: Any,
    by: Actor,
    item: AgendaItem | None = None,
    text: Any = "",
    matter: str = Matter.OTHER,
    about: str = "",
    method: str = "",
    on: dt.date | None = None,
) -> Decision:
    """Puts a question to the body of a session that is going on, by the rules in force that day.

    ``about`` is the key of a thing that some app has registered an effect for; it says the matter. ``method`` may be the
    vote from the start only where the rules do not ask for consensus first. Whether the ballot is secret follows from
    the rules. Raises ``ValidationError`` with what is missing.
    """
    session = Session.objects.select_related("jurisdiction", "body__jurisdiction").get(pk=session.pk)
    day, words = on or timezone.localdate(), {key: said.strip() for key, said in versions(question).items()}
    if session.state != Session.State.OPEN:
        raise ValidationError(_("Las decisiones se toman en una sesión en curso: primero hay que abrirla."))
    rules = queries.rules_in_force(session.body, session.day)
    if rules is None:
        raise ValidationError(_("Este órgano no tiene reglas de decisión. Regístralas antes de abrir una."))
    if not words.get("es"):
        raise ValidationError({"question": _("Escribe la pregunta, de modo que se responda con sí o no.")})
    if item is not None and item.session_id != session.pk:
        raise ValidationError({"item": _("Ese punto no está en el orden del día de esta sesión.")})
    effect = effects.effect_on(about)
    if about and (effect is None or about not in dict(effect.candidates(session.body))):
        raise ValidationError({"about": _("Eso no se puede poner a decisión de este órgano.")})
    if about and Decision.objects.filter(about=about, state=Decision.State.OPEN).exists():
        raise ValidationError({"about": _("Ya hay una decisión abierta sobre esto.")})
    if effect is None and matter in (Matter.RULES, Matter.COMMITMENT, Matter.PLAN):
        raise ValidationError({"about": _("Elige sobre qué se decide.")})
    matter = effect.matter if effect else matter
    if matter not in Matter.values:
        raise ValidationError({"matter": _("Elige el asunto.")})
    known = rules.rules
    method = method or (deciding.CONSENSUS if known.consensus_first else deciding.VOTE)
    if method not in Decision.Method.values or (known.consensus_first and method == deciding.VOTE):
        raise ValidationError({"method": _("Las reglas de este órgano piden buscar primero el consenso.")})
    told = versions(text)
    decision = Decision(
        jurisdiction=session.jurisdiction,
        number=next_number(Decision, session.jurisdiction),
        body=session.body,
        session=session,
        item=item,
        rules=rules,
        question=both(words.get("es", ""), words.get("en", "")),
        text=both(told.get("es", ""), told.get("en", "")),
        matter=matter,
        about=about,
        method=method,
        ballot=known.ballot_for(matter),
        opened_on=day,
        voting_since=day if method == deciding.VOTE else None,
    )
    with act("resolution.opened", decision, by=by, done=on):
        pass
    _urn(decision)
    return decision


def _urn(decision: Decision) -> None:
    if decision.is_voted and decision.is_secret:
        counts = {house: dict.fromkeys(deciding.CHOICES, 0) for house in deciding.HOUSES}
        Urn.objects.create(decision=decision, counts=counts)


@transaction.atomic
def put_to_vote(*, decision: Decision, by: Actor, on: dt.date | None = None, seen: int | None = None) -> Decision:
    """There is no consensus: the same question goes to the vote. The objections stay in sight.

    Raises ``ValidationError`` where nobody objects, or where it is being voted already.
    """
    found = locked(decision)
    if found.is_voted:
        raise ValidationError(_("Esta decisión ya se está votando."))
    if not found.objections.filter(withdrawn_on=None).exists():
        raise ValidationError(_("Nadie objeta: cierra la decisión y quedará por consenso, si hay quórum."))
    with act("resolution.put_to_vote", found, by=by, done=on, seen=seen):
        found.method = Decision.Method.VOTE
        found.voting_since = on or timezone.localdate()
    _urn(found)
    return found
