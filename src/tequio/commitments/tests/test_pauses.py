"""A pause says what it does to a deadline before it is public; evidence with personal data leaves the public's sight."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tequio.commitments import actions
from tequio.commitments.models import Activity, Pause
from tequio.commitments.tests.conftest import text_of
from tequio.commitments.tests.make import BY
from tequio.plans.models import Plan
from tequio.record.models import Act
from tests.cast import Cast, cast  # noqa: F401

HERE = "/valle-del-ejemplo"


def test_a_pause_says_what_it_does_to_the_deadline_before_it_is_public(cast: Cast) -> None:  # noqa: F811
    place = cast.valle
    sofia, reader = place.client("secretariat"), place.client("public")
    page, public = f"{HERE}/gestion/actividades/1/pausas/", f"{HERE}/actividades/1/"
    assert page in sofia.get(public).content.decode()
    assert page not in reader.get(public).content.decode()
    typed = {"start": "2026-02-01", "end": "2026-02-10", "reason_es": "Veda electoral.", "basis": "Oficio 3"}
    before = Act.objects.count()
    shown = text_of(sofia.post(page, typed).content.decode())
    assert "El plazo pasa del 28 de enero de 2027 al 7 de febrero de 2027: 10 días más." in shown
    assert (Act.objects.count(), Pause.objects.count()) == (before, 0)
    assert sofia.post(page, {**typed, "end": "2026-01-01"}).status_code == 422
    assert sofia.post(page, {**typed, "reason_es": ""}).status_code == 422
    assert sofia.post(page, {**typed, "confirmar": "1"}).status_code == 302
    assert "Veda electoral." in text_of(reader.get(public).content.decode())
    open_one = {"start": "2026-03-10", "reason_es": "Obra en la sala."}
    shown = text_of(sofia.post(page, open_one).content.decode())
    assert "Hoy pasa del 7 de febrero de 2027 al 14 de febrero de 2027." in shown
    assert sofia.post(page, {**open_one, "confirmar": "1"}).status_code == 302
    assert sofia.post(page, {**open_one, "confirmar": "1"}).status_code == 422  # one at a time
    end = f"{page}2/terminar/"
    shown = text_of(sofia.post(end, {"end": "2026-03-12"}).content.decode())
    assert "El plazo pasa del 14 de febrero de 2027 al 10 de febrero de 2027: 4 días menos." in shown
    assert sofia.post(end, {"end": "2026-03-01"}).status_code == 422
    assert sofia.post(end, {"end": "2026-03-12", "confirmar": "1"}).status_code == 302
    assert [str(end) for end in Pause.objects.values_list("end", flat=True)] == ["2026-02-10", "2026-03-12"]
    assert "Esta pausa ya terminó" in sofia.get(end).content.decode()
    assert Act.objects.filter(kind="pause.ended").count() == 1


def test_a_pause_needs_a_reason_and_ends_once(plan: Plan) -> None:
    activity = Activity.objects.select_related("jurisdiction", "commitment").filter(commitment__plan=plan).first()
    assert activity is not None
    day = dt.date(2026, 3, 2)
    with pytest.raises(ValidationError):
        actions.record_pause(activity=activity, start=day, end=None, reason={"es": " "}, by=BY)
    pause = actions.record_pause(activity=activity, start=day, end=None, reason={"es": "Veda"}, by=BY)
    with pytest.raises(ValidationError):
        actions.end_pause(pause=pause, end=day - dt.timedelta(days=1), by=BY)
    actions.end_pause(pause=pause, end=day, by=BY)
    with pytest.raises(ValidationError):
        actions.end_pause(pause=pause, end=day, by=BY)


def test_evidence_with_personal_data_is_held_back_with_a_public_reason(cast: Cast) -> None:  # noqa: F811
    place = cast.valle
    page, public = f"{HERE}/gestion/compromisos/agua-1/evidencia/1/retener/", f"{HERE}/compromisos/agua-1/evidencia/1/"
    beto, reader = place.client("lead"), place.client("public")
    assert page in beto.get(public).content.decode()
    assert page not in reader.get(public).content.decode()
    assert beto.post(page, {"why": ""}).status_code == 422
    assert beto.post(page, {"why": "Se ven domicilios."}).status_code == 422
    assert beto.post(page, {"why": "Se ven domicilios.", "sure": "on"}).status_code == 302
    assert reader.get(public).status_code == 404
    act = Act.objects.get(kind="evidence.held_back")
    assert "Se ven domicilios." in bytes(act.entry).decode()
    assert "Bitácora de enero" in beto.get(f"{HERE}/gestion/evidencia-reservada/").content.decode()
    assert beto.get(page).status_code == 404
