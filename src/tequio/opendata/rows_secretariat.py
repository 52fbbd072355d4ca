"""The rows of what bodies decide: decisions, and who voted; of a secret ballot never what."""

from typing import Any

from tequio.opendata.parts import Cells, Rows, each, known, page_url, text_cells
from tequio.places.models import Jurisdiction
from tequio.secretariat import queries
from tequio.secretariat.models import Ballot, Decision


def _counts(outcome: dict[str, Any]) -> Cells:
    """The counts of each side, empty where they may not be told."""
    rows = {row["house"]: row for row in outcome.get("counts", ())}
    return {
        f"{side}_{name}": rows.get(side, {}).get(name)
        for side in ("civil", "government")
        for name in ("present", "voted", "for", "against", "abstain", "reached")
    }


def _decision(d: Decision, jurisdiction: Jurisdiction) -> Cells:
    quorum = d.outcome.get("quorum", {})
    return {
        "decision": d.number,
        "body": d.body.slug,
        "session": d.session.number,
        "rules_version": d.rules.version,
        **text_cells("question", d.question),
        "matter": d.matter,
        "about": d.about or None,
        "method": d.method,
        "ballot": d.ballot,
        "state": d.state,
        "opened_on": known(d.opened_on),
        "closed_on": known(d.closed_on),
        "reason": d.outcome.get("reason"),
        **text_cells("sentence", d.outcome.get("sentence")),
        "quorum_met": quorum.get("met"),
        "quorum_present": quorum.get("present"),
        "quorum_needed": quorum.get("needed"),
        **_counts(d.outcome),
        "objections": d.outcome.get("objections"),
        "url": page_url("secretariat:decision", jurisdiction, number=d.number),
    }


def _ballot(b: Ballot, jurisdiction: Jurisdiction) -> Cells:
    return {
        "decision": b.decision.number,
        "body": b.seat.body.slug,
        "seat": b.seat.number,
        **text_cells("seat_name", b.seat.name),
        "sector": b.seat.sector,
        "side": "government" if b.seat.is_government else "civil",
        "cast_by": b.holder.capacity,
        "vote": b.choice or None,
        "how": b.how or None,
        "date": known(b.cast_on),
        "url": page_url("secretariat:decision", jurisdiction, number=b.decision.number),
    }


DECISIONS = Rows(lambda here: queries.public(here).order_by("number"), each(_decision))
BALLOTS = Rows(
    lambda here: (
        Ballot.objects.filter(decision__jurisdiction=here)
        .select_related("decision", "seat__body", "holder")
        .order_by("decision__number", "seat__number")
    ),
    each(_ballot),
)
