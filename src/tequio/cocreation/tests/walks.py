"""Random walks through everything that can happen to contributions, by anybody, in calls whose rules are drawn at random.

``walks(rng, place)`` takes many at the price of few: they share their first steps, then the way forks in two, ``FORKS`` times,
each branch taken back before the next. ``broken(walker)`` says what none should ever have reached: a contribution closed without
a reasoned decision, or one that is owed an answer and waits nowhere. ``benchmarks/cocreation_walks.py`` takes ten thousand.
"""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tequio.cocreation import actions, queries
from tequio.cocreation.actions.confirming import count_supports
from tequio.cocreation.models import Batch, Call, Contribution, Phase, Response, Said
from tequio.cocreation.tests.make import by, doing
from tequio.record.models import Act
from tequio.vocabularies import terms
from tests.cast import Place

START = dt.datetime(2026, 3, 16, 18, tzinfo=dt.UTC)
SHARED, FORKS, BETWEEN = 4, 5, 2  # steps before the first fork, forks, steps after each: 14 steps, 32 walks
TREE = 2**FORKS
LONG = "Una explicación que alcanza a decir por qué."
VERBS = (
    *("enter", "hold", "hold", "hold_wrong", "release", "release", "answer", "answer", "batch", "review", "review"),
    *("hide", "show", "withdraw", "reword", "appeal", "decide", "support", "forget", "wait", "force"),
)


def any_call(rng: random.Random, place: Place) -> Call:
    """A public call as somebody might write it: any term, phases that are open, over, to come or missing."""
    today = timezone.localdate()
    phases = []
    for key in Phase.values:
        start, days = today + dt.timedelta(days=rng.choice((-60, -5, -5, 0, 9))), rng.choice((3, 40, 200))
        if key == Phase.CONTRIBUTIONS:
            start, days = today - dt.timedelta(days=5), rng.choice((6, 40, 200))
        if key == Phase.CONTRIBUTIONS or rng.random() < 0.8:
            phases.append(
                {"key": key, "start": start.isoformat(), "end": (start + dt.timedelta(days=days)).isoformat()}
            )
    call = actions.create_call(
        jurisdiction=place.jurisdiction,
        title={"es": "Convocatoria"},
        phases=phases,
        plan=rng.choice((place.plan, None)),
        answer_days=rng.choice((1, 5, 20, 90)),
    )
    actions.publish_call(call=call, **by(place))
    return call


