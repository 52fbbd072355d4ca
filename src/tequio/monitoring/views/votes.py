"""Where the committee decides: propose, vote, write down a session's vote; and a decision's own page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.access import account_of, here
from tequio.common.forms import tell
from tequio.monitoring import actions, independence, reviews, states
from tequio.monitoring.forms import DecisionForm, SessionForm, VoteForm
from tequio.monitoring.models import Decision, Look, Motion, State
from tequio.monitoring.queries import with_names
from tequio.monitoring.views.reach import answer, role_of, state_of, the_activity
from tequio.people.acting import actor_for

ENTRANCE = "monitoring.work_in_committee"


def possible(activity: Activity) -> tuple[list[State], str]:
    """What the committee may decide on the activity today, and why it may not, in words."""
    state = state_of(activity)
    results = [result for result, verb in states.RESULT_VERB.items() if states.allowed(state, verb)]
    if not results:
        label = State(state).label
        return [], _("No hay nada que decidir: la actividad está en «%(state)s».") % {"state": label}
    if Motion.objects.filter(activity=activity, outcome=Motion.Outcome.OPEN).exists():
        return [], _("Ya hay una propuesta que se está votando: hay que cerrarla antes de abrir otra.")
    if results != [State.REOPENED]:
        words = reviews.hindrance(reviews.current_round(activity), timezone.localdate())
        if words:
            return [], words
    return results, ""


def evidence_for(activity: Activity) -> list[Evidence]:
    """The public evidence that a decision may rest on: that of the last report, else the activity's own."""
    report = reviews.last_report(activity)
    rows = report.evidence.filter(personal_data=False) if report else Evidence.objects.none()
    found = list(rows.select_related("commitment__jurisdiction", "blob").order_by("number"))
    own = Evidence.objects.filter(activity=activity, personal_data=False).exclude(pk__in=[piece.pk for piece in found])
    return [*found, *own.select_related("commitment__jurisdiction", "blob").order_by("number")]


@never_cache
def propose(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A member proposes a decision; the proposer's vote counts in favour."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    results, hindrance = possible(activity)
    given = request.POST if request.method == "POST" and results else None
    form = DecisionForm(given, results=results, pieces=evidence_for(activity))
    if given is not None and form.is_valid():
        data = form.cleaned_data
        try:
            motion = actions.open_motion(
                activity=activity,
                role=role_of(request),
                result=data["result"],
                reason=data["reason"],
                evidence=form.chosen,
                by=actor_for(request),
            )
        except ValidationError as error:
            tell(form, error)
        else:
            return _after_vote(request, jurisdiction, motion, _("La propuesta está abierta y tu voto cuenta a favor."))
    context = {"activity": activity, "commitment": activity.commitment, "hindrance": hindrance}
    return answer(request, "monitoring/work/propose.html", form, **context)


@never_cache
def session(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Writes down a decision that was taken in a session, with the reference of its minute."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    committee, today = reviews.committee_of(activity), timezone.localdate()
    voters = independence.free_members(committee, activity, today) if committee else []
    results, hindrance = possible(activity)
    given = request.POST if request.method == "POST" and results else None
    form = SessionForm(
        given, results=results, pieces=evidence_for(activity), voters=voters, initial={"on": today.isoformat()}
    )
    if given is not None and form.is_valid():
        data = form.cleaned_data
        try:
            decision = actions.record_session(
                activity=activity,
                result=data["result"],
                votes=form.votes,
                reason=data["reason"],
                minute=data["minute"],
                evidence=form.chosen,
                by=actor_for(request),
                on=data["on"],
            )
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("La decisión quedó en el registro público."))
            return redirect(
                "monitoring:decision", jurisdiction=jurisdiction, number=activity.number, decision=decision.number
            )
    context = {"activity": activity, "commitment": activity.commitment, "hindrance": hindrance, "committee": committee}
    return answer(request, "monitoring/work/session.html", form, **context)


def _open_motion(activity: Activity) -> Motion:
    motion = Motion.objects.filter(activity=activity, outcome=Motion.Outcome.OPEN).first()
    if motion is None:
        raise Http404
    return motion


def _after_vote(request: HttpRequest, jurisdiction: str, motion: Motion, words: str) -> HttpResponse:
    """Says what became of the motion: a decision, no majority, or still open."""
    activity = motion.activity
    if motion.decision is not None:
        messages.success(request, _("Se decidió: %(result)s.") % {"result": motion.get_result_display()})
        return redirect(
            "monitoring:decision", jurisdiction=jurisdiction, number=activity.number, decision=motion.decision.number
        )
    if motion.outcome == Motion.Outcome.NO_MAJORITY:
        messages.warning(request, _("La propuesta se cerró sin mayoría: la actividad se queda como está."))
    else:
        messages.success(request, words)
    return redirect("monitoring:review", jurisdiction=jurisdiction, number=activity.number)


@require_POST
def vote(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A member votes on the open motion."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    form = VoteForm(request.POST)
    try:
        chosen = form.cleaned_data["vote"] if form.is_valid() else ""
        motion = actions.cast_vote(
            motion=_open_motion(activity), role=role_of(request), vote=chosen, by=actor_for(request)
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("monitoring:review", jurisdiction=jurisdiction, number=activity.number)
    return _after_vote(
        request, jurisdiction, motion, _("Tu voto quedó guardado. Puedes cambiarlo mientras siga abierta.")
    )


@require_POST
def close(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Closes the motion with the votes that are there."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    try:
        motion = actions.close_motion(motion=_open_motion(activity), by=actor_for(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("monitoring:review", jurisdiction=jurisdiction, number=activity.number)
    return _after_vote(request, jurisdiction, motion, "")


@require_POST
def withdraw(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Whoever proposed takes it back."""
    activity = the_activity(request, number, "monitoring.decide", ENTRANCE)
    try:
        actions.withdraw_motion(motion=_open_motion(activity), role=role_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Retiraste la propuesta. Queda en el archivo del Comité, sin efecto."))
    return redirect("monitoring:review", jurisdiction=jurisdiction, number=activity.number)


def decision(request: HttpRequest, jurisdiction: str, number: int, decision: int) -> HttpResponse:
    """A decision with its votes, the looks it stands on, its evidence and the answer, for everybody."""
    rows = Decision.objects.filter(
        activity__jurisdiction=here(request), activity__commitment__status=Commitment.Status.PUBLISHED
    )
    rows = rows.select_related("activity__jurisdiction", "activity__commitment__plan", "reply_by__office")
    rows = rows.select_related("reply_by__organisation")
    found: Any = get_object_or_404(with_names(rows), activity__number=number, number=decision)
    keys = [key.rsplit(".", 1)[1] for key in found.looks]
    looks = Look.objects.filter(activity=found.activity, number__in=keys, revealed=True)
    looks = looks.select_related("role__person", "role__office", "role__organisation", "report").order_by("number")
    context: dict[str, Any] = {"section": "board", "decision": found, "activity": found.activity}
    context |= {"commitment": found.activity.commitment, "looks": list(looks)}
    account = account_of(request)
    context["perms_annul"] = account.is_authenticated and account.has_perm("monitoring.annul_decision", found)
    return render(request, "monitoring/decision.html", context)


__all__ = ["close", "decision", "propose", "session", "vote", "withdraw"]
