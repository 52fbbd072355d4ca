"""After a plan ends each commitment is checked by two people, and everybody sees when nobody did."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.commitments.models import Evidence
from tequio.monitoring.models import UnarchivedLink
from tequio.oversight import actions, queries, waiting
from tequio.oversight.models import Check
from tequio.people.acting import actor_of
from tequio.people.actions import dissolve_organisation
from tequio.record.append import Actor
from tequio.record.models import Act
from tequio.record.sequence import sequence

J = "/valle-del-ejemplo/"
WORK = J + "gestion/despues-del-plan/agua-1/"
# The plan of the cast ends on 31 December 2027.
SIX, TWELVE, TWENTY_FOUR = dt.date(2028, 6, 30), dt.date(2028, 12, 31), dt.date(2029, 12, 31)
SECRETARIAT = Actor(organisation="secretariado", role="secretariat")


@pytest.fixture
def later(cast: Any) -> Iterator[Any]:
    """Half a year after the plan's end."""
    sequence()
    with time_machine.travel(dt.datetime(2028, 7, 3, 18, tzinfo=dt.UTC), tick=False):
        yield cast.valle


def proposed(place: Any, **more: Any) -> Check:
    """Carmen's check."""
    said = {"result": "weakened", "words": "La bitácora se publica con un mes de retraso.", **more}
    return actions.propose_check(commitment=place.commitment, role=place.roles["committee"], **said)


def states(place: Any, day: dt.date) -> list[tuple[int, dt.date, str]]:
    row = queries.rows_for([place.commitment], place.plan, day)[0]
    return [(one.months, one.due, one.state) for one in row.milestones]


def test_checks_fall_due_six_twelve_and_twenty_four_months_after_the_end(cast: Any) -> None:
    place, day = cast.valle, dt.timedelta(days=1)
    assert states(place, SIX - day) == [(6, SIX, "later"), (12, TWELVE, "later"), (24, TWENTY_FOUR, "later")]
    assert [s for _m, _d, s in states(place, SIX)] == ["due", "later", "later"]
    assert [s for _m, _d, s in states(place, TWELVE)] == ["missed", "due", "later"]
    assert [s for _m, _d, s in states(place, TWENTY_FOUR + 999 * day)] == ["missed", "missed", "due"]
    with pytest.raises(ValidationError):
        proposed(place, on=SIX - day)
    assert Client().get(J + "despues-del-plan/").status_code == 200
    assert 'id="despues"' not in Client().get(J + "compromisos/agua-1/").content.decode()


def test_one_writes_another_confirms_and_only_then_it_is_public(later: Any) -> None:
    committee, monitor = later.client("committee"), later.client("monitor")
    before = Act.objects.count()
    wrong = committee.post(WORK, {"result": "maintained", "words": "Sigue publicándose."})
    assert (wrong.status_code, "hace falta al menos una pieza de evidencia" in wrong.content.decode()) == (422, True)
    piece = later.commitment.evidence.get()
    sent = {"result": "maintained", "words": "CANARIO: sigue publicándose cada mes.", "evidence": [piece.pk]}
    assert committee.post(WORK, sent).status_code == 302
    assert Act.objects.count() == before
    for path in ("despues-del-plan/", "compromisos/agua-1/", "tablero/"):
        assert (path, "CANARIO" in Client().get(J + path).content.decode()) == (path, False)
    assert committee.post(WORK + "confirmar/").status_code == 422
    assert "CANARIO" in monitor.get(WORK).content.decode()
    assert monitor.post(WORK + "confirmar/").status_code == 302
    act = Act.objects.latest("id")
    assert (act.kind, act.on) == ("check.made", "valle-del-ejemplo/check/agua-1.1")
    page = Client().get(J + "compromisos/agua-1/").content.decode()
    assert ("CANARIO" in page, "Confirmó:" in page, "Bitácora de enero" in page) == (True, True, True)
    assert [s for _m, _d, s in states(later, SIX)] == ["done", "later", "later"]
    with pytest.raises(ValidationError):
        proposed(later)


def test_what_is_returned_waits_for_its_author_again(later: Any) -> None:
    committee, monitor = later.client("committee"), later.client("monitor")
    carmen, monica, today = later.roles["committee"], later.roles["monitor"], dt.date(2028, 7, 3)

    def words(role: Any) -> list[str]:
        return [str(item.words) for item in waiting.for_role(role, today)]

    assert words(carmen) == words(monica) == ["Revisar cómo sigue un compromiso"]
    proposed(later)
    assert (words(carmen), words(monica)) == ([], ["Confirmar lo que otra persona revisó"])
    assert monitor.post(WORK + "devolver/", {"why": " "}).status_code == 422
    assert monitor.post(WORK + "devolver/", {"why": "Falta decir qué mes."}).status_code == 302
    assert (words(carmen), words(monica)) == (["Te devolvieron una revisión"], [])
    assert "Falta decir qué mes." in committee.get(WORK).content.decode()
    photo = SimpleUploadedFile("nota.txt", b"Mes de abril: nada.")
    sent = {
        "result": "weakened",
        "words": "Falta abril.",
        "nueva-title": "Nota de campo",
        "nueva-upload": photo,
        "nueva-kind": "observation",
        "nueva-date": "2028-07",
    }
    assert committee.post(WORK, sent).status_code == 302
    assert words(monica) == ["Confirmar lo que otra persona revisó"]
    assert [piece["title"] for piece in Check.objects.get().evidence] == [{"es": "Nota de campo"}]


