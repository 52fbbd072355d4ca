"""A secret ballot is secret: had two people of one side voted the other way round, nothing anywhere would be different.

That is stronger than looking for a canary: every row of every table, every page, download, act and line of log is compared
between two worlds that differ in nothing but who of the two voted what.
"""

import logging
import random
import secrets
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from tequio.mirror.registry import views
from tequio.record.models import Act
from tequio.record.publish import publish
from tequio.record.sequence import sequence
from tequio.secretariat import actions
from tequio.secretariat.deciding import AGAINST, CHOICES, FOR
from tequio.secretariat.models import Ballot, Decision, Matter
from tequio.secretariat.tests.stage import BY, Stage

WORK = "/mesa/gestion/decisiones/1/"
PRIVATE = {"sessions.session"}  # random keys; what they hold is compared
PAGES = [
    *("secretariado/decisiones/", "secretariado/decisiones/1/", "secretariado/paridad/", "secretariado/paridad.csv"),
    *("sesiones/1/", "sesiones/1/pantalla/", "organos/stl/", "registro/", "registro/objeto/resolution/1/"),
    *("registro/objeto/ballot/1.1/", "datos/decisiones.csv", "datos/votos.csv", "datos/novedades.atom"),
]
API = ["/api/v1/mesa/decisions", "/api/v1/mesa/ballots", "/api/v1/mesa/record"]


def _rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower not in PRIVATE:
            found[model._meta.label] = [
                {key: bytes(value) if isinstance(value, memoryview) else value for key, value in row.items()}
                for row in model._base_manager.order_by("pk").values()
            ]
    return found


def _read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def _world(stage: Stage, choices: dict[str, str], log: Any, monkeypatch: Any) -> dict[str, Any]:
    """What everybody could see, before and after closing, of a vote in which ``c0`` and ``c1`` chose so."""
    log.clear()
    chance = random.Random(1)  # the same salts in every world: what is random tells nothing, and may not hide anything
    monkeypatch.setattr(secrets, "token_bytes", lambda size=32: chance.randbytes(size))
    seen: dict[str, Any] = {}
    with transaction.atomic():
        decision = stage.open("¿Quién facilita?", matter=Matter.PERSON)
        for key, choice in choices.items():
            phone = stage.client(key)
            answer = phone.post(WORK + "votar/", {"choice": choice})
            assert answer.status_code == 302
            seen[f"{key} after"] = _inside(_read(phone, WORK + "votar/"))
            seen[f"{key} session"] = sorted(
                (key, str(value)) for key, value in phone.session.items() if key != "_auth_user_hash"
            )
        stage.vote(decision, "--fxa", "faff")
        seen["rows while open"] = _rows()
        seen["page while open"] = _read(Client(), "/mesa/secretariado/decisiones/1/")
        actions.close_decision(decision=decision, by=BY)
        sequence()
        seen["rows"] = _rows()
        seen |= {path: _read(Client(), "/mesa/" + path) for path in PAGES}
        seen |= {path: _read(Client(), path) for path in API}
        seen["as a seat"] = _inside(_read(stage.client("g0"), WORK + "votar/"))
        seen["log"] = [record.getMessage() for record in log.records]
        transaction.set_rollback(True)
    return seen


def _inside(page: str) -> str:
    """A work page without its tokens."""
    return page[page.index("<main") : page.index("</main>")].split("csrfmiddlewaretoken")[0]


@pytest.mark.once  # PostgreSQL's counters of keys do not turn back with a transaction
def test_had_two_voted_the_other_way_round_nothing_anywhere_would_differ(
    stage: Stage, caplog: Any, monkeypatch: Any
) -> None:
    caplog.set_level(logging.DEBUG, logger="tequio")
    one = _world(stage, {"c0": FOR, "c1": AGAINST}, caplog, monkeypatch)
    two = _world(stage, {"c0": AGAINST, "c1": FOR}, caplog, monkeypatch)
    assert [name for name in one if one[name] != two[name] and not name.startswith("rows")] == []
    for name in ("rows while open", "rows"):
        different = [table for table in one[name] if one[name][table] != two[name][table]]
        assert different == [], name
    assert one["rows"]["secretariat.Ballot"], "nobody voted: nothing could leak"
    # And it does matter what is voted: a world in which both vote alike is another one.
    three = _world(stage, {"c0": FOR, "c1": FOR}, caplog, monkeypatch)
    assert three["rows while open"]["secretariat.Urn"] != one["rows while open"]["secretariat.Urn"]


def test_no_act_and_no_ballot_holds_a_secret_choice(stage: Stage) -> None:
    decision = stage.open("¿Quién facilita?", matter=Matter.PERSON)
    stage.vote(decision, "faaff", "ffaa")
    actions.close_decision(decision=decision, by=BY)
    assert set(Ballot.objects.values_list("choice", "reason")) == {("", "")}
    acts = [bytes(act.entry).decode() for act in Act.objects.filter(on__startswith="mesa/ballot/")]
    assert len(acts) == 9
    words = [f'"{choice}"' for choice in CHOICES]
    assert [entry for entry in acts if any(word in entry for word in words)] == []
    told = Decision.objects.get().outcome
    assert told["shown"] is False
    assert {key for row in told["counts"] for key in row} == {
        *("house", "seats", "present", "conflicted", "voted", "reached")
    }


def test_every_public_view_of_decisions_is_in_the_mirror(stage: Stage) -> None:
    stage.open()
    publish()
    names = {view.name: [row for row in view.rows() if row.get("jurisdiction") == "mesa"] for view in views()}
    assert names["secretariat:decision"] == [{"jurisdiction": "mesa", "number": 1}]
    assert names["secretariat:rules"] == [{"jurisdiction": "mesa", "body": "stl"}]
