"""What of bills can be followed, taken along and counted, and which sessions look at them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from icalendar import Calendar

from tequio.cocreation import tokens
from tequio.common.i18n import text
from tequio.lawmaking import actions, queries, topics
from tequio.lawmaking.models import Bill, Hearing, Remark, Stage
from tequio.lawmaking.tests.world import OPINION, WORDING, article, draft, published, said
from tequio.legaltext.tests.texts import version
from tequio.meetings.models import Session
from tequio.meetings.tests.make import make_table
from tequio.notices import follows
from tequio.notices import topics as told
from tequio.notices.models import Happening
from tequio.opinions import actions as statements
from tequio.people.acting import actor_of
from tequio.record.sequence import sequence
from tequio.record.verify import verify_state
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
J = "/valle-del-ejemplo/"
B = f"{J}iniciativas/7i/"
SLUG = "valle-del-ejemplo"
REASON = "Se abre en sábado: lo pidió la gente que trabaja entre semana."


def by(place: Any) -> Any:
    return actor_of(place.roles["legislature"])


def test_subjects_deputies_and_all_bills_can_be_followed_and_hear_of_steps_but_not_of_each_opinion(cast: Any) -> None:
    place = cast.valle
    bill = published(place, topics=["inclusion"])
    for key in (topics.topic_key(SLUG, "inclusion"), topics.sponsor_key(SLUG, "Delia Ejemplo"), topics.all_key(SLUG)):
        asked = follows.ask(
            jurisdiction=place.jurisdiction, email="vera@ejemplo.invalid", key=key, frequency="now", language="es"
        )
        assert asked is not None
        follows.confirm(request=asked)
    for wrong in ("billtopic/justice", "billsponsor/nadie", "bills/otras"):
        assert not told.can_follow(SLUG, f"{SLUG}/{wrong}")
    said(bill)
    actions.add_step(bill=bill, stage=Stage.COMMITTEE, on=dt.date(2026, 3, 16), by=by(place))
    sequence(wait=True)
    told.catch_up()
    rows = Happening.objects.filter(key=topics.topic_key(SLUG, "inclusion"))
    assert {row.about for row in rows} == {bill.subject_key()}
    counts = {
        key: Happening.objects.filter(key=key).count()
        for key in (bill.subject_key(), topics.sponsor_key(SLUG, "Delia Ejemplo"), topics.all_key(SLUG))
    }
    assert len(set(counts.values())) == 1
    assert Happening.objects.filter(key=f"{SLUG}/remark/1").count() >= 1
    page = Client().get(f"{J}seguir/?que=billsponsor/delia-ejemplo").content.decode()
    assert "Iniciativas de: Delia Ejemplo" in page


def test_feeds_tell_steps_answers_and_sessions_and_a_bill_its_opinions_too(cast: Any) -> None:
    place = cast.valle
    bill = published(place, topics=["inclusion"])
    row = said(bill)
    role = place.roles["legislature"]
    actions.answer(bill=bill, remarks=[row], decision="taken", reason=REASON, role=role, by=by(place))
    feeds = {
        name: Client().get(f"{J}iniciativas/{name}novedades.atom").content.decode()
        for name in ("", "temas/inclusion/", "de/delia-ejemplo/", "7i/")
    }
    assert [REASON in text for text in feeds.values()] == [True] * 4
    assert ["Que abra también en sábado." in text for text in feeds.values()] == [False] * 3 + [True]
    assert Client().get(f"{J}iniciativas/temas/justice/").status_code == 404
    assert Client().get(f"{J}iniciativas/de/nadie/novedades.atom").status_code == 404


def test_a_session_of_this_portal_stands_on_the_bill_the_session_and_in_the_calendar_and_moves_with_it(
    cast: Any,
) -> None:
    place = cast.valle
    published(place, closes=dt.date(2026, 4, 1))
    session: Session = make_table(place).called()
    staff = signed_in(place.accounts["legislature"])
    address = f"{J}gestion/iniciativas/7i/sesiones/"
    assert staff.post(address, {"day": "2026-04-02"}).status_code == 422
    assert staff.post(address, {"session": session.pk, "words_es": "Se discute el artículo 2."}).status_code == 302
    assert staff.post(address, {"session": session.pk}).status_code == 422  # once
    assert "Se discute el artículo 2." in Client().get(B).content.decode()
    assert "Un banco de semillas" in Client().get(f"{J}sesiones/{session.number}/").content.decode()
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at + dt.timedelta(days=1))
    events = Calendar.from_ical(Client().get(f"{B}fechas.ics").content).walk("VEVENT")
    at = {str(event["UID"]).split("@")[0].rsplit("-7i-", 1)[1]: event["DTSTART"].dt for event in events}
    assert at["cierra"] == dt.date(2026, 4, 1)
    assert at["sesion-1"] == session.starts_at + dt.timedelta(days=1)
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at)
    off = {"hacer": "cancelar", "cancelar-reason": ""}
    assert staff.post(f"{address}1/", off).status_code == 422
    assert staff.post(f"{address}1/", off | {"cancelar-reason": "No hubo quórum."}).status_code == 302
    assert "Un banco de semillas" not in Client().get(f"{J}sesiones/{session.number}/").content.decode()
    assert "No hubo quórum." in Client().get(B).content.decode()
    assert Hearing.objects.get().is_off
    assert verify_state() == []


def test_a_session_kept_elsewhere_needs_a_day_an_hour_and_a_bill_on_its_way(cast: Any) -> None:
    place = cast.valle
    bill = draft(place)
    at = dt.datetime(2026, 4, 2, 23, tzinfo=dt.UTC)
    with pytest.raises(ValidationError):
        actions.add_hearing(bill=bill, by=by(place), starts_at=at, title="Comisión de Agua")
    bill = actions.publish_bill(bill=bill, by=by(place))
    with pytest.raises(ValidationError):  # nobody knows who meets
        actions.add_hearing(bill=bill, by=by(place), starts_at=at)
    with pytest.raises(ValidationError):
        actions.add_hearing(bill=bill, by=by(place), starts_at=at, ends_at=at, title="Comisión de Agua")
    row = actions.add_hearing(bill=bill, by=by(place), starts_at=at, title="Comisión de Agua", place="Salón 2")
    assert (row.who, row.day, row.ends - row.begins) == ("Comisión de Agua", dt.date(2026, 4, 2), dt.timedelta(hours=1))
    assert "Salón 2" in Client().get(B).content.decode()


def test_no_figure_tells_of_fewer_than_five_people_of_a_sector(cast: Any) -> None:
    bill = published(cast.valle)
    for n in range(6):
        said(bill, f"Opinión {n} de la gente.", email=f"c{n}@ejemplo.invalid", sector="citizen")
    for n in range(2):
        said(bill, f"Opinión {n} de la academia.", email=f"a{n}@ejemplo.invalid", sector="academia")
    page = Client().get(f"{B}numeros/").content.decode()
    lines = Client().get(f"{B}numeros/sectores.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].endswith(",6")
    assert [line.rsplit(",", 1)[1] for line in lines[2:]] == ["menos de 5"]
    assert "no se dice cuántas" in page
    assert Client().get(f"{B}numeros/otra.csv").status_code == 404


def test_the_authors_page_tells_the_answer_the_stage_and_where_the_words_went(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    row = said(bill, "", provision=article(bill), wording=WORDING)
    address = f"{J}cocreacion/mio/{tokens.sign(tokens.AUTHOR, row)}/"
    assert "Te responden a más tardar el" in Client().get(address).content.decode()
    actions.answer(
        bill=bill, remarks=[row], decision="taken", reason=REASON, role=place.roles["legislature"], by=by(place)
    )
    page = Client().get(address).content.decode()
    assert (REASON in page, "La iniciativa está en:" in page) == (True, True)


def test_words_that_came_in_and_were_lost_again_say_so(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    with time_machine.travel(dt.datetime(2026, 3, 17, 18, tzinfo=dt.UTC)):
        row = said(bill, "", provision=article(bill), wording=WORDING)
    with time_machine.travel(dt.datetime(2026, 5, 20, 18, tzinfo=dt.UTC)):
        assert bill.work is not None
        opinion = version(place, bill.work, OPINION, dt.date(2026, 4, 20))
        staff = signed_in(place.accounts["legislature"])
        address = f"{J}gestion/iniciativas/7i/palabras/"
        staff.post(address, {"hacer": "buscar"})
        by_hand = {"hacer": "nombrar", "remark": row.pk, "place": "art_3", "passage": "No está", "reason": "Lo dijo."}
        assert staff.post(address, by_hand).status_code == 422
        assert staff.post(address, by_hand | {"passage": "un informe"}).status_code == 302
        for credit in queries.credits(bill, opinion, "suggested"):
            staff.post(address, {"hacer": "confirmar", "origen": credit.origin.number})
        assert all(credit.stands for credit in queries.brought(bill))
        version(place, bill.work, OPINION.replace("también por las tardes ", ""), dt.date(2026, 5, 1))
        stands = {credit.origin.words: credit.stands for credit in queries.brought(bill)}
        assert stands["un informe"] is True
        assert False in stands.values()
        assert "después se cambió otra vez" in Client().get(f"{B}palabras/").content.decode()


def test_a_conversation_of_statements_on_a_bill_is_reached_from_its_page(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    made = statements.prepare_conversation(
        jurisdiction=place.jurisdiction,
        question=text("¿Qué debe prestar el banco?"),
        about=bill.subject_key(),
        opens=dt.date(2026, 3, 16),
        closes=dt.date(2026, 4, 1),
    )
    statements.seed(conversation=made, text="Primero maíz", by=by(place))
    assert "¿Qué debe prestar el banco?" not in Client().get(B).content.decode()
    statements.publish_conversation(conversation=made, by=by(place))
    assert f'{J}opiniones/{made.number}/"><b>¿Qué debe prestar el banco?' in Client().get(B).content.decode()


def test_bills_that_are_open_come_first_and_articles_lead_to_their_own_opinions(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    said(bill, provision=article(bill))
    said(bill, "Sobre toda la iniciativa, de acuerdo.")
    page = Client().get(f"{B}opiniones/?lugar=art_2").content.decode()
    assert ("Que abra también en sábado." in page, "Sobre toda" in page) == (True, False)
    rows = queries.open_first(queries.bills(place.jurisdiction), dt.date(2026, 3, 16))
    assert [(row.code, row.place, row.said, row.done) for row in rows] == [("7i", 0, 2, 0)]
    assert Remark.objects.count() == 2
    assert Bill.objects.get().code == "7i"
