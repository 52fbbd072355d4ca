"""Reads about bodies, sessions, who came, and what was agreed."""

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from tequio.meetings.counting import shown
from tequio.meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    Body,
    Capacity,
    Delegation,
    Minutes,
    MinutesEntry,
    Seat,
    SeatHolder,
    Session,
    SessionDocument,
)
from tequio.people.models import Person, Role
from tequio.places.models import Jurisdiction
from tequio.vocabularies import terms

HOLDER = ("seat__body__jurisdiction", "role__person__account", "person__account")


def bodies(jurisdiction: Jurisdiction) -> "QuerySet[Body]":
    """The bodies of a jurisdiction, the secretariat first."""
    rows = Body.objects.filter(jurisdiction=jurisdiction).select_related("jurisdiction", "parent__jurisdiction")
    return rows.order_by("starts", "slug")


def secretariat_of(jurisdiction: Jurisdiction, day: dt.date) -> Body | None:
    """The local technical secretariat in office on a day, where it is a body with seats."""
    rows = Body.objects.filter(jurisdiction=jurisdiction, kind=Body.Kind.SECRETARIAT)
    rows = rows.filter(Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day))
    return rows.select_related("jurisdiction").order_by("-starts", "pk").first()


@dataclass
class SeatRow:
    """A seat with who occupies it today and who did before: head and liaison side by side."""

    seat: Seat
    heads: list[SeatHolder] = field(default_factory=list)
    liaisons: list[SeatHolder] = field(default_factory=list)
    alternates: list[SeatHolder] = field(default_factory=list)
    former: list[SeatHolder] = field(default_factory=list)
    delegations: list[Delegation] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        return bool(self.heads) and all(row.is_vacant for row in self.heads)


def seats_by_sector(body: Body, day: dt.date) -> list[tuple[str, list[SeatRow]]]:
    """The seats that exist on a day, by sector in the list's order, with the delegations that hold or
    will; three queries, however many there are."""
    holders = SeatHolder.objects.select_related("role__person", "person").order_by("number")
    seats = body.seats.select_related("organisation__jurisdiction", "office", "body__jurisdiction").order_by("number")
    groups: dict[str, list[SeatRow]] = {}
    given: dict[int, list[Delegation]] = {}
    over = Q(until__lt=day) | Q(session__state__in=[Session.State.HELD, Session.State.CANCELLED])
    delegations = Delegation.objects.filter(giver__seat__body=body, withdrawn_on=None).exclude(over)
    for one in delegations.select_related("giver", "taker", "session__jurisdiction"):
        given.setdefault(one.giver.seat_id, []).append(one)
    for seat in seats.prefetch_related(Prefetch("holders", holders)):
        if seat.exists_on(day):
            row = _seat_row(seat, day)
            row.delegations = given.get(seat.pk, [])
            groups.setdefault(seat.sector, []).append(row)
    order = [*terms.keys("sector"), *sorted(groups)]
    return [(terms.label("sector", key), groups.pop(key)) for key in order if key in groups]


def _seat_row(seat: Seat, day: dt.date) -> SeatRow:
    row = SeatRow(seat)
    places = {Capacity.HEAD: row.heads, Capacity.LIAISON: row.liaisons, Capacity.ALTERNATE: row.alternates}
    for holder in seat.holders.all():
        if holder.until is not None and holder.until < day:
            row.former.append(holder)
        elif holder.since is None or holder.since <= day:
            places[Capacity(holder.capacity)].append(holder)
    row.former.reverse()
    return row


def holders_on(body: Body, day: dt.date) -> "QuerySet[SeatHolder]":
    """Who occupies the seats of a body on a day, vacancies left out."""
    rows = SeatHolder.objects.filter(seat__body=body).exclude(role=None, person=None)
    rows = rows.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day))
    return rows.select_related(*HOLDER, "seat__organisation", "role__jurisdiction").order_by(
        "seat__number", "capacity", "number"
    )


def holders_of_role(role: Role, day: dt.date, body: Body | None = None) -> "QuerySet[SeatHolder]":
    """The seats that a role holds on a day."""
    rows = SeatHolder.objects.filter(role=role).filter(
        Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gte=day)
    )
    if body is not None:
        rows = rows.filter(seat__body=body)
    return rows.select_related(*HOLDER, "seat__organisation", "role__jurisdiction").order_by(
        "seat__body", "seat__number", "number"
    )


def delegations_of(seat: Seat, day: dt.date) -> "QuerySet[Delegation]":
    """The delegations of a seat that hold on a day or may come to hold: neither withdrawn nor over."""
    rows = Delegation.objects.filter(giver__seat=seat, withdrawn_on=None)
    over = Q(until__lt=day) | Q(session__state__in=[Session.State.HELD, Session.State.CANCELLED])
    return rows.exclude(over).select_related(
        *("giver__seat__body__jurisdiction", "taker__role__person", "taker__person", "session__jurisdiction")
    )