def test_new_evidence_is_asked_for_as_in_a_report(later: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    committee = later.client("committee")
    page = committee.get(WORK).content.decode()
    assert ("Tu revisión" in page, "Agregar evidencia que no está en la lista" in page) == (False, True)
    sent = {"result": "weakened", "words": "Falta abril.", "nueva-title": "La página de hoy", "nueva-page": "3"}
    wrong = committee.post(WORK, sent)
    said = wrong.content.decode()
    assert (wrong.status_code, later.commitment.evidence.count()) == (422, 1)
    for words in ("Elige un archivo o escribe una dirección.", "Di de qué fecha es", "qué tipo de evidencia es"):
        assert (words, words in said) == (words, True)
    sent |= {"nueva-kind": "web_page", "nueva-date": "2028-07-01", "nueva-quote": "Abril: sin datos"}
    private = committee.post(WORK, sent | {"nueva-url": "http://10.0.0.7/bitacora"})
    assert (private.status_code, "es de una red privada" in private.content.decode()) == (422, True)
    monkeypatch.setattr("tequio.monitoring.archiving.capture", _nobody_answers)
    assert committee.post(WORK, sent | {"nueva-url": "https://example.org/bitacora"}).status_code == 302
    piece = Evidence.objects.latest("pk")
    assert (piece.url, piece.page, piece.quote, piece.blob_id) == (
        "https://example.org/bitacora",
        "3",
        "Abril: sin datos",
        None,
    )
    assert UnarchivedLink.objects.filter(evidence=piece).count() == 1
    assert Check.objects.get().evidence == [
        {"key": piece.subject_key(), "title": {"es": "La página de hoy"}, "url": "https://example.org/bitacora"}
    ]


def _nobody_answers(url: str) -> Any:
    raise ValidationError("La dirección no contesta.", code="dead")


def test_whoever_leads_the_commitment_does_not_check_it(later: Any) -> None:
    assert [later.client(kind).get(WORK).status_code for kind in ("lead", "seat_head", "public")] == [403] * 3
    assert later.client("secretariat").post(WORK, {"result": "reversed", "words": "x"}).status_code == 403


def test_a_dissolved_institution_is_pointed_out_and_a_successor_shown_beside_who_promised(later: Any) -> None:
    agua, heirs = later.organisations["agua"], later.organisations["tribunal"]
    dissolve_organisation(organisation=agua, on=dt.date(2028, 3, 1), by=SECRETARIAT)
    words = "Organismo de Agua se extinguió."
    assert words in Client().get(J + "despues-del-plan/").content.decode()
    client = later.client("secretariat")
    assert client.post(WORK + "entregar/", {"to": agua.pk, "reason": "x"}).status_code == 422
    sent = {"to": heirs.pk, "reason": "Recibió el personal y la bitácora.", "basis": "Decreto 1"}
    assert client.post(WORK + "entregar/", sent).status_code == 302
    page = Client().get(J + "despues-del-plan/").content.decode()
    assert (words in page, "A cargo de Tribunal de Justicia (la prometió Organismo de Agua)" in page) == (False, True)
    story = Client().get(J + "compromisos/agua-1/").content.decode()
    assert ("Recibió el personal" in story, "La prometió Organismo de Agua" in story) == (True, True)
    with pytest.raises(ValidationError):
        actions.hand_over(commitment=later.commitment, to=heirs, reason="Otra vez.", by=SECRETARIAT)


def test_a_handover_waits_for_the_plans_end(cast: Any) -> None:
    with pytest.raises(ValidationError):
        actions.hand_over(
            commitment=cast.valle.commitment, to=cast.valle.organisations["tribunal"], reason="Ya.", by=SECRETARIAT
        )


def test_when_nobody_checked_the_pages_and_the_board_say_so(later: Any) -> None:
    page = Client().get(J + "despues-del-plan/").content.decode()
    assert ("Toca revisar" in page, "no consta ninguna revisión a tiempo" in page) == (True, True)
    assert "Alguien revisó cómo sigue 0 de 1 compromiso." in Client().get(J + "tablero/").content.decode()
    check = proposed(later)
    actions.confirm_check(check=check, role=later.clara, by=actor_of(later.clara))
    assert "Alguien revisó cómo sigue 1 de 1 compromiso." in Client().get(J + "tablero/").content.decode()
    with time_machine.travel(dt.datetime(2029, 1, 2, 18, tzinfo=dt.UTC), tick=False):
        assert "Toca revisar" in Client().get(J + "despues-del-plan/?plan=1").content.decode()
    assert Client().get(J + "despues-del-plan/?plan=9").status_code == 404
