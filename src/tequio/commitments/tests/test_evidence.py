"""Evidence handed in, held back for personal data, and the redacted copy that takes its place."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client

from tequio.commitments.actions import hold_back, replace_with_redacted, submit_evidence
from tequio.commitments.models import Evidence
from tequio.documents.actions import discard_due, keep
from tequio.documents.models import Blob, Capture, Discard
from tequio.monitoring import actions as monitoring
from tequio.record.append import Actor
from tequio.record.models import Act
from tests.cast import cast  # noqa: F401

LEAD = Actor(organisation="agua", role="lead")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.BLOB_ROOT = tmp_path


def kept(words: str) -> Blob:
    return keep(upload=ContentFile(words.encode()))


def handed_in(place: Any, **more: Any) -> Evidence:
    said = {"title": "Bitácora de febrero", "kind": "document", "date": "2026-02", "by": LEAD, **more}
    return submit_evidence(commitment=place.commitment, activity=place.activity, **said)


def status(blob: Blob) -> int:
    response = Client().get(f"/registro/blobs/sha256/{blob.pk}")
    b"".join(response)  # read to its end, so that the file is closed
    return response.status_code


def test_evidence_gets_the_next_number_an_act_and_a_file_that_anybody_may_open(cast):  # noqa: F811
    blob = kept("Fugas de febrero: once.")
    assert status(blob) == 404
    piece = handed_in(cast.valle, blob=blob, page="3", quote="once")
    assert (piece.number, piece.rev, status(blob)) == (2, 1, 200)
    assert Act.objects.latest("pk").kind == "evidence.submitted"


def test_an_archived_address_says_the_day_of_its_copy(cast):  # noqa: F811
    blob = kept("La página de febrero.")
    Capture.objects.create(url="https://ejemplo.org/f", final_url="https://ejemplo.org/f", blob=blob, status=200)
    piece = handed_in(cast.valle, blob=blob, url="https://ejemplo.org/f")
    day = dt.date(2026, 3, 16)
    assert (piece.captured, piece.link_state, piece.link_checked) == (day, "ok", day)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({}, {"blob"}),
        ({"title": " ", "kind": "x", "date": "2026-13", "url": "https://ejemplo.org/"}, {"date"}),
        ({"title": " ", "kind": "x", "date": "", "url": "ftp://ejemplo.org/"}, {"title", "kind", "date", "url"}),
        ({"date": dt.date(2026, 3, 17), "url": "javascript:alert(1)"}, {"date", "url"}),
        (
            {"title": "x" * 301, "page": "9" * 41, "quote": "x" * 5001, "url": "https://e.mx/"},
            {"title", "page", "quote"},
        ),
    ],
)
def test_wrong_evidence_says_every_fault_by_field(cast, said, fields):  # noqa: F811
    before = Evidence.objects.count()
    with pytest.raises(ValidationError) as error:
        handed_in(cast.valle, **said)
    assert (set(error.value.message_dict), Evidence.objects.count()) == (fields, before)


def test_an_activity_of_another_commitment_is_refused(cast):  # noqa: F811
    with pytest.raises(ValidationError) as error:
        submit_evidence(
            commitment=cast.valle.commitment,
            activity=cast.otro.activity,
            title="t",
            kind="document",
            date="2026",
            url="https://ejemplo.org/",
            by=LEAD,
        )
    assert error.value.message_dict == {"activity": ["Esa actividad es de otro compromiso."]}


def test_personal_data_stays_out_of_sight_until_the_redacted_copy_replaces_it(cast):  # noqa: F811
    place = cast.valle
    original, redacted = kept("Asistió Juana Pérez, tel. 33 1234 5678."), kept("Asistió ████.")
    before = Act.objects.count()
    piece = handed_in(place, blob=original, personal_data=True, url="https://ejemplo.org/l", quote="Juana Pérez")
    assert (piece.rev, Act.objects.count(), status(original)) == (0, before, 404)
    monitoring.report_progress(
        activity=place.activity, said="complete", by=LEAD, role=place.roles["lead"], evidence=[piece]
    )
    with pytest.raises(ValidationError):
        replace_with_redacted(evidence=piece, file=original, by=LEAD)
    piece = replace_with_redacted(evidence=piece, file=redacted, by=LEAD, quote="")
    assert (piece.blob, piece.url, piece.quote, piece.rev) == (redacted, "", "", 1)
    assert (status(original), status(redacted)) == (404, 200)
    assert [act.kind for act in Act.objects.order_by("-pk")[:2]] == ["report.evidence_changed", "evidence.submitted"]
    assert "Juana" not in "".join(bytes(act.entry).decode() for act in Act.objects.all())
    with pytest.raises(ValidationError):
        replace_with_redacted(evidence=piece, file=original, by=LEAD)
    assert (discard_due(), original.path.exists()) == (0, True)
    Discard.objects.update(due="2026-03-01T00:00Z")
    assert (discard_due(), original.path.exists(), Blob.objects.filter(pk=original.pk).exists()) == (1, False, False)


def test_an_original_that_something_else_names_is_not_deleted(cast):  # noqa: F811
    original = kept("Lista con nombres.")
    for _ in range(2):
        piece = handed_in(cast.valle, blob=original, personal_data=True)
    replace_with_redacted(evidence=piece, file=kept("Lista sin nombres."), by=LEAD)
    Discard.objects.update(due="2026-03-01T00:00Z")
    assert (discard_due(), original.path.exists(), Discard.objects.count()) == (0, True, 0)


def test_a_public_piece_with_personal_data_is_taken_out_of_sight_with_a_public_reason(cast):  # noqa: F811
    blob = kept("Con un teléfono.")
    piece = handed_in(cast.valle, blob=blob)
    with pytest.raises(ValidationError):
        hold_back(evidence=piece, by=LEAD, why=" ")
    hold_back(evidence=piece, by=LEAD, why="Muestra un teléfono.")
    assert (status(blob), b'"state"' in bytes(Act.objects.latest("pk").entry)) == (404, False)
    back = replace_with_redacted(evidence=piece, file=kept("Sin teléfono."), by=LEAD)
    assert (back.rev, Act.objects.latest("pk").kind) == (3, "evidence.changed")
