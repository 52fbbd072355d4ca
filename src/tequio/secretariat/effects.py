"""What a decision does to the thing that it is about. Apps above register their own, in ``apps.py``.

    effects.register(Effect("draft", Matter.COMMITMENT, _("Adoptar el compromiso"), passed=adopt, candidates=drafts))

``passed(decision, by, day)`` and ``failed`` are called in the transaction that closes the decision: what they raise keeps
it open. ``candidates(body)`` gives the keys and words of what may be put to that body today, for the form that opens one.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from tequio.meetings.models import Body
from tequio.record.append import Actor
from tequio.secretariat.models import Decision

Happens = Callable[[Decision, Actor, dt.date], object]


@dataclass(frozen=True)
class Effect:
    """What deciding does to objects of ``subject``; ``matter`` names the rules that hold for it."""

    subject: str
    matter: str
    words: str | Promise
    passed: Happens
    candidates: Callable[[Body], Iterable[tuple[str, str]]]
    failed: Happens | None = None


_effects: dict[str, Effect] = {}


def register(effect: Effect) -> None:
    """Adds an effect; the same subject again replaces it."""
    _effects[effect.subject] = effect


def effect_on(key: str) -> Effect | None:
    """The effect that decisions about an object have; None where no app said what to do with it."""
    return _effects.get(key.split("/", 2)[1]) if key.count("/") >= 2 else None


def candidates(body: Body) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything that may be put to a body today: for each effect its words, and the keys and words of its things."""
    found = [(str(effect.words), list(effect.candidates(body))) for effect in _effects.values()]
    return [(words, things) for words, things in found if things]


def apply(decision: Decision, by: Actor, day: dt.date) -> None:
    """Does to the thing what the decision, just closed, says."""
    effect = effect_on(decision.about)
    if effect is None:
        return
    if decision.state == Decision.State.PASSED:
        effect.passed(decision, by, day)
    elif effect.failed is not None:
        effect.failed(decision, by, day)
