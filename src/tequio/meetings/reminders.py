"""Whom to remind: those who hold seats, before a session; the secretariat, of invitations and minutes; whoever owns an
agreement, before it is due and when it is late."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tequio.common.dates import in_words
from tequio.meetings.models import Agreement, Minutes, SeatHolder, Session
from tequio.notices import reminders
from tequio.notices.reminders import Reminder
from tequio.people.models import Role

BEFORE = (1, 7)  # days before a session or the day of an agreement
ANSWERS = ("lead", "support", "seat_head", "seat_liaison")
AHEAD = dt.timedelta(days=30)


def register() -> None:
    reminders.register(due)


def due(today: dt.date) -> Iterator[Reminder]:
    """Every reminder that holds today. A fixed number of queries, whatever there is."""
    holders = _holders(today)
    yield from _sessions(today, holders)
    yield from _minutes(today)
    yield from _agreements(today, holders)


def _holders(today: dt.date) -> dict[int, list[SeatHolder]]:
    """Who occupies the seats of each body today, by its primary key."""
    rows = SeatHolder.objects.exclude(role=None).filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    )
    found: dict[int, list[SeatHolder]] = defaultdict(list)
    for row in rows.select_related("role__person__account", "seat"):
        found[row.seat.body_id].append(row)
    return found


def _roles(rows: Sequence[SeatHolder]) -> list[Role]:
    return [row.role for row in rows if row.role is not None]


def _address(name: str, *args: object) -> str:
    with translation.override("es"):
        return reverse(f"meetings:{name}", args=args)


def _sessions(today: dt.date, holders: dict[int, list[SeatHolder]]) -> Iterator[Reminder]:
    states = (Session.State.DRAFT, Session.State.CALLED)
    end = dt.datetime.combine(today + AHEAD, dt.time(), dt.UTC)
    rows = Session.objects.filter(state__in=states, starts_at__lte=end).select_related("jurisdiction", "body")
    for session in rows:
        left = (session.day - today).days
        key, place = session.subject_key(), session.jurisdiction
        if session.state == Session.State.DRAFT:
            if 0 <= (session.invite_by - today).days <= 2:
                words = partial(_said, gettext_noop("Convoca a más tardar el %(day)s"), session.invite_by)
                url = _address("run", place.slug, session.number)
                yield Reminder(f"{key}:call:{session.day}", place, session.title, words, url, session.invite_by)
            continue
        threshold = next((days for days in BEFORE if 0 <= left <= days), None)
        if threshold is not None:
            words = partial(_said, gettext_noop("Hay sesión el %(day)s"), session.day)
            url = _address("session", place.slug, session.number)
            roles = _roles(holders[session.body_id])
            yield Reminder(f"{key}:{threshold}:{session.day}", place, session.title, words, url, session.day, roles)


def _minutes(today: dt.date) -> Iterator[Reminder]:
    rows = Minutes.objects.filter(due__isnull=False).exclude(state=Minutes.State.APPROVED)
    for minutes in rows.select_related("session__jurisdiction"):
        assert minutes.due is not None  # noqa: S101  the filter above
        session = minutes.session
        if (minutes.due - today).days <= 2:
            words = partial(_said, gettext_noop("El acta vence el %(day)s"), minutes.due)
            late = "late" if minutes.due < today else "soon"
            url = _address("minutes", session.jurisdiction.slug, session.number)
            key = f"{minutes.subject_key()}:{late}:{minutes.due}"
            yield Reminder(key, session.jurisdiction, session.title, words, url, minutes.due)


def _agreements(today: dt.date, holders: dict[int, list[SeatHolder]]) -> Iterator[Reminder]:
    rows = Agreement.objects.filter(
        state=Agreement.State.OPEN, agreed_on__isnull=False, due__lte=today + dt.timedelta(days=7)
    )
    found = list(rows.select_related("jurisdiction", "seat"))
    owners = {row.organisation_id for row in found if row.organisation_id}
    answering: dict[int, list[Role]] = defaultdict(list)
    roles = Role.objects.filter(Q(until=None) | Q(until__gte=today), organisation__in=owners, kind__in=ANSWERS)
    for role in roles.select_related("person__account"):
        if role.organisation_id is not None:
            answering[role.organisation_id].append(role)
    for row in found:
        assert row.due is not None  # noqa: S101  the filter above
        left = (row.due - today).days
        threshold = "late" if left < 0 else next(str(days) for days in BEFORE if left <= days)
        who = [h for h in holders[row.body_id] if h.seat_id == row.seat_id] if row.seat_id else []
        to = _roles(who) if who else answering.get(row.organisation_id or 0, [])
        words = partial(_said, gettext_noop("Un acuerdo vence el %(day)s"), row.due)
        url = _address("follow_up", row.jurisdiction.slug, row.number)
        yield Reminder(
            f"{row.subject_key()}:{threshold}:{row.due}", row.jurisdiction, {"es": str(row)}, words, url, row.due, to
        )


def _said(words: str, day: dt.date) -> str:
    return _(words) % {"day": in_words(day)}
