"""Reads the after-images that held at a moment: in a fixed number of queries, through the index of acts by object."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from tequio.commitments.models import Activity, Commitment, Evidence, Manual, Pause
from tequio.common.dates import PartialDate
from tequio.monitoring.past.moment import Moment
from tequio.plans.models import Plan
from tequio.record.models import Act

State = dict[str, Any]
# What was promised is known as it was first told, even of days on which nobody kept a record.
PROMISES = ("plan", "commitment", "activity", "manual", "organisation")
HIDING = "evidence.held_back"  # the only kind of act that takes evidence out of the public's sight
Keys = QuerySet[Any]


@dataclass(frozen=True)
class Images:
    """The after-images of a plan's objects by sort and key, and how many pieces of evidence each commitment (key)
    showed."""

    states: dict[str, dict[str, State]]
    evidence: dict[str, int]

    def of(self, subject: str) -> dict[str, State]:
        """The public objects of a sort, by key."""
        return self.states.get(subject, {})


def keys_of(rows: QuerySet[Any], prefix: str, *columns: str) -> Keys:
    """The subject keys of rows, made by the database: ``prefix`` and the columns with dots between."""
    parts: list[Any] = [Value(prefix)]
    for place, column in enumerate(columns):
        parts += [Value("."), Cast(column, TextField())] if place else [Cast(column, TextField())]
    key = Concat(*parts, output_field=TextField()) if columns else Value(prefix, output_field=TextField())
    return rows.order_by().annotate(key_=key).values_list("key_", flat=True)


def plan_keys(plan: Plan) -> dict[str, Keys]:
    """The keys of all objects of a plan that its board shows, without evidence. The rows of today only say *which*
    objects there are (none is ever deleted); what they were then, the acts say."""
    slug, commitment = plan.jurisdiction.slug, "activity__commitment__plan"
    activities = Activity.objects.filter(commitment__plan=plan)
    return {
        "plan": keys_of(Plan.objects.filter(pk=plan.pk), f"{slug}/plan/", "number"),
        "committee": keys_of(Plan.objects.filter(pk=plan.pk), f"{slug}/committee/", "number"),
        "manual": keys_of(Manual.objects.filter(plan=plan), f"{slug}/manual/", "plan__number", "version"),
        "commitment": keys_of(Commitment.objects.filter(plan=plan), f"{slug}/commitment/", "code"),
        "activity": keys_of(activities, f"{slug}/activity/", "number"),
        "track": keys_of(activities, f"{slug}/track/", "number"),
        "pause": keys_of(Pause.objects.filter(**{commitment: plan}), f"{slug}/pause/", "activity__number", "number"),
    }


def evidence_keys(plan: Plan) -> Keys:
    """The keys of all evidence of a plan."""
    rows = Evidence.objects.filter(commitment__plan=plan)
    return keys_of(rows, f"{plan.jurisdiction.slug}/evidence/", "commitment__code", "number")


def together(keys: Iterable[Keys]) -> Keys:
    """Several sets of keys as one, for one query."""
    first, *rest = keys
    return first.union(*rest, all=True) if rest else first


def images_at(plan: Plan, moment: Moment) -> Images:
    """All that the board of a plan was made of at a moment: three queries."""
    states: dict[str, dict[str, State]] = {}
    for key, state in held_at(together(plan_keys(plan).values()), moment):
        states.setdefault(key.split("/", 2)[1], {})[key] = state
    shown = states.get("commitment", {})
    named = {
        row["lead"]
        for subject in ("commitment", "activity")
        for row in states.get(subject, {}).values()
        if "lead" in row
    }
    named |= {link["organisation"] for row in shown.values() for link in row.get("supporting", ())}
    states["organisation"] = dict(held_at(sorted(named), moment)) if named else {}
    return Images(states, evidence_at(plan, moment))


def held_at(keys: Keys | list[str], moment: Moment) -> Iterator[tuple[str, State]]:
    """Each object that was public at the moment, with its state."""
    acts = Act.objects.filter(on__in=keys)
    if moment.on_record:
        acts = acts.filter(at__lt=moment.until)
        later = Act.objects.filter(on=OuterRef("on"), rev__gt=OuterRef("rev"), at__lt=moment.until)
        for key, entry in acts.filter(~Exists(later)).values_list("on", "entry"):
            state = json.loads(bytes(entry)).get("state")
            if state is not None:
                yield key, state
        return
    for key, told in _told_by(acts, moment).items():
        if "state" in told:
            yield key, told["state"]


def _told_by(acts: QuerySet[Act], moment: Moment) -> dict[str, dict[str, Any]]:
    """Of days before the record: the last entry of each object that tells of the day or one before. As every entry
    builds on the one before it, the first that tells of a later day ends the story. A promise is known by its first."""
    found: dict[str, dict[str, Any]] = {}
    ended: set[str] = set()
    for key, at, data in acts.order_by("on", "rev").values_list("on", "at", "entry"):
        if key in ended:
            continue
        entry = json.loads(bytes(data))
        done = entry.get("done")
        if moment.day_of(at, dt.date.fromisoformat(done) if done else None) <= moment.day:
            found[key] = entry
            continue
        ended.add(key)
        if key not in found and key.split("/", 2)[1] in PROMISES:
            found[key] = entry
    return found


def evidence_at(plan: Plan, moment: Moment) -> dict[str, int]:
    """How many pieces of evidence each commitment (key) showed. Before the record, a piece counts from its own date."""
    slug, counts = plan.jurisdiction.slug, dict[str, int]()
    acts = Act.objects.filter(on__in=evidence_keys(plan))
    if moment.on_record:
        last: dict[str, tuple[int, str]] = {}
        for key, rev, kind in acts.filter(at__lt=moment.until).values_list("on", "rev", "kind"):
            if key not in last or rev > last[key][0]:
                last[key] = (rev, kind)
        shown = [key for key, (_rev, kind) in last.items() if kind != HIDING]
    else:
        entries: dict[str, dict[str, Any]] = {}
        for key, entry in acts.order_by("on", "rev").values_list("on", "entry"):
            entries[key] = json.loads(bytes(entry))
        shown = [key for key, entry in entries.items() if _dated(entry.get("state"), moment.day)]
    for key in shown:
        commitment = f"{slug}/commitment/{key.split('/', 2)[2].rsplit('.', 1)[0]}"
        counts[commitment] = counts.get(commitment, 0) + 1
    return counts


def _dated(state: State | None, day: dt.date) -> bool:
    last = PartialDate(state["date"]).last if state and state.get("date") else None
    return last is not None and last <= day
