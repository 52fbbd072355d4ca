"""The video of a bill: brought in parts, published whole, seen by anybody, gone when it is taken out."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tequio.documents.models import Blob, Discard
from tequio.documents.tests import film_files
from tequio.lawmaking import actions
from tequio.lawmaking.models import Bill
from tequio.lawmaking.tests.world import draft, published
from tequio.people.acting import actor_of
from tequio.record.models import Act
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
J = "/valle-del-ejemplo/"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nCada municipio tendrá semillas.\n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.BLOB_ROOT = tmp_path


def film(content: bytes = film_files.MP4) -> SimpleUploadedFile:
    return SimpleUploadedFile("video.mp4", content)


def test_a_film_its_captions_and_its_words_come_in_one_by_one_and_anybody_watches_and_reads(cast: Any) -> None:
    place = cast.valle
    bill = draft(place)
    work = f"{J}gestion/iniciativas/{bill.code}/video/"
    staff, anybody = signed_in(place.accounts["legislature"]), Client()
    assert staff.post(work, {"que": "video", "film": film(b"GIF89a"), "rev": 0}).status_code == 422
    assert staff.post(work, {"que": "video", "film": film(), "rev": 0}).status_code == 302
    bill.refresh_from_db()
    sha256 = bill.film.sha256
    address = f"/registro/videos/sha256/{sha256}"
    assert (bill.film_seconds, anybody.get(address).status_code) == (1, 404)  # a draft's film is nobody else's
    assert staff.get(f"{work}archivo", headers={"Range": "bytes=0-3"}).status_code == 206
    assert signed_in(place.accounts["lead"]).get(f"{work}archivo").status_code == 403
    with pytest.raises(ValidationError):
        actions.publish_bill(bill=bill, by=actor_of(place.roles["legislature"]))

    wrong = staff.post(work, {"que": "palabras", "captions_es": CAPTIONS + "\nsin tiempos\n", "transcript_es": "Hola."})
    assert (wrong.status_code, "Renglón 6: Este texto no tiene sus tiempos" in wrong.content.decode()) == (422, True)
    file = SimpleUploadedFile("s.vtt", CAPTIONS.encode())
    made = staff.post(work, {"que": "palabras", "file_es": file, "hacer": "1", "rev": 0})
    assert made.status_code == 200  # the words are there to be read before they are kept
    assert made.context["forms"]["palabras"]["transcript_es"].value() == "Cada municipio tendrá semillas."
    said = {"captions_es": CAPTIONS, "transcript_es": "Cada municipio tendrá semillas."}
    assert staff.post(work, {"que": "palabras", **said, "rev": 0}).status_code == 302
    bill.refresh_from_db()
    actions.publish_bill(bill=bill, by=actor_of(place.roles["legislature"]))

    page = anybody.get(f"{J}iniciativas/{bill.code}/video/").content.decode()
    for words in (f'<source src="{address}" type="video/mp4">', 'preload="none"', "Dura 0:01 y pesa", sha256):
        assert words in page
    assert page.count("Cada municipio tendrá semillas.") == 2  # as text, and with its minute
    track = anybody.get(f"{J}iniciativas/{bill.code}/video/subtitulos-es.vtt")
    assert (track["Content-Type"], track.content.decode()) == ("text/vtt; charset=utf-8", CAPTIONS)
    part = anybody.get(address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content), part["Content-Type"]) == (206, b"ftyp", "video/mp4")
    assert "media-src 'self'" in anybody.get(f"{J}iniciativas/{bill.code}/video/")["Content-Security-Policy"]
    state = Act.objects.filter(kind="bill.published").latest("pk")
    assert sha256 in bytes(state.entry).decode()


def test_a_public_bill_gets_its_words_first_and_its_film_after(cast: Any) -> None:
    place = cast.valle
    bill = published(place)
    work = f"{J}gestion/iniciativas/{bill.code}/video/"
    staff = signed_in(place.accounts["legislature"])
    assert "guarda primero los subtítulos" in staff.get(work).content.decode()
    assert staff.post(work, {"que": "video", "film": film(), "rev": bill.rev}).status_code == 422
    words = {"que": "palabras", "captions_es": CAPTIONS, "transcript_es": "Semillas.", "rev": bill.rev}
    assert staff.post(work, words).status_code == 302
    bill.refresh_from_db()
    assert staff.post(work, {"que": "video", "film": film(), "rev": bill.rev}).status_code == 302
    bill.refresh_from_db()
    first = bill.film
    assert staff.post(work, {"que": "video", "film": film(film_files.WEBM), "rev": bill.rev}).status_code == 302
    assert [row.blob_id for row in Discard.objects.all()] == [first.pk]
    assert Client().get(f"/registro/videos/sha256/{first.pk}").status_code == 404
    bill.refresh_from_db()
    assert staff.post(work, {"que": "quitar", "rev": bill.rev}).status_code == 302
    bill.refresh_from_db()
    assert (bill.has_video, bill.film, Client().get(f"{J}iniciativas/{bill.code}/video/").status_code) == (
        False,
        None,
        404,
    )


def test_a_video_elsewhere_needs_captions_there_and_here(cast: Any) -> None:
    place = cast.valle
    bill = draft(place)
    by = actor_of(place.roles["legislature"])
    for url, captioned in (("", True), ("https://video.ejemplo.invalid/1", False)):
        with pytest.raises(ValidationError):
            actions.set_link(bill=Bill.objects.get(), url=url, captioned=captioned, by=by)
    actions.set_link(bill=bill, url="https://video.ejemplo.invalid/1", captioned=True, by=by)
    actions.set_words(bill=bill, captioned={"es": CAPTIONS}, said={"es": "Semillas."}, by=by)
    actions.publish_bill(bill=bill, by=by)
    page = Client().get(f"{J}iniciativas/{bill.code}/video/").content.decode()
    assert ("video.ejemplo.invalid, un sitio que no es de este portal" in page, "<video" in page) == (True, False)
    assert Blob.objects.filter(media_type__startswith="video").count() == 0
