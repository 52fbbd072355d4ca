"""The verbs of observing: what anybody does, and what the committee and the institution do with it."""

from tequio.observations.actions.answering import answer, comment
from tequio.observations.actions.moderating import flag, hide, review, show
from tequio.observations.actions.saying import appeal, confirm, forget, observe, withdraw

__all__ = [
    "answer",
    "appeal",
    "comment",
    "confirm",
    "flag",
    "forget",
    "hide",
    "observe",
    "review",
    "show",
    "withdraw",
]
