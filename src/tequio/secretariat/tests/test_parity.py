"""Parity from what sessions left, and the minimum requirements evaluated from data: met, at risk, failed, not known."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.meetings.models import Attendance, Body, Minutes, MinutesEntry, Session, SessionDocument
from tequio.plans.models import Plan
from tequio.secretariat import actions, parity, requirements
from tequio.secretariat.requirements import AT_RISK, FAILED, MET, NOT_DUE, UNKNOWN, Context, forum, published
from tequio.secretariat.tests.stage import BY, DAY, Stage

pytestmark = pytest.mark.tampers  # sessions of the past are rows, without the acts that made them
BOTH = [{"seat": 1, "head": "room"}, {"seat": 2}, {"seat": 6, "liaison": "room"}]


def held(stage: Stage, day: str, *, kind: str = "ordinary", approved: bool = True, **fields: Any) -> Session:
    """A session of the past, with its public count of attendance."""
    at = dt.datetime.fromisoformat(day).replace(hour=18, tzinfo=dt.UTC)
    session = Session.objects.create(
        jurisdiction=stage.jurisdiction,
        number=Session.objects.count() + 1,
        body=fields.pop("body", stage.body),
        kind=kind,
        title={"es": f"Sesión del {day}"},
        starts_at=at,
        ends_at=at + dt.timedelta(hours=2),
        state=Session.State.HELD,
        attendance=fields.pop("attendance", {"seats": BOTH}),
        **fields,
    )
    Minutes.objects.create(
        session=session, state="approved" if approved else "draft", due=at.date(), approved_on=at.date()
    )
    return session


def plan_of(stage: Stage, **fields: Any) -> Plan:
    given = {"start": "2025-07-01", "end": "2027-06-30", "title": {"es": "Plan"}, "status": "published", **fields}
    return Plan.objects.create(jurisdiction=stage.jurisdiction, number=1, slug="plan-1", **given)


def state(evaluate: Any, stage: Stage, plan: Plan, today: dt.date = DAY) -> str:
    body = Body.objects.select_related("jurisdiction").get(pk=stage.body.pk)
    found = evaluate(Context(plan, body, today))
    assert found.state in (MET, UNKNOWN) or found.next or found.due, "says what to do next"
    return str(found.state)


def test_parity_counts_presence_speech_proposals_votes_and_facilitation(stage: Stage) -> None:
    session = held(stage, "2026-02-02", facilitator=stage.heads["c0"].seat)
    decision = stage.open()
    stage.vote(decision, "ffa", "ff")
    actions.close_decision(decision=decision, by=BY)
    decision.session = session
    decision.save()
    minutes = session.minutes
    for n, (seat, sector) in enumerate([("c0", ""), ("c1", ""), ("g0", ""), (None, "gov_judicial"), (None, "citizen")]):
        own = {"seat": stage.heads[seat].seat} if seat else {"sector": sector}
        MinutesEntry.objects.create(minutes=minutes, number=n + 1, kind="statement", text="…", **own)
    MinutesEntry.objects.create(minutes=minutes, number=9, kind="note", text="…", sector="cso")
    session.agenda.create(
        jurisdiction=stage.jurisdiction, number=99, body=stage.body, title="…", proposed_on=DAY, sector="academia"
    )
    found = parity.of_body(stage.body)
    assert {one.key: (one.civil, one.government) for one in found.measures} == {
        "presence": (1, 1),
        "speech": (3, 2),
        "proposals": (1, 0),
        "votes": (3, 2),
        "facilitation": (1, 0),
    }
    assert (found.civil_seats, found.government_seats, found.measures[1].percent) == (5, 4, 60)
    (line,) = found.lines
    assert (line.heads, line.liaisons, line.nobody) == (1, 1, 1)
    assert (2, "2026-02-02", "votes", "government", "gov_executive", 1) in parity.rows_of(found)
    page = Client().get("/mesa/secretariado/paridad/").content.decode()
    assert ("<b>60 %</b> de sociedad civil" in page, "Sociedad civil tiene 5 asientos y gobierno 4" in page) == (
        True,
        True,
    )
    answer = Client().get("/mesa/secretariado/paridad.csv?organo=stl").content.decode()
    assert answer.splitlines()[0] == "\ufeffsession,date,measure,side,sector,count"


def test_few_people_of_a_gender_are_named_and_not_counted(stage: Stage) -> None:
    session = held(stage, "2026-02-02")
    for gender, n in (("woman", 7), ("man", 5), ("other", 2)):
        for one in range(n):
            who = Attendance.objects.create(
                session=session, sector="citizen", gender=gender, how="hand", confirmed=True, name=f"CANARIO {one}"
            )
        MinutesEntry.objects.create(
            minutes=session.minutes, number=n, kind="statement", text="…", sector="citizen", attendance=who
        )
    found = parity.of_body(stage.body)
    assert (found.present_by_gender["groups"], found.present_by_gender["few"]) == ({"man": 5, "woman": 7}, ["other"])
    assert found.speech_by_gender == {"groups": {"man": 1, "woman": 1}, "few": ["other"]}
    page = Client().get("/mesa/secretariado/paridad/").content.decode()
    assert ("muy pocas para contarlas" in page, "CANARIO" in page) == (True, False)


def test_one_person_at_six_sessions_is_no_group_of_six(stage: Stage) -> None:
    days = [f"2026-02-{day:02}" for day in range(2, 14, 2)]
    for n, day in enumerate(days):
        session = held(stage, day)
        people = [("other", 1), ("woman", 5 if n else 2)]
        for gender, count in people:
            for _one in range(count):
                Attendance.objects.create(session=session, sector="citizen", gender=gender, how="hand", confirmed=True)
    found = parity.of_body(stage.body).present_by_gender
    assert found == {"groups": {"woman": 25}, "few": ["other"]}


def test_the_forum_meets_each_half_year_with_both_sides_and_approved_minutes(stage: Stage) -> None:
    plan = plan_of(stage)
    stage.body.starts = dt.date(2025, 7, 1)
    stage.body.save()
    check = forum.meets_each_half_year
    assert state(check, stage, plan, dt.date(2025, 8, 1)) == NOT_DUE
    assert state(check, stage, plan, dt.date(2025, 12, 1)) == AT_RISK
    assert state(check, stage, plan) == FAILED
    held(stage, "2025-10-01", approved=False)
    held(stage, "2025-11-01", attendance={"seats": [{"seat": 1, "head": "room"}]})  # nobody of government
    assert state(check, stage, plan) == FAILED
    held(stage, "2025-12-01", attendance={"seats": [{"seat": 1, "head": "room"}], "guests": {"few": ["gov_judicial"]}})
    assert state(check, stage, plan) == MET
    assert state(check, stage, plan, dt.date(2026, 5, 15)) == AT_RISK
    assert state(check, stage, plan, dt.date(2026, 6, 2)) == FAILED


def test_two_results_sessions_a_year_with_their_documents(stage: Stage) -> None:
    plan, check = plan_of(stage), forum.results_sessions
    assert state(check, stage, plan, dt.date(2025, 6, 1)) == NOT_DUE
    assert state(check, stage, plan) == NOT_DUE
    assert state(check, stage, plan, dt.date(2026, 5, 1)) == AT_RISK
    rows = [held(stage, day, kind="results") for day in ("2025-09-01", "2026-02-01")]
    assert state(check, stage, plan, dt.date(2026, 5, 1)) == AT_RISK
    for session in rows:
        SessionDocument.objects.create(session=session, number=1, title="Resultados", is_result=True, published_on=DAY)
    assert state(check, stage, plan) == MET
    assert state(check, stage, plan, dt.date(2026, 8, 1)) == NOT_DUE
    assert state(check, stage, plan, dt.date(2027, 4, 15)) == AT_RISK


def test_the_space_its_rules_and_its_seats(stage: Stage) -> None:
    plan = plan_of(stage, phases=[{"key": "cocreation", "start": "2026-02-01", "end": "2026-06-30"}])
    checks = (
        forum.space_exists,
        forum.rules_public,
        forum.multi_stakeholder,
        forum.met_in_cocreation,
        forum.forum_exists,
    )
    assert [state(check, stage, plan) for check in checks] == [FAILED, FAILED, MET, NOT_DUE, MET]
    stage.body.founding_url = stage.body.rules_url = "https://ejemplo.org/acta"
    stage.body.save()
    held(stage, "2026-02-10")
    assert [state(check, stage, plan) for check in checks] == [MET] * 5
    nobody = Context(plan, None, DAY)
    assert [check(nobody).state for check in checks] == [FAILED, FAILED, FAILED, UNKNOWN, FAILED]


def test_seats_represented_minutes_on_time_and_parity_of_tables(stage: Stage) -> None:
    plan = plan_of(stage)
    assert state(forum.seats_represented, stage, plan) == UNKNOWN
    assert state(forum.minutes_on_time, stage, plan) == UNKNOWN
    assert state(forum.parity_of_votes, stage, plan) == UNKNOWN
    session = held(stage, "2026-02-02")
    assert state(forum.seats_represented, stage, plan) == FAILED
    assert state(forum.minutes_on_time, stage, plan) == MET
    session.attendance = {"seats": [BOTH[0], BOTH[2]]}
    session.save()
    Minutes.objects.update(approved_on=dt.date(2026, 2, 20))
    assert state(forum.seats_represented, stage, plan) == MET
    assert state(forum.minutes_on_time, stage, plan) == FAILED
    table = Body.objects.create(jurisdiction=stage.jurisdiction, slug="agua", kind="table", name={"es": "Mesa de agua"})
    table.seats.create(number=1, name={"es": "Una"}, sector="cso")
    assert state(forum.parity_of_votes, stage, plan) == MET
    for n in (2, 3):
        table.seats.create(number=n, name={"es": "Otra"}, sector="gov_municipal")
    assert state(forum.parity_of_votes, stage, plan) == FAILED


def test_requirements_and_parity_cost_the_same_for_one_and_for_many(stage: Stage) -> None:
    plan_of(stage, phases=[{"key": "cocreation", "start": "2026-02-01", "end": "2026-06-30"}])

    reader = stage.client("c0")  # an anonymous reader would get the page kept before: no act moved the record

    def once(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(f"/mesa/secretariado/{path}/").status_code == 200
        return len(asked)

    def cost(path: str) -> int:
        """The least of three readings: what is kept for some seconds may fall due during one of them."""
        return min(once(path) for _reading in range(3))

    def another(n: int) -> None:
        slug = f"mesa-{n}"
        table = Body.objects.create(
            jurisdiction=stage.jurisdiction, slug=slug, kind="table", name={"es": slug}, parent=stage.body
        )
        table.seats.create(number=1, name={"es": "Una"}, sector="cso")
        for body in (table, stage.body):
            for kind in ("ordinary", "results"):
                held(stage, f"2026-02-{n + 1:02}", kind=kind, body=body)

    another(1)
    cost("requisitos")
    first = {path: cost(path) for path in ("requisitos", "paridad")}
    another(2)
    another(3)
    assert {path: cost(path) for path in first} == first


def test_what_the_plan_tells(cast: Any) -> None:
    plan, today = cast.valle.plan, DAY

    def states(**fields: Any) -> dict[str, str]:
        for name, value in fields.items():
            setattr(plan, name, value)
        plan.save()
        found = requirements.evaluate(Context(plan, None, today))
        return {one.key: finding.state for one, finding in found}

    first = states()
    assert {key: first[key] for key in ("PC-2.1", "PC-2.2", "LC-4", "TQ-5", "TQ-6", "TQ-8", "LC-3")} == {
        "PC-2.1": MET,
        "PC-2.2": MET,
        "LC-4": AT_RISK,
        "TQ-5": FAILED,
        "TQ-6": MET,
        "TQ-8": FAILED,
        "LC-3": UNKNOWN,
    }
    letter = {"organisation": "Vecinas y Agua A.C.", "is_government": False}
    assert states(submitted_on="2026-02-01")["LC-4"] == FAILED
    assert states(endorsements=[letter])["LC-4"] == UNKNOWN
    assert states(endorsements=[{**letter, "date": "2026-03-01"}])["LC-4"] == FAILED
    assert states(endorsements=[{**letter, "date": "2026-01-15"}])["LC-4"] == MET
    assert states(term_end=dt.date(2027, 6, 30))["TQ-6"] == FAILED
    assert published.site_is_fresh(Context(plan, None, dt.date(2026, 7, 1))).state == AT_RISK
    assert published.site_is_fresh(Context(plan, None, dt.date(2026, 8, 1))).state == FAILED
    page = Client().get("/valle-del-ejemplo/secretariado/requisitos/").content.decode()
    assert all(one.key in page for one in requirements.REQUIREMENTS)
    assert Client().get("/valle-del-ejemplo/secretariado/requisitos/?plan=9").status_code == 200


@pytest.mark.django_db
def test_what_nobody_tells_of_is_not_known_and_only_known_requirements_are_told_of(monkeypatch: Any) -> None:
    monkeypatch.setattr(requirements, "_evaluations", {})
    silent = requirements.evaluate(Context(Plan(), None, DAY))
    assert {finding.state for _one, finding in silent} == {UNKNOWN}
    with pytest.raises(LookupError):
        requirements.register("PC-9", lambda context: requirements.Finding(MET))
