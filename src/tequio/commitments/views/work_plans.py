"""Where the secretariat writes plans: list, new, sections, checklist, preview, publish, submit."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments import actions, forms, queries
from tequio.commitments.actions.drafts import section_of
from tequio.commitments.actions.publish import write_plan
from tequio.commitments.document import missing_in_plan
from tequio.commitments.document.check import check
from tequio.commitments.document.difference import Change, differing_fields
from tequio.commitments.models import Draft
from tequio.commitments.views.work_discarded import discarded_of
from tequio.commitments.views.work_drafts import edit
from tequio.common.access import account_of, here, require
from tequio.people.acting import actor_for
from tequio.plans.models import Plan
from tequio.plans.views.public import about

MANAGE = "plans.manage_plans"


def _fetch(request: HttpRequest, number: int) -> Plan:
    require(request, MANAGE, here(request))
    return get_object_or_404(queries.working_plans(here(request)), number=number)


def _changes(plan: Plan, draft: Draft) -> list[Change]:
    """What a public plan would say otherwise."""
    if not (plan.rev and draft.pk):
        return []
    return differing_fields("plan", actions.public_plan(plan), draft.document)


@never_cache
def plans(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All plans, drafts among them, and the three ways to begin one."""
    require(request, MANAGE, here(request))
    rows = queries.working_plans(here(request)).order_by("-number")
    context = {"plans": rows, **discarded_of(request, Draft.Kind.PLAN)}
    return render(request, "commitments/work/plans.html", context)


@never_cache
def start(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Begins a plan."""
    require(request, MANAGE, here(request))
    form = forms.StartPlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = actions.start_plan(jurisdiction=here(request), account=account_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("commitments:work_plan", jurisdiction=jurisdiction, number=plan.number)
    context = {"form": form, "title": _("Nuevo plan")}
    return render(request, "commitments/work/form.html", context, status=422 if form.errors else 200)


@never_cache
def overview(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A plan's draft: its sections, what is missing, its commitments."""
    plan = _fetch(request, number)
    draft = actions.plan_draft_of(plan=plan, account=account_of(request))
    context = {
        "plan": plan,
        "draft": draft,
        "sections": forms.PLAN_SECTIONS,
        "faults": check(draft.document),
        "missing": missing_in_plan(draft.document),
        "changes": _changes(plan, draft),
        "commitments": queries.working_commitments(plan.jurisdiction).filter(plan=plan).order_by("number", "code"),
        "today": timezone.localdate(),
    }
    return render(request, "commitments/work/plan.html", context)


@never_cache
def section(request: HttpRequest, jurisdiction: str, number: int, section: str) -> HttpResponse:
    """One section of a plan's draft."""
    plan = _fetch(request, number)
    found = next((item for item in forms.PLAN_SECTIONS if item.key == section), None)
    if found is None:
        raise Http404
    draft = actions.plan_draft_of(plan=plan, account=account_of(request))
    return edit(
        request,
        draft=draft,
        kind="plan",
        names=found.fields,
        shown=lambda document: section_of(document, found.fields),
        save=lambda changes, seen: actions.save_section(
            draft=draft, changes=changes, account=account_of(request), seen=seen, names=found.fields
        ),
        back=reverse("commitments:work_plan", args=[jurisdiction, number]),
        context={"plan": plan, "title": found.title, "hint": found.hint},
    )


@never_cache
def preview(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The plan's page as people would see it; what is written for it is taken back at once."""
    plan = _fetch(request, number)
    draft = actions.plan_draft_of(plan=plan, account=account_of(request))
    with transaction.atomic():
        write_plan(plan=plan, document=draft.document, by=actor_for(request))
        context = {**about(request, plan), "preview": True, "back": f"../../{number}/"}
        response = render(request, "plans/plan.html", context)
        transaction.set_rollback(True)
    return response


@never_cache
def publish(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Asks once more, then publishes the plan or its change."""
    plan = _fetch(request, number)
    draft = actions.plan_draft_of(plan=plan, account=account_of(request))
    form = forms.PlanChangeForm(request.POST or None) if plan.rev else None
    faults = [str(fault) for fault in check(draft.document)]
    blocked = faults + [item.words for item in missing_in_plan(draft.document)]
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            why = form.cleaned_data["why"] if form else ""
            actions.publish_plan(plan=plan, draft=draft, by=actor_for(request), why=why)
        except ValidationError as error:
            blocked, status = error.messages, 422
        else:
            messages.success(request, _("Publicado. Ya está en el registro público."))
            return redirect("plans:plan", jurisdiction=jurisdiction, number=number)
    context = {"plan": plan, "form": form, "blocked": blocked, "changes": _changes(plan, draft)}
    return render(
        request, "commitments/work/publish_plan.html", context, status=422 if form and form.errors else status
    )


@require_POST
def submit(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Marks the plan as submitted: first versions are fixed from then on."""
    plan = _fetch(request, number)
    try:
        actions.submit_plan(plan=plan, on=timezone.localdate(), by=actor_for(request))
        messages.success(request, _("El plan quedó presentado. La primera versión de cada compromiso ya no cambia."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("commitments:work_plan", jurisdiction=jurisdiction, number=number)
