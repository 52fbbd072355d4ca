"""A process that reports, decides and sends notices, killed at any moment and begun again: what a power cut leaves behind.

``Killing`` needs an installation with real transactions (a database file or a server). Each round forks a worker from this
warm process; it works until ``SIGKILL``. Beside the database it keeps a side log, written after each commit, and its mails
are appended to a file that stands for everybody's mailbox. ``benchmarks/killed.py`` does a hundred rounds on both engines,
``test_killed.py`` a few.
"""

import collections
import datetime as dt
import json
import os
import random
import re
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connections

from tequio.common.i18n import Text
from tequio.documents.actions import keep
from tequio.monitoring import actions, reviews
from tequio.monitoring.actions.report_drafts import live_draft
from tequio.monitoring.actions.reporting import Content, Piece
from tequio.monitoring.models import Look, Motion, State, Track
from tequio.monitoring.tests.world import BY, World, document, make_world
from tequio.notices import follows, sending, topics
from tequio.notices.models import Delivery, Follower, Frequency
from tequio.people.models import Account, Person
from tequio.record.models import Act
from tequio.record.sequence import sequence
from tequio.record.verify import verify

START = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)  # a Monday; each round is a day
MOST_VERBS, LONGEST = 3, 0.1  # what a worker gets done at most before its last moments, and how many seconds these last
CHECK_EVERY = 10  # rounds after which everything is verified
TOKEN = re.compile(r"acto-\d+-\d+")
FOLLOWERS = 40


class Mailbox(BaseEmailBackend):
    """Appends each mail to a file, in one write: once it is there, it has arrived."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            letter = {"to": message.to, "id": message.extra_headers["Message-ID"], "body": str(message.body)}
            _append(Path(settings.KILLED_MAIL), json.dumps(letter))
        return len(messages)


def _append(path: Path, line: str) -> None:
    """One write; a line that a kill cut off is alone on its own."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"\n{line}\n".encode())
    os.close(handle)


