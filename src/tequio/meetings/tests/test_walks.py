"""No sequence of deeds freezes minutes against the rules, or changes them afterwards. ``TEQUIO_WALKS`` says how many walks."""

import datetime as dt
import os
import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tequio.common.dates import add_working_days
from tequio.meetings import actions, queries
from tequio.meetings.models import AgendaItem, Agreement, Attendance, Correction, Minutes, MinutesEntry, Session
from tequio.meetings.tests.make import DAY, Table, at, make_table, numbers
from tequio.record.models import Act

WALKS, STEPS = int(os.environ.get("TEQUIO_WALKS", "60")), 22
ORDER = ["draft", "review", "approved"]


class Walk:
    """A session, a day that only goes forward, and whatever anybody tries."""

    def __init__(self, table: Table, seed: int) -> None:
        self.table, self.by, self.random = table, table.by, random.Random(seed)
        self.today = DAY
        days = self.random.choice([(1, 5), (2, 5), (3, 10)])
        actions.change_body(body=table.body, review_days=days[0], minutes_days=days[1], by=self.by)
        self.session = table.called()
        self.frozen: Any = None
        self.state = "draft"

    @property
    def minutes(self) -> Minutes:
        found = Minutes.objects.select_related("session__jurisdiction", "session__body__jurisdiction", "pdf").get(
            session=self.session
        )
        self.session = found.session
        return found

    def open(self) -> None:
        actions.open_session(session=self.session, at=at(self.today, 10), by=self.by)

    def close(self) -> None:
        actions.close_session(session=self.session, at=at(self.today, 12), by=self.by)

    def come(self) -> None:
        sector = self.random.choice(["cso", "citizen", "nobody"])
        code = self.random.choice(["", "P01", "P02"])
        actions.register(session=self.session, how="hand", sector=sector, code=code)

    def roll(self) -> None:
        present = {row.pk: "room" for row in self.table.holders.values() if self.random.random() < 0.6}
        actions.call_roll(session=self.session, present=present, by=self.by)

    def leave(self) -> None:
        row = self.session.attendees.select_related("session__jurisdiction", "session__body").order_by("?").first()
        if row is not None:
            actions.strike(attendance=row)

    def write(self) -> None:
        """Something, at times incomplete, at times with an old revision."""
        minutes, pick = self.minutes, self.random.choice
        items = {}
        for number in numbers(self.session):
            agreement = {
                "text": "Publicar.",
                "owner": pick(["s1", "s1", "s2", "s2", "", "s99"]),
                "due": pick([*["2026-05-01"] * 6, "", "2025-01-01", "mañana"]),
            }
            items[str(number)] = {
                "entries": [{"kind": pick(["note", "contribution"]), "text": pick([*["Algo."] * 7, " "])}],
                "agreements": [agreement] if self.random.random() < 0.3 else [],
            }
        revision = minutes.revision - (self.random.random() < 0.1)
        actions.save_draft(minutes=minutes, draft={"items": items}, revision=revision)

    def agenda(self) -> None:
        actions.write_item(session=self.session, title="Otro tema", by=self.by)

    def review(self) -> None:
        actions.open_review(minutes=self.minutes, today=self.today, by=self.by)

    def ask(self) -> None:
        minutes = self.minutes
        row = Attendance.objects.filter(session=self.session).order_by("?").first()
        if row is not None:
            entry = minutes.entries.order_by("?").first() if self.random.random() < 0.7 else None
            actions.ask_correction(minutes=minutes, attendance=row, text="No fue así.", entry=entry, today=self.today)

    def answer(self) -> None:
        row = Correction.objects.filter(minutes__session=self.session).order_by("?").first()
        if row is not None:
            reason, text = self.random.choice(["Sí.", ""]), self.random.choice(["Quedó así.", ""])
            accept = self.random.random() < 0.5
            actions.answer_correction(correction=row, accept=accept, reason=reason, text=text, today=self.today)

    def approve(self) -> None:
        actions.approve(minutes=self.minutes, today=self.today, by=self.by)

    def wait(self) -> None:
        self.today += dt.timedelta(days=self.random.choice([1, 1, 2, 4]))

    DEEDS = (
        *("open", "come", "roll", "leave", "agenda", "write", "close", "review", "ask", "answer", "approve", "wait"),
    )
    # What helps at each step, so that walks get somewhere.
    FORWARD = {
        "called": ("open",),
        "open": ("roll", "write", "write", "close", "come"),
        "held": ("write", "review", "review", "come"),
        "review": ("ask", "answer", "answer", "wait", "wait", "approve"),
    }

    def next_deed(self) -> str:
        here = "review" if self.state == "review" else self.session.state
        likely = self.FORWARD.get(here, self.DEEDS) if self.state != "approved" else self.DEEDS
        return self.random.choice(likely if self.random.random() < 0.7 else self.DEEDS)

    def step(self) -> None:
        try:
            with transaction.atomic():
                getattr(self, self.next_deed())()
        except (ValidationError, Minutes.DoesNotExist):
            pass
        self.session = Session.objects.select_related("jurisdiction", "body__jurisdiction").get(pk=self.session.pk)
        self.look()

    def look(self) -> None:
        """What must hold after every deed."""
        minutes = queries.minutes_of(self.session)
        if minutes is None:
            return
        assert ORDER.index(minutes.state) - ORDER.index(self.state) in (0, 1)
        if minutes.state == "approved" and self.state != "approved":
            self.freezes(minutes)
        elif minutes.state != "approved":
            assert not Agreement.objects.filter(session=self.session, agreed_on__isnull=False).exists()
            assert not MinutesEntry.objects.filter(minutes=minutes, rev__gt=0).exists()
        self.state = minutes.state
        if self.frozen is not None:
            assert self.kept(minutes) == self.frozen

    def freezes(self, minutes: Minutes) -> None:
        body = self.session.body
        assert self.session.state == "held"
        assert minutes.review_until == add_working_days(minutes.review_from, body.review_days)
        assert minutes.review_from >= self.session.day
        assert minutes.approved_on == self.today > minutes.review_until
        corrections = list(minutes.corrections.all())
        assert all(row.answer and row.reason for row in corrections)
        assert all(minutes.review_from <= row.asked_on <= minutes.review_until for row in corrections)
        agreements = list(self.session.agreements.all())
        assert all((row.seat_id or row.organisation_id) and row.due >= self.session.day for row in agreements)
        told = {row.item_id for row in minutes.entries.all()} | {row.item_id for row in agreements}
        assert told == set(AgendaItem.objects.filter(session=self.session).values_list("pk", flat=True))
        act = Act.objects.get(on=minutes.subject_key(), kind="minutes.approved")
        assert minutes.pdf_id in bytes(act.entry).decode()
        self.frozen = self.kept(minutes)

    def kept(self, minutes: Minutes) -> Any:
        """Everything that frozen minutes say."""
        session = self.session
        return (
            (minutes.pdf_id, minutes.entries_root, minutes.approved_on, session.attendance),
            sorted(minutes.entries.values_list("number", "item", "kind", "text", "seat", "sector", "name", "named")),
            sorted(minutes.corrections.values_list("number", "text", "answer", "reason")),
            sorted(session.agreements.values_list("number", "text", "seat", "organisation", "due")),
            sorted(session.agenda.values_list("number", "order", "title", "text")),
            sorted(session.attendees.values_list("pk", flat=True)),
        )


@pytest.mark.once
def test_no_sequence_of_deeds_freezes_minutes_against_the_rules(cast: Any, noon: Any) -> None:
    table = make_table(cast.valle)
    approved = 0
    for seed in range(WALKS):
        place = transaction.savepoint()
        walk = Walk(table, seed)
        for _step in range(STEPS):
            walk.step()
        approved += walk.state == "approved"
        transaction.savepoint_rollback(place)
        table.body.refresh_from_db()
    # The walks are no empty talk: some of them get there.
    assert approved > WALKS // 10
