"""Random walks through a session and its minutes by anybody, under terms drawn at random.

``walks(rng, table)`` takes a tree of them inside a transaction that the caller takes back, and yields the walk at the end of
each; ``walk.faults`` says what it should never have reached. What must hold is told from rows and from what the walk
remembers, with a calendar of its own. ``benchmarks/minutes.py`` takes ten thousand.
"""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tequio.meetings import actions
from tequio.meetings.models import AgendaItem, Agreement, Attendance, Correction, Minutes, MinutesEntry, Session
from tequio.meetings.tests.make import DAY, Table, at, numbers
from tequio.record.models import Act
from tests.branching import branches

SEGMENTS = (7, 4, 4, 4, 4)  # sixteen walks of 23 deeds in a tree; many deeds are refused
ORDER = ["", "draft", "review", "approved"]
SATURDAY = 5


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Working days after ``first`` up to ``last``, counted one by one."""
    days = (last - first).days
    return sum((first + dt.timedelta(days=n)).weekday() < SATURDAY for n in range(1, days + 1))


class Walk:
    """A session, a day that only goes forward, and whatever anybody tries."""

    def __init__(self, table: Table, rng: random.Random) -> None:
        self.table, self.by, self.random, self.today = table, table.by, rng, DAY
        self.terms = rng.choice([(1, 5), (2, 5), (3, 10)])
        actions.change_body(body=table.body, review_days=self.terms[0], minutes_days=self.terms[1], by=self.by)
        self.session = table.called()
        self.frozen: Any = None
        self.state, self.reviewed_on = "", DAY
        self.taken: list[str] = []
        self.faults: list[str] = []

    def here(self) -> Any:
        return (self.today, self.frozen, self.state, self.reviewed_on, list(self.taken), list(self.faults))

    def go_back(self, to: Any) -> None:
        self.today, self.frozen, self.state, self.reviewed_on, taken, faults = to
        self.taken, self.faults = list(taken), list(faults)
        self._again()

    def _again(self) -> None:
        self.session = Session.objects.select_related("jurisdiction", "body__jurisdiction", "minutes__pdf").get(
            pk=self.session.pk
        )

    @property
    def minutes(self) -> Minutes:
        found = Minutes.objects.select_related("session__jurisdiction", "session__body__jurisdiction", "pdf").get(
            session=self.session
        )
        self.session = found.session
        return found

    def _one(self, rows: Any) -> Any:
        """Any of the rows, by this walk's own chance."""
        keys = sorted(rows.values_list("pk", flat=True))
        return rows.get(pk=self.random.choice(keys)) if keys else None

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
        row = self._one(Attendance.objects.filter(session=self.session).select_related("session__body__jurisdiction"))
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

    def begin(self) -> None:
        item = self._one(AgendaItem.objects.filter(session=self.session).select_related("jurisdiction", "body"))
        if item is not None:
            actions.begin_item(item=item, by=self.by)

    def review(self) -> None:
        actions.open_review(minutes=self.minutes, today=self.today, by=self.by)
        self.reviewed_on = self.today

    def ask(self) -> None:
        minutes = self.minutes
        row = self._one(Attendance.objects.filter(session=self.session))
        if row is not None:
            entry = self._one(minutes.entries.all()) if self.random.random() < 0.7 else None
            actions.ask_correction(minutes=minutes, attendance=row, text="No fue así.", entry=entry, today=self.today)

    def answer(self) -> None:
        row = self._one(Correction.objects.filter(minutes__session=self.session).select_related("minutes", "entry"))
        if row is not None:
            reason, text = self.random.choice(["Sí.", ""]), self.random.choice(["Quedó así.", ""])
            accept = self.random.random() < 0.5
            actions.answer_correction(correction=row, accept=accept, reason=reason, text=text, today=self.today)

    def approve(self) -> None:
        actions.approve(minutes=self.minutes, today=self.today, by=self.by)

    def wait(self) -> None:
        self.today += dt.timedelta(days=self.random.choice([1, 1, 2, 4]))

    DEEDS = (
        *("open", "come", "roll", "leave", "agenda", "begin", "write", "close", "review", "ask", "answer", "approve"),
        "wait",
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
        deed = self.next_deed()
        try:
            with transaction.atomic():
                getattr(self, deed)()
        except (ValidationError, Minutes.DoesNotExist):
            refused = True
        else:
            refused = False
            self.taken.append(f"{deed} {self.today:%d}")
        self._again()
        self.look(deed, refused)

    def must(self, holds: bool, words: str) -> None:
        if not holds:
            self.faults.append(words)

    def look(self, deed: str, refused: bool) -> None:
        """What must hold after every deed."""
        minutes: Minutes | None = getattr(self.session, "minutes", None)
        if minutes is None:
            return
        was, now = ORDER.index(self.state), ORDER.index(minutes.state)
        self.must(now - was in (0, 1), f"minutes went from {self.state} to {minutes.state}")
        self.must(now == was or not refused, "a refused deed moved the minutes")
        if minutes.state == "approved" and self.state != "approved":
            self.must(deed == "approve", f"approved by {deed}")
            self.freezes(minutes)
        elif minutes.state != "approved" and not refused:
            rows = Agreement.objects.filter(session=self.session, agreed_on__isnull=False)
            self.must(not rows.exists(), "an agreement is public before its minutes")
            self.must(not MinutesEntry.objects.filter(minutes=minutes, rev__gt=0).exists(), "an entry is in the record")
        self.state = minutes.state
        if self.frozen is not None:
            self.must(self.kept(minutes) == self.frozen, f"{deed} changed frozen minutes")

    def freezes(self, minutes: Minutes) -> None:
        """Everything that minutes must be when they freeze, by the terms that the walk drew."""
        review_days, minutes_days = self.terms
        self.must(self.session.state == "held", "frozen before the session was over")
        self.must(minutes.review_from == self.reviewed_on >= self.session.day, "the review began another day")
        until = minutes.review_until
        term = until is not None and until.weekday() < SATURDAY
        term = term and working_days_between(self.reviewed_on, until) == review_days
        self.must(term, "the term for corrections is not the rule's")
        self.must(until is not None and minutes.approved_on == self.today > until, "approved within the term")
        due = minutes.due is not None and working_days_between(self.session.day, minutes.due) == minutes_days
        self.must(due, "they were due another day")
        corrections = list(minutes.corrections.all())
        self.must(all(row.answer and row.reason.strip() for row in corrections), "a correction has no answer")
        in_term = all(self.reviewed_on <= row.asked_on <= until for row in corrections)
        self.must(in_term, "a correction came outside the term")
        agreements = list(self.session.agreements.all())
        owned = all((row.seat_id or row.organisation_id) and row.due for row in agreements)
        self.must(owned and all(row.due >= self.session.day for row in agreements), "an agreement lacks owner or day")
        told = {row.item_id for row in minutes.entries.all()} | {row.item_id for row in agreements}
        items = set(AgendaItem.objects.filter(session=self.session).values_list("pk", flat=True))
        self.must(told == items, "an item of which nothing is told")
        entry = bytes(Act.objects.get(on=minutes.subject_key(), kind="minutes.approved").entry).decode()
        self.must(minutes.pdf_id is not None and str(minutes.pdf_id) in entry, "the act does not hold the file's hash")
        made = minutes.pdf.path.read_bytes() if minutes.pdf else b""
        self.must(hashlib.sha256(made).hexdigest() == minutes.pdf_id, "the file is another one than its hash")
        self.must(made.startswith(b"%PDF-"), "the file is no PDF")
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


def walks(rng: random.Random, table: Table, segments: tuple[int, ...] = SEGMENTS) -> Iterator[Walk]:
    """Takes a tree of walks; yields the walk at the end of each, in the state it led to."""
    walk = Walk(table, rng)
    for _leaf in branches(walk, segments):
        yield walk
