"""Votes: each member votes for themself on a motion, or the votes of a session are written down with its minute.

A motion is private work of the committee; what comes of it is a decision, taken by ``decide`` and by nothing else.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity, Evidence
from tequio.monitoring import independence, reviews, states
from tequio.monitoring.actions.decisions import check_evidence, decide
from tequio.monitoring.actions.progress import day_of, needed, next_state, track_of
from tequio.monitoring.models import Ballot, Committee, Decision, Motion, State, Vote
from tequio.people.models import Role
from tequio.record.append import Actor


@transaction.atomic
def open_motion(
    *,
    activity: Activity,
    role: Role,
    result: str,
    reason: Any,
    by: Actor,
    evidence: Iterable[Evidence] = (),
    on: dt.date | None = None,
) -> Motion:
    """A member proposes a decision and votes for it; the others vote on it.

    Raises ``ValidationError`` where the state or the looks do not allow that decision yet, without a reason, without the
    evidence that "verified" needs, for a member who may not vote, and while another motion is open.
    """
    day, track = day_of(on), track_of(activity)
    if result not in states.RESULT_VERB:
        raise ValidationError({"result": _("El Comité puede verificar, observar, no acreditar o reabrir.")})
    next_state(track, states.RESULT_VERB[State(result)])
    committee = _committee(activity)
    if result != State.REOPENED:
        words = reviews.hindrance(reviews.current_round(activity, committee), day)
        if words:
            raise ValidationError(words)
    if role not in independence.free_members(committee, activity, day):
        raise ValidationError(_("Solo proponen y votan integrantes del Comité en funciones y sin conflicto."))
    if Motion.objects.filter(activity=activity, outcome=Motion.Outcome.OPEN).exists():
        raise ValidationError(_("Ya hay una propuesta que se está votando: hay que cerrarla antes de abrir otra."))
    text, pieces = needed(reason, "reason", _("Escribe el motivo de la decisión: es público.")), list(evidence)
    check_evidence(activity, result, pieces, day)
    last = Motion.objects.filter(activity=activity).aggregate(n=Max("number"))["n"] or 0
    motion = Motion.objects.create(
        activity=activity, number=last + 1, result=result, reason=text, opened_by=role, opened_on=day
    )
    motion.evidence.set(pieces)
    return cast_vote(motion=motion, role=role, vote=Vote.FOR, by=by, on=on)


@transaction.atomic
def cast_vote(*, motion: Motion, role: Role, vote: str, by: Actor, on: dt.date | None = None) -> Motion:
    """A member votes, or changes their vote while the motion is open. With the last vote the motion closes by itself.

    Raises ``ValidationError`` for a closed motion and for a member who may not vote.
    """
    day = day_of(on)
    track_of(motion.activity)
    motion = _fresh(motion)
    if not motion.is_open:
        raise ValidationError(_("Esta propuesta ya se cerró."))
    if vote not in Vote.values:
        raise ValidationError({"vote": _("Elige a favor, en contra o abstención.")})
    eligible = voters_of(motion, day)
    if role not in eligible:
        raise ValidationError(_("Solo proponen y votan integrantes del Comité en funciones y sin conflicto."))
    Ballot.objects.update_or_create(motion=motion, role=role, defaults={"vote": vote})
    votes = votes_on(motion, eligible)
    committee = _committee(motion.activity)
    if len(votes) == len(eligible) and len(votes) >= committee.quorum:
        try:
            return _finish(motion, votes, committee, by, day)
        except ValidationError:
            # The vote stands; what hinders the decision is told to whoever closes the motion.
            return _fresh(motion)
    return motion


@transaction.atomic
def close_motion(*, motion: Motion, by: Actor, on: dt.date | None = None) -> Motion:
    """Closes a motion on which not all have voted: there is a quorum, and either a majority or none possible any more.

    Raises ``ValidationError`` otherwise, and for whatever ``decide`` refuses.
    """
    day = day_of(on)
    track_of(motion.activity)
    motion = _fresh(motion)
    if not motion.is_open:
        raise ValidationError(_("Esta propuesta ya se cerró."))
    eligible, committee = voters_of(motion, day), _committee(motion.activity)
    votes = votes_on(motion, eligible)
    words = why_open(committee, votes, len(eligible))
    if words:
        raise ValidationError(words)
    return _finish(motion, votes, committee, by, day)


@transaction.atomic
def withdraw_motion(*, motion: Motion, role: Role, on: dt.date | None = None) -> Motion:
    """Whoever opened a motion takes it back; it stays on file without effect."""
    day = day_of(on)
    track_of(motion.activity)
    motion = _fresh(motion)
    if not motion.is_open:
        raise ValidationError(_("Esta propuesta ya se cerró."))
    if motion.opened_by_id != role.pk:
        raise ValidationError(_("Solo la retira quien la propuso."))
    motion.outcome, motion.closed_on = Motion.Outcome.WITHDRAWN, day
    motion.save()
    return motion


@transaction.atomic
def record_session(
    *,
    activity: Activity,
    result: str,
    votes: Mapping[Role, str],
    reason: Any,
    minute: str,
    by: Actor,
    evidence: Iterable[Evidence] = (),
    on: dt.date | None = None,
) -> Decision:
    """Writes down a decision that the committee took in a session, with the reference of its minute.

    Raises ``ValidationError`` without the minute, while a motion is open, and for whatever ``decide`` refuses.
    """
    if not minute.strip():
        raise ValidationError({"minute": _("Escribe el número o la dirección de la minuta de esa sesión.")})
    if Motion.objects.filter(activity=activity, outcome=Motion.Outcome.OPEN).exists():
        raise ValidationError(_("Ya hay una propuesta que se está votando: hay que cerrarla antes de abrir otra."))
    return decide(
        activity=activity,
        result=result,
        votes=votes,
        reason=reason,
        minute=minute.strip(),
        by=by,
        evidence=evidence,
        on=on,
    )


def voters_of(motion: Motion, day: dt.date) -> list[Role]:
    """The members who may vote on the motion on ``day``."""
    return independence.free_members(_committee(motion.activity), motion.activity, day)


def votes_on(motion: Motion, eligible: Iterable[Role]) -> dict[Role, str]:
    """The ballots of those who may still vote."""
    cast = dict(motion.ballots.values_list("role", "vote"))
    return {role: cast[role.pk] for role in eligible if role.pk in cast}


def why_open(committee: Committee, votes: Mapping[Role, str], eligible: int) -> str:
    """Why a motion cannot be closed yet, in words; an empty text where it can."""
    if len(votes) < committee.quorum:
        return _("Todavía no hay quórum: han votado %(n)s de %(quorum)s.") % {
            "n": len(votes),
            "quorum": committee.quorum,
        }
    in_favour = sum(vote == Vote.FOR for vote in votes.values())
    if has_majority(committee, in_favour, len(votes)):
        return ""
    missing = eligible - len(votes)
    if has_majority(committee, in_favour + missing, eligible):
        return _("Todavía no hay mayoría y falta quien vote.")
    return ""


def has_majority(committee: Committee, in_favour: int, taking_part: int) -> bool:
    """More than ``majority`` percent of those who take part."""
    return taking_part > 0 and in_favour * 100 > committee.majority * taking_part


def _finish(motion: Motion, votes: Mapping[Role, str], committee: Committee, by: Actor, day: dt.date) -> Motion:
    in_favour = sum(vote == Vote.FOR for vote in votes.values())
    if has_majority(committee, in_favour, len(votes)):
        motion.decision = decide(
            activity=motion.activity,
            result=motion.result,
            votes=votes,
            reason=motion.reason,
            by=by,
            evidence=list(motion.evidence.all()),
            on=day,
        )
        motion.outcome = Motion.Outcome.DECIDED
    else:
        motion.outcome = Motion.Outcome.NO_MAJORITY
    motion.closed_on = day
    motion.save()
    return motion


def _fresh(motion: Motion) -> Motion:
    """The motion as it stands, read after the activity was locked."""
    related = (
        "activity__jurisdiction",
        "activity__commitment__plan__jurisdiction",
        "activity__commitment__jurisdiction",
    )
    return Motion.objects.select_related(*related, "opened_by").get(pk=motion.pk)


def _committee(activity: Activity) -> Committee:
    committee = reviews.committee_of(activity)
    if committee is None:
        raise ValidationError(_("Este plan todavía no tiene Comité de Seguimiento."))
    return committee