def ended_seats(body: Body, day: dt.date) -> list[SeatRow]:
    """The seats that are no more, the newest end first, with everybody who ever held them."""
    holders = SeatHolder.objects.select_related("role__person", "person").order_by("-number")
    seats = body.seats.filter(until__lt=day).select_related("organisation__jurisdiction", "body__jurisdiction")
    rows = seats.prefetch_related(Prefetch("holders", holders)).order_by("-until", "number")
    return [SeatRow(seat, former=list(seat.holders.all())) for seat in rows]


def people_to_invite(session: Session, day: dt.date) -> list[Person]:
    """Everybody who occupies a seat, each once."""
    found = {row.holder.pk: row.holder for row in holders_on(session.body, day) if row.holder is not None}
    return list(found.values())


def may_vote(session: Session) -> dict[int, SeatHolder]:
    """Who votes for each seat in a session, by the seat's primary key: its head when present, else whoever is present
    with a delegation that covers it. Seats with nobody who may vote are left out."""
    present = session.attendees.filter(confirmed=True).exclude(holder=None)
    rows = list(present.select_related("holder__seat__body__jurisdiction", "holder__role__person", "holder__person"))
    voters = {row.seat_id: row.holder for row in rows if row.capacity == Capacity.HEAD}
    delegations = Delegation.objects.filter(taker__in=[row.holder_id for row in rows])
    for one in delegations.select_related("taker__seat__body__jurisdiction", "taker__role__person", "giver"):
        if one.taker.seat_id not in voters and one.covers(session, session.day) and one.giver.holds_on(session.day):
            voters[one.taker.seat_id] = one.taker
    return {int(seat): holder for seat, holder in voters.items() if seat is not None and holder is not None}


# --- Sessions ------------------------------------------------------------------------------------------------------


def every_session(jurisdiction: Jurisdiction) -> "QuerySet[Session]":
    """All sessions, drafts too, the newest first."""
    rows = Session.objects.filter(jurisdiction=jurisdiction)
    return rows.select_related("jurisdiction", "body__jurisdiction", "municipality", "facilitator", "minutes").order_by(
        "-starts_at", "-number"
    )


def public_sessions(jurisdiction: Jurisdiction) -> "QuerySet[Session]":
    """The sessions that anybody may see, the newest first."""
    return every_session(jurisdiction).exclude(state=Session.State.DRAFT)


def minutes_of(session: Session) -> Minutes | None:
    """The session's minutes; none before it was opened."""
    return Minutes.objects.filter(session=session).first()


def agenda_of(session: Session) -> "QuerySet[AgendaItem]":
    """The agenda with who proposed each item."""
    rows = session.agenda.select_related(
        *("jurisdiction", "seat__body", "organisation", "follows__jurisdiction", "session__jurisdiction")
    )
    return rows.order_by("order", "number")


def proposals(body: Body) -> "QuerySet[AgendaItem]":
    """What seats proposed and waits for a session, the oldest first."""
    rows = body.agenda_items.filter(state=AgendaItem.State.PROPOSED)
    return rows.select_related("jurisdiction", "body__jurisdiction", "seat__body", "organisation").order_by("number")


def answered_proposals(jurisdiction: Jurisdiction) -> "QuerySet[AgendaItem]":
    """What seats ever proposed, the newest first, with the answer."""
    rows = AgendaItem.objects.filter(jurisdiction=jurisdiction, proposed_on__isnull=False)
    return rows.select_related("jurisdiction", "body", "seat__body", "organisation", "session__jurisdiction").order_by(
        "-number"
    )


def documents_of(session: Session) -> "QuerySet[SessionDocument]":
    return session.documents.select_related("blob", "item", "session__body", "session__jurisdiction").order_by("number")


def entries_of(minutes: Minutes) -> "QuerySet[MinutesEntry]":
    """What was recorded, in order, with who said it."""
    rows = minutes.entries.select_related(
        *("item", "seat__body", "organisation", "minutes__session__jurisdiction", "attendance__holder")
    )
    return rows.order_by("order", "number")


def counted(session: Session) -> dict[str, Any]:
    """The attendance that the public sees: for each seat whether head, liaison or alternate were there and how, and the
    guests by sector, small groups left out (``counting.shown``). A fixed number of queries."""
    rows = list(session.attendees.filter(confirmed=True).values("seat__number", "capacity", "mode", "sector"))
    present: dict[int, dict[str, str]] = defaultdict(dict)
    guests: Counter[str] = Counter()
    for row in rows:
        seat_number: int | None = row["seat__number"]
        if seat_number:
            present[seat_number][row["capacity"]] = row["mode"]
        else:
            guests[row["sector"]] += 1
    seats = [seat for seat in session.body.seats.order_by("number") if seat.exists_on(session.day)]
    return {
        "seats": [{"seat": seat.number, **dict(sorted(present.get(seat.number, {}).items()))} for seat in seats],
        "guests": shown(guests, session.body.small_group),
    }


