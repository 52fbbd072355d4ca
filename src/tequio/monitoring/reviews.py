"""Where a review stands: the round of looks at the last report, the institution's time to answer, what may follow.

Actions check by these reads and pages explain by them, so that both always say the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.commitments.models import Activity
from tequio.common.dates import add_working_days, in_words
from tequio.monitoring import independence
from tequio.monitoring.models import Committee, Look, Report
from tequio.monitoring.standing import holidays_of


@dataclass(frozen=True)
class Round:
    """The looks of one sharing out of a report; what was passed on stands among them."""

    committee: Committee
    activity: Activity
    report: Report
    looks: tuple[Look, ...]

    @property
    def number(self) -> int:
        return self.looks[0].round

    @property
    def waiting(self) -> list[Look]:
        """Looks that somebody still owes."""
        return [look for look in self.looks if look.status == Look.Status.ASSIGNED]

    @property
    def done(self) -> list[Look]:
        return [look for look in self.looks if look.status == Look.Status.DONE]

    @property
    def is_revealed(self) -> bool:
        return any(look.revealed for look in self.looks)

    @property
    def agree(self) -> bool:
        """Whether all who looked conclude the same."""
        return len({look.result for look in self.done}) == 1

    @property
    def is_complete(self) -> bool:
        """Whether nothing is owed and there are as many looks as the committee asks for."""
        return not self.waiting and len(self.done) >= self.committee.needed_looks

    @cached_property
    def revealed_on(self) -> dt.date | None:
        """The day on which the last of the looks was done, and so all came to be known."""
        days = [look.done_on for look in self.done if look.done_on]
        return max(days) if self.is_revealed and days else None

    @cached_property
    def reply_until(self) -> dt.date | None:
        """The last day that the institution has to answer before the committee may decide; none where it is not waited
        for: it answered, or the committee gives no time."""
        days = self.committee.days_to_reply
        if self.revealed_on is None or self.report.reply_on is not None or not days:
            return None
        return add_working_days(self.revealed_on, days, holidays_of(self.committee.plan))

    def is_reply_awaited(self, day: dt.date) -> bool:
        return self.reply_until is not None and day <= self.reply_until


def committee_of(activity: Activity) -> Committee | None:
    """The committee of the activity's plan."""
    return Committee.objects.filter(plan=activity.commitment.plan_id).select_related("plan__jurisdiction").first()


def last_report(activity: Activity) -> Report | None:
    """The report that a review is about."""
    return Report.objects.filter(activity=activity).select_related("by").order_by("-number").first()


def current_round(activity: Activity, committee: Committee | None = None) -> Round | None:
    """The newest round of looks at the activity's last report; None before a review shared it out."""
    committee = committee or committee_of(activity)
    return current_rounds([activity], committee).get(activity.pk) if committee is not None else None


def current_rounds(activities: Iterable[Activity], committee: Committee) -> dict[int, Round]:
    """The same for many activities of the committee's plan, by primary key, in two queries."""
    known = {activity.pk: activity for activity in activities}
    reports: dict[int, Report] = {}
    for report in Report.objects.filter(activity__in=known).select_related("by").order_by("number"):
        report.activity = known[report.activity_id]
        reports[report.activity_id] = report
    rows = Look.objects.filter(report__in=list(reports.values()))
    rows = rows.select_related("role__person", "role__organisation", "role__office", "role__jurisdiction")
    looks: dict[int, list[Look]] = {}
    for look in rows.order_by("round", "number"):
        look.activity, look.report = known[look.activity_id], reports[look.activity_id]
        before = looks.setdefault(look.activity_id, [])
        if before and before[0].round != look.round:
            before.clear()
        before.append(look)
    return {pk: Round(committee, known[pk], reports[pk], tuple(own)) for pk, own in looks.items()}


def valid_looks(found: Round, day: dt.date) -> list[Look]:
    """The done looks that a decision on ``day`` may stand on: one for each member who is in office and free of conflict
    on that day."""
    known = set(found.committee.members.values_list("pk", flat=True))
    conflicts = independence.conflicts_of([look.role for look in found.done], found.activity, day)
    good: dict[int, Look] = {}
    for look in found.done:
        role = look.role
        in_office = role.pk in known and role.is_held_on(day)
        seen_by_then = look.done_on is not None and look.done_on <= day
        if in_office and seen_by_then and role.pk not in conflicts:
            good.setdefault(role.person_id or 0, look)
    return list(good.values())


def hindrance(found: Round | None, day: dt.date) -> str:
    """Why the committee may not decide yet, in words; an empty text where the looks allow it."""
    if found is None:
        return _("Nadie ha mirado este reporte: hay que repartir las miradas.")
    if not found.is_revealed:
        n = len(found.waiting)
        words = ngettext("Falta %(n)s mirada independiente.", "Faltan %(n)s miradas independientes.", max(n, 1))
        return words % {"n": max(n, 1)}
    missing = found.committee.needed_looks - len(valid_looks(found, day))
    if missing > 0:
        words = ngettext(
            "Falta %(n)s mirada de alguien en funciones y sin conflicto: hay que repartir de nuevo.",
            "Faltan %(n)s miradas de personas en funciones y sin conflicto: hay que repartir de nuevo.",
            missing,
        )
        return words % {"n": missing}
    if found.is_reply_awaited(day):
        words = _(
            "La institución puede responder a las miradas hasta el %(day)s; después, o cuando responda, se decide."
        )
        return words % {"day": in_words(found.reply_until)}
    return ""
