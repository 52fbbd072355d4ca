"""Who hears of observations: followers of what was observed, and members whose clock runs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.monitoring.models import Committee
from tequio.notices import reminders, topics
from tequio.notices.reminders import Reminder
from tequio.observations import queries
from tequio.observations.models import Observation
from tequio.people.models import Role
from tequio.record.queries import Told
from tequio.record.subjects import url

BEFORE = (1, 3)  # days before the last day to answer


def register() -> None:
    topics.register("observation", keys, text=words)
    reminders.register(to_answer)


def keys(on: str) -> list[str]:
    """The activity, the commitment and the plan that an observation is about."""
    place, _subject, name = on.split("/", 2)
    number = int(name) if name.isdecimal() else -1
    rows = Observation.objects.filter(jurisdiction__slug=place, number=number)
    found = rows.values_list("activity__number", "commitment__code", "commitment__plan__number").first()
    if found is None:
        return []
    activity, code, plan = found
    of_activity = [f"{place}/activity/{activity}"] if activity is not None else []
    return [*of_activity, f"{place}/commitment/{code}", f"{place}/plan/{plan}"]


def words(told: Told) -> str:
    """The answer or the comment, whole; else the public reason. The author's own words are never in the record."""
    state = told.entry.get("state", {})
    if told.act.kind == "observation.answered":
        outcome = state.get("outcome", "")
        label = str(Observation.Outcome(outcome).label) if outcome in Observation.Outcome.values else ""
        return ". ".join(filter(None, (label, best(state.get("answer"))[0])))
    if told.act.kind == "observation.commented":
        return best(state.get("comment"))[0]
    return str(told.entry.get("why", ""))


def to_answer(today: dt.date) -> Iterator[Reminder]:
    """For each observation without an answer: 3 days and 1 day before its last day, and when that is past; to the members
    of the committee that answers for it. Where there is none, the secretariat hears."""
    rows = list(
        queries.every().filter(
            answered_on=None, sight__in=queries.ALIVE, due__lte=today + dt.timedelta(days=BEFORE[-1])
        )
    )
    if not rows:
        return
    members: dict[int, list[Role]] = defaultdict(list)
    newest: dict[int, int] = {}
    held = Q(until=None) | Q(until__gte=today)
    for committee in Committee.objects.select_related("plan").order_by("plan__number"):
        newest[committee.plan.jurisdiction_id] = committee.plan_id
        members[committee.plan_id] = list(committee.members.filter(held).select_related("person__account"))
    for row in rows:
        due = row.due or today
        left = (due - today).days
        threshold = "late" if left < 0 else str(next(days for days in BEFORE if left <= days))
        own = row.commitment.plan_id
        roles = members[own if own in members else newest.get(row.jurisdiction_id, own)]
        with translation.override("es"):
            address = url(row.subject_key())
        yield Reminder(
            key=f"{row.subject_key()}:{threshold}:{due.isoformat()}",
            jurisdiction=row.jurisdiction,
            about=row.commitment.title,
            words=partial(_words, row.number or 0, due, left),
            url=address,
            due=due,
            roles=roles,
        )


def _words(number: int, due: dt.date, left: int) -> str:
    said = {"number": number, "day": in_words(due), "n": abs(left)}
    if left < 0:
        late = ngettext(
            "La observación %(number)s debía responderse el %(day)s, hace %(n)s día",
            "La observación %(number)s debía responderse el %(day)s, hace %(n)s días",
            -left,
        )
        return late % said
    if left == 0:
        return _("La observación %(number)s se responde hoy a más tardar") % said
    return _("La observación %(number)s se responde a más tardar el %(day)s") % said