class Walker:
    """One walk: at each step a verb and values at random; what the verb refuses is part of the walk."""

    def __init__(self, rng: random.Random, place: Place, clock: Any) -> None:
        self.rng, self.place, self.clock = rng, place, clock
        self.calls = [any_call(rng, place) for _n in range(rng.choice((1, 1, 2)))]
        self.batches: list[Batch] = []
        self.taken: list[str] = []
        self.faults: list[str] = []
        self.known: set[int] = set()
        for _n in range(2):
            self.enter()

    def take(self, steps: int) -> None:
        for _n in range(steps):
            verb = self.rng.choice(VERBS)
            try:
                with transaction.atomic():
                    getattr(self, verb)()
                    self.taken.append(verb)
            except ValidationError:
                continue

    def given(self) -> Contribution:
        """Any of its contributions."""
        pk = self.rng.choice(sorted(self.known))
        return Contribution.objects.select_related("jurisdiction", "call__plan", "answer").get(pk=pk)

    def role(self) -> str:
        return self.rng.choice(("secretariat", "facilitator"))

    # Verbs ---------------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """One more, from the web or written down for somebody; what the checks doubt is held."""
        rng, call = self.rng, self.rng.choice(self.calls)
        words = {
            "title": "Publicar las fugas",
            "text": rng.choice(
                ("Publicar cada mes cuánta agua se pierde.", "Llámame al 33 1234 5678 y te lo explico.")
            ),
            "sector": rng.choice(("citizen", "cso", "")),
        }
        if rng.random() < 0.5:
            made = actions.contribute(call=call, email=f"{len(self.known)}@ejemplo.invalid", **words)
            actions.confirm(said=made)
        else:
            made = actions.enter_contribution(
                call=call,
                source=rng.choice(("paper", "mail", "lab", "table")),
                kind=rng.choice(("person", "assisted")),
                sheet=rng.choice(("", "AB-1", "AB-2")),
                received_on=timezone.localdate() - dt.timedelta(days=rng.choice((0, 0, 3))),
                **words,
                **doing(self.place, self.role()),
            )
        self.known.add(made.pk)

    def hold(self, decision: str = "", reason: str = "", words: str = LONG) -> None:
        rng = self.rng
        decision = decision or rng.choice(("accepted", "accepted_partly", "not_accepted", "postponed", "merged"))
        actions.hold_answer(
            contribution=self.given(),
            decision=decision,
            reason=reason or "feasible",
            words=words,
            merged_with=self.given() if decision == "merged" else None,
            batch=rng.choice((None, None, *self.batches)),
            role=self.place.roles[self.role()],
        )

    def hold_wrong(self) -> None:
        """Without a decision, a reason or words; it must be refused."""
        rng = self.rng
        wrong = rng.choice(({"decision": "nonsense"}, {"reason": "nonsense"}, {"words": ""}, {"words": "Corta."}))
        self.hold(**wrong)
        self.faults.append(f"an answer was held with {wrong}")

    def release(self) -> None:
        """All that is held, or some of it, with the batch or another one."""
        rng = self.rng
        held = list(Response.objects.filter(contribution__in=self.known))
        chosen = [row for row in held if rng.random() < 0.7] if rng.random() < 0.5 else held
        batch = rng.choice((None, *self.batches))
        actions.release(responses=chosen, batch=batch, **by(self.place))

    def answer(self) -> None:
        """Held and released on its own."""
        self.hold()
        held = Response.objects.filter(contribution__in=self.known).order_by("-pk")[:1]
        actions.release(responses=held, **by(self.place))

    def batch(self) -> None:
        self.batches.append(actions.open_batch(call=self.rng.choice(self.calls), title={"es": "Lote"}))

    def review(self) -> None:
        actions.ask_review(contribution=self.given(), words="Falta algo.")

    def hide(self) -> None:
        actions.hide(said=self.given(), rule="threat", reason="Regla.", **doing(self.place, self.role()))

    def show(self) -> None:
        actions.show(said=self.given(), reason="Se revisó.", **doing(self.place, self.role()))

    def withdraw(self) -> None:
        if self.rng.random() > 0.3:
            raise ValidationError("another time")  # else most walks end here
        actions.withdraw(said=self.given())

    def reword(self) -> None:
        actions.reword(contribution=self.given(), title="Dicho de otro modo", text=f"Lo mismo, {LONG.lower()}")

    def appeal(self) -> None:
        actions.appeal(said=self.given(), words="Se debe ver.")

    def decide(self) -> None:
        restore = self.rng.random() < 0.5
        actions.review(said=self.given(), restore=restore, reason="Vista.", **doing(self.place, self.role()))

    def support(self) -> None:
        backing = actions.support(about=self.given(), email=f"{self.rng.randint(1, 3)}@ejemplo.invalid")
        if self.rng.random() < 0.7:
            actions.confirm_support(backing=backing)
        else:
            actions.take_support_back(backing=backing)
        count_supports()

    def forget(self) -> None:
        """What a clock does each minute."""
        actions.forget()

    def wait(self) -> None:
        self.clock.shift(dt.timedelta(days=self.rng.choice((1, 10, 40, 100))))

    def force(self) -> None:
        """Somebody at the database itself closes one, takes its answer out, or empties an answer's reason."""
        rng, pk = self.rng, self.given().pk
        row = Contribution.objects.filter(pk=pk)
        try:
            with transaction.atomic():
                wanted = rng.choice(("close", "take", "empty"))
                if wanted == "close" and row.filter(answer=None).update(closed_on=timezone.localdate()):
                    self.faults.append("closed without an answer at the database")
                if wanted == "take" and row.filter(closed_on__isnull=False).update(answer=None):
                    self.faults.append("the answer of a closed one was taken out at the database")
                found = Response.objects.filter(contribution=pk)
                if wanted == "empty" and found.update(**rng.choice(({"reason": ""}, {"decision": ""}, {"text": ""}))):
                    self.faults.append("an answer lost its reason at the database")
        except IntegrityError:
            pass


