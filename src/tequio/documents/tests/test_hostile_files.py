"""Hostile files: each is refused with one plain sentence, and memory stays flat; what is kept tells on nobody."""

import io
import socket
import struct
import threading
import tracemalloc
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from PIL import Image

from tequio.documents import clamd, quota
from tequio.documents.actions import MAX_BYTES, keep, keep_with_notes
from tequio.documents.models import Blob
from tequio.documents.tests import hostile
from tequio.documents.uploads import CappedUploadHandler

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.BLOB_ROOT = tmp_path


class Endless:
    """A sender that never stops, whatever it says of its size."""

    def __init__(self, start: bytes, size: int) -> None:
        self.start, self.size, self.given = start, size, 0

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "reads without end"
        self.given += size
        found, self.start = self.start[:size], self.start[size:]
        return found.ljust(size, b"a")


def refusal(upload: Any) -> str:
    with pytest.raises(ValidationError) as error:
        keep(upload=upload)
    assert len(error.value.messages) == 1
    assert not Blob.objects.exists()
    return error.value.messages[0]


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_with_one_sentence_that_says_why(name):
    content, words = hostile.FILES[name]
    said = refusal(ContentFile(content))
    assert words in said
    assert said.endswith(".")
    assert len(said) < 220


def test_the_corpus_is_large_enough():
    assert len(hostile.FILES) > 60


@pytest.mark.parametrize(("start", "size"), [(b"%PDF-1.4\n", 10), (b"texto ", 0), (hostile.PNG, MAX_BYTES)])
def test_an_endless_sender_is_read_a_little_beyond_the_limit_and_no_further(start, size):
    sender = Endless(start, size)
    tracemalloc.start()
    try:
        assert "10 MB" in refusal(sender)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (sender.given <= MAX_BYTES + (1 << 17), peak < 4 * MAX_BYTES) == (True, True)


@pytest.mark.parametrize(
    "name", ["a PDF that unpacks to much", "a document that unpacks to much", "a PNG with more than it says"]
)
def test_a_bomb_does_not_unpack_in_memory(name):
    tracemalloc.start()
    try:
        refusal(ContentFile(hostile.FILES[name][0]))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


def test_what_says_it_is_too_big_is_not_read_at_all():
    sender = Endless(b"%PDF-1.4", MAX_BYTES + 1)
    assert ("10 MB" in refusal(sender), sender.given) == (True, 0)


@pytest.mark.parametrize("name", ["a" * 300 + ".txt", "minuta\x00.txt", "minuta\n.txt"])
def test_a_name_with_strange_signs_or_without_end_is_refused(name):
    upload = ContentFile(b"Minuta.")
    upload.name = name
    assert "nombre" in refusal(upload)


def test_the_rest_of_a_file_over_the_limit_reaches_neither_memory_nor_disk():
    handler, stored = CappedUploadHandler(), TemporaryFileUploadHandler()
    for one in (handler, stored):
        one.new_file("f", "f.txt", "text/plain", 0)
    chunk, start = b"a" * (1 << 20), 0
    for _ in range(30):
        passed = handler.receive_data_chunk(chunk, start)
        if passed is not None:
            stored.receive_data_chunk(passed, start)
        start += len(chunk)
    found = stored.file_complete(start)
    assert (found.size, len(found.read())) == (30 << 20, MAX_BYTES + (1 << 20))
    assert "10 MB" in refusal(found)
    found.close()
    with pytest.raises(StopUpload):
        any(handler.receive_data_chunk(chunk, start) for _ in range(100))


def photo(kind: str, **more: Any) -> bytes:
    notes = Image.Exif()
    notes[0x0112], notes[0x010F], notes[0x013B] = 6, "Teléfono de Juana", "Juana Pérez"
    notes.get_ifd(0x8825)[1], notes.get_ifd(0x8825)[2] = "N", (20.0, 40.0, 12.0)
    out = io.BytesIO()
    Image.effect_noise((40, 30), 80).convert("RGB").save(out, kind, exif=notes, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "more"),
    [("JPEG", {"comment": b"Juana"}), ("JPEG", {"progressive": True}), ("PNG", {}), ("WEBP", {"xmp": b"<x>Juana</x>"})],
)
def test_a_photo_keeps_every_point_and_which_side_is_up_and_nothing_of_its_owner(kind, more):
    before = photo(kind, **more)
    assert b"Juana" in before
    blob = keep(upload=ContentFile(before))
    after = blob.path.read_bytes()
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert (old.tobytes(), dict(new.getexif())) == (new.tobytes(), {0x0112: 6} if kind == "JPEG" else {})
    assert b"Juana" not in after
    assert keep(upload=ContentFile(after)) == blob


