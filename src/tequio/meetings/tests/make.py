"""The table of the stories: four seats of three sectors, and a session at any step."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from tequio.meetings import actions, queries
from tequio.meetings.models import AgendaItem, Attendance, Body, Minutes, Seat, SeatHolder, Session
from tequio.people.acting import actor_of
from tequio.people.actions import invite
from tequio.record.append import Actor

ZONE = ZoneInfo("America/Mexico_City")
DAY = dt.date(2026, 3, 23)  # a Monday, a week after the clock of the tests


def at(day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), ZONE)


@dataclass
class Table:
    """A body with its seats and who occupies them, and the secretariat that runs it."""

    place: Any
    by: Actor
    body: Body
    seats: dict[str, Seat] = field(default_factory=dict)
    holders: dict[str, SeatHolder] = field(default_factory=dict)

    def session(self, day: dt.date = DAY, **more: Any) -> Session:
        """A draft with one item."""
        made = actions.plan_session(
            body=self.body,
            kind="ordinary",
            title={"es": "Primera sesión"},
            starts_at=at(day, 10),
            ends_at=at(day, 12),
            place="Sala 1",
            by=self.by,
            **more,
        )
        actions.write_item(session=made, title="Calendario de cocreación", by=self.by)
        return Session.objects.select_related("jurisdiction", "body__jurisdiction").get(pk=made.pk)

    def called(self, day: dt.date = DAY, **more: Any) -> Session:
        return actions.call_session(session=self.session(day, **more), by=self.by)

    def opened(self, day: dt.date = DAY) -> Session:
        return actions.open_session(session=self.called(day), by=self.by, at=at(day, 10))

    def held(self, day: dt.date = DAY, **present: str) -> Session:
        """Held with those present, by key of holder; with everybody unless told."""
        session = self.opened(day)
        here = present or dict.fromkeys(self.holders, "room")
        actions.call_roll(session=session, present={self.holders[k].pk: mode for k, mode in here.items()}, by=self.by)
        return actions.close_session(session=session, by=self.by, at=at(day, 12))

    def written(self, session: Session, **more: Any) -> Minutes:
        """The minutes with something under each item."""
        minutes = minutes_of(session)
        first = session.attendees.order_by("pk").first()
        entry = {
            "kind": "contribution",
            "who": f"a{first.pk}" if first else "",
            "text": "Que se publique antes.",
            **more,
        }
        agreement = {
            "text": "Publicar el calendario.",
            "owner": "s1",
            "due": (session.day + dt.timedelta(days=10)).isoformat(),
        }
        items = {str(n): {"entries": [entry], "agreements": [agreement]} for n in numbers(session)}
        return actions.save_draft(minutes=minutes, draft={"items": items}, revision=minutes.revision)

    def reviewed(self, session: Session, today: dt.date = DAY) -> Minutes:
        return actions.open_review(minutes=self.written(session), by=self.by, today=today)

    def approved(self, day: dt.date = DAY) -> Minutes:
        minutes = self.reviewed(self.held(day), today=day)
        return actions.approve(minutes=minutes, by=self.by, today=minutes.review_until + dt.timedelta(days=1))


def numbers(session: Session) -> list[int]:
    return list(AgendaItem.objects.filter(session=session).order_by("order").values_list("number", flat=True))


def minutes_of(session: Session) -> Minutes:
    found = queries.minutes_of(session)
    assert found is not None
    found.session = session
    return found


def make_table(place: Any) -> Table:
    """A secretariat: the court (head and liaison), the neighbours (head), the university (vacant)."""
    by = actor_of(place.roles["secretariat"])
    body = actions.found_body(
        jurisdiction=place.jurisdiction,
        kind="secretariat",
        name={"es": "Secretariado Técnico"},
        slug="secretariado",
        by=by,
    )
    table = Table(place, by, body)
    for key, organisation, sector in (
        ("tribunal", "tribunal", "gov_judicial"),
        ("vecinas", "vecinas", "cso"),
        ("universidad", "universidad", "academia"),
    ):
        table.seats[key] = actions.add_seat(
            body=body, name={"es": f"Lugar {key}"}, sector=sector, organisation=place.organisations[organisation], by=by
        )
    since = dt.date(2026, 1, 5)
    seat = actions.seat_holder
    table.holders["elena"] = seat(
        seat=table.seats["tribunal"], capacity="head", role=place.roles["seat_head"], since=since, by=by
    )
    table.holders["luis"] = seat(
        seat=table.seats["tribunal"], capacity="liaison", role=place.roles["seat_liaison"], since=since, by=by
    )
    vera = invite(jurisdiction=place.jurisdiction, name="Vera Canaria", email="vera@ejemplo.invalid")
    table.holders["vera"] = seat(
        seat=table.seats["vecinas"], capacity="head", person=vera, named=True, since=since, by=by
    )
    seat(seat=table.seats["universidad"], capacity="head", since=since, by=by)
    return table


def guest(session: Session, sector: str = "citizen", **more: Any) -> Attendance:
    return actions.register(session=session, how=Attendance.How.QR, sector=sector, **more)