def walks(rng: random.Random, place: Place) -> Iterator[Walker]:
    """A tree of ``TREE`` walks from Monday 16 March 2026 on; the caller holds a transaction and takes it back."""
    with time_machine.travel(START, tick=False) as clock:
        walker = Walker(rng, place, clock)
        walker.take(SHARED)
        yield from _branches(walker, FORKS)


def _branches(walker: Walker, forks: int) -> Iterator[Walker]:
    if not forks:
        yield walker
        return
    now = timezone.now()
    before = list(walker.taken), list(walker.faults), set(walker.known), list(walker.batches)
    for _branch in range(2):
        with transaction.atomic():
            walker.take(BETWEEN)
            yield from _branches(walker, forks - 1)
            transaction.set_rollback(True)
        walker.clock.move_to(now)
        walker.taken, walker.faults, walker.known, walker.batches = (
            kind(one) for kind, one in zip((list, list, set, list), before, strict=True)
        )


def broken(walker: Walker) -> list[str]:
    """What must not be, of the rows and of the record."""
    faults = []
    rows = list(Contribution.objects.filter(pk__in=walker.known).select_related("answer", "jurisdiction"))
    waiting = set(queries.to_answer(walker.place.jurisdiction).values_list("pk", flat=True))
    keys = {row.subject_key(): row for row in rows}
    told: dict[tuple[str, str], int] = {}
    for kind, on in Act.objects.filter(on__in=keys).values_list("kind", "on"):
        told[on, kind] = told.get((on, kind), 0) + 1
    for key, row in keys.items():
        name = f"contribution {row.number}"
        if (row.closed_on is None) != (row.answer is None):
            faults.append(f"{name} is closed without an answer, or answered and open")
        closings, reviews = told.get((key, "contribution.answered"), 0), told.get((key, "contribution.reviewed"), 0)
        if closings != int(row.closed_on is not None) or reviews > 1:
            faults.append(f"{name} was closed {closings} times and reviewed {reviews} times in the record")
        if row.answer is not None:
            faults += [f"{name}: {fault}" for fault in _unreasoned(row, row.answer)]
            if row.answer.number != 1 + reviews:
                faults.append(f"{name} shows answer {row.answer.number} after {reviews} reviews")
        owed = row.sight != Said.Sight.WITHDRAWN and row.closed_on is None
        if (owed or row.awaits_second_answer) != (row.pk in waiting):
            faults.append(f"{name} is owed an answer and waits nowhere, or waits and is not owed one")
        if row.sight == Said.Sight.WITHDRAWN and (row.title or row.text or row.name or row.email):
            faults.append(f"{name} was taken back and its words stayed")
    return faults


def _unreasoned(row: Contribution, answer: Response) -> list[str]:
    found = []
    if answer.released_on is None or answer.contribution_id != row.pk:
        found.append("its answer was not released, or is another's")
    if answer.decision not in terms.keys("contribution_decision") or answer.reason not in terms.keys("response_reason"):
        found.append("its answer has no decision or no reason of the lists")
    if len(str(answer.text).strip()) < 20:
        found.append("its answer has no words of its own")
    if answer.decision == "merged" and answer.merged_with_id in (None, row.pk):
        found.append("it is joined to nothing, or to itself")
    return found
