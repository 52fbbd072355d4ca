"""An institution reports: the draft keeps itself and stays private, what is sent is public at once, all or nothing."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tequio.commitments.models import Activity, Evidence
from tequio.documents.models import Blob, Discard
from tequio.documents.tests.hostile_site import PAGE, answer, online
from tequio.monitoring import actions, archiving, to_report
from tequio.monitoring.models import DraftFile, Report, ReportDraft, Track, UnarchivedLink
from tequio.monitoring.pending_lead import for_role
from tequio.people.pending import items_for
from tequio.record.models import Act
from tests.cast import Cast, signed_in
from tests.cast import cast as cast

CANARY = "canario-que-no-sale"
FORM = {
    "revision": "0",
    "said": "complete",
    "text_es": "Publicamos la bitácora.",
    "text_en": "We published the log.",
    "on": "2026-03-16",
    "cut": "first",
    "pieces-TOTAL_FORMS": "1",
    "pieces-INITIAL_FORMS": "0",
    "pieces-0-title": "Bitácora de marzo",
    "pieces-0-kind": "document",
    "pieces-0-date": "2026-03",
    "pieces-0-page": "4",
    "pieces-0-quote": "Se reparó la fuga.",
}


@pytest.fixture
def beto(noon: Any, cast: Cast) -> Any:
    """Beto's browser; his institution leads both activities, of which the first was rejected."""
    client = cast.valle.client("lead")
    client.base = "/valle-del-ejemplo/gestion/actividades/2/reporte/"
    client.cast = cast
    return client


def pdf(words: str = "bitácora") -> SimpleUploadedFile:
    return SimpleUploadedFile("bitacora.txt", f"La {words} de marzo.".encode())


def form(**more: Any) -> dict[str, Any]:
    return {**FORM, **more}


def activity(number: int = 2) -> Activity:
    return Activity.objects.get(jurisdiction__slug="valle-del-ejemplo", number=number)


def written(client: Any, **more: Any) -> Any:
    """The form sent to be checked with a file, and the answer."""
    return client.post(client.base, form(**{"pieces-0-upload": pdf(), **more}))


def send(client: Any) -> Any:
    revision = re.search(r'name="revision" value="([^"]+)"', client.get(client.base + "revisar/").text)
    assert revision
    return client.post(client.base + "revisar/", {"revision": revision[1]})


def public_pages() -> str:
    """What anybody reads of the activity, as pages, as data and in the record."""
    reader, found = signed_in(None), [str(list(Act.objects.values()))]
    for path in ("actividades/2/", "compromisos/agua-1/", "tablero/", "datos/evidencia.csv", "datos/reportes.csv"):
        page = reader.get(f"/valle-del-ejemplo/{path}")
        assert page.status_code == 200
        found.append(b"".join(page.streaming_content).decode() if page.streaming else page.text)
    return "".join(found)


def test_a_report_is_written_checked_and_sent_with_its_file(beto: Any) -> None:
    before = Act.objects.count()
    answer = written(beto)
    assert (answer.status_code, answer["Location"]) == (302, beto.base + "revisar/")
    checked = beto.get(beto.base + "revisar/").text
    assert all(
        words in checked for words in ("Publicamos la bitácora.", "bitacora.txt", "Se reparó la fuga.", "Primer avance")
    )
    assert Act.objects.count() == before
    assert send(beto)["Location"] == beto.base + "enviado/"
    report = Report.objects.get(activity=activity())
    assert (report.said, report.cut, str(report.on), report.by.kind) == ("complete", "first", "2026-03-16", "lead")
    assert report.text.data == {"es": "Publicamos la bitácora.", "en": "We published the log."}
    piece = report.evidence.get()
    assert (piece.kind, piece.page, piece.quote, piece.blob.size > 0) == ("document", "4", "Se reparó la fuga.", True)
    assert list(Act.objects.order_by("-pk").values_list("kind", flat=True)[:3]) == [
        "light.set",
        "progress.reported",
        "evidence.submitted",
    ]
    assert (ReportDraft.objects.count(), DraftFile.objects.count()) == (0, 0)
    assert "Ya es público" in beto.get(beto.base + "enviado/").text
    page = public_pages()
    assert "Bitácora de marzo" in page
    assert "página 4" in page
    # A second press of the button changes nothing.
    count = Act.objects.count()
    assert beto.post(beto.base + "revisar/", {"revision": "1.1"})["Location"] == beto.base + "enviado/"
    assert Act.objects.count() == count


