"""Whether the board rebuilt from the acts says the same as the live one: the proof that the acts tell all."""

from typing import Any

from django.utils import timezone

from tequio.monitoring import queries
from tequio.monitoring.past.board import past_board
from tequio.monitoring.past.moment import moment_of
from tequio.monitoring.rows import Row
from tequio.plans.models import Plan


def same_as_live(plan: Plan) -> list[str]:
    """The differences between today's board and the board of today rebuilt from the acts; none when they are the same."""
    today = timezone.localdate()
    live, past = queries.board(plan, today), past_board(plan, moment_of(plan, today))
    faults = []
    if (live.told, live.counts, live.plan.public_state()["title"]) != (past.told, past.counts, _title(past)):
        faults.append(f"plan: {live.told} {live.counts} | {past.told} {past.counts}")
    ours, theirs = [told(row) for row in live.rows], [told(row) for row in past.rows]
    if [row["key"] for row in ours] != [row["key"] for row in theirs]:
        faults.append(f"commitments: {[row['key'] for row in ours]} | {[row['key'] for row in theirs]}")
        return faults
    for mine, yours in zip(ours, theirs, strict=True):
        faults += [f"{mine['key']} {name}: {mine[name]} | {yours[name]}" for name in mine if mine[name] != yours[name]]
    return faults


def _title(board: queries.Board) -> Any:
    return board.plan.title.data if isinstance(board.plan.title.data, dict) else {"es": board.plan.title.data}


def told(row: Row) -> dict[str, Any]:
    """All that a board says of a commitment, as plain values."""
    c, rollup = row.commitment, row.rollup
    return {
        "key": c.subject_key(),
        "title": str(c.title),
        "promise": str(row.promise),
        "lead": c.lead.name if c.lead else "",
        "end": str(c.end),
        "flags": c.flags,
        "levels": [(level["word"], level.get("words", "")) for level in row.levels],
        "unnamed": row.unnamed,
        "evidence": row.evidence,
        "supporters": [link.organisation.slug for link in row.supporters],
        "rollup": (rollup.counts, rollup.shares, rollup.gap, rollup.sentence, str(rollup.citizens.word)),
        "institution": (rollup.institution.colour, str(rollup.institution.word)),
        "suggestion": row.suggestion,
        "steps": [
            (
                step.activity.number,
                str(step.activity.title),
                step.standing.state,
                step.standing.said,
                step.standing.citizens.colour,
                str(step.standing.citizens.word),
                step.standing.institution.colour,
                step.standing.schedule,
                step.standing.weight,
                step.deadline.due,
                step.deadline.paused_days,
                step.deadline.is_open,
            )
            for step in row.steps
        ],
    }
