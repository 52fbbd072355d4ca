"""Where the committee looks: its queue, how the work is shared out, one page for each look, and the review of an activity."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments.deadlines import manual_in_force, metric, required_evidence, rule_for
from tequio.commitments.models import Activity, Manual
from tequio.common.access import here, require
from tequio.common.forms import tell
from tequio.monitoring import actions, independence, reviews, work
from tequio.monitoring.forms import LookForm, VoteForm, stored
from tequio.monitoring.models import Decision, Look, Motion, State
from tequio.monitoring.views.reach import answer, role_of, state_of, the_activity
from tequio.people.acting import actor_for
from tequio.vocabularies import terms

ENTRANCE = "monitoring.work_in_committee"


@never_cache
def queue(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What waits for the committee, what this member can do first."""
    require(request, ENTRANCE, here(request))
    role, today = role_of(request), timezone.localdate()
    desks = [work.desk_of(role, committee, today) for committee in work.committees_of(role)]
    context = {"section": "board", "desks": desks, "today": today, "count": sum(len(desk.mine) for desk in desks)}
    return render(request, "monitoring/work/queue.html", context)


@never_cache
def sharing(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who looks at what, and how far each one is: counts, never contents."""
    require(request, ENTRANCE, here(request))
    role, today = role_of(request), timezone.localdate()
    plans = []
    for committee in work.committees_of(role):
        tracks = work.in_hand(committee)
        activities = [track.activity for track in tracks if track.state == State.UNDER_REVIEW]
        rounds = reviews.current_rounds(activities, committee)
        rows = [rounds[activity.pk] for activity in activities if activity.pk in rounds]
        plans.append((committee, work.shares(committee, today), rows))
    return render(request, "monitoring/work/sharing.html", {"section": "board", "plans": plans, "today": today})


def own_look(request: HttpRequest, activity: Activity) -> tuple[Look, reviews.Round | None]:
    """The member's look in the current round, else their last one; 403 in words for whoever has none."""
    role, found = role_of(request), reviews.current_round(activity)
    own = [look for look in (found.looks if found else ()) if look.role_id == role.pk]
    kept = [look for look in own if look.status in (Look.Status.ASSIGNED, Look.Status.DONE)]
    if kept:
        return kept[-1], found
    older = Look.objects.filter(activity=activity, role=role, status=Look.Status.DONE).order_by("-number").first()
    if older is None:
        raise PermissionDenied(_("Esta mirada no te tocó a ti. Quién mira qué está en «Reparto»."))
    older.activity = activity
    return older, found


def asked(activity: Activity) -> dict[str, Any]:
    """What the compliance manual asks for, and with what the activity said it would be proven."""
    rule = rule_for(
        activity, manual_in_force(Manual.objects.filter(plan=activity.commitment.plan), timezone.localdate())
    )
    minimum, accepted = required_evidence(rule)
    return {
        "has_rule": rule is not None,
        "metric": metric(rule),
        "minimum": minimum,
        "accepted": ", ".join(terms.label("evidence_type", key).lower() for key in accepted),
        "means": [(terms.label("evidence_type", m["type"]), m.get("words")) for m in activity.means_of_verification],
    }


def next_look(request: HttpRequest, activity: Activity) -> Look | None:
    """The member's next look after this activity: the soonest due."""
    rows = Look.objects.filter(role=role_of(request), status=Look.Status.ASSIGNED, activity__withdrawn=False)
    return rows.exclude(activity=activity).select_related("activity").order_by("due", "activity__number").first()


@never_cache
def look(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One page for one look: what was promised, what is asked, the evidence, and the form."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    found, current = own_look(request, activity)
    report = found.report
    evidence = report.evidence.filter(personal_data=False).select_related("blob", "commitment__jurisdiction")
    pieces = list(evidence.order_by("number"))
    can_write = not found.revealed and state_of(activity) == State.UNDER_REVIEW
    given = request.POST if request.method == "POST" and can_write else None
    initial = stored(found, pieces) if found.status == Look.Status.DONE else None
    form = LookForm(given, pieces=pieces, initial=initial)
    if given is not None and form.is_valid():
        data = form.cleaned_data
        try:
            done = actions.record_look(
                look=found,
                role=role_of(request),
                result=data["result"],
                reason=data["reason"],
                checklist=form.checklist,
                by=actor_for(request),
            )
        except ValidationError as error:
            tell(form, error)
        else:
            return _after_look(request, jurisdiction, activity, done)
    following = next_look(request, activity)
    context: dict[str, Any] = {"activity": activity, "commitment": activity.commitment, "look": found, "report": report}
    context |= {"can_write": can_write, "following": following, "today": timezone.localdate(), "asked": asked(activity)}
    context |= {"kinds": {piece.pk: terms.label("evidence_type", piece.kind) for piece in pieces if piece.kind}}
    return answer(request, "monitoring/work/look.html", form, current=current, **context)


def _after_look(request: HttpRequest, jurisdiction: str, activity: Activity, done: Look) -> HttpResponse:
    """On to the next look; to the review where this was the last of its round."""
    if reviews.current_round(activity) and Look.objects.get(pk=done.pk).revealed:
        messages.success(
            request, _("Con tu mirada están todas: ya se conocen. Ahora el Comité puede conversar y decidir.")
        )
        return redirect("monitoring:review", jurisdiction=jurisdiction, number=activity.number)
    messages.success(request, _("Tu mirada quedó guardada. Nadie más la ve hasta que estén todas."))
    following = next_look(request, activity)
    if following is not None:
        return redirect("monitoring:look", jurisdiction=jurisdiction, number=following.activity.number)
    return redirect("monitoring:queue", jurisdiction=jurisdiction)


@never_cache
def pass_look(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """ "I cannot": asks once more, then gives the look to the next member."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    found, _current = own_look(request, activity)
    if request.method == "POST":
        try:
            actions.pass_look(look=found, role=role_of(request), by=actor_for(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Listo: la mirada pasó a otra persona del Comité. Gracias por avisar."))
        return redirect("monitoring:queue", jurisdiction=jurisdiction)
    return render(request, "monitoring/work/pass.html", {"section": "board", "activity": activity, "look": found})


@never_cache
def review(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Where the review of an activity stands: looks side by side once they are known, the motion, and what can be done."""
    activity = the_activity(request, number, "monitoring.review", ENTRANCE)
    role, today = role_of(request), timezone.localdate()
    committee = reviews.committee_of(activity)
    found = reviews.current_round(activity, committee)
    free = independence.free_members(committee, activity, today) if committee else []
    motions = Motion.objects.filter(activity=activity).select_related("opened_by__person", "opened_by__organisation")
    motion = motions.filter(outcome=Motion.Outcome.OPEN).prefetch_related("ballots").first()
    ballots = {ballot.role_id: ballot for ballot in motion.ballots.all()} if motion else {}
    votes = {member: ballots[member.pk].vote for member in free if member.pk in ballots}
    own = ballots.get(role.pk)
    state = state_of(activity)
    pieces = (
        found.report.evidence.filter(personal_data=False).select_related("commitment__jurisdiction") if found else []
    )
    titles = {piece.subject_key(): piece for piece in pieces}
    context = {
        "activity": activity,
        "commitment": activity.commitment,
        "committee": committee,
        "state": state,
        "state_label": State(state).label,
        "round": found,
        "sides": [
            (row, [(titles.get(line["key"]), line) for line in row.checklist])
            for row in (found.done if found and found.is_revealed else [])
        ],
        "is_open": bool(found and found.is_revealed),
        "can_begin": state in (State.REPORTED, State.REOPENED),
        "hindrance": reviews.hindrance(found, today) if state == State.UNDER_REVIEW else "",
        "can_share": state == State.UNDER_REVIEW and (found is None or found.is_revealed) and motion is None,
        "motion": motion,
        "voted": [(member, member.pk in ballots) for member in free],
        "why_open": actions.why_open(committee, votes, len(free)) if motion and committee else "",
        "closed": list(motions.exclude(outcome=Motion.Outcome.OPEN).order_by("-number")[:5]),
        "is_free": role in free,
        "conflict": independence.conflict_of(role, activity, today),
        "own_look": next((row for row in (found.waiting if found else []) if row.role_id == role.pk), None),
        "decision": Decision.objects.filter(activity=activity).order_by("-number").first(),
        "today": today,
    }
    return answer(
        request, "monitoring/work/review.html", VoteForm(initial={"vote": own.vote if own else None}), **context
    )


def _do(request: HttpRequest, jurisdiction: str, activity: Activity, verb: Any, done: str) -> HttpResponse:
    """Does it and says how it went, on the page of the review."""
    try:
        verb()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("monitoring:review", jurisdiction=jurisdiction, number=activity.number)


@require_POST
def begin(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Takes up what was reported and shares out the looks."""
    activity = the_activity(request, number, "monitoring.begin_review", ENTRANCE)
    words = _("La revisión empezó y las miradas ya están repartidas.")
    return _do(
        request, jurisdiction, activity, lambda: actions.begin_review(activity=activity, by=actor_for(request)), words
    )


@require_POST
def share_again(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Shares out a new round of looks."""
    activity = the_activity(request, number, "monitoring.begin_review", ENTRANCE)
    words = _("Hay una nueva ronda de miradas.")
    return _do(
        request, jurisdiction, activity, lambda: actions.share_again(activity=activity, by=actor_for(request)), words
    )


@require_POST
def move(request: HttpRequest, jurisdiction: str, number: int, look: int) -> HttpResponse:
    """Gives a late look to the next member."""
    activity = the_activity(request, number, "monitoring.review", ENTRANCE)
    found = get_object_or_404(Look.objects.filter(activity=activity), number=look)
    try:
        actions.move_look(look=found, by=actor_for(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("La mirada pasó a otra persona del Comité."))
    return redirect("monitoring:sharing", jurisdiction=jurisdiction)


__all__ = ["begin", "look", "move", "pass_look", "queue", "review", "share_again", "sharing"]
