"""Whoever changes a stored file, or what its row says of it, is found out by ``record_verify``."""

import random
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tequio.documents.actions import keep
from tequio.documents.models import Blob
from tequio.record.verify import verify

pytestmark = pytest.mark.django_db


class Sent(BytesIO):
    @property
    def size(self) -> int:
        return len(self.getvalue())


@pytest.fixture
def blob(settings: Any, tmp_path: Path) -> Blob:
    settings.BLOB_ROOT = tmp_path
    return keep(upload=Sent("Minuta de la sesión 3 del comité.\n".encode()))


def faults() -> list[str]:
    return [str(fault) for fault in verify()]


def test_each_flipped_byte_of_a_file_is_found_and_named(blob):
    assert faults() == []
    whole, dice = blob.path.read_bytes(), random.Random(3)
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << dice.randrange(8)
        blob.path.write_bytes(flipped)
        assert faults() == [f"archivo {blob.sha256}: su contenido cambió"]
    blob.path.write_bytes(whole)
    assert faults() == []


def test_a_file_that_is_gone_is_found(blob):
    blob.path.unlink()
    assert faults() == [f"archivo {blob.sha256}: no está"]


@pytest.mark.parametrize("wrong", [{"size": 7}, {"media_type": "text/html"}])
def test_a_row_that_says_something_else_of_its_file_is_found(blob, wrong):
    Blob.objects.update(**wrong)
    assert faults() == [f"archivo {blob.sha256}: su ficha no dice su tamaño y tipo"]


def test_a_row_under_another_name_points_to_no_file(blob):
    other = "0" * 64
    Blob.objects.update(sha256=other)
    assert faults() == [f"archivo {other}: no está"]