@dataclass(frozen=True)
class Presence:
    """A seat in a session: who of it was there, in words, and on whose side it counts."""

    seat: Seat
    head: str
    liaison: str
    alternate: str

    @property
    def is_present(self) -> bool:
        return bool(self.head or self.liaison or self.alternate)


def presences(session: Session) -> list[Presence]:
    """The seats of a session's public count; one query."""
    told = {row["seat"]: row for row in session.attendance.get("seats", [])}
    modes = dict(Attendance.Mode.choices)
    seats = session.body.seats.filter(number__in=told).select_related(
        "body__jurisdiction", "organisation__jurisdiction"
    )
    return [
        Presence(
            seat, *(str(modes.get(told[seat.number].get(name, ""), "")) for name in ("head", "liaison", "alternate"))
        )
        for seat in seats.order_by("number")
    ]


@dataclass(frozen=True)
class Side:
    """One side of the table in a session: how many of its seats there are and how many have somebody there, and the same
    by sector in words. ``present`` is None before anybody called the roll."""

    is_government: bool
    seats: int
    present: int | None
    sectors: list[tuple[str, int, int | None]]


def sides_of(session: Session) -> list[Side]:
    """Who is there, side by side, from the session's public count; one query."""
    rolled = "seats" in session.attendance
    here = {row["seat"] for row in session.attendance.get("seats", []) if len(row) > 1}
    seats = [seat for seat in session.body.seats.order_by("number") if seat.exists_on(session.day)]
    found = []
    for government in (False, True):
        own = [seat for seat in seats if seat.is_government == government]
        sectors: dict[str, list[bool]] = {}
        for seat in own:
            sectors.setdefault(seat.sector, []).append(seat.number in here)
        rows = [(terms.label("sector", key), len(all_), sum(all_) if rolled else None) for key, all_ in sectors.items()]
        found.append(Side(government, len(own), sum(seat.number in here for seat in own) if rolled else None, rows))
    return [side for side in found if side.seats]


def running(items: list[AgendaItem]) -> AgendaItem | None:
    """The item that a session is at: the one it turned to last."""
    begun = {item.begun_at: item for item in items if item.begun_at is not None}
    return begun[max(begun)] if begun else None


def guests_of(session: Session) -> dict[str, Any]:
    """The guests of a session's public count, in words: ``groups`` pairs of sector and number, ``few`` sectors."""
    told = session.attendance.get("guests", {})
    return {
        "groups": [(terms.label("sector", key), n) for key, n in told.get("groups", {}).items()],
        "few": [terms.label("sector", key) for key in told.get("few", [])],
    }


# --- Agreements ----------------------------------------------------------------------------------------------------


def public_agreements(jurisdiction: Jurisdiction) -> "QuerySet[Agreement]":
    """The agreements of approved minutes: open ones first, by their day."""
    rows = Agreement.public_rows().filter(jurisdiction=jurisdiction)
    return rows.order_by(F("closed_on").asc(nulls_first=True), "due", "number")


def due_agreements(body: Body, day: dt.date) -> list[Agreement]:
    """The body's open agreements that are due by a day: what the next agenda opens with."""
    rows = Agreement.objects.filter(body=body, state=Agreement.State.OPEN, agreed_on__isnull=False, due__lte=day)
    return list(rows.select_related("jurisdiction").order_by("due", "number"))


@dataclass(frozen=True)
class Clock:
    """How the minutes stand: approved on time and late, owed in time, and owed and late."""

    on_time: int
    late: int
    waiting: int
    overdue: int

    @property
    def late_in_all(self) -> int:
        return self.late + self.overdue

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.waiting + self.overdue


def minutes_clock(jurisdiction: Jurisdiction, today: dt.date, body: Body | None = None) -> Clock:
    """Counts of all minutes that were ever owed."""
    rows = Minutes.objects.filter(session__jurisdiction=jurisdiction, due__isnull=False)
    if body is not None:
        rows = rows.filter(session__body=body)
    found = list(rows.values_list("due", "approved_on"))
    on_time = sum(1 for due, done in found if done and due and done <= due)
    late = sum(1 for due, done in found if done and due and done > due)
    overdue = sum(1 for due, done in found if not done and due and due < today)
    return Clock(on_time, late, len(found) - on_time - late - overdue, overdue)
