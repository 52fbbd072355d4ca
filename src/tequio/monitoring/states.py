"""The states of verification, as data (standards §6.2): which verb leads from where to where, and whose verb it is."""

from dataclasses import dataclass

from tequio.monitoring.models import State

LEAD, COMMITTEE, OVERSEER = "lead", "committee", "overseer"


@dataclass(frozen=True)
class Transition:
    """``verb`` leads from any of ``sources`` to ``target``; only ``who`` may do it."""

    verb: str
    sources: frozenset[State]
    target: State
    who: str


def _move(verb: str, sources: set[State], target: State, who: str) -> Transition:
    return Transition(verb, frozenset(sources), target, who)


TRANSITIONS = (
    _move(
        "report", {State.PENDING, State.REPORTED, State.OBSERVED, State.REJECTED, State.REOPENED}, State.REPORTED, LEAD
    ),
    _move("begin_review", {State.REPORTED, State.REOPENED}, State.UNDER_REVIEW, COMMITTEE),
    _move("verify", {State.UNDER_REVIEW}, State.VERIFIED, COMMITTEE),
    _move("observe", {State.UNDER_REVIEW}, State.OBSERVED, COMMITTEE),
    _move("reject", {State.UNDER_REVIEW}, State.REJECTED, COMMITTEE),
    _move("reopen", {State.VERIFIED}, State.REOPENED, COMMITTEE),
    # Annulling takes a decision back; the activity returns to review, never forward.
    _move("annul", {State.VERIFIED, State.OBSERVED, State.REJECTED, State.REOPENED}, State.UNDER_REVIEW, OVERSEER),
)
VERBS = {transition.verb: transition for transition in TRANSITIONS}
RESULT_VERB = {
    State.VERIFIED: "verify",
    State.OBSERVED: "observe",
    State.REJECTED: "reject",
    State.REOPENED: "reopen",
}


def allowed(state: str, verb: str) -> bool:
    """Whether ``verb`` leads on from ``state``."""
    return verb in VERBS and State(state) in VERBS[verb].sources


def target(state: str, verb: str) -> State:
    """The state that ``verb`` leads to; ``ValueError`` where it does not lead on from ``state``."""
    if not allowed(state, verb):
        raise ValueError(f"{verb} does not lead on from {state}")
    return VERBS[verb].target
