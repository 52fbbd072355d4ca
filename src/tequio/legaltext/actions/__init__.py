"""What people do with legal texts."""

from tequio.legaltext.actions.anchoring import anchor, move_anchors
from tequio.legaltext.actions.bringing import begin_version, create_work, discard, edit_work
from tequio.legaltext.actions.linking import link
from tequio.legaltext.actions.mending import answer, mend, settle, undo
from tequio.legaltext.actions.origins import confirm_origin, credit_by_hand, reject_origin, suggest_origins
from tequio.legaltext.actions.publishing import publish

__all__ = [
    "anchor",
    "answer",
    "begin_version",
    "confirm_origin",
    "create_work",
    "credit_by_hand",
    "discard",
    "edit_work",
    "link",
    "mend",
    "move_anchors",
    "publish",
    "reject_origin",
    "settle",
    "suggest_origins",
    "undo",
]
