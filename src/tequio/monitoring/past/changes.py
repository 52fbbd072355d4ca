"""What changed between the boards of two days: lights, reports, decisions, evidence, texts and dates, each with its act."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Activity
from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.documents.models import LinkState
from tequio.monitoring.models import Decision, Look, Report, Said, State
from tequio.monitoring.models.track import STATE_LIGHT
from tequio.monitoring.past.board import past_board
from tequio.monitoring.past.images import Keys, evidence_keys, keys_of, plan_keys, together
from tequio.monitoring.past.moment import Moment, began
from tequio.monitoring.rows import Row, Step
from tequio.plans.models import Plan
from tequio.record import kinds, subjects
from tequio.record.models import Act

LIMIT = 1000  # acts that one page tells; of more, the newest
QUIET = {"link_checked", "roadmap_version", "order", "flags", "sources"}  # columns whose change is no news by itself
SHORT = 80  # letters of a value that fits into a sentence


# Keys of further objects of a plan whose acts are told; apps above register theirs.
_more: list[Callable[[Plan], Keys]] = []


def register(keys: Callable[[Plan], Keys]) -> None:
    """Adds objects whose acts are changes of a plan: a function from the plan to their keys (``images.keys_of``). Their
    after-images name their ``commitment`` or ``activity``."""
    _more.append(keys)


@dataclass(frozen=True)
class Change:
    """One thing that changed. ``kind`` is ``light`` or a kind of act; ``act`` the act's number or None before it has one;
    ``activity`` the activity's number or an empty text."""

    day: dt.date
    kind: str
    sentence: str
    url: str = ""
    act: int | None = None
    colour: str = ""
    activity: int | str = ""


@dataclass
class Group:
    """The changes of one commitment, or of the plan as a whole (``code`` is empty), newest first."""

    code: str
    title: str
    changes: list[Change] = field(default_factory=list)

    @property
    def lights(self) -> list[Change]:
        """How the lights of the one day differ from those of the other."""
        return [change for change in self.changes if change.kind == "light"]

    @property
    def story(self) -> list[Change]:
        """What happened between them, act by act."""
        return [change for change in self.changes if change.kind != "light"]


@dataclass
class Changes:
    """What changed after the end of one day and by the end of another. ``cut``: there were more acts than are told."""

    groups: list[Group]
    cut: bool = False

    @property
    def total(self) -> int:
        return sum(len(group.changes) for group in self.groups)


def between(plan: Plan, since: dt.date, until: dt.date) -> Changes:
    """The changes between the end of ``since`` and the end of ``until``. The number of queries is always the same."""
    start = began(plan)
    first, last = Moment(since, start), Moment(until, start)
    before = {row.commitment.subject_key(): row for row in past_board(plan, first).rows}
    after = {row.commitment.subject_key(): row for row in past_board(plan, last).rows}
    teller = _Teller(plan, before, after)
    for key, row in after.items():
        teller.compare(key, before.get(key), row, until)
    acts, cut = _acts(plan, first, last)
    teller.new = {act.on: day for day, act, _entry, _old in acts if act.rev == 1 and "/commitment/" in act.on}
    for day, act, entry, previous in acts:
        teller.tell(day, act, entry, previous)
    return Changes(teller.found(), cut)


