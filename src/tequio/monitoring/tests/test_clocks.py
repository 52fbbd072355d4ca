"""Each plan has terms of its own; what it does not say follows the installation."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.commitments.models import Commitment
from tequio.monitoring import actions
from tequio.monitoring.models import Clocks, clocks_of
from tequio.plans.models import Plan
from tequio.record.append import Actor
from tequio.record.models import Act

J = "/valle-del-ejemplo/"
PAGE = J + "gestion/comite/plazos/"
SECRETARIAT = Actor(organisation="secretariado", role="secretariat")


def again(place: Any) -> Plan:
    return Plan.objects.select_related("jurisdiction").get(pk=place.plan.pk)


def test_a_plan_without_terms_follows_the_installation(cast: Any, settings: Any) -> None:
    settings.OBSERVATION_ANSWER_DAYS, settings.ESCALATE_DAYS, settings.CHECK_MONTHS = 7, 21, [18, 3]
    found = clocks_of(again(cast.valle))
    assert (found.days_to_answer, found.days_to_see, found.days_to_escalate, found.months_to_check) == (
        *(7, 3, 21),
        [3, 18],
    )
    page = Client().get(J + "comite/").content.decode()
    assert ("7 días hábiles" in page, "a los 18 meses" in page, "son los usuales de este portal" in page) == (
        *(True, True, True),
    )


def test_the_secretariat_sets_them_with_an_act_and_everybody_reads_them(cast: Any) -> None:
    client = cast.valle.client("secretariat")
    sent = {"answer_days": "4", "escalate_days": "30", "check_months": "24, 9", "basis": "Acuerdo 3"}
    assert client.post(PAGE, sent)["Location"] == J + "comite/?plan=1"
    act = Act.objects.latest("id")
    assert (act.kind, act.on) == ("clocks.set", "valle-del-ejemplo/clocks/1")
    found = clocks_of(again(cast.valle))
    assert (found.days_to_answer, found.days_to_see, found.days_to_escalate, found.months_to_check) == (
        *(4, 3, 30),
        [9, 24],
    )
    page = Client().get(J + "comite/").content.decode()
    assert ("4 días hábiles" in page, "a los 9 meses, a los 24 meses" in page, "Los fijó este plan." in page) == (
        *(True, True, True),
    )
    assert clocks_of(Plan.objects.get(pk=cast.otro.plan.pk)).days_to_answer == 10
    assert 'value="9, 24"' in client.get(PAGE).content.decode()
    assert client.post(PAGE, {}).status_code == 302  # and back to what is usual
    assert clocks_of(again(cast.valle)).months_to_check == [6, 12, 24]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"answer_days": "0"}, "Escribe de 1 a 60 días hábiles."),
        ({"sight_days": "31"}, "Escribe de 1 a 30 días hábiles."),
        ({"escalate_days": "999"}, "Escribe de 1 a 180 días."),
        ({"check_months": "seis"}, "Escribe los meses con números"),
        ({"check_months": "0, 6"}, "Escribe hasta diez números de meses, de 1 a 120."),
    ],
)
def test_terms_that_make_no_sense_come_back(cast: Any, sent: dict[str, str], words: str) -> None:
    answer = cast.valle.client("secretariat").post(PAGE, sent)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Clocks.objects.exists()


def test_observations_reminders_and_checks_go_by_the_plans_own_terms(cast: Any) -> None:
    from tequio.monitoring.reminders import due_and_late
    from tequio.observations import actions as observing
    from tequio.oversight import queries as oversight

    place = cast.valle
    actions.set_clocks(plan=again(place), answer_days=1, escalate_days=2, check_months=[3], by=SECRETARIAT)
    said = observing.observe(
        about=place.commitment,
        text="La liga de la bitácora no abre desde ayer.",
        email="v@example.org",
        name="",
        named=False,
    )
    monday = dt.date(2026, 3, 16)
    assert observing.confirm(observation=said, on=monday).due == dt.date(2026, 3, 17)
    late = dt.date(2027, 1, 28) + dt.timedelta(days=2)
    assert [one.key.rsplit(":", 2)[1] for one in due_and_late(late) if ":escalated:" in one.key]
    commitment = Commitment.objects.select_related("plan", "jurisdiction", "lead").get(pk=place.commitment.pk)
    row = oversight.rows_for([commitment], commitment.plan, dt.date(2028, 4, 2))[0]
    assert [(one.months, one.due, one.state) for one in row.milestones] == [(3, dt.date(2028, 3, 31), "due")]


def test_a_check_that_was_made_stays_in_sight_when_the_months_change(cast: Any) -> None:
    from tequio.oversight import actions as checking
    from tequio.oversight import queries as oversight
    from tequio.people.acting import actor_of

    place, day = cast.valle, dt.date(2028, 7, 3)
    check = checking.propose_check(
        commitment=place.commitment, role=place.roles["committee"], result="weakened", words="Tarda.", on=day
    )
    checking.confirm_check(check=check, role=place.clara, by=actor_of(place.clara), on=day)
    actions.set_clocks(plan=again(place), check_months=[12], by=SECRETARIAT)
    row = oversight.rows_for([place.commitment], again(place), day)[0]
    assert [(one.months, one.state) for one in row.milestones] == [(6, "done"), (12, "later")]


def test_a_draft_plan_has_no_terms_yet(cast: Any) -> None:
    plan = Plan(jurisdiction=cast.valle.jurisdiction, number=9, slug="valle-9")
    with pytest.raises(ValidationError):
        actions.set_clocks(plan=plan, answer_days=3, by=SECRETARIAT)
