"""Citizens in the making of laws: plain words, opinions by article, answers with reasons, and whose words came in."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from docx import Document

from tequio.lawmaking import actions, fills, letters, plain, queries, summary
from tequio.lawmaking.models import Bill, Endorsement, Fate, Remark, Stage
from tequio.lawmaking.tests.world import OPINION, WORDING, article, draft, published, said
from tequio.legaltext.models import Origin
from tequio.legaltext.tests.texts import version
from tequio.people.acting import actor_of
from tequio.record.models import Act
from tequio.record.verify import verify_state
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
J = "/valle-del-ejemplo/"
B = f"{J}iniciativas/7i/"
REASON = "Se abre en sábado: lo pidió la gente que trabaja entre semana."


def by(place: Any) -> dict[str, Any]:
    role = place.roles["legislature"]
    return {"role": role, "by": actor_of(role)}


def link(part: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("", 1),
        ("Un banco de semillas en cada municipio", 0),
        ("Se reforma el artículo 4 de la LGEEPA", 3),
        ("x" * 101, 1),
    ],
)
def test_a_plain_title_is_held_against_its_checklist(title: str, count: int) -> None:
    assert len(plain.faults_of_title(title)) == count


def test_a_bill_with_a_video_is_not_published_without_captions_and_transcript(cast: Any) -> None:
    place = cast.valle
    bill = draft(place, video_url="https://video.ejemplo.invalid/1")
    with pytest.raises(ValidationError) as error:
        actions.publish_bill(bill=bill, by=by(place)["by"])
    assert [field for field, _words in actions.missing(bill)] == ["captioned", "captions", "transcript"]
    assert (len(error.value.messages), Act.objects.filter(kind="bill.published").count()) == (3, 0)


def test_a_draft_is_private_and_a_published_bill_is_one_page_in_plain_words(cast: Any) -> None:
    place = cast.valle
    bill = draft(place)
    staff = signed_in(place.accounts["legislature"])
    assert Client().get(B).status_code == 404
    assert "Un banco de semillas" in staff.get(f"{J}gestion/iniciativas/{bill.code}/vista-previa/").content.decode()
    done = staff.post(f"{J}gestion/iniciativas/{bill.code}/publicar/")
    assert done["Location"] == B
    page = Client().get(B).content.decode()
    for words in (
        "Un banco de semillas en cada municipio",
        "Delia Ejemplo",
        "Leer y opinar por artículo",
        "Te preguntan",
    ):
        assert words in page
    assert "A seed bank in every municipality" in Client().get("/en" + B).content.decode()
    assert verify_state() == []


def test_somebody_without_an_account_speaks_about_an_article_and_it_stands_there(cast: Any) -> None:
    bill = published(cast.valle)
    client, before = Client(), Act.objects.count()
    text_page = client.get(f"{J}textos/semillas/1/").content.decode()
    assert f"{B}opinar/?lugar=art_2" in text_page
    wrong = client.post(f"{B}opinar/?lugar=art_2", {"text": "No", "email": "vera@ejemplo.invalid"})
    assert (wrong.status_code, Act.objects.count()) == (422, before)
    sent = client.post(
        f"{B}opinar/?lugar=art_2",
        {"text": "Que abra en sábado.", "email": "vera@ejemplo.invalid", "name": "Vera Canaria", "sector": "cso"},
    )
    assert (sent.status_code, Act.objects.count()) == (302, before)
    first = link("cocreacion/confirmar/")
    assert client.get(first).status_code == 200
    assert client.post(first)["Location"] == f"{B}opiniones/1/"
    page = client.get(f"{J}textos/semillas/1/art_2/").content.decode()
    assert ("Que abra en sábado." in page, "Vera Canaria" in page) == (True, False)
    assert "1 opinión" in client.get(f"{J}textos/semillas/1/").content.decode()
    assert Remark.objects.get().due == dt.date(2026, 4, 6)
    acts = b"".join(bytes(act.entry) for act in Act.objects.all()).decode()
    assert [word in acts for word in ("vera@", "Canaria", "sábado")] == [False] * 3
    assert bill.code == "7i"


def test_other_words_must_differ_and_show_what_they_change(cast: Any) -> None:
    bill = published(cast.valle)
    unit = article(bill)
    client = Client()
    page = client.get(f"{B}otras-palabras/art_2/").content.decode()
    assert "Prestará semillas a quien las pida." in page
    same = {"wording": unit.text, "text": "", "email": "vera@ejemplo.invalid"}
    assert client.post(f"{B}otras-palabras/art_2/", same).status_code == 422
    row = said(bill, "", provision=unit, wording=WORDING)
    page = client.get(f"{B}opiniones/{row.number}/").content.decode()
    assert re.search(r"<del>.*viernes.*</del>", page)
    assert re.search(r"<ins>.*también por las tardes.*</ins>", page)


def test_threads_are_one_level_deep_and_each_address_supports_once(cast: Any) -> None:
    bill = published(cast.valle)
    row = said(bill)
    reply = actions.reply(parent=row, text="De acuerdo contigo.", email="dora@ejemplo.invalid")
    from tequio.cocreation.actions.confirming import confirm, confirm_support

    confirm(said=reply)
    with pytest.raises(ValidationError):
        actions.reply(parent=reply, text="Y yo también.", email="ana@ejemplo.invalid")
    for _time in range(2):
        confirm_support(backing=actions.endorse(about=row, email="Dora@ejemplo.invalid"))
    row.refresh_from_db()
    assert (row.backers, Endorsement.objects.filter(email="").count(), reply.due) == (1, 1, None)
    page = Client().get(f"{B}opiniones/{row.number}/").content.decode()
    assert ("De acuerdo contigo." in page, "1 persona la apoya" in page) == (True, True)


def test_many_that_say_the_same_get_one_answer_with_its_reason_and_a_letter_each(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    rows = [said(bill, "Que abra también los sábados.", email=f"p{n}@ejemplo.invalid") for n in range(3)]
    other = said(bill, "¿Quién paga las semillas que se pierden?", email="otra@ejemplo.invalid")
    assert [[row.number for row in group] for group in actions.set_apart(queries.remarks(bill).order_by("number"))] == [
        [1, 2, 3]
    ]
    staff = signed_in(place.accounts["legislature"])
    address = f"{J}gestion/iniciativas/{bill.code}/responder/"
    whole = {"opinion": [row.number for row in rows], "decision": "taken", "reason": REASON}
    assert staff.post(address, whole | {"reason": "Sí."}).status_code == 422
    assert staff.post(address, whole | {"opinion": []}).status_code == 422
    assert Fate.objects.count() == 0
    before = len(mail.outbox)
    assert staff.post(address, whole).status_code == 302
    assert (letters.send_due(), letters.send_due()) == (3, 0)  # once each
    fate = Fate.objects.get()
    assert (fate.count, [row.fate_id == fate.pk for row in Remark.objects.order_by("number")]) == (
        3,
        [True] * 3 + [False],
    )
    assert sorted(to for message in mail.outbox[before:] for to in message.to) == [
        f"p{n}@ejemplo.invalid" for n in range(3)
    ]
    assert REASON in str(mail.outbox[-1].body)
    with pytest.raises(ValidationError, match="Ninguna"):
        actions.answer(bill=bill, remarks=rows, decision="not_taken", reason=REASON, **by(place))
    assert (other.fate_id, verify_state()) == (None, [])


def test_a_late_answer_is_counted_in_public_and_waits_on_the_desk(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    row = said(bill)
    today = dt.date(2026, 5, 4)
    with time_machine.travel(dt.datetime(2026, 5, 4, 18, tzinfo=dt.UTC)):
        assert queries.figures(bill, today).overdue == 1
        waits = [item for item in fills.waiting(place.roles["legislature"], today) if item.about == "7/I"]
        assert [(item.kind, item.is_late(today)) for item in waits] == [("answer", True)]
        actions.answer(bill=bill, remarks=[row], decision="not_taken", reason=REASON, **by(place))
        found = queries.figures(bill, today)
        assert (found.overdue, found.late, found.not_taken) == (0, 1, 1)


def test_the_opinion_shows_whose_words_came_in_once_a_person_says_so(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    with time_machine.travel(dt.datetime(2026, 3, 17, 18, tzinfo=dt.UTC)):
        row = said(bill, "", provision=article(bill), wording=WORDING, name="Vera Canaria", named=True)
    with time_machine.travel(dt.datetime(2026, 4, 20, 18, tzinfo=dt.UTC)):
        new = version(place, bill.work, OPINION, dt.date(2026, 4, 20))
        actions.add_step(bill=bill, stage=Stage.OPINION, on=dt.date(2026, 4, 20), expression=new, by=by(place)["by"])
        staff = signed_in(place.accounts["legislature"])
        address = f"{J}gestion/iniciativas/{bill.code}/palabras/"
        staff.post(address, {"hacer": "buscar"})
        found = Origin.objects.filter(contribution=row.subject_key())
        assert found.count() >= 1
        assert "Vera Canaria" not in Client().get(f"{B}palabras/").content.decode()  # nobody has confirmed it
        before = len(mail.outbox)
        for origin in found:
            staff.post(address, {"hacer": "confirmar", "origen": origin.number})
        page = Client().get(f"{B}palabras/").content.decode()
        assert ("Vera Canaria" in page, "también por las tardes" in page, "100 %" in page) == (True, True, True)
        assert [message.to for message in mail.outbox[before:]] == [["vera@ejemplo.invalid"]] * found.count()
        assert "A dónde fueron sus palabras" in Client().get(f"{B}opiniones/{row.number}/").content.decode()
    assert verify_state() == []


def test_a_bill_goes_its_way_forwards_in_time_and_ends_once(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    said(bill)
    said(bill, "Y también en la tarde.")  # the same person: one letter
    assert letters.send_due() == 0  # nobody hears of what happened before they spoke
    staff = signed_in(place.accounts["legislature"])
    address = f"{J}gestion/iniciativas/{bill.code}/paso/"
    for wrong in ({"paso-on": "2027-01-01"}, {"paso-on": "2026-03-01"}, {"paso-stage": "initiative"}):
        whole = {"paso-stage": "committee", "paso-on": "2026-03-16", "paso-rev": bill.rev}
        assert staff.post(address, whole | wrong).status_code == 422
    before = len(mail.outbox)
    assert (
        staff.post(address, {"paso-stage": "rejected", "paso-on": "2026-03-16", "paso-words": "No pasó."}).status_code
        == 302
    )
    assert (letters.send_due(), letters.send_due()) == (1, 0)
    assert [message.to for message in mail.outbox[before:]] == [["vera@ejemplo.invalid"]]
    bill.refresh_from_db()
    assert (bill.stage, bill.is_open(dt.date(2026, 3, 16))) == ("rejected", False)
    with pytest.raises(ValidationError):
        said(bill, "Todavía quiero opinar.")
    assert staff.post(address, {"paso-stage": "plenary", "paso-on": "2026-03-16"}).status_code == 422


def test_the_summary_reads_as_a_document_by_article(cast: Any) -> None:
    bill = published(cast.valle)
    said(bill, "", provision=article(bill), wording=WORDING)
    said(bill, "Me parece bien toda la iniciativa.")
    answer = Client().get(f"{B}resumen.docx")
    assert answer["Content-Disposition"].endswith('opiniones-7i.docx"')
    from io import BytesIO

    lines = [paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs]
    assert lines[0] == "Un banco de semillas en cada municipio"
    assert [group.place for group in summary.groups(bill)] == ["", "Artículo 2"]
    assert any("también por las tardes" in line for line in lines)


@pytest.mark.once
def test_lists_cost_the_same_for_one_and_for_many(cast: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    place = cast.valle
    bill = published(place)
    pages = [f"{B}", f"{B}opiniones/", f"{B}resumen/", f"{J}iniciativas/", f"{J}textos/semillas/1/art_2/"]
    costs = []
    for count in (1, 4):
        for n in range(count):
            said(bill, f"Opinión de prueba {n}", provision=article(bill), email=f"q{n}{count}@ejemplo.invalid")
        one = []
        for page in pages:
            with CaptureQueriesContext(connection) as found:
                assert Client().get(page + "?x=1").status_code == 200
            one.append(len(found))
        costs.append(one)
    assert costs[0] == costs[1]


def test_nobody_outside_the_congress_touches_a_bill_and_drafts_stay_in_their_place(cast: Any) -> None:
    bill = draft(cast.valle)
    for kind in ("secretariat", "lead", "committee"):
        assert signed_in(cast.valle.accounts[kind]).get(f"{J}gestion/iniciativas/{bill.code}/").status_code == 403
    assert signed_in(cast.otro.accounts["legislature"]).get(f"{J}gestion/iniciativas/{bill.code}/").status_code == 403
    assert Bill.public_rows().count() == 0