def test_nothing_of_a_draft_is_public_and_its_file_is_for_those_who_write_it(beto: Any) -> None:
    more = {"text_es": CANARY, "pieces-0-title": CANARY, "pieces-0-quote": CANARY, "guardar": "1"}
    written(beto, **more, **{"pieces-0-upload": pdf(CANARY)})
    assert CANARY in beto.get(beto.base).text
    assert CANARY not in public_pages()
    file = DraftFile.objects.get()
    address = f"{beto.base}archivo/{file.pk}/"
    got = beto.get(address)
    assert CANARY.encode() in b"".join(got.streaming_content)
    assert (got.status_code, got["Cache-Control"]) == (200, "private, no-store")
    assert beto.get(f"/registro/blobs/sha256/{file.blob_id}").status_code == 404
    cast = beto.cast
    for other in (cast.valle.accounts["committee"], cast.valle.accounts["secretariat"], cast.otro.accounts["lead"]):
        assert signed_in(other).get(address).status_code == 403
    # Another activity's draft cannot name this file.
    other_base = beto.base.replace("/2/", "/1/")
    beto.post(other_base, form(**{"pieces-0-file": str(file.pk)}))
    assert "Ese archivo ya no está" in beto.get(other_base + "?corregir=1").text


def test_what_is_wrong_comes_back_with_everything_kept_the_file_too(beto: Any) -> None:
    answer = written(beto, **{"said": "", "pieces-0-date": "ayer", "pieces-0-kind": ""})
    assert answer.status_code == 422
    assert "Di si está sin iniciar" in answer.text
    assert "Evidencia 1, ¿De qué fecha es?: " in answer.text
    assert "Evidencia 1, Tipo: Elige de la lista qué tipo de evidencia es." in answer.text
    kept = beto.get(beto.base).text
    assert all(words in kept for words in ("bitacora.txt", "ayer", "Publicamos la bitácora."))
    assert 'class="summary"' not in kept
    refused = beto.post(
        beto.base,
        form(revision=ReportDraft.objects.get().stamp, **{"pieces-0-upload": SimpleUploadedFile("a.exe", b"MZ\x00")}),
    )
    assert refused.status_code == 422
    assert 'href="#id_pieces-0-upload"' in refused.text
    # Checking it without mending leads back to what is missing.
    assert beto.get(beto.base + "revisar/")["Location"].endswith("?corregir=1")


def test_the_form_keeps_itself_and_two_people_do_not_overwrite_each_other(beto: Any) -> None:
    def auto(**more: Any) -> Any:
        return beto.post(beto.base, form(**more), headers={"X-Autosave": "1"})

    first = auto().json()["revision"]
    assert auto().json() == {"revision": first}  # the answer was lost: the same again
    second = auto(revision=first, text_es="Otra cosa", said="").json()["revision"]
    stale = auto(revision=first, text_es="Lo mío")
    assert (stale.status_code, second != first) == (409, True)
    page = beto.post(beto.base, form(revision=first, text_es="Lo mío", guardar="1"))
    assert page.status_code == 409
    assert all(words in page.text for words in ("Lo mío", "Otra cosa", f'value="{second}"'))
    assert ReportDraft.objects.get().document["text"][0] == "Otra cosa"


def test_rows_are_added_and_taken_out_without_script(beto: Any) -> None:
    written(beto, agregar="pieces")
    page = beto.get(beto.base).text
    assert 'name="pieces-1-title"' in page
    assert "bitacora.txt" in page
    draft = ReportDraft.objects.get()
    piece = {f"pieces-0-{key}": value for key, value in draft.document["pieces"][0].items()}
    beto.post(beto.base, form(**piece, revision=draft.stamp, quitar="pieces-0"))
    draft.refresh_from_db()
    assert draft.document["pieces"] == []


