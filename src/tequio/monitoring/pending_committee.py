"""What waits for members of the committee, and what institutions may still answer. Sources of ``people.pending``."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity
from tequio.common.i18n import best
from tequio.monitoring import reviews, work
from tequio.monitoring.models import Committee, Decision, State
from tequio.people.models import Role
from tequio.people.pending import Item

REPLY_DAYS = (
    15  # natural days during which a decision without an answer is brought to mind; it may be answered later too
)
STEPS = {
    "look": ("verify", _("Mirar la evidencia")),
    "vote": ("decide", _("Votar la propuesta")),
    "propose": ("decide", _("Proponer una decisión")),
    "begin": ("verify", _("Empezar a revisar")),
}


def for_committee(role: Role, today: dt.date) -> Iterator[Item]:
    """What a member can do now, in every plan whose committee they sit in; first of all to declare their interests."""
    if role.kind != "committee":
        return
    place = role.jurisdiction.slug
    for committee in work.committees_of(role):
        desk = work.desk_of(role, committee, today)
        if not desk.declared:
            url = f"{reverse('monitoring:declare', args=[place])}?plan={committee.plan.number}"
            yield Item("write", _("Firmar tu declaración de intereses"), best(committee.plan.title)[0], url)
            continue
        for row in desk.mine:
            kind, words = STEPS[row.step]
            page = "monitoring:look" if row.step == "look" else "monitoring:review"
            url = reverse(page, args=[place, row.activity.number])
            yield Item(kind, words, best(row.activity.title)[0], url, row.due, row.since)


def for_institution(role: Role, today: dt.date) -> Iterator[Item]:
    """What the role's institution may answer: looks that have come to be known, and recent decisions."""
    if role.kind not in ("lead", "seat_head", "seat_liaison") or role.organisation_id is None:
        return
    own = Q(lead=role.organisation_id) | Q(commitment__lead=role.organisation_id)
    activities = Activity.objects.filter(own, commitment__status="published", withdrawn=False)
    place = role.jurisdiction.slug
    waiting = activities.filter(track__state=State.UNDER_REVIEW, looks__revealed=True).distinct()
    by_plan: dict[int, list[Activity]] = {}
    for activity in waiting.select_related("commitment", "jurisdiction").order_by("number"):
        by_plan.setdefault(activity.commitment.plan_id, []).append(activity)
    committees = Committee.objects.filter(plan__in=by_plan).select_related("plan")
    for committee in committees if by_plan else ():
        rounds = reviews.current_rounds(by_plan[committee.plan_id], committee)
        for found in rounds.values():
            if found.is_revealed and found.report.reply_on is None:
                url = reverse("monitoring:reply", args=[place, found.activity.number])
                title = best(found.activity.title)[0]
                words = _("Responder a las miradas del Comité")
                yield Item("answer", words, title, url, found.reply_until, found.revealed_on)
    newest = Decision.objects.filter(activity=OuterRef("activity"), annulled_on=None).order_by("-number")
    decisions = Decision.objects.filter(
        activity__in=activities,
        pk=Subquery(newest.values("pk")[:1]),
        result__in=(State.OBSERVED, State.REJECTED),
        reply_on=None,
        on__gte=today - dt.timedelta(days=REPLY_DAYS),
    ).filter(activity__track__state__in=(State.OBSERVED, State.REJECTED))
    for decision in decisions.select_related("activity").order_by("on", "pk"):
        url = reverse("monitoring:reply", args=[place, decision.activity.number])
        title = best(decision.activity.title)[0]
        due = decision.on + dt.timedelta(days=REPLY_DAYS)
        yield Item("answer", _("Responder a la decisión del Comité"), title, url, due, decision.on)


__all__ = ["for_committee", "for_institution"]
