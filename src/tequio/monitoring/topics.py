"""What is told to whoever follows an activity, its commitment or its plan: reports, decisions, the committee.

The state of an activity is not told by itself: it moves with the report or the decision that is.
"""

from tequio.commitments.topics import activity_keys, plan_keys
from tequio.common.i18n import best
from tequio.monitoring.models import Said, State
from tequio.notices import topics
from tequio.record.queries import Told


def _joined(word: str, text: str) -> str:
    return f"{word}. {text}" if word and text else word or text


def report_words(told: Told) -> str:
    """How far along the institution says it is, and what it says of it."""
    state = told.entry.get("state", {})
    if told.act.kind == "look.answered":
        return best(state.get("reply"))[0]
    if told.act.kind != "progress.reported":
        return topics.plain_words(told)
    said = state.get("said", "")
    return _joined(str(Said(said).label) if said in Said.values else "", best(state.get("text"))[0])


def decision_words(told: Told) -> str:
    """The result with its reason; the reply or the reason of an annulment where that is what happened."""
    state = told.entry.get("state", {})
    if told.act.kind == "decision.replied":
        return best(state.get("reply"))[0]
    if told.act.kind == "decision.annulled":
        return best(state.get("annulled_reason"))[0]
    result = state.get("result", "")
    return _joined(str(State(result).label) if result in State.values else "", best(state.get("reason"))[0])


def register() -> None:
    topics.register("report", activity_keys, text=report_words)
    topics.register("decision", activity_keys, text=decision_words)
    topics.register("look", activity_keys)
    topics.register("committee", plan_keys)
    topics.register("clocks", plan_keys)
