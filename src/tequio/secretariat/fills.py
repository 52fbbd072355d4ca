"""What decisions put on the pages of sessions and bodies, on the room's screen and on the work page of a session."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from tequio.common.access import may
from tequio.meetings.models import Body, Session
from tequio.secretariat import queries, wording

Filled = tuple[str, dict[str, Any]]


def of_session(request: HttpRequest, session: Session) -> Filled | None:
    """The decisions of a session; nothing where none was opened."""
    rows = list(queries.of_session(session))
    return ("secretariat/parts/of_session.html", {"rows": rows}) if rows else None


def on_screen(request: HttpRequest, session: Session) -> Filled | None:
    """What is being decided right now and how many took part so far, and the last result, for the room."""
    every = list(queries.of_session(session).annotate(cast=Count("ballots")))
    objecting = Count("objections", filter=Q(objections__withdrawn_on=None))
    stand = dict(queries.of_session(session).annotate(n=objecting).values_list("pk", "n"))
    places = queries.table(session) if any(row.is_open for row in every) else []
    rows = [
        (row, row.cast, stand.get(row.pk, 0), wording.able_words(queries.quorum_of(row, places)))
        for row in every
        if row.is_open
    ]
    closed = [row for row in every if row.outcome.get("sentence")]
    last = max(closed, key=lambda row: (row.closed_on, row.number), default=None) if not rows else None
    return ("secretariat/parts/on_screen.html", {"rows": rows, "last": last}) if rows or last else None


def of_body(request: HttpRequest, body: Body) -> Filled | None:
    """How a body decides, where it has rules."""
    rules = queries.rules_in_force(body, timezone.localdate())
    return ("secretariat/parts/of_body.html", {"body": body, "rules": rules}) if rules else None


def of_session_work(request: HttpRequest, session: Session) -> Filled | None:
    """Opening and closing decisions from the page that runs a session."""
    if not may(request, "secretariat.manage_decisions", session):
        return None
    rows = list(queries.of_session(session))
    return "secretariat/parts/of_session_work.html", {
        "rows": rows,
        "session": session,
        "opens": session.state == Session.State.OPEN,
    }
