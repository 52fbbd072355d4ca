"""A call of Valle del Ejemplo with everything in it, made by the verbs that people use."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from tequio.cocreation import actions
from tequio.cocreation.models import Call, Contribution, JointDraft, Phase, Problem, Table
from tequio.people.acting import actor_of
from tests.cast import Place

CONTACT = "canario.vera@ejemplo.invalid"
NAME = "Vera Canaria"
ON = dt.date(2026, 3, 16)
WORDS = "Publicar cada mes, barrio por barrio, cuánta agua se pierde en fugas y en cuánto tiempo se reparan."


def windows(days: int = 30, closed: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Every phase open around the day of the tests, but for those named."""
    end = (ON + dt.timedelta(days=days)).isoformat()
    past = (ON - dt.timedelta(days=9)).isoformat()
    return [
        {"key": key, "start": (ON - dt.timedelta(days=10)).isoformat(), "end": past if key in closed else end}
        for key in Phase.values
    ]


def by(place: Place, kind: str = "secretariat") -> dict[str, Any]:
    """The actor that a role is."""
    return {"by": actor_of(place.roles[kind])}


def doing(place: Place, kind: str = "secretariat") -> dict[str, Any]:
    """The role and the actor that it is."""
    return {"role": place.roles[kind], **by(place, kind)}


def make_call(place: Place, **more: Any) -> Call:
    """A published call, every phase open."""
    call = actions.create_call(
        jurisdiction=place.jurisdiction,
        title={"es": "Agua para todos", "en": "Water for all"},
        phases=more.pop("phases", windows()),
        plan=place.plan,
        **more,
    )
    actions.publish_call(call=call, **by(place))
    return call


def problem(place: Place, call: Call | None = None, **more: Any) -> Problem:
    """A confirmed problem."""
    told = {
        "title": "Se pierde mucha agua en fugas",
        "text": "Las fugas tardan semanas en repararse y nadie publica cuántas hay.",
        "email": CONTACT,
        **more,
    }
    made = actions.propose_problem(jurisdiction=place.jurisdiction, call=call, **told)
    actions.confirm(said=made)
    return made


def contribution(call: Call, **more: Any) -> Contribution:
    """A confirmed contribution."""
    told = {"title": "Publicar las fugas cada mes", "text": WORDS, "email": CONTACT, "sector": "citizen", **more}
    made = actions.contribute(call=call, **told)
    actions.confirm(said=made)
    return made


def answer(given: Contribution, place: Place, decision: str = "accepted", **more: Any) -> Any:
    """A held answer."""
    told = {
        "reason": "feasible",
        "words": "Se puede hacer con los datos que ya tiene el organismo de agua.",
        "role": place.roles["secretariat"],
        **more,
    }
    return actions.hold_answer(contribution=given, decision=decision, **told)


@dataclass
class Story:
    """A call with a problem, a table, a contribution and a draft."""

    place: Place
    call: Call
    problem: Problem
    table: Table
    contribution: Contribution
    draft: JointDraft
    more: dict[str, Any] = field(default_factory=dict)


def tell(place: Place) -> Story:
    """Tells it in a jurisdiction of the cast."""
    call = make_call(place)
    found = problem(place, call, name=NAME, named=True)
    table = actions.open_table(
        call=call,
        title={"es": "Mesa del agua", "en": "Water table"},
        facilitator=place.roles["facilitator"],
        problems=[found],
        **by(place),
    )
    member = actions.join(table=table, name=NAME, sector="cso", email=CONTACT)
    actions.confirm(said=member)
    given = contribution(call, problem=found, table=table)
    draft = actions.start_draft(
        call=call, title={"es": "Fugas a la vista"}, contributions=[given], table=table, **doing(place)
    )
    actions.write_version(
        draft=draft,
        fields={
            "title": {"es": "Fugas a la vista"},
            "problem": {"es": found.text},
            "action": {"es": "El organismo publicará cuánta agua se pierde en fugas y en cuánto tiempo se reparan."},
        },
        why={"es": "Se escribe la acción"},
        seen=draft.version,
        **doing(place),
    )
    return Story(place, call, found, table, given, draft)


@pytest.fixture
def story(cast: Any) -> Story:
    """The story told in Valle del Ejemplo, on Monday 16 March 2026."""
    return tell(cast.valle)
