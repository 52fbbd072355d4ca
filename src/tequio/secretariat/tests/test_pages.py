"""The pages of deciding: the phone's, the secretariat's and everybody's."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.meetings import actions as meetings
from tequio.record.sequence import sequence
from tequio.secretariat import actions, telling, waiting
from tequio.secretariat.models import Ballot, Decision, DecisionRules, Matter
from tequio.secretariat.tests.stage import BY, DAY, Stage

J = "/mesa/"
WORK = J + "gestion/decisiones/"


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(J + path)
    assert answer.status_code == status, path
    return str(answer.content.decode())


@pytest.fixture
def secretariat(stage: Stage) -> Client:
    """Whoever runs the sessions of the table."""
    from tequio.people.actions import grant_role, invite
    from tests.cast import signed_in

    sofia = invite(jurisdiction=stage.jurisdiction, name="Sofía", email="sofia@ejemplo.invalid")
    grant_role(jurisdiction=stage.jurisdiction, kind="secretariat", person=sofia, named=True, since=DAY, by=BY)
    return signed_in(sofia.account)


def test_a_head_votes_on_the_phone_and_the_page_explains_the_result(stage: Stage, secretariat: Client) -> None:
    new = f"{WORK}nueva/{stage.session.number}/"
    assert secretariat.post(new, {"question_es": ""}).status_code == 422
    made = secretariat.post(new, {"question_es": "¿Se adopta el compromiso?", "matter": "other", "method": "vote"})
    assert made["Location"] == WORK + "1/"
    role = stage.heads["c0"].role
    items = list(waiting.for_role(role, DAY))
    assert [(item.words, item.about, item.url) for item in items] == [
        ("Votar", "¿Se adopta el compromiso?", WORK + "1/votar/")
    ]
    phone = stage.client("c0")
    assert "¿Se adopta el compromiso?" in text(phone, "gestion/decisiones/1/votar/")
    assert phone.post(WORK + "1/votar/", {"reason": "Sí."}).status_code == 422
    assert phone.post(WORK + "1/votar/", {"choice": "for", "reason": "Por el agua."}).status_code == 302
    assert list(waiting.for_role(role, DAY)) == []
    liaison = text(stage.client("c1-"), "gestion/decisiones/1/votar/")
    assert ("La persona titular de tu asiento está en la sesión" in liaison, 'name="choice"' in liaison) == (
        True,
        False,
    )
    stage.vote(Decision.objects.get(), "-faaa", "ffff")
    assert "Pueden votar 9 de 9 asientos: hay quórum." in text(secretariat, "gestion/decisiones/1/cerrar/")
    assert secretariat.post(WORK + "1/cerrar/")["Location"] == J + "secretariado/decisiones/1/"
    sequence()
    page = text(Client(), "secretariado/decisiones/1/")
    assert "No pasó: dentro de sociedad civil hubo 2 votos a favor y 3 en contra" in page
    assert ("Por el agua." in page, "csrfmiddlewaretoken" in page, "Hubo mayoría" in page) == (True, False, True)
    assert "¿Se adopta el compromiso?" in text(Client(), "secretariado/decisiones/?estado=no-paso")
    assert "Lo que se decidió" in text(Client(), f"sesiones/{stage.session.number}/")
    assert f'href="{J}secretariado/decisiones/1/"' in text(Client(), "buscar/?q=compromiso")
    assert telling.keys("mesa/resolution/1") == ["mesa/resolution/1", "mesa/session/1", "mesa/body/stl"]


def test_consensus_objection_and_conflict_from_the_phone(stage: Stage, secretariat: Client) -> None:
    decision = stage.open(method="consensus")
    phone = stage.client("c2")
    assert [item.words for item in waiting.for_role(stage.heads["c2"].role, DAY)] == ["Decir si tu asiento objeta"]
    assert phone.post(WORK + "1/objetar/", {}).status_code == 422
    assert phone.post(WORK + "1/objetar/", {"objecion-reason": "Falta presupuesto."}).status_code == 302
    assert "Retirar mi objeción" in text(phone, "gestion/decisiones/1/votar/")
    assert stage.client("c3").post(WORK + "1/conflicto/", {"conflicto-reason": "Soy proveedor."}).status_code == 302
    assert secretariat.post(WORK + "1/a-votacion/").status_code == 302
    decision.refresh_from_db()
    assert decision.method == "vote"
    assert secretariat.post(WORK + "1/a-votacion/").status_code == 422
    page = text(Client(), "secretariado/decisiones/1/")
    assert ("Falta presupuesto." in page, "Soy proveedor." in page) == (True, True)
    own = decision.objections.get()
    assert secretariat.post(f"{WORK}1/quitar/objecion/{own.pk}/", {"basis": "Cancelación"}).status_code == 302
    assert "Falta presupuesto." not in text(Client(), "secretariado/decisiones/1/")
    assert secretariat.post(WORK + "1/retirar/", {}).status_code == 422
    assert secretariat.post(WORK + "1/retirar/", {"retirar-reason": "Se replantea."}).status_code == 302
    assert "Se replantea." in text(Client(), "secretariado/decisiones/1/")


def test_an_objection_is_taken_back_by_its_seat(stage: Stage) -> None:
    decision = stage.open(method="consensus")
    actions.object_to(decision=decision, reason="No.", **stage.who("c2"))
    assert stage.client("c3").post(WORK + "1/objecion/").status_code == 404
    assert stage.client("c2").post(WORK + "1/objecion/").status_code == 302
    assert decision.objections.get().withdrawn_on == DAY


def test_rules_are_laid_down_proposed_and_told_in_sentences(stage: Stage, secretariat: Client) -> None:
    page = text(Client(), "secretariado/reglas/stl/")
    assert ("Elegir a una persona: se vota en secreto." in page, "Un empate no pasa." in page) == (True, True)
    form = J + "gestion/reglas/stl/"
    said = {
        "quorum": "two_thirds",
        "seats": "all",
        "sectors": 3,
        "civil": 2,
        "government": 1,
        "majority": "half",
        "of": "cast",
        "whole": "",
        "rules_majority": "two_thirds",
        "delegation": "on",
        "consensus_first": "on",
    }
    assert secretariat.post(form, said).status_code == 422
    assert secretariat.post(form, {**said, "why": "Más acuerdo."}).status_code == 302
    proposed = DecisionRules.objects.get(version=2)
    assert (proposed.state, proposed.rules.quorum.sectors, proposed.rules.consensus_first) == ("proposed", 3, True)
    assert "Más acuerdo." in text(Client(), "secretariado/reglas/stl/")
    new = text(secretariat, f"gestion/decisiones/nueva/{stage.session.number}/")
    assert f'value="{proposed.subject_key()}"' in new
    assert "Reglas de decisión, versión 1" in text(secretariat, "gestion/decisiones/")


def test_others_may_neither_vote_nor_run_and_visitors_are_led_to_sign_in(stage: Stage) -> None:
    stage.open()
    assert stage.client("c0").get(WORK).status_code == 403
    assert stage.client("c0").post(WORK + "1/cerrar/").status_code == 403
    assert Client().get(WORK + "1/votar/").status_code == 302


def test_a_decision_whose_session_ended_waits_to_be_closed(stage: Stage, secretariat: Client) -> None:
    decision = stage.open()
    meetings.close_session(session=stage.session, by=BY)
    from tequio.people.models import Role

    sofia = Role.objects.get(jurisdiction=stage.jurisdiction, kind="secretariat")
    assert [item.url for item in waiting.for_role(sofia, DAY) if "decisiones" in item.url] == [WORK + "1/"]
    assert "La sesión terminó" in text(stage.client("c0"), "gestion/decisiones/1/votar/")
    assert stage.client("c0").post(WORK + "1/votar/", {"choice": "for"}).status_code == 422
    assert Ballot.objects.filter(decision=decision).count() == 0


def test_lists_cost_the_same_for_one_and_for_many(stage: Stage, secretariat: Client) -> None:
    def cost(path: str) -> int:
        client = secretariat if path.startswith("gestion/") else Client()
        with CaptureQueriesContext(connection) as asked:
            text(client, path)
        return len(asked)

    paths = (
        "secretariado/decisiones/",
        f"sesiones/{stage.session.number}/",
        "secretariado/paridad/",
        "gestion/decisiones/",
    )
    text(secretariat, "gestion/decisiones/")
    stage.vote(stage.open(), "ffaaa", "ffff")
    actions.close_decision(decision=Decision.objects.get(), by=BY)
    first = {path: cost(path) for path in paths}
    for matter in (Matter.PERSON, Matter.OTHER):
        decision = stage.open(matter=matter)
        stage.vote(decision, "fffaa", "fff")
        actions.close_decision(decision=decision, by=BY)
    assert {path: cost(path) for path in paths} == first
    seats = cost("secretariado/decisiones/3/")
    assert cost("secretariado/decisiones/2/") == seats


def test_both_languages(stage: Stage) -> None:
    stage.vote(stage.open(), "ffaaa", "ffff")
    actions.close_decision(decision=Decision.objects.get(), by=BY)
    english = Client().get("/en" + J + "secretariado/decisiones/1/").content.decode()
    assert "It did not pass: inside civil society there were 2 votes in favour and 3 against" in english
    assert dt.date(2026, 3, 16).isoformat() in english
