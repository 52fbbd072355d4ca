"""What is recorded of a session, when it is frozen, and what became of the agreements."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from tequio.documents.queries import is_public
from tequio.meetings import actions, contributions, document, queries, reminders, waiting
from tequio.meetings.models import (
    Agreement,
    Attendance,
    Minutes,
    MinutesEntry,
)
from tequio.meetings.tests.make import DAY, Table, at, guest, minutes_of, numbers
from tequio.record.models import Act, Disclosure
from tequio.search import sources

J = "/valle-del-ejemplo/"
WORK = J + "gestion/sesiones/"


# --- Minutes ---------------------------------------------------------------------------------------------------------


def test_minutes_go_to_review_only_whole(table: Table) -> None:
    session = table.held()
    minutes = minutes_of(session)
    number = str(numbers(session)[0])
    for said in (
        {},
        {"agreements": [{"text": "Publicar.", "owner": "", "due": "2026-04-01"}]},
        {"agreements": [{"text": "Publicar.", "owner": "s1", "due": ""}]},
        {"agreements": [{"text": "Publicar.", "owner": "s1", "due": "2026-01-01"}]},
    ):
        actions.save_draft(minutes=minutes, draft={"items": {number: said}}, revision=minutes.revision)
        with pytest.raises(ValidationError):
            actions.open_review(minutes=minutes, by=table.by)
    assert (MinutesEntry.objects.count(), Agreement.objects.count()) == (0, 0)


def test_two_people_writing_the_minutes_do_not_overwrite_each_other(table: Table) -> None:
    minutes = minutes_of(table.held())
    table.written(minutes.session)
    with pytest.raises(ValidationError) as caught:
        actions.save_draft(minutes=minutes, draft={"items": {}}, revision=0)
    assert caught.value.code == "changed"


def test_those_present_correct_within_the_term_and_get_an_answer(table: Table) -> None:
    session = table.opened()
    here, absent = guest(session, name="Ana"), table.called(dt.date(2026, 3, 30))
    minutes = table.written(actions.close_session(session=session, by=table.by, at=at(DAY, 12)))
    minutes = actions.open_review(minutes=minutes, by=table.by, today=DAY)
    entry = minutes.entries.get()
    other = Attendance.objects.create(session=absent, sector="cso", how="hand")
    with pytest.raises(ValidationError):
        actions.ask_correction(minutes=minutes, attendance=other, text="No dije eso.", today=DAY)
    asked = actions.ask_correction(minutes=minutes, attendance=here, text="Dije otra cosa.", entry=entry, today=DAY)
    after = minutes.review_until + dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.ask_correction(minutes=minutes, attendance=here, text="Tarde.", today=after)
    with pytest.raises(ValidationError):
        actions.approve(minutes=minutes, by=table.by, today=after)
    with pytest.raises(ValidationError):
        actions.answer_correction(correction=asked, accept=True, reason="Tiene razón.", text="")
    actions.answer_correction(
        correction=asked, accept=True, reason="Tiene razón.", text="Que se publique diez días antes."
    )
    with pytest.raises(ValidationError):
        actions.approve(minutes=minutes, by=table.by, today=minutes.review_until)
    actions.approve(minutes=minutes, by=table.by, today=after)
    page = Client().get(f"{J}sesiones/{session.number}/").content.decode()
    for words in ("Que se publique diez días antes.", "Tiene razón.", "Dije otra cosa.", "Publicar el calendario."):
        assert words in page


def test_approved_minutes_are_frozen_with_their_document(table: Table) -> None:
    minutes = table.approved()
    act = json.loads(bytes(Act.objects.get(kind="minutes.approved").entry))
    assert act["files"] == [{"sha256": minutes.pdf.sha256, "size": minutes.pdf.size, "media_type": "application/pdf"}]
    content = minutes.pdf.path.read_bytes()
    assert (hashlib.sha256(content).hexdigest(), content[:5], b"StructTreeRoot" in content) == (
        minutes.pdf.sha256,
        b"%PDF-",
        True,
    )
    assert document.pdf(document.contents(minutes)) == content
    assert act["state"]["entries_root"] == document.root(document.contents(minutes))
    assert is_public(minutes.pdf)
    here = minutes.session.attendees.first()
    for deed in (
        lambda: actions.save_draft(minutes=minutes, draft={}, revision=minutes.revision),
        lambda: actions.open_review(minutes=minutes, by=table.by),
        lambda: actions.approve(minutes=minutes, by=table.by),
        lambda: actions.ask_correction(minutes=minutes, attendance=here, text="Otra."),
        lambda: actions.strike(attendance=here),
        lambda: guest(minutes.session),
    ):
        with pytest.raises(ValidationError):
            deed()


def test_contributions_are_handed_on_in_the_same_transaction(table: Table, monkeypatch: Any) -> None:
    taken: list[str] = []
    monkeypatch.setattr(contributions, "_takers", [])
    contributions.register(lambda entry, by: taken.append(f"{entry.subject_key()} {entry.is_public()}"))
    session = table.approved().session
    assert taken == [f"valle-del-ejemplo/entry/{session.number}.1 True"]

    def refuse(entry: MinutesEntry, by: Any) -> None:
        raise ValidationError("no")

    contributions.register(refuse)
    minutes = table.reviewed(table.held(dt.date(2026, 3, 30)), today=dt.date(2026, 3, 30))
    with pytest.raises(ValidationError):
        actions.approve(minutes=minutes, by=table.by, today=dt.date(2026, 4, 30))
    assert Minutes.objects.get(pk=minutes.pk).state == "review"


def test_words_are_withdrawn_from_frozen_minutes_and_the_document_made_anew(table: Table) -> None:
    minutes = table.approved()
    entry = queries.entries_of(minutes).get()
    key, before = entry.subject_key(), minutes.pdf_id
    assert Disclosure.objects.get(on=key, field="text").value == "Que se publique antes."
    actions.withdraw_words(entry=entry, basis="Artículo 43 de la ley de datos personales", by=table.by)
    assert not Disclosure.objects.filter(on=key).exclude(value="").exists()
    minutes = Minutes.objects.select_related("pdf").get(pk=minutes.pk)
    assert minutes.pdf_id != before
    page = Client().get(f"{J}sesiones/{minutes.session.number}/").content.decode()
    assert ("Que se publique antes." in page, "se retiraron por derecho" in page) == (False, True)


def test_approved_minutes_and_agreements_are_found_and_withdrawn_words_are_not(table: Table) -> None:
    minutes = table.approved()
    entry, agreement = queries.entries_of(minutes).get(), minutes.session.agreements.get()
    found = {kind: list(source.entries(list(source.keys()))) for kind, source in search_sources()}
    assert [item.url for item in found["entry"] if item.language == "es"] == [f"{J}sesiones/{minutes.session.number}/"]
    assert "Que se publique antes." in found["entry"][0].body
    assert found["agreement"][0].key == agreement.subject_key()
    assert found["session"][0].body.endswith("Calendario de cocreación")
    actions.withdraw_words(entry=entry, basis="Artículo 43", by=table.by)
    assert [list(source.keys()) for kind, source in search_sources() if kind == "entry"] == [[]]


def search_sources() -> list[Any]:
    return [(one.kind, one) for one in sources.sources() if one.kind in ("session", "agreement", "entry")]


def test_late_minutes_are_counted_in_public(table: Table) -> None:
    minutes = table.reviewed(table.held())
    assert minutes.due == dt.date(2026, 4, 6)
    with time_machine.travel(at(dt.date(2026, 4, 8), 12), tick=False):
        assert queries.minutes_clock(table.place.jurisdiction, dt.date(2026, 4, 8)).overdue == 1
        page = Client().get(f"{J}sesiones/{minutes.session.number}/").content.decode()
        assert "Va 2 días tarde." in page
        actions.approve(minutes=minutes, by=table.by)
    assert queries.minutes_clock(table.place.jurisdiction, dt.date(2026, 5, 1)).late == 1


# --- Agreements ------------------------------------------------------------------------------------------------------


def test_the_next_agenda_opens_with_the_agreements_that_are_due(table: Table) -> None:
    minutes = table.approved()
    agreement = Agreement.objects.get(session=minutes.session)
    session = table.session(dt.date(2026, 4, 13))
    first = queries.agenda_of(session).first()
    assert (first.follows, first.title) == (agreement, "Seguimiento: Publicar el calendario.")
    early = table.session(dt.date(2026, 3, 25))
    assert queries.agenda_of(early).first().follows is None


def test_an_agreement_is_followed_up_by_its_owner_in_public(table: Table) -> None:
    agreement = queries.public_agreements(table.place.jurisdiction).get() if table.approved() else None
    actions.follow_up(
        agreement=agreement, text="Se publicó el borrador.", role=table.holders["elena"].role, by=table.by
    )
    actions.follow_up(agreement=agreement, text="Ya está.", state="done", by=table.by)
    with pytest.raises(ValidationError):
        actions.follow_up(agreement=agreement, text="Otra vez.", by=table.by)
    page = Client().get(f"{J}acuerdos/{agreement.number}/").content.decode()
    assert ("Se publicó el borrador." in page, "Cumplido" in page) == (True, True)


def test_what_waits_and_whom_to_remind(table: Table) -> None:
    table.reviewed(table.held())
    draft = table.session(dt.date(2026, 4, 20))
    actions.propose_item(body=table.body, title="Presupuesto", seat=table.seats["vecinas"], by=table.by)
    roles = table.place.roles
    kinds = sorted(item.kind for item in waiting.for_role(roles["secretariat"], dt.date(2026, 3, 30)))
    assert kinds == ["answer", "decide", "write"]
    assert [item.kind for item in waiting.for_role(roles["seat_head"], DAY)] == ["check"]
    coming = list(reminders.due(draft.invite_by))
    assert any(reminder.key.endswith(f":call:{draft.day}") for reminder in coming)
    actions.call_session(session=draft, by=table.by)
    holders = [r for r in reminders.due(dt.date(2026, 4, 19)) if "/session/" in r.key]
    assert len(holders[0].roles) == 3
