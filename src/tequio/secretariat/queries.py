"""Reads about decisions: what a body decides by, who may vote, and what would follow from the votes so far."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from tequio.meetings.models import Attendance, Body, Capacity, Delegation, Seat, SeatHolder, Session
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.secretariat import deciding
from tequio.secretariat.models import Ballot, Decision, DecisionRules

HOLDER = ("holder__role__person", "holder__role__jurisdiction", "holder__person")


def rules_in_force(body: Body, day: dt.date) -> DecisionRules | None:
    """The version that a body decides by on a day."""
    rows = DecisionRules.objects.filter(body=body, since__isnull=False, since__lte=day)
    return rows.select_related("body__jurisdiction").order_by("-since", "-version").first()


def public(jurisdiction: Jurisdiction) -> QuerySet[Decision]:
    """All decisions, newest first, with what a list says of each."""
    return (
        Decision.objects.filter(jurisdiction=jurisdiction)
        .select_related("jurisdiction", "body__jurisdiction", "session__jurisdiction", "item", "rules__body")
        .order_by("-number")
    )


def of_session(session: Session) -> QuerySet[Decision]:
    """The decisions of a session in the order in which they were opened."""
    return public(session.jurisdiction).filter(session=session).order_by("number")


@dataclass(frozen=True)
class Place:
    """A seat at the table on the day of a decision, with whoever of it is there."""

    seat: Seat
    filled: bool
    presence: deciding.Presence

    @property
    def key(self) -> str:
        return str(self.seat.pk)

    @property
    def house(self) -> str:
        return deciding.GOVERNMENT if self.seat.is_government else deciding.CIVIL

    @property
    def counted(self) -> deciding.Seat:
        """The seat as the rules see it."""
        return deciding.Seat(self.key, self.seat.sector, self.house, self.filled)


def table(session: Session) -> list[Place]:
    """The seats of the session's body on its day: filled or vacant, who of each is there, whether a delegation covers
    them. Four queries, however many seats."""
    day = session.day
    seats = [seat for seat in session.body.seats.select_related("body__jurisdiction") if seat.exists_on(day)]
    holders = SeatHolder.objects.filter(seat__body=session.body_id)
    filled = {row.seat_id for row in holders if row.holds_on(day)}
    takers = {
        row.taker_id for row in Delegation.objects.filter(taker__seat__body=session.body_id) if row.covers(session, day)
    }
    present: dict[int, set[str]] = {}
    for row in Attendance.objects.filter(session=session, seat__isnull=False, confirmed=True):
        found = present.setdefault(int(row.seat_id or 0), set())
        found.add("head" if row.capacity == Capacity.HEAD else "liaison")
        found |= {"delegated"} if row.holder_id in takers else set()
    return [
        Place(seat, seat.pk in filled, deciding.Presence(**dict.fromkeys(present.get(seat.pk, ()), True)))
        for seat in seats
    ]


def ballots_of(decision: Decision) -> QuerySet[Ballot]:
    """Who voted, and in recorded ballots what, in the order of the seats."""
    return decision.ballots.select_related("seat__body__jurisdiction", "decision__jurisdiction", *HOLDER)


def outcome_of(decision: Decision, places: list[Place]) -> deciding.Outcome:
    """What would follow if the decision closed now. Of a secret ballot nobody but ``close_decision`` may ask it."""
    ballots = [
        deciding.Ballot(str(row.seat_id), row.choice, row.holder.capacity, row.delegation_id is not None)
        for row in decision.ballots.select_related("holder").order_by("pk")
    ]
    urn = None
    if decision.is_voted and decision.is_secret:
        urn = decision.urn.counts
    return deciding.outcome(
        decision.rules.rules,
        [place.counted for place in places],
        {place.key: place.presence for place in places},
        ballots,
        method=decision.method,
        matter=decision.matter,
        conflicts={str(pk) for pk in decision.conflicts.values_list("seat", flat=True)},
        objections={str(pk) for pk in decision.objections.filter(withdrawn_on=None).values_list("seat", flat=True)},
        urn=urn,
        few=decision.body.small_group,
    )


def quorum_of(decision: Decision, places: list[Place]) -> dict[str, Any]:
    """Whether there is a quorum now: says nothing of votes, so anybody may know it."""
    rules = decision.rules.rules
    excluded = {str(pk) for pk in decision.conflicts.values_list("seat", flat=True)}
    able = {place.key for place in places if place.presence.votes(rules)} - excluded
    return deciding.quorum_of(rules, [place.counted for place in places], able, excluded)


def holder_for(role: Role | None, body: Body, day: dt.date) -> SeatHolder | None:
    """The seat that a role occupies in a body on a day, if any; a head's before any other."""
    if role is None:
        return None
    rows = SeatHolder.objects.filter(role=role, seat__body=body).select_related("seat__body__jurisdiction")
    held = [row for row in rows if row.holds_on(day) and row.seat.exists_on(day)]
    return min(held, key=lambda row: (row.capacity != Capacity.HEAD, row.number), default=None)


def delegation_for(holder: SeatHolder, session: Session) -> Delegation | None:
    """The delegation by which somebody who is not the head may vote in a session."""
    rows = Delegation.objects.filter(taker=holder).select_related("giver__seat__body__jurisdiction")
    return next((row for row in rows if row.covers(session, session.day)), None)


def open_for(role: Role, day: dt.date) -> list[tuple[Decision, SeatHolder]]:
    """The open decisions in running sessions of the bodies in which a role occupies a seat, with that seat's holder."""
    rows = SeatHolder.objects.filter(role=role).select_related("seat__body__jurisdiction")
    held = {row.seat.body_id: row for row in rows if row.holds_on(day) and row.seat.exists_on(day)}
    if not held:
        return []
    found = public(role.jurisdiction).filter(
        state=Decision.State.OPEN, session__state=Session.State.OPEN, body__in=held
    )
    return [(row, held[row.body_id]) for row in found.order_by("number")]


def counted(jurisdiction: Jurisdiction) -> dict[str, int]:
    """How many decisions stand in each state."""
    rows = Decision.objects.filter(jurisdiction=jurisdiction).order_by()
    states = {state: Count("pk", filter=Q(state=state)) for state in Decision.State.values}
    return rows.aggregate(all=Count("pk"), **states)
