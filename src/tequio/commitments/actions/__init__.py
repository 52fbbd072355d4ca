"""Writing plans and commitments: drafts that nobody else sees, and what makes them public."""

from tequio.commitments.actions.discarded import delete_draft, discard_draft, purge_discarded, restore_draft
from tequio.commitments.actions.drafts import (
    add_item,
    draft_of,
    move_item,
    plan_draft_of,
    public_plan,
    remove_item,
    save_item,
    save_section,
    start_commitment,
    start_plan,
)
from tequio.commitments.actions.evidence import hold_back, replace_with_redacted, submit_evidence
from tequio.commitments.actions.pauses import end_pause, record_pause
from tequio.commitments.actions.publish import (
    change_commitment,
    publish_commitment,
    publish_manual,
    publish_plan,
    submit_plan,
)
from tequio.commitments.actions.values import correct_value, record_value, verify_value

__all__ = [
    "add_item",
    "change_commitment",
    "correct_value",
    "delete_draft",
    "discard_draft",
    "draft_of",
    "end_pause",
    "hold_back",
    "move_item",
    "plan_draft_of",
    "public_plan",
    "publish_commitment",
    "publish_manual",
    "publish_plan",
    "purge_discarded",
    "record_pause",
    "record_value",
    "remove_item",
    "replace_with_redacted",
    "restore_draft",
    "save_item",
    "save_section",
    "start_commitment",
    "start_plan",
    "submit_evidence",
    "submit_plan",
    "verify_value",
]
