"""A table at which things are decided: nine seats, their heads and some liaisons, in a session that is going on.

``make_stage()`` builds it by the verbs of ``meetings``. Seats go by short keys: ``c0`` … ``c4`` outside government, ``g0`` …
``g3`` in it. All heads are there; so is the liaison of ``c1``.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tequio.meetings import actions as meetings
from tequio.meetings.models import Attendance, Body, Capacity, SeatHolder, Session
from tequio.people.acting import actor_of
from tequio.people.actions import invite
from tequio.people.models import Role
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor
from tequio.secretariat import actions
from tequio.secretariat.deciding import Rules
from tequio.secretariat.models import Decision, DecisionRules
from tests.cast import signed_in

OPERATOR, BY = Actor(role="operator"), Actor(role="secretariat")
SINCE, DAY = dt.date(2026, 1, 1), dt.date(2026, 3, 16)
SEATS = {
    "c0": "cso",
    "c1": "cso",
    "c2": "academia",
    "c3": "business",
    "c4": "citizen",
    "g0": "gov_executive",
    "g1": "gov_judicial",
    "g2": "gov_legislative",
    "g3": "autonomous",
}
LIAISONS = ("c1", "g0")
BY_VOTE = Rules(consensus_first=False, matters={"person": (None, "secret")})  # at once, and persons in secret


@dataclass
class Stage:
    """The table and everybody at it."""

    jurisdiction: Jurisdiction
    body: Body
    session: Session
    rules: DecisionRules | None = None
    heads: dict[str, SeatHolder] = field(default_factory=dict)
    liaisons: dict[str, SeatHolder] = field(default_factory=dict)

    def who(self, key: str) -> dict[str, Any]:
        """Who acts: the head of a seat, or with a bar (``c1-``) its liaison."""
        holder = self.liaisons[key[:-1]] if key.endswith("-") else self.heads[key]
        assert holder.role is not None
        return {"holder": holder, "by": actor_of(holder.role)}

    def client(self, key: str) -> Client:
        """A browser in which a head, or a liaison, is signed in."""
        role: Role = self.who(key)["holder"].role
        assert role.person is not None
        return signed_in(role.person.account)

    def open(self, question: str = "¿Se adopta el compromiso?", **more: Any) -> Decision:
        return actions.open_decision(session=self.session, question=question, by=BY, **more)

    def vote(self, decision: Decision, civil: str = "", government: str = "") -> None:
        """Votes as letters, seat after seat: f, a, x; a bar passes over a seat."""
        said = {"f": "for", "a": "against", "x": "abstain"}
        for side, letters in (("c", civil), ("g", government)):
            for n, letter in enumerate(letters):
                if letter in said:
                    actions.cast_ballot(decision=decision, choice=said[letter], **self.who(f"{side}{n}"))

    def leave(self, *keys: str) -> None:
        """These are not in the session any more."""
        for key in keys:
            Attendance.objects.filter(session=self.session, holder=self.who(key)["holder"]).delete()


def make_stage(rules: Rules | None = BY_VOTE) -> Stage:
    """The table, deciding by ``rules``; by none yet where there are none."""
    here = create_jurisdiction(slug="mesa", name="La Mesa", kind="municipality", is_practice=True, by=OPERATOR)
    body = meetings.found_body(jurisdiction=here, kind="secretariat", name="Secretariado", slug="stl", by=BY)
    at = dt.datetime(2026, 3, 16, 16, tzinfo=dt.UTC)
    session = meetings.plan_session(
        body=body,
        kind="ordinary",
        title="Primera sesión",
        starts_at=at,
        ends_at=at + dt.timedelta(hours=4),
        place="Biblioteca",
        by=BY,
    )
    meetings.write_item(session=session, title="Adoptar compromisos", by=BY)
    stage = Stage(here, body, session)
    if rules is not None:
        stage.rules = actions.lay_down_rules(body=body, data=rules.data(), by=BY, on=SINCE)
    for key, sector in SEATS.items():
        seat = meetings.add_seat(body=body, name=f"Asiento {key}", sector=sector, since=SINCE, by=BY)
        stage.heads[key] = _seated(stage, seat, key, Capacity.HEAD)
        if key in LIAISONS:
            stage.liaisons[key] = _seated(stage, seat, f"{key}-enlace", Capacity.LIAISON)
    meetings.call_session(session=session, by=BY)
    meetings.open_session(session=session, by=BY, at=at)
    for holder in (*stage.heads.values(), stage.liaisons["c1"]):
        meetings.register(session=session, how=Attendance.How.HAND, holder=holder)
    return stage


def _seated(stage: Stage, seat: Any, name: str, capacity: str) -> SeatHolder:
    person = invite(jurisdiction=stage.jurisdiction, name=f"Persona {name}", email=f"{name}@ejemplo.invalid")
    return meetings.seat_holder(seat=seat, capacity=capacity, person=person, named=True, since=SINCE, by=BY)