def test_a_discarded_draft_comes_back_and_goes_for_good_after_thirty_days(beto: Any, time_machine: Any) -> None:
    written(beto, guardar="1")
    beto.post(beto.base + "descartar/")
    assert "Recuperarlo" in beto.get(beto.base).text
    beto.post(beto.base + "recuperar/")
    assert "Publicamos la bitácora." in beto.get(beto.base).text
    beto.post(beto.base + "descartar/")
    time_machine.move_to(timezone.now() + dt.timedelta(days=31))
    assert actions.purge_report_drafts() == 1
    assert (ReportDraft.objects.count(), Discard.objects.count()) == (0, 1)


@pytest.mark.tampers
@pytest.mark.parametrize("state", ["under_review", "verified"])
def test_nobody_reports_while_the_committee_reviews_or_once_it_verified(beto: Any, state: str) -> None:
    written(beto)
    Track.objects.filter(activity=activity(1)).update(state=state)
    base = beto.base.replace("/2/", "/1/")
    before = Report.objects.count()
    assert "Comité" in beto.get(base).text
    assert beto.post(base, form()).status_code == 409
    assert beto.post(base + "revisar/", {"revision": "1.1"}).status_code == 302
    assert Report.objects.count() == before


def test_a_failure_in_the_middle_leaves_nothing_behind(beto: Any) -> None:
    written(beto)
    draft, before = ReportDraft.objects.get(), Act.objects.count()
    good = {"title": "Una", "kind": "document", "date": "2026", "url": "https://ejemplo.org/a"}
    content = actions.reporting.Content(
        "complete",
        "Sí.",
        dt.date(2026, 3, 16),
        pieces=[actions.reporting.Piece(**good), actions.reporting.Piece(**{**good, "kind": "no"})],
    )
    cast = beto.cast
    with pytest.raises(ValidationError, match="Evidencia 2"):
        actions.send_report(
            draft=draft,
            seen=draft.stamp,
            content=content,
            role=cast.valle.roles["lead"],
            by=actions.reporting.Actor(role="lead"),
        )
    assert (Act.objects.count(), Evidence.objects.filter(commitment=cast.valle.commitment).count()) == (before, 1)
    assert ReportDraft.objects.get().stamp == draft.stamp


def test_a_link_is_archived_before_it_is_sent_and_sent_without_copy_when_its_site_is_silent(
    beto: Any, settings: Any
) -> None:
    with online() as site:
        good, silent = (f"http://sitio.prueba:{site.port}/{path}" for path in ("acta", "callado"))
        site.pages |= {"/acta": answer(PAGE), "/callado": b""}
        rows = {"pieces-TOTAL_FORMS": "3"}
        for n, url in enumerate((good, silent, "http://10.0.0.1/")):
            rows |= {f"pieces-{n}-url": url, f"pieces-{n}-title": f"Enlace {n}", f"pieces-{n}-kind": "web_page"}
            rows |= {f"pieces-{n}-date": "2026-03"}
        stopped = beto.post(beto.base, form(**rows))
        assert (stopped.status_code, stopped.text.count("es de una red privada")) == (422, 2)  # summary and row
        rows["pieces-TOTAL_FORMS"], rows["revision"] = "2", ReportDraft.objects.get().stamp
        assert beto.post(beto.base, form(**rows)).status_code == 302
        checked = beto.get(beto.base + "revisar/").text
        assert "con copia guardada" in checked
        assert "sin copia archivada todavía; se reintenta" in checked
        send(beto)
        kept = dict(Evidence.objects.filter(url__in=(good, silent)).values_list("url", "blob"))
        assert (bool(kept[good]), kept[silent], site.asked.count("/acta")) == (True, None, 1)
        assert public_pages().count("sin copia archivada todavía; se reintenta") == 1
        settings.LINK_CHECKS, site.pages["/callado"] = True, answer(PAGE)
        UnarchivedLink.objects.update(due=timezone.now())
        assert archiving.retry() == 1
    piece = Evidence.objects.get(url=silent)
    assert (piece.blob_id, piece.link_state, UnarchivedLink.objects.count()) == (kept[good], "ok", 0)
    assert "sin copia archivada" not in public_pages()


