"""Where the institution answers, the secretariat annuls and sets the committee, and members declare their interests."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.commitments.models import Activity, Commitment
from tequio.common.access import here, require
from tequio.common.forms import tell
from tequio.common.i18n import Text
from tequio.monitoring import actions, independence, reviews
from tequio.monitoring.forms import AnnulForm, CommitteeForm, DeclarationForm, ReplyForm
from tequio.monitoring.models import Committee, ConflictDeclaration, Decision, State
from tequio.monitoring.queries import published_plans
from tequio.monitoring.views.board import chosen_plan
from tequio.monitoring.views.reach import RELATED, answer, role_of, state_of
from tequio.people.acting import actor_for
from tequio.people.models import Organisation, Role


def to_answer(activity: Activity) -> tuple[reviews.Round | None, Decision | None]:
    """What the institution may answer now: the looks while they are reviewed, else the last decision."""
    if state_of(activity) == State.UNDER_REVIEW:
        found = reviews.current_round(activity)
        if found is not None and found.is_revealed and found.report.reply_on is None:
            return found, None
    rows = Decision.objects.filter(activity=activity, annulled_on=None).order_by("-number")
    last = rows.select_related("activity__jurisdiction").first()
    return None, last if last is not None and last.reply_on is None else None


@never_cache
def reply(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The institution answers in public, once, to the looks or to the decision."""
    rows = Activity.objects.filter(jurisdiction=here(request), commitment__status=Commitment.Status.PUBLISHED)
    activity = rows.select_related(*RELATED).filter(number=number).first()
    if activity is None:
        require(request, "commitments.work", here(request))
        raise Http404
    require(request, "monitoring.reply_to_decision", activity)
    found, decision = to_answer(activity)
    given = request.POST if request.method == "POST" and (found or decision) else None
    form = ReplyForm(given)
    if given is not None and form.is_valid():
        words, role, by = form.cleaned_data["reply"], role_of(request), actor_for(request)
        try:
            if found is not None:
                actions.reply_to_looks(report=found.report, words=words, role=role, by=by)
            elif decision is not None:
                actions.reply(decision=decision, words=words, role=role, by=by)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Tu respuesta ya es pública."))
            return redirect("commitments:activity", jurisdiction=jurisdiction, number=activity.number)
    context = {"activity": activity, "commitment": activity.commitment, "round": found, "decision": decision}
    return answer(request, "monitoring/work/reply.html", form, **context)


@never_cache
def annul(request: HttpRequest, jurisdiction: str, number: int, decision: int) -> HttpResponse:
    """Takes a decision back, with a public reason. Nobody can edit one."""
    require(request, "monitoring.set_committee", here(request))
    rows = Decision.objects.filter(
        activity__jurisdiction=here(request), activity__commitment__status=Commitment.Status.PUBLISHED
    )
    rows = rows.select_related(*(f"activity__{path}" for path in RELATED))
    found = get_object_or_404(rows, activity__number=number, number=decision)
    require(request, "monitoring.annul_decision", found)
    given = request.POST if request.method == "POST" and found.annulled_on is None else None
    form = AnnulForm(given)
    if given is not None and form.is_valid():
        data = form.cleaned_data
        try:
            actions.annul_decision(decision=found, reason=data["reason"], basis=data["basis"], by=actor_for(request))
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("La decisión quedó anulada, con su motivo a la vista de cualquiera."))
            return redirect("monitoring:decision", jurisdiction=jurisdiction, number=number, decision=found.number)
    context = {"decision": found, "activity": found.activity, "commitment": found.activity.commitment}
    return answer(request, "monitoring/work/annul.html", form, **context)


@never_cache
def declare(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A member signs a declaration of interests."""
    require(request, "monitoring.work_in_committee", here(request))
    role = role_of(request)
    rows = Committee.objects.filter(members=role, plan__status="published").select_related("plan__jurisdiction")
    committees = list(rows.order_by("-plan__number"))
    wanted = request.GET.get("plan")
    committee = next((row for row in committees if not wanted or str(row.plan.number) == wanted), None)
    if committee is None:
        if wanted:
            raise Http404
        return render(request, "monitoring/work/declare.html", {"section": "board", "committee": None, "form": None})
    plan = committee.plan
    require(request, "monitoring.declare_conflict", plan)
    leads = Organisation.objects.filter(pk__in=independence.lead_ids_of_plan(plan)).select_related("jurisdiction")
    promises = Commitment.objects.filter(plan=plan, status=Commitment.Status.PUBLISHED).select_related("jurisdiction")
    form = DeclarationForm(
        request.POST if request.method == "POST" else None,
        organisations=leads.order_by("name"),
        commitments=promises.order_by("number", "code"),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.declare_conflict(
                plan=plan,
                role=role,
                organisations=data["organisations"],
                commitments=data["commitments"],
                by=actor_for(request),
            )
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("Tu declaración quedó firmada con fecha de hoy y ya es pública."))
            return redirect("monitoring:queue", jurisdiction=jurisdiction)
    before = ConflictDeclaration.objects.filter(plan=plan, role=role).order_by("-signed_on", "-number")
    context = {"committee": committee, "committees": committees, "plan": plan, "before": list(before)}
    return answer(request, "monitoring/work/declare.html", form, today=timezone.localdate(), **context)


@never_cache
def set_committee(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who is on the committee, and its rules."""
    require(request, "monitoring.set_committee", here(request))
    plans = published_plans(here(request))
    plan = chosen_plan(request, plans)
    if plan is None:
        return render(request, "monitoring/work/committee.html", {"section": "board", "plan": None, "form": None})
    require(request, "monitoring.set_committee", plan)
    today = timezone.localdate()
    committee = Committee.objects.filter(plan=plan).first()
    kept = list(committee.members.values_list("pk", flat=True)) if committee else []
    roles = Role.objects.filter(jurisdiction=here(request), kind="committee")
    roles = roles.filter(Q(until=None) | Q(until__gte=today) | Q(pk__in=kept))
    roles = roles.select_related("person", "office", "organisation").order_by("number")
    found = committee or Committee(plan=plan)
    initial = {name: getattr(found, name) for name in ("quorum", "majority", "rules")}
    initial |= {"look_days": found.days_to_look, "reply_days": found.days_to_reply, "looks": found.needed_looks}
    form = CommitteeForm(
        request.POST if request.method == "POST" else None, roles=roles, initial={**initial, "members": kept}
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["rules"] = Text(data["rules"])
        # The usual number stays unwritten, so that a committee that never chose one keeps following it.
        for name, usual in (("look_days", Committee.LOOK_DAYS), ("reply_days", Committee.REPLY_DAYS)):
            if data[name] == usual and getattr(found, name) is None:
                data[name] = None
        try:
            actions.set_committee(plan=plan, by=actor_for(request), **data)
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, _("El Comité quedó integrado y sus reglas son públicas."))
            return redirect("monitoring:committee", jurisdiction=jurisdiction)
    context = {"plan": plan, "plans": plans, "committee": committee}
    return answer(request, "monitoring/work/committee.html", form, **context)