class Killing:
    """An installation with work to do, and the rounds of killing. ``faults`` says what was lost or told twice."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder, self.rng = folder, random.Random(seed)
        self.log, self.mail = folder / "side.log", folder / "mail.log"
        self.faults: list[str] = []
        self.killed_in: collections.Counter[str] = collections.Counter()
        self.rounds = 0
        settings.KILLED_MAIL, settings.BLOB_ROOT = str(self.mail), folder / "blobs"
        settings.EMAIL_BACKEND = "tests.journeys.killing.Mailbox"
        self.log.touch()
        self.mail.touch()
        with time_machine.travel(START, tick=False):
            self.world = self._fill()
            # Once before: what a process reads when it first does something is read before the rounds begin.
            self.world.report(words="acto-0-0")
            call_command("tick", verbosity=0)

    def _fill(self) -> World:
        world = make_world("matada", document(2, 4))
        for n, role in enumerate([world.liaison, *world.members]):
            assert role.person is not None
            Person.objects.filter(pk=role.person.pk).update(email=f"papel{n}@ejemplo.invalid")
        sequence(wait=True)
        topics.catch_up()
        keys = ["matada/plan/1", "matada/commitment/c1", *(f"matada/activity/{n}" for n in (1, 2, 5))]
        for n in range(FOLLOWERS):
            follower = Follower.objects.create(
                jurisdiction=world.jurisdiction,
                email=f"sigue{n}@ejemplo.invalid",
                frequency=[Frequency.NOW, Frequency.DAILY, Frequency.DAILY, Frequency.WEEKLY][n % 4],
                cursor=topics.head(),
                due=START,
            )
            for key in {keys[n % 5], keys[(n + 1) % 5]}:
                follows.follow(follower=follower, key=key)
        world.account = Account.objects.create_user("beto@ejemplo.invalid")  # type: ignore[attr-defined]
        return world

    def run(self, rounds: int) -> None:
        """So many workers, each killed at a random moment; after each, nothing that was committed may be gone."""
        for _n in range(rounds):
            self.rounds += 1
            self._round()
            with self._today():
                self._check_acts()
                if self.rounds % CHECK_EVERY == 0:
                    self.faults += [f"round {self.rounds}: {fault}" for fault in verify(state=True)]
            if self.faults:
                break
        with self._today(1):
            self._settle()

    def _today(self, more: int = 0) -> Any:
        return time_machine.travel(START + dt.timedelta(days=self.rounds + more), tick=True)

    def _round(self) -> None:
        seed, verbs, last = self.rng.random(), self.rng.randint(0, MOST_VERBS), self.rng.uniform(0.0, LONGEST)
        connections.close_all()  # no line to the database is shared with the worker
        ready, told = os.pipe()
        worker = os.fork()
        if worker == 0:
            _Worker(self, random.Random(seed), told).work()
        os.close(told)
        for _signal in range(1 + verbs):
            os.read(ready, 1)
        time.sleep(last)
        os.kill(worker, signal.SIGKILL)
        _pid, status = os.waitpid(worker, 0)
        os.close(ready)
        lines = self.log.read_text().split("\n")
        began = [line for line in lines if line][-1:]
        self.killed_in[began[0].split()[1] if began and began[0].startswith("begin") else "between"] += 1
        if not os.WIFSIGNALED(status):
            crash = [line for line in lines if line.startswith("crash")][-1:]
            self.faults.append(f"round {self.rounds}: the worker ended by itself: {crash}")

    def _check_acts(self) -> None:
        """Every act of the side log is still on the record."""
        said = {leaf for line in self._lines("acts") for leaf in line.split()[1:]}
        known = set(Act.objects.values_list("leaf", flat=True))
        self.faults += [f"round {self.rounds}: act {leaf} was committed and is gone" for leaf in said - known]

    def _lines(self, word: str) -> list[str]:
        return [line for line in self.log.read_text().split("\n") if line.startswith(f"{word} ")]

    def _settle(self) -> None:
        """One more start, without a kill: everything is numbered, sent and verified; then the mailboxes are read."""
        self._check_acts()
        sequence(wait=True, thorough=True)
        call_command("tick", verbosity=0)
        call_command("tick", verbosity=0)
        self.faults += [str(fault) for fault in verify(state=True)]
        if Act.objects.filter(numbered=None).exists():
            self.faults.append("acts without a number")
        self.faults += [f"{to}: {what} {n} times" for (to, what), n in self.told().items() if n > 1]

    def letters(self) -> list[dict[str, Any]]:
        found = []
        for line in self.mail.read_text().split("\n"):
            try:
                found += [json.loads(line)] if line else []
            except ValueError:
                continue  # cut off by a kill: it never arrived
        return found

    def told(self) -> "collections.Counter[tuple[str, str]]":
        """How often each person was told of each act, and got each mail."""
        found: collections.Counter[tuple[str, str]] = collections.Counter()
        for letter in self.letters():
            for to in letter["to"]:
                found[to, letter["id"]] += 1
                found.update((to, token) for token in TOKEN.findall(letter["body"]))
        return found

    def summary(self) -> dict[str, Any]:
        """Figures for people."""
        done = collections.Counter(line.split()[1] for line in self._lines("done"))
        states = dict(collections.Counter(Delivery.objects.values_list("state", flat=True)))
        letters = self.letters()
        return {
            "kills": dict(self.killed_in.most_common()),
            "done": dict(done.most_common()),
            "acts": Act.objects.count(),
            "logged": sum(len(line.split()) - 1 for line in self._lines("acts")),
            "mails": len(letters),
            "told": sum(len(TOKEN.findall(letter["body"])) for letter in letters),
            "unconfirmed": states.get("sending", 0),
            "faults": len(self.faults),
        }


class _Worker:
    """The process that is killed: it takes verbs at random, each with words of its own, for ever."""

    def __init__(self, killing: Killing, rng: random.Random, told: int) -> None:
        self.killing, self.world, self.rng, self.told = killing, killing.world, rng, told
        self.count = 0

    def work(self) -> None:
        """Never returns."""
        try:
            settings.RECORD_PACE = 0.03  # a thread numbers the acts, as in an installation
            self.killing._today().start()
            seen = Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            os.write(self.told, b".")
            while True:
                verb = self.rng.choice([self.monitor, self.monitor, self.monitor, self.tick, self.send])
                name = verb()
                acts = list(Act.objects.filter(pk__gt=seen).order_by("pk").values_list("pk", "leaf"))
                seen = acts[-1][0] if acts else seen
                self.note(" ".join(["acts", *(leaf for _pk, leaf in acts)]))
                self.note(f"done {name}")
                os.write(self.told, b".")
        except BaseException:
            self.note("crash " + traceback.format_exc().replace("\n", " | "))
            os.write(self.told, b".")
        finally:
            sys.stdout.flush()
            os._exit(1)

    def note(self, line: str) -> None:
        _append(self.killing.log, line)

    def words(self) -> str:
        """Words that no other act holds."""
        self.count += 1
        return f"acto-{self.killing.rounds}-{self.count}"

    def tick(self) -> str:
        self.note("begin tick")
        call_command("tick", verbosity=0)
        return "tick"

    def send(self) -> str:
        """The part of a tick in which mails leave."""
        self.note("begin mails")
        sending.run(30)
        return "mails"

    def monitor(self) -> str:
        """The next thing that can be done on an activity."""
        activity = self.rng.choice(self.world.activities)
        state = Track.objects.filter(activity=activity).values_list("state", flat=True).first() or State.PENDING
        if state in (State.PENDING, State.OBSERVED, State.REJECTED):
            return self.report(activity)
        if state in (State.REPORTED, State.REOPENED):
            self.note("begin review")
            actions.begin_review(activity=activity, by=BY)
            return "review"
        look = Look.objects.filter(activity=activity, status=Look.Status.ASSIGNED)
        waiting = look.select_related("activity__jurisdiction", "report", "role").first()
        if state == State.UNDER_REVIEW and waiting is not None:
            self.note("begin look")
            pieces = waiting.report.evidence.select_related("commitment__jurisdiction")
            checklist = {piece.subject_key(): {"opened": True, "shows": "yes"} for piece in pieces}
            result = self.rng.choice(["fulfils", "partly"])
            actions.record_look(
                look=waiting, role=waiting.role, result=result, reason=self.words(), checklist=checklist, by=BY
            )
            return "look"
        return self.decide(activity, state)

    def report(self, activity: Any) -> str:
        """A draft with a file, then the report that is made of it."""
        self.note("begin report")
        blob = keep(upload=SimpleUploadedFile("avance.txt", f"Avance {self.rng.random()}".encode()))
        old = live_draft(activity)
        words = self.words()
        draft = actions.save_report_draft(
            activity=activity,
            document={"said": "complete", "text": [words, ""]},
            seen=old.stamp if old else "0",
            account=self.world.account,  # type: ignore[attr-defined]
        )
        draft.activity = activity
        content = Content(
            "complete",
            Text({"es": words}),
            (START + dt.timedelta(days=self.killing.rounds)).date(),
            pieces=[Piece("Avance", "document", "2026-03", blob=blob)],
        )
        actions.send_report(draft=draft, seen=draft.stamp, content=content, role=self.world.liaison, by=BY)
        return "report"

    def decide(self, activity: Any, state: str) -> str:
        """The next vote on the motion; where there is none, one is opened, or the institution answers first."""
        motion = Motion.objects.filter(activity=activity, outcome=Motion.Outcome.OPEN).first()
        try:
            if motion is None:
                report = reviews.last_report(activity)
                if state == State.UNDER_REVIEW and report.reply_on is None and self.rng.random() < 0.3:
                    self.note("begin reply")
                    actions.reply_to_looks(report=report, words=self.words(), role=self.world.liaison, by=BY)
                    return "reply"
                self.note("begin motion")
                results = ["verified", "observed", "rejected"] if state == State.UNDER_REVIEW else ["reopened"]
                actions.open_motion(
                    activity=activity,
                    role=self.world.members[0],
                    result=self.rng.choice(results),
                    reason=self.words(),
                    evidence=list(report.evidence.all()),
                    by=BY,
                )
                return "motion"
            self.note("begin vote")
            cast = set(motion.ballots.values_list("role", flat=True))
            role = next((role for role in self.world.members if role.pk not in cast), self.world.members[0])
            motion.activity = activity
            done = actions.cast_vote(motion=motion, role=role, vote="for", by=BY)
            return "decision" if done.decision_id else "vote"
        except ValidationError as error:
            return f"refused:{'_'.join(error.messages)[:60].replace(' ', '_')}"


__all__ = ["Killing", "Mailbox"]