def test_personal_data_waits_for_a_redacted_copy_and_only_the_institution_sees_it(beto: Any) -> None:
    written(beto, **{"pieces-0-title": CANARY, "pieces-0-personal_data": "on", "pieces-0-quote": CANARY})
    assert "tampoco el Comité" in beto.get(beto.base + "revisar/").text
    send(beto)
    piece = Evidence.objects.get(personal_data=True)
    assert CANARY not in public_pages()
    assert CANARY in beto.get("/valle-del-ejemplo/gestion/evidencia-reservada/").text
    base = f"/valle-del-ejemplo/gestion/evidencia-reservada/agua-1/{piece.number}/"
    original = beto.get(base + "archivo/")
    assert (original.status_code, b"".join(original.streaming_content)[:2]) == (200, b"La")
    cast = beto.cast
    for other in ("committee", "secretariat", "poc"):
        client = cast.valle.client(other)
        assert (client.get(base).status_code, client.get(base + "archivo/").status_code) == (403, 403)
        assert CANARY not in client.get("/valle-del-ejemplo/actividades/2/").text
    due = [item.url for item in items_for(cast.valle.roles["lead"], dt.date(2026, 3, 16))]
    assert base in due
    assert beto.post(base, {"file": pdf("otra"), "quote": "Sin nombres"}).status_code == 422
    assert beto.post(base, {"file": pdf("otra"), "quote": "Sin nombres", "sure": "on"}).status_code == 302
    piece.refresh_from_db()
    assert (piece.personal_data, piece.quote) == (False, "Sin nombres")
    assert Blob.objects.filter(pk=piece.blob_id).exists()


def test_public_evidence_is_cited_again_and_counts_for_the_manual(beto: Any) -> None:
    known = Evidence.objects.get(commitment__jurisdiction__slug="valle-del-ejemplo")
    data = {key: value for key, value in form().items() if not key.startswith("pieces-0")}
    assert beto.post(beto.base, data | {"cited": [str(known.number)]}).status_code == 302
    assert "se cita otra vez" in beto.get(beto.base + "revisar/").text
    send(beto)
    assert list(Report.objects.get(activity=activity()).evidence.all()) == [known]


def test_pending_and_the_list_cost_the_same_for_one_and_for_three(
    beto: Any,
) -> None:
    role, day = beto.cast.valle.roles["lead"], dt.date(2027, 3, 20)

    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as one:
            found = list(for_role(role, day))
        with CaptureQueriesContext(connection) as two:
            beto.get("/valle-del-ejemplo/gestion/reportes/")
        costs.append((len(one), len(two)))
        return len(found), len(to_report.own_steps(role, day))

    costs: list[tuple[int, int]] = []
    cost()
    assert cost() == (2, 2)  # the rejected one and the late one
    written(beto, guardar="1")
    written(beto, **{"pieces-0-personal_data": "on", "revision": ReportDraft.objects.get().stamp})
    send(beto)
    written(beto, guardar="1")
    beto.get(beto.base)  # reads the message that the draft was saved
    cost()
    assert costs[1] == costs[2]


def test_the_way_in_is_shown_to_whoever_may_and_changes_nothing_for_others(beto: Any) -> None:
    page = "/valle-del-ejemplo/actividades/2/"
    assert f'href="{beto.base}"' in beto.get(page).text
    for kind in ("committee", "secretariat", "seat_liaison"):
        assert beto.base not in beto.cast.valle.client(kind).get(page).text
    assert beto.base not in signed_in(None).get(page).text
    listed = beto.get("/valle-del-ejemplo/gestion/reportes/?cuales=observadas").text
    assert ("actividades/1/reporte/" in listed, "actividades/2/reporte/" in listed) == (True, False)