def _acts(
    plan: Plan, first: Moment, last: Moment
) -> tuple[list[tuple[dt.date, Any, dict[str, Any], dict[str, Any]]], bool]:
    """The acts on objects of the plan that count after the one moment and by the other, oldest first, each with the state
    that it replaced."""
    slug, of_plan = plan.jurisdiction.slug, "activity__commitment__plan"
    keys = [
        *plan_keys(plan).values(),
        evidence_keys(plan),
        *(
            keys_of(model.objects.filter(**{of_plan: plan}), f"{slug}/{model.subject}/", "activity__number", "number")
            for model in (Report, Decision, Look)
        ),
        *(keys(plan) for keys in _more),
    ]
    rows = Act.objects.filter(on__in=together(keys))
    if last.on_record:
        rows = rows.filter(at__lt=last.until)
    if first.on_record:
        rows = rows.filter(at__gte=first.until)
    rows = rows.exclude(kind="light.set").select_related("numbered").order_by("-id")
    chosen: list[tuple[dt.date, Any, dict[str, Any]]] = []
    for act in rows[: LIMIT + 1]:
        entry = json.loads(bytes(act.entry))
        done = dt.date.fromisoformat(entry["done"]) if "done" in entry else None
        day = last.day_of(act.at, done)
        if day > first.day and (day <= last.day or last.on_record):
            chosen.append((day, act, entry))
    cut = len(chosen) > LIMIT
    chosen = chosen[:LIMIT][::-1]
    changed = {(act.on, act.rev - 1) for _day, act, entry in chosen if act.rev > 1}
    wanted = {on for on, _rev in changed}
    older = Act.objects.filter(on__in=sorted(wanted), rev__in=sorted({rev for _on, rev in changed}))
    states = {
        (on, rev): json.loads(bytes(data)).get("state", {}) for on, rev, data in older.values_list("on", "rev", "entry")
    }
    return [(day, act, entry, states.get((act.on, act.rev - 1), {})) for day, act, entry in chosen], cut


class _Teller:
    """Gathers sentences by commitment."""

    def __init__(self, plan: Plan, before: dict[str, Row], after: dict[str, Row]) -> None:
        self.plan, self.before, self.slug = plan, before, plan.jurisdiction.slug
        self.groups: dict[str, Group] = {
            key: Group(r.commitment.code, _title(r.commitment)) for key, r in after.items()
        }
        self.whole = Group("", best(plan.title)[0])
        self.new: dict[str, dt.date] = {}  # commitments (keys) that came onto the record, and when
        rows = [*before.values(), *after.values()]
        self.steps: dict[str, tuple[str, Activity]] = {
            step.activity.subject_key(): (row.commitment.subject_key(), step.activity)
            for row in rows
            for step in row.steps
        }

    def found(self) -> list[Group]:
        """The plan itself first, then the commitments; those without changes left out."""
        groups = [self.whole, *self.groups.values()]
        for group in groups:
            group.changes.sort(key=lambda change: change.day, reverse=True)
        return [group for group in groups if group.changes]

    def compare(self, key: str, before: Row | None, after: Row, day: dt.date) -> None:
        """The lights that are others than they were."""
        if before is None:
            words = ngettext(
                "Apareció en el tablero, con %(n)s actividad.",
                "Apareció en el tablero, con %(n)s actividades.",
                len(after.steps),
            ) % {"n": len(after.steps)}
            self.groups[key].changes.append(Change(day, "light", words, colour=after.rollup.citizens.colour))
            return
        was = {step.activity.number: step for step in before.steps}
        for step in after.steps:
            old = was.get(step.activity.number)
            if old is not None:
                self._lights(key, old, step, day)

    def _lights(self, key: str, old: Step, new: Step, day: dt.date) -> None:
        for words, was, now in (
            (
                _("«%(what)s»: la ciudadanía pasó de «%(was)s» a «%(now)s»."),
                old.standing.citizens,
                new.standing.citizens,
            ),
            (
                _("«%(what)s»: la institución pasó de «%(was)s» a «%(now)s»."),
                old.standing.institution,
                new.standing.institution,
            ),
        ):
            # That nobody kept a record and that nobody reported are both grey: no change.
            if was.colour != now.colour:
                values = {"what": _title(new.activity), "was": was.word, "now": now.word}
                self._add(
                    key,
                    Change(
                        day,
                        "light",
                        words % values,
                        self._page(new.activity),
                        colour=now.colour,
                        activity=new.activity.number,
                    ),
                )

    def _page(self, activity: Activity) -> str:
        return reverse("commitments:activity", args=[self.slug, activity.number])

    def _add(self, key: str | None, change: Change) -> None:
        group = self.groups.get(key or "", self.whole)
        # Several looks made known together are one piece of news.
        if all((told.day, told.sentence) != (change.day, change.sentence) for told in group.changes[-6:]):
            group.changes.append(change)

    def tell(self, day: dt.date, act: Act, entry: dict[str, Any], previous: dict[str, Any]) -> None:
        """The act in a sentence, under its commitment. What came with a commitment that is new itself is not told apart."""
        state = entry.get("state", {})
        subject = act.on.split("/", 2)[1]
        key, activity = self._place(act.on, subject, state or previous)
        came_along = subject in ("activity", "evidence") and act.rev == 1 and self.new.get(key or "") == day
        is_said = subject == "commitment" and act.rev == 1 and key not in self.before
        if came_along or is_said:
            return
        number = act.numbered.position if hasattr(act, "numbered") else None
        for words in self._sentences(act.kind, subject, state, previous, activity):
            colour = State(state["result"]) if subject == "decision" and state else None
            self._add(
                key,
                Change(
                    day,
                    act.kind,
                    words,
                    subjects.url(act.on),
                    number,
                    colour=_light(colour),
                    activity=activity.number if activity else "",
                ),
            )

    def _place(self, on: str, subject: str, state: dict[str, Any]) -> tuple[str | None, Activity | None]:
        key = on if subject == "commitment" else state.get("commitment")
        found = self.steps.get(on if subject == "activity" else state.get("activity", ""))
        if found is not None:
            return key or found[0], found[1]
        return key, None

    def _sentences(
        self, kind: str, subject: str, state: dict[str, Any], previous: dict[str, Any], activity: Activity | None
    ) -> list[str]:
        values: dict[str, Any] = {"what": _title(activity) if activity else "", "kind": kinds.words(kind)}
        if subject == "report" and kind == "progress.reported":
            return [_("La institución reportó «%(what)s»: %(said)s.") % {**values, "said": Said(state["said"]).label}]
        if subject == "decision" and kind == "decision.made":
            votes = {"result": State(state["result"]).label, "a": state["votes_for"], "b": state["votes_against"]}
            return [
                _("El Comité decidió sobre «%(what)s»: %(result)s (%(a)s a favor, %(b)s en contra).")
                % {**values, **votes}
            ]
        if subject == "evidence":
            title = best(state.get("title") or previous.get("title", ""))[0]
            if not state:
                return [_("Se retiró de la vista la evidencia «%(title)s».") % {"title": title}]
            if not previous:
                return [_("Se sumó la evidencia «%(title)s».") % {"title": title}]
        if subject in ("commitment", "activity", "plan", "evidence") and previous and state:
            changed = _columns(subject, state, previous)
            name = "" if subject in ("commitment", "plan") else best(state.get("title", ""))[0]
            return [_("«%(what)s»: %(words)s") % {"what": name, "words": words} if name else words for words in changed]
        if activity is not None:
            return [_("%(kind)s: «%(what)s».") % values]
        return [f"{values['kind']}."]


