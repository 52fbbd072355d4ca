"""Films: hostile ones are refused with a sentence, none is ever whole in memory, and players get the parts they ask for."""

import hashlib
import tracemalloc
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from tequio.documents import ranges, uploads
from tequio.documents.actions import MAX_BYTES
from tequio.documents.checks import files
from tequio.documents.films import keep_film
from tequio.documents.models import Blob
from tequio.documents.tests import film_files as made
from tequio.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.BLOB_ROOT = tmp_path
    cache.clear()


def film(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("video.mp4", content)


@pytest.mark.parametrize(("content", "media_type"), [(made.MP4, "video/mp4"), (made.WEBM, "video/webm")])
def test_a_real_film_is_kept_and_the_check_of_files_knows_it(content: bytes, media_type: str) -> None:
    kept = keep_film(upload=film(content), who="account:1")
    assert (kept.blob.media_type, kept.seconds, kept.blob.size) == (media_type, 1, len(content))
    assert kept.blob.sha256 == hashlib.sha256(kept.blob.path.read_bytes()).hexdigest()
    assert list(files()) == []
    with kept.blob.path.open("r+b") as file:
        file.write(b"\0\0\0\0free")
    assert len(list(files())) == 1


def test_where_and_with_what_a_phone_filmed_is_not_kept_and_every_picture_is() -> None:
    told = made.in_index(made.TOLD)
    kept = keep_film(upload=film(told), who="account:1")
    stored = kept.blob.path.read_bytes()
    assert (made.PLACE in told, made.PLACE in stored, b"Moto1" in stored) == (True, False, False)
    assert (kept.emptied, len(stored)) == (True, len(told))
    assert stored[stored.index(b"mdat") :] == told[told.index(b"mdat") :]
    assert keep_film(upload=film(made.MP4), who="account:1").emptied is False


@pytest.mark.parametrize("name", made.HOSTILE)
def test_a_hostile_film_is_refused_with_one_sentence(name: str) -> None:
    content, words = made.HOSTILE[name]
    with pytest.raises(ValidationError, match=words) as error:
        keep_film(upload=film(content), who="account:1")
    assert (len(error.value.messages), Blob.objects.count()) == (1, 0)
    assert error.value.messages[0].endswith(".")


def test_a_film_that_is_too_large_or_came_cut_is_refused(settings: Any) -> None:
    cut = film(made.MP4)
    cut.size += 1
    for upload, most, words in (
        (film(made.MP4), 0, "más de 0 MB"),
        (cut, 200, "no llegó completo"),
        (film(b""), 1, "vacío"),
    ):
        settings.FILM_MB = most
        with pytest.raises(ValidationError, match=words):
            keep_film(upload=upload, who="account:1")


def test_no_film_is_ever_whole_in_memory() -> None:
    upload = TemporaryUploadedFile("video.mp4", "video/mp4", 0, None)
    size = 64 << 20
    upload.write(made.MP4 + (size - len(made.MP4)).to_bytes(4, "big") + b"free")
    upload.truncate(size)
    upload.size = size
    tracemalloc.start()
    kept = keep_film(upload=upload, who="account:1")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (kept.blob.size, peak < 6 << 20) == (size, True)


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("", 200, (0, 100)),
        ("bytes=0-", 206, (0, 40)),
        ("bytes=90-", 206, (90, 100)),
        ("bytes=10-19", 206, (10, 20)),
        ("bytes=10-99999", 206, (10, 50)),
        ("bytes=-5", 206, (95, 100)),
        ("bytes=-500", 206, (0, 40)),
        ("bytes=100-", 416, None),
        ("bytes=5-4", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=-", 416, None),
        ("bytes=x-y", 416, None),
        ("bytes=1-2,4-5", 200, (0, 100)),
        ("pages=1-2", 200, (0, 100)),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for_and_never_a_long_one(
    asked: str, status: int, part: tuple[int, int] | None, tmp_path: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(ranges, "MOST", 40)
    path, content = tmp_path / "film", bytes(range(100))
    path.write_bytes(content)
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    answer = ranges.answer(request, path, 100, "video/mp4", "abc")
    assert answer.status_code == status
    if part is None:
        assert answer["Content-Range"] == "bytes */100"
        return
    assert b"".join(answer.streaming_content) == content[slice(*part)]
    assert answer["Content-Length"] == str(part[1] - part[0])
    assert answer.get("Content-Range") == (f"bytes {part[0]}-{part[1] - 1}/100" if status == 206 else None)


def test_a_part_of_a_film_that_is_another_by_now_is_the_whole_and_one_that_is_known_is_not_sent(tmp_path: Any) -> None:
    path = tmp_path / "film"
    path.write_bytes(b"x" * 10)

    def ask(**headers: str) -> Any:
        return ranges.answer(RequestFactory().get("/", headers=headers), path, 10, "video/mp4", "abc")

    assert ask(**{"Range": "bytes=1-2", "If-Range": '"other"'}).status_code == 200
    assert ask(**{"Range": "bytes=1-2", "If-Range": '"abc"'}).status_code == 206
    assert ask(**{"If-None-Match": '"abc"'}).status_code == 304


def test_only_whoever_holds_a_role_there_may_send_more_than_ten_megabytes_and_only_where_films_are_brought(
    cast: Any,
) -> None:
    accounts = cast.valle.accounts

    class Match:
        kwargs = {"jurisdiction": cast.valle.jurisdiction.slug, "code": "x"}

        def __init__(self, view_name: str) -> None:
            self.view_name = view_name

    def most(account: Any, view: str = "lawmaking:edit_video") -> int:
        request: Any = RequestFactory().post("/")
        request.resolver_match, request.user = Match(view), account
        return uploads.most_of(request)

    assert most(accounts["legislature"]) == 200 << 20
    assert most(accounts["legislature"], "lawmaking:edit") == MAX_BYTES
    assert most(Account.objects.create(email="nadie@ejemplo.invalid")) == MAX_BYTES
    assert uploads.most_of(RequestFactory().post("/")) == MAX_BYTES
