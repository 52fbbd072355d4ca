"""Labs that travel: a route, who came in counts, and sheets that become contributions once."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tequio.cocreation.models import Contribution
from tequio.documents.queries import is_public
from tequio.labs import actions, attendance, codes, queries, route_map, tokens, waiting
from tequio.labs.models import Lab, Sheet, Stop
from tequio.labs.tests.make import TEXT, by, draft, made
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.models import Act, Disclosure
from tequio.record.publish import publish

J = "/valle-del-ejemplo/"
COUNTS = {
    "women": 18,
    "men": 9,
    "other_gender": 2,
    "age_under_18": 1,
    "age_18_29": 14,
    "age_30_59": 14,
    "age_60_up": 0,
    "indigenous": 3,
}


def capture(lab: Lab) -> str:
    return f"{J}captura/{lab.number}/{tokens.key_of(lab)}/"


def sheet_of(lab: Lab) -> Sheet:
    return actions.print_sheets(lab=lab, count=1)[0]


def test_a_lab_is_published_with_its_route_and_its_promise_stays(people: Any) -> None:
    place = people.valle
    with pytest.raises(ValidationError, match="cuántas personas"):
        made(place, promised_people=0)
    lab = made(place)
    assert lab.rev == 1
    assert [stop.rev for stop in lab.stops.all()] == [1, 1, 1]
    with pytest.raises(ValidationError, match="ya no se cambia"):
        actions.change_lab(lab=lab, promised_people=10, why="Llovió.", by=by(place))
    with pytest.raises(ValidationError, match="por qué lo cambias"):
        actions.change_lab(lab=lab, title={"es": "Otro"}, by=by(place))
    actions.change_lab(lab=lab, title={"es": "Laboratorio del agua y el campo"}, why="Lo pidió la mesa.", by=by(place))
    page = Client().get(f"{J}laboratorios/{lab.number}/").content.decode()
    assert "Laboratorio del agua y el campo" in page
    assert "Las paradas en orden; no es un mapa" in page


def test_a_stop_moves_with_a_reason_and_is_cancelled_with_one(people: Any) -> None:
    place = people.valle
    lab = made(place)
    stop = lab.stops.get(number=3)
    with pytest.raises(ValidationError, match="hay gente que ya hizo planes"):
        actions.change_stop(stop=stop, place="Escuela", day=dt.date(2026, 4, 1), by=by(place))
    actions.change_stop(stop=stop, day=dt.date(2026, 4, 1), why="Hay fiesta en la plaza.", by=by(place))
    actions.cancel_stop(stop=stop, reason="Cerraron el camino.", by=by(place))
    assert "Cerraron el camino." in Client().get(f"{J}laboratorios/{lab.number}/").content.decode()


def test_small_numbers_are_neither_told_nor_found_by_subtracting(people: Any) -> None:
    place = people.valle
    lab = made(place)
    stop = lab.stops.get(number=1)
    with pytest.raises(ValidationError, match="suma 28"):
        actions.record_attendance(stop=stop, total=29, counts={**COUNTS, "men": 8}, by=by(place))
    actions.record_attendance(stop=stop, total=29, counts=COUNTS, by=by(place))
    assert (stop.attended, stop.few) == (29, False)
    assert stop.groups == {
        "women": 18,
        "men": -1,
        "other_gender": -1,
        "age_under_18": -1,
        "age_18_29": -1,
        "age_30_59": 14,
        "age_60_up": 0,
        "indigenous": -1,
    }
    few = lab.stops.get(number=2)
    actions.record_attendance(stop=few, total=3, counts={"women": 3}, by=by(place))
    assert (few.attended, few.few, few.groups) == (None, True, {})
    page = Client().get(f"{J}laboratorios/{lab.number}/").content.decode()
    assert "Vinieron menos de 5 personas" in page
    assert "y una parada con menos de 5" in page
    assert "no se dice" in page
    publish()
    answer = Client().get(f"{J}datos/paradas.csv")
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert [(row["attended"], row["women"], row["men"], row["age_60_up"]) for row in rows] == [
        ("29", "18", "hidden", "0"),
        ("<5", "", "", ""),
        ("", "", "", ""),
    ]


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(5, 12))
def test_whatever_the_counts_the_hidden_ones_are_never_one_nor_few(counts: list[int], minimum: int) -> None:
    known = dict(zip(("women", "men", "other_gender"), counts, strict=True))
    total = sum(counts)
    shown = attendance.told(known, total, minimum)
    if total < minimum:
        assert shown == {}
        return
    hidden = [known[key] for key, count in shown.items() if count == attendance.HIDDEN]
    assert all(not 0 < count < minimum for count in shown.values())
    if hidden:
        assert sum(hidden) >= minimum or sum(known.values()) == sum(hidden)
        assert len([count for count in hidden if count]) > 1 or total == sum(hidden)


def test_outreach_is_promised_and_then_said_how_many_it_reached(people: Any) -> None:
    place = people.valle
    lab = made(place)
    row = lab.outreach.select_related("lab__jurisdiction").get()
    with pytest.raises(ValidationError, match="cómo se contó"):
        actions.record_reach(outreach=row, achieved=420, how="", by=by(place))
    actions.record_reach(outreach=row, achieved=420, how="Según la radio.", by=by(place))
    reach = queries.reach_of(lab)
    assert (reach.told_promised, reach.told_achieved, reach.places) == (500, 420, 0)


@given(st.integers(0, 7), st.sampled_from(codes.ALPHABET))
def test_a_code_with_one_wrong_sign_is_no_code(place: int, sign: str) -> None:
    code = codes.new()
    assert codes.read(codes.shown(code).lower()) == code
    wrong = code[:place] + sign + code[place + 1 :]
    assert codes.read(wrong) == (code if wrong == code else "")
    swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
    assert place > 5 or codes.read(swapped) == (code if swapped == code else "")


def test_a_sheet_sent_twice_is_one_contribution_and_other_words_are_refused(people: Any) -> None:
    lab = made(people.valle)
    sheet, stop = sheet_of(lab), lab.stops.get(number=1)
    client, url = Client(), capture(lab)
    said = {"code": codes.shown(sheet.code), "stop": stop.pk, "title": "Reparar la fuga", "text": TEXT}
    assert client.post(url + "enviar/", said).json() == {"state": "received"}
    assert client.post(url + "enviar/", said).json() == {"state": "already"}
    assert Contribution.objects.count() == 1
    other = client.post(url + "enviar/", {**said, "text": TEXT + " Ya."})
    assert (other.status_code, other.json()["state"]) == (422, "refused")
    assert "con otras palabras" in other.json()["words"]
    found = Contribution.objects.get()
    assert (found.source, found.sheet, found.received_on) == ("lab", codes.shown(sheet.code), stop.day)
    page = Client().get(f"{J}laboratorios/{lab.number}/").content.decode()
    assert "espera respuesta" in page
    assert codes.shown(sheet.code) in page


def test_the_page_works_without_a_script_and_says_what_is_wrong(people: Any) -> None:
    lab = made(people.valle)
    sheet, url = sheet_of(lab), capture(lab)
    client = Client(enforce_csrf_checks=True)
    page = client.get(url).content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert not client.cookies
    answer = client.post(url, {"code": "AAAA-AAAA", "title": "Reparar la fuga", "text": TEXT})
    assert answer.status_code == 422
    assert "no es de una hoja de este laboratorio" in answer.content.decode()
    answer = client.post(url, {"code": sheet.code, "title": "Reparar la fuga", "text": TEXT})
    assert f"La hoja {codes.shown(sheet.code)} llegó." in answer.content.decode()
    assert client.get(url + "sw.js")["Content-Type"].startswith("text/javascript")


def test_who_wrote_a_sheet_is_kept_once_and_never_shown(people: Any) -> None:
    lab = made(people.valle)
    sheet = sheet_of(lab)
    picture = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (40, 30), (200, 120, 40)).save(picture, "JPEG")
    said = {"code": sheet.code, "title": "Reparar la fuga", "text": TEXT}
    said |= {"name": "Canaria Secreta", "email": "canaria.hoja@ejemplo.invalid"}
    photo = SimpleUploadedFile("hoja.jpg", picture.getvalue(), "image/jpeg")
    Client().post(capture(lab) + "enviar/", {**said, "photo": photo})
    sheet.refresh_from_db()
    assert (sheet.name, sheet.email) == ("", "")
    assert Contribution.objects.get().email == "canaria.hoja@ejemplo.invalid"
    assert sheet.photo is not None
    assert not is_public(sheet.photo)
    publish()
    for path in (f"laboratorios/{lab.number}/", "laboratorios/", "cocreacion/aportaciones/1/", "registro/"):
        page = Client().get(J + path, follow=True).content.decode()
        assert "Canaria" not in page
        assert "canaria.hoja" not in page
    recorded = b"".join(bytes(entry) for entry in Act.objects.values_list("entry", flat=True)).decode()
    assert "anaria" not in recorded + "".join(Disclosure.objects.values_list("value", flat=True))
    photo_page = f"{J}gestion/laboratorios/{lab.number}/hojas/{sheet.code}/foto/"
    assert Client().get(photo_page).status_code == 302
    answer = people.valle.client("facilitator").get(photo_page)
    assert answer.status_code == 200
    answer.close()


def test_words_that_the_call_does_not_take_are_kept_and_wait(people: Any) -> None:
    place = people.valle
    lab = made(place)
    stop = lab.stops.get(number=1)
    Stop.objects.filter(pk=stop.pk).update(day=dt.date(2026, 2, 1))
    stop.refresh_from_db()
    sheet = sheet_of(lab)
    entered = actions.enter_sheet(lab=lab, code=sheet.code, stop=stop, title="Reparar la fuga", text=TEXT)
    assert entered.sheet.contribution is None
    assert "no recibía aportaciones" in entered.sheet.fault
    words = [item.words for item in waiting.for_role(place.roles["facilitator"], dt.date(2026, 3, 16))]
    assert "Ver por qué una hoja no se volvió aportación" in words
    assert "Anotar cuántas personas vinieron al laboratorio" in words
    Stop.objects.filter(pk=stop.pk).update(day=dt.date(2026, 3, 1))
    desk = place.client("facilitator")
    desk.post(f"{J}gestion/laboratorios/{lab.number}/hojas/{sheet.code}/aportar/")
    sheet.refresh_from_db()
    assert sheet.contribution is not None
    Stop.objects.filter(pk=stop.pk).update(day=dt.date(2026, 3, 10))  # as its act tells


def test_an_old_link_stops_working_and_guessing_codes_is_stopped(people: Any) -> None:
    lab = made(people.valle)
    old = capture(lab)
    assert Client().get(old).status_code == 200
    actions.renew_key(lab=lab)
    assert Client().get(old).status_code == 404
    client = Client()
    for _n in range(61):
        client.post(capture(lab) + "enviar/", {"code": codes.new(), "title": "Reparar la fuga", "text": TEXT})
    good = client.post(capture(lab) + "enviar/", {"code": sheet_of(lab).code, "title": "Reparar la fuga", "text": TEXT})
    assert "Se probaron muchos códigos" in good.json()["words"]


def test_the_route_is_drawn_on_the_map_where_seats_are_known(people: Any) -> None:
    place = people.valle
    lab = draft(place)
    for stop, code in zip(lab.stops.order_by("number"), ("14039", "14120", "14098"), strict=True):
        stop.municipality = Municipality.objects.get(pk=code)
        stop.save()
    drawn = route_map.draw(list(queries.stops_of(lab)))
    assert "Mapa de la ruta" in drawn
    assert drawn.count('class="seat"') == 125
    assert drawn.count("<circle") == 128
    assert len(route_map.seats()) == 125
    assert set(route_map.seats()) == set(Municipality.objects.filter(state_code="14").values_list("code", flat=True))


def test_the_secretariat_prepares_a_lab_from_the_desk(people: Any) -> None:
    place = people.valle
    draft(place)
    client, desk = place.client("secretariat"), f"{J}gestion/laboratorios/"
    form = {"title_es": "Otro laboratorio", "promised_people": 10, "promised_places": 1, "minimum": 5}
    assert client.post(desk + "nuevo/", {**form, "minimum": 2}).status_code == 422
    client.post(desk + "nuevo/", {**form, "call": Lab.objects.get().call_id})
    client.post(desk + "2/publicar/")
    assert Lab.objects.get(number=2).status == "draft"  # no stop yet
    assert client.post(desk + "2/parada/", {"place": "Plaza"}).status_code == 422
    client.post(desk + "2/parada/", {"place": "Plaza", "day": "2026-03-12"})
    client.post(desk + "2/difusion/", {"channel": "Carteles", "day": "2026-03-10", "promised": "80"})
    client.post(desk + "2/publicar/")
    assert Lab.objects.get(number=2).status == "published"
    client.post(desk + "2/difusion/1/", {"achieved": "70", "how": "Carteles puestos."})
    assert client.post(desk + "2/paradas/1/asistencia/", {"total": "9", "women": "4"}).status_code == 422
    client.post(desk + "2/paradas/1/asistencia/", {"total": "9"})
    assert Lab.objects.get(number=2).stops.get().attended == 9
    answer = client.post(desk + "2/hojas/nuevas/", {"count": "3"}, follow=True)
    page = answer.content.decode()
    assert page.count('class="qr"') == 3
    assert all(codes.shown(code) in page for code in Sheet.objects.values_list("code", flat=True))
    assert Jurisdiction.objects.count() == 2


def test_pages_of_labs_cost_as_many_queries_for_little_as_for_much(people: Any, settings: Any) -> None:
    settings.PAGE_CACHE = False
    place = people.valle
    client = place.client("secretariat")

    def enter(lab: Lab, count: int) -> None:
        stop = lab.stops.get(number=1)
        for sheet in actions.print_sheets(lab=lab, count=count):
            actions.enter_sheet(lab=lab, code=sheet.code, stop=stop, title=f"Reparar {sheet.code}", text=TEXT)

    def asked(number: int) -> list[int]:
        found = []
        for path in (
            "laboratorios/",
            f"laboratorios/{number}/",
            "gestion/laboratorios/",
            f"gestion/laboratorios/{number}/",
        ):
            client.get(J + path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(J + path).status_code == 200
            found.append(len(seen))
        return found

    enter(made(place), 1)
    few = asked(1)
    for _n in range(2):
        more = made(place)
        for n in range(2):
            actions.add_stop(lab=more, by=by(place), place=f"Escuela {n}", day=dt.date(2026, 3, 20))
            actions.add_outreach(lab=more, by=by(place), day=dt.date(2026, 3, 5), channel=f"Cartel {n}", promised=5)
        enter(more, 3)
    assert asked(3) == few
