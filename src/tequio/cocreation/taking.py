"""What other apps hand on: contributions spoken at a session become contributions here, with the minutes that prove them."""

from typing import Any

from django.core.exceptions import ValidationError

from tequio.cocreation import actions
from tequio.cocreation.models import Contribution, Table
from tequio.meetings.models import MinutesEntry
from tequio.record.append import Actor

LINE = 110  # characters of a spoken contribution that stand as its title


def of_minutes(entry: MinutesEntry, by: Actor) -> None:
    """An approved entry of a work table's minutes. What the call does not receive any more stays in the minutes alone."""
    session = entry.minutes.session
    rows = Table.public_rows().filter(body_id=session.body_id).select_related("call__plan")
    table = rows.order_by("-call__number", "-number").first()
    key = entry.subject_key()
    if table is None or Contribution.objects.filter(minutes=key).exists():
        return
    seat = entry.seat
    told: dict[str, Any] = {
        "organisation": entry.organisation.name if entry.organisation else "",
        "sector": entry.sector or (seat.sector if seat else ""),
        "kind": Contribution.Kind.ORGANISATION if entry.organisation else Contribution.Kind.PERSON,
    }
    try:
        actions.enter_contribution(
            call=table.call,
            table=table,
            problem=table.problems.order_by("number").first() if table.problems.count() == 1 else None,
            source=Contribution.Source.TABLE,
            title=first_line(entry.text),
            text=entry.text,
            name=entry.public_name,
            named=bool(entry.public_name),
            minutes=key,
            received_on=session.day,
            role=None,
            by=by,
            **told,
        )
    except ValidationError:
        return


def first_line(text: str) -> str:
    """A title for what was spoken: its first sentence, cut at a word."""
    line = text.strip().split("\n", 1)[0].split(". ", 1)[0].strip()
    if len(line) <= LINE:
        return line
    return line[:LINE].rsplit(" ", 1)[0] + "…"