def test_what_a_phone_hangs_behind_its_photo_is_cut_off():
    plain = photo("JPEG")
    for extra in (plain, b"\0\0\0\x18ftypmp42" + b"film" * 9, b"\0\0\x01\x0aImage_UTC_Data1SEFHSEFT"):
        assert keep(upload=ContentFile(plain + extra)) == keep(upload=ContentFile(plain))


def test_documents_stay_as_they_are_and_their_uploader_learns_whom_they_name():
    core = "<core><dc:creator>Juana Pérez</dc:creator><cp:lastModifiedBy>Beto</cp:lastModifiedBy></core>"
    word = hostile.office({"docProps/core.xml": core, "word/comments.xml": "<w:comments/>"})
    sheet = hostile.archive(
        {"[Content_Types].xml": hostile.CONTENT, "xl/workbook.xml": '<sheet name="a" state="hidden"/>'}
    )
    page = hostile.in_pdf(b"/Author(Juana P\\351rez)")
    kept = [keep_with_notes(upload=ContentFile(content)) for content in (word, sheet, page)]
    assert [one.blob.path.read_bytes() for one in kept] == [word, sheet, page]
    assert [one.notes for one in kept] == [
        [
            "El documento dice quién lo hizo o guardó: «Beto», «Juana Pérez».",
            "El documento trae comentarios de revisión, con el nombre de quien los escribió.",
        ],
        ["El documento trae hojas ocultas: cualquiera podrá verlas."],
        ["El PDF dice quién lo hizo: «Juana Pérez»."],
    ]


def test_harmless_documents_are_taken():
    link = hostile.relation("hyperlink", "https://ejemplo.org/")
    opening = hostile.in_pdf(b"/OpenAction[3 0 R/Fit]")
    for content in (
        hostile.docx(),
        link,
        opening,
        hostile.odt({}),
        hostile.JPEG,
        hostile.WEBP,
        "Año\u00a02026\n".encode(),
    ):
        assert keep(upload=SimpleUploadedFile("a.bin", content)).size


def test_one_account_cannot_fill_the_disk_in_a_day():
    cache.clear()
    for _ in range(quota.MOST // MAX_BYTES):
        quota.spend("account 1", MAX_BYTES)
    with pytest.raises(ValidationError, match="300 MB"):
        keep(upload=ContentFile(b"una minuta"), who="account 1")
    assert keep(upload=ContentFile(b"una minuta"), who="account 2").size == 10
    cache.clear()


class Clamd(threading.Thread):
    """A ``clamd`` that finds what holds the word "virus"."""

    def __init__(self, answer: bytes = b"") -> None:
        super().__init__(daemon=True)
        self.server, self.answer = socket.create_server(("127.0.0.1", 0)), answer
        self.start()

    def run(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                command, content = b"", b""
                while not command.endswith(b"\0"):
                    command += stream.read(1)
                while command == b"zINSTREAM\0" and (size := struct.unpack(">I", stream.read(4))[0]):
                    content += stream.read(size)
                found = b"stream: Prueba FOUND" if b"virus" in content else b"stream: OK"
                connection.sendall((self.answer or (b"PONG" if command == b"zPING\0" else found)) + b"\0")


@pytest.fixture
def antivirus(settings: Any) -> Any:
    started: list[Clamd] = []

    def start(answer: bytes = b"") -> None:
        started.append(Clamd(answer))
        settings.CLAMD = f"127.0.0.1:{started[-1].server.getsockname()[1]}"

    yield start
    for one in started:
        one.server.shutdown(socket.SHUT_RDWR)
        one.server.close()
        one.join()


def test_clamav_looks_at_every_file_and_its_silence_is_no_consent(antivirus, settings):
    antivirus()
    assert "antivirus encontró" in refusal(ContentFile(b"un virus"))
    assert keep(upload=ContentFile(b"una minuta")).size == 10
    assert [finding.level.name for finding in clamd.ask_doctor()] == ["GOOD"]
    Blob.objects.all().delete()
    antivirus(b"INSTREAM size limit exceeded. ERROR")
    assert "StreamMaxLength" in refusal(ContentFile(b"otra minuta"))  # waiting would not help: an administrator must
    for nowhere in ("127.0.0.1:1", "unix:/no/hay", "mal"):
        settings.CLAMD = nowhere
        assert "minutos" in refusal(ContentFile(b"otra minuta"))
        assert [finding.level.name for finding in clamd.ask_doctor()] == ["BAD"]
