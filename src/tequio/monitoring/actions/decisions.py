"""The committee decides, the institution answers, and a decision may be annulled; nobody edits one.

Only ``decide`` ends in ``verified``, with quorum, majority, independence (TQ-7) and evidence.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.deadlines import manual_in_force, required_evidence, rule_for
from tequio.commitments.models import Activity, Evidence, Manual
from tequio.common.i18n import versions
from tequio.monitoring import independence, reviews, states
from tequio.monitoring.actions.progress import day_of, done_on, needed, next_state, track_of
from tequio.monitoring.models import Committee, Decision, State
from tequio.people.models import Role
from tequio.record.append import Actor, act

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
SEEN_AT_MOST = 200  # pieces of evidence that one decision lists


@transaction.atomic
def decide(
    *,
    activity: Activity,
    result: str,
    votes: Mapping[Role, str],
    reason: Any,
    by: Actor,
    evidence: Iterable[Evidence] = (),
    minute: str = "",
    on: dt.date | None = None,
) -> Decision:
    """The committee decides: ``verified``, ``observed``, ``rejected``, or ``reopened`` for what it had verified.

    ``votes`` says for each member who takes part ``for``, ``against`` or ``abstain``; ``evidence`` is what they looked
    at, kept as it was on that day. Raises ``ValidationError`` without a reason, without quorum, without a majority of
    those who take part (an abstention helps nobody), for a member who is not of this committee, not held on that day or
    in conflict (TQ-7), without the independent looks that the committee asks for or while the institution may still answer
    them (``reviews.hindrance``; reopening needs none), and for "verified" without the public evidence that the compliance
    manual asks for.
    """
    day, track = day_of(on), track_of(activity)
    if result not in states.RESULT_VERB:
        raise ValidationError({"result": _("El Comité puede verificar, observar, no acreditar o reabrir.")})
    after = next_state(track, states.RESULT_VERB[State(result)])
    if track.said_on and day < track.said_on:
        raise ValidationError({"on": _("La decisión no puede ser anterior al reporte que revisa.")})
    words = needed(reason, "reason", _("Escribe el motivo de la decisión: es público."))
    committee = Committee.objects.filter(plan=activity.commitment.plan).first()
    if committee is None:
        raise ValidationError(_("Este plan todavía no tiene Comité de Seguimiento."))
    _check_members(committee, activity, votes, day)
    tally = tally_of(committee, votes)
    looks = [] if result == State.REOPENED else _looks(activity, committee, day)
    seen = list(evidence)[:SEEN_AT_MOST]
    check_evidence(activity, result, seen, day)
    last = Decision.objects.filter(activity=activity).aggregate(n=Max("number"))["n"] or 0
    decision = Decision(
        activity=activity,
        number=last + 1,
        result=result,
        on=day,
        votes_for=tally[FOR],
        votes_against=tally[AGAINST],
        abstentions=tally[ABSTAIN],
        quorum=committee.quorum,
        ballots=[{"role": role.subject_key(), "vote": votes[role]} for role in sorted(votes, key=lambda r: r.number)],
        looks=looks,
        reason=words,
        minute=minute,
        evidence=[_as_seen(piece) for piece in seen if not piece.personal_data],
    )
    decision.save()
    decision.members.set(votes)
    with act("decision.made", decision, by=by, basis=minute, done=done_on(day)):
        pass
    with act("light.set", track, by=by, basis=minute, done=done_on(day)):
        track.state, track.decided_on = after, day
    return decision


def reopen(*, activity: Activity, votes: Mapping[Role, str], reason: Any, by: Actor, **more: Any) -> Decision:
    """The committee reopens what it had verified: a decision like any other, with quorum, majority and reason."""
    return decide(activity=activity, result=State.REOPENED, votes=votes, reason=reason, by=by, **more)


@transaction.atomic
def reply(*, decision: Decision, words: Any, role: Role, by: Actor, on: dt.date | None = None) -> Decision:
    """The institution answers a decision in public, once. The answer changes no light."""
    day = day_of(on)
    if decision.reply_on is not None:
        raise ValidationError(_("La institución ya respondió a esta decisión; se responde una sola vez."))
    if day < decision.on:
        raise ValidationError({"on": _("La respuesta no puede ser anterior a la decisión.")})
    answer = needed(words, "reply", _("Escribe la respuesta: es pública."))
    with act("decision.replied", decision, by=by, done=done_on(day)):
        decision.reply, decision.reply_on, decision.reply_by = answer, day, role
    return decision


@transaction.atomic
def annul_decision(
    *, decision: Decision, reason: Any, by: Actor, on: dt.date | None = None, basis: str = ""
) -> Decision:
    """Takes a decision back, with a public reason. It stays readable, marked as annulled.

    If it is the decision that the activity stands on, the activity returns to review: annulling never lights a light.
    """
    day = day_of(on)
    if decision.annulled_on is not None:
        raise ValidationError(_("Esta decisión ya estaba anulada."))
    if day < decision.on:
        raise ValidationError({"on": _("La anulación no puede ser anterior a la decisión.")})
    why = needed(reason, "reason", _("Escribe por qué se anula: es público."))
    track = track_of(decision.activity)
    valid = Decision.objects.filter(activity=decision.activity, annulled_on=None).order_by("-number")
    newest = valid.first()
    remaining = valid.exclude(pk=decision.pk).first()
    with act("decision.annulled", decision, by=by, basis=basis, done=done_on(day)):
        decision.annulled_on, decision.annulled_reason = day, why
    stands_on_it = newest is not None and newest.pk == decision.pk and track.state == decision.result
    if stands_on_it:
        with act("light.set", track, by=by, basis=basis, done=done_on(day)):
            track.state, track.decided_on = next_state(track, "annul"), remaining.on if remaining else None
    return decision


def _check_members(committee: Committee, activity: Activity, votes: Mapping[Role, str], day: dt.date) -> None:
    known = set(committee.members.values_list("pk", flat=True))
    conflicts = independence.conflicts_of(votes, activity, day)
    persons: set[int] = set()
    for role, vote in votes.items():
        if vote not in (FOR, AGAINST, ABSTAIN):
            raise ValidationError({"votes": _("Cada voto es a favor, en contra o abstención.")})
        if role.pk not in known or role.kind != "committee" or not role.is_held_on(day):
            raise ValidationError({"votes": _("Solo deciden integrantes del Comité en funciones ese día.")})
        if role.pk in conflicts:
            raise ValidationError({"votes": conflicts[role.pk]})
        if role.person_id in persons:
            raise ValidationError({"votes": _("Cada persona vota una sola vez.")})
        persons.add(role.person_id or 0)


def tally_of(committee: Committee, votes: Mapping[Role, str]) -> dict[str, int]:
    """How many voted in which way; ``ValidationError`` without quorum or without a majority."""
    tally = {vote: sum(given == vote for given in votes.values()) for vote in (FOR, AGAINST, ABSTAIN)}
    missing = committee.quorum - len(votes)
    if not votes or missing > 0:
        missing = max(missing, 1)
        message = ngettext(
            "Falta %(n)s integrante para tener quórum.", "Faltan %(n)s integrantes para tener quórum.", missing
        )
        raise ValidationError({"votes": message % {"n": missing}})
    if tally[FOR] * 100 <= committee.majority * len(votes):
        raise ValidationError({"votes": _("No hay mayoría: la actividad se queda como está.")})
    return tally


def _looks(activity: Activity, committee: Committee, day: dt.date) -> list[str]:
    """The keys of the looks that the decision stands on; ``ValidationError`` where they do not allow one yet."""
    found = reviews.current_round(activity, committee)
    words = reviews.hindrance(found, day)
    if words or found is None:
        raise ValidationError({"looks": words})
    return sorted(look.subject_key() for look in reviews.valid_looks(found, day))


def check_evidence(activity: Activity, result: str, seen: list[Evidence], day: dt.date) -> None:
    """``ValidationError`` for evidence of another commitment, and where "verified" has too little of it."""
    if any(piece.commitment_id != activity.commitment_id for piece in seen):
        raise ValidationError({"evidence": _("Esa evidencia es de otro compromiso.")})
    if result != State.VERIFIED:
        return
    rule = rule_for(activity, manual_in_force(Manual.objects.filter(plan=activity.commitment.plan), day))
    minimum, accepted = required_evidence(rule)
    counted = {p.pk for p in seen if not p.personal_data and (not accepted or p.kind in accepted)}
    missing = max(minimum, 1) - len(counted)
    if missing > 0:
        message = ngettext(
            "Para verificar falta %(n)s pieza de evidencia pública y admitida.",
            "Para verificar faltan %(n)s piezas de evidencia pública y admitida.",
            missing,
        )
        raise ValidationError({"evidence": message % {"n": missing}})


def _as_seen(piece: Evidence) -> dict[str, Any]:
    """A piece of evidence as the committee saw it: its words, and the hash and day of the file that was kept."""
    seen: dict[str, Any] = {"key": piece.subject_key(), "title": versions(piece.title)}
    if piece.url:
        seen["url"] = piece.url
    if piece.blob_id and piece.blob:
        seen |= {"sha256": piece.blob_id, "captured": timezone.localdate(piece.blob.created).isoformat()}
    return seen