def _told_as(name: str, value: Any) -> str:
    """A value in the words of its list, where the list is the product's own."""
    return str(LinkState(value).label) if name == "link_state" and value else _short(value)


def _columns(subject: str, state: dict[str, Any], previous: dict[str, Any]) -> list[str]:
    """What an object says now in its columns, beside what it said before."""
    found = []
    for name in [*state, *(name for name in previous if name not in state)]:
        if name in QUIET or state.get(name) == previous.get(name):
            continue
        values = {
            "field": subjects.field_label(subject, name).lower(),
            "was": _told_as(name, previous.get(name)),
            "now": _told_as(name, state.get(name)),
        }
        if values["was"] and values["now"]:
            found.append(_("cambió %(field)s: de «%(was)s» a «%(now)s».") % values)
        elif name not in previous and values["now"]:
            found.append(_("ahora dice %(field)s: «%(now)s».") % values)
        else:
            found.append(_("cambió %(field)s.") % values)
    return [words[0].upper() + words[1:] for words in found]


def _short(value: Any) -> str:
    """A value that fits into a sentence; an empty text for anything longer."""
    if isinstance(value, dict) and value.keys() <= {"es", "en"}:
        value = best(value)[0]
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    if isinstance(value, list | dict) or value is None:
        return ""
    words = str(value)
    with suppress(ValueError):
        words = in_words(dt.date.fromisoformat(words))
    return words if len(words) <= SHORT else ""


def _title(obj: Any) -> str:
    return best(obj.title)[0] or getattr(obj, "ogp_id", "") or str(getattr(obj, "number", ""))


def _light(result: State | None) -> str:
    return STATE_LIGHT.get(result, "") if result else ""
