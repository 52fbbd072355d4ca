"""Drafts that were thrown away: undone at once, or within thirty days from their list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments import actions, queries
from tequio.commitments.models import Draft
from tequio.common.access import account_of, here, require
from tequio.plans.models import Plan


def _mine(request: HttpRequest) -> QuerySet[Draft]:
    """The discarded drafts that the person may take up again, newest first."""
    rows = Draft.objects.filter(plan__jurisdiction=here(request), discarded__isnull=False)
    rows = rows.select_related("plan__jurisdiction", "commitment__jurisdiction")
    if not account_of(request).has_perm("plans.manage_plans", here(request)):
        role = account_of(request).acting_role
        rows = rows.filter(Q(commitment__lead=role.organisation) & Q(commitment__lead__isnull=False))
    return rows.order_by("-discarded")


def discarded_of(request: HttpRequest, kind: str) -> dict[str, Any]:
    """For the lists of work: how many drafts wait in the list of the discarded ones, and the one just thrown away."""
    rows = list(_mine(request).filter(kind=kind))
    just = request.GET.get("descartado", "")
    return {"discarded": len(rows), "undo": next((row for row in rows if str(row.pk) == just), None)}


@require_POST
def discard_plan(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Throws the plan's draft away; the list offers to undo it."""
    require(request, "plans.manage_plans", here(request))
    plan = get_object_or_404(queries.working_plans(here(request)), number=number)
    draft = actions.discard_draft(draft=actions.plan_draft_of(plan=plan, account=account_of(request)))
    return _led_back("commitments:work_plans", jurisdiction, draft)


@require_POST
def discard_commitment(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Throws the commitment's draft away; the list offers to undo it."""
    require(request, "commitments.work", here(request))
    commitment = get_object_or_404(queries.working_commitments(here(request)), code=code)
    require(request, "commitments.edit_commitment", commitment)
    draft = actions.discard_draft(draft=actions.draft_of(commitment=commitment, account=account_of(request)))
    return _led_back("commitments:work_commitments", jurisdiction, draft)


def _led_back(name: str, jurisdiction: str, draft: Draft) -> HttpResponse:
    answer = redirect(name, jurisdiction=jurisdiction)
    if draft.pk:
        answer["Location"] += f"?descartado={draft.pk}"
    return answer


@never_cache
def discarded(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every draft that was thrown away in the last thirty days."""
    require(request, "commitments.work", here(request))
    return render(request, "commitments/work/discarded.html", {"drafts": _mine(request)})


@require_POST
def take_up(request: HttpRequest, jurisdiction: str, pk: int) -> HttpResponse:
    """Takes a discarded draft up again, or deletes it for ever."""
    require(request, "commitments.work", here(request))
    draft = get_object_or_404(_mine(request), pk=pk)
    if request.POST.get("hacer") == "borrar":
        actions.delete_draft(draft=draft)
        messages.success(request, _("Se borró para siempre."))
        return redirect("commitments:discarded", jurisdiction=jurisdiction)
    try:
        actions.restore_draft(draft=draft)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("commitments:discarded", jurisdiction=jurisdiction)
    messages.success(request, _("Borrador recuperado, tal como estaba."))
    if draft.commitment is not None and _plan_is_there(draft.plan):
        return redirect("commitments:work_commitment", jurisdiction=jurisdiction, code=draft.commitment.code)
    return redirect("commitments:work_plan", jurisdiction=jurisdiction, number=draft.plan.number)


def _plan_is_there(plan: Plan) -> bool:
    return queries.working_plans(plan.jurisdiction).filter(pk=plan.pk).exists()
