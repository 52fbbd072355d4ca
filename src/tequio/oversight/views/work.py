"""Checking, confirming and handing over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments import queries as commitments
from tequio.commitments.actions import submit_evidence
from tequio.commitments.models import Commitment
from tequio.common.access import account_of, here, require
from tequio.common.forms import taken
from tequio.common.i18n import text
from tequio.documents.actions import keep
from tequio.documents.models import Blob
from tequio.monitoring import archiving
from tequio.oversight import actions, queries
from tequio.oversight.forms import CheckForm, HandoverForm, NewPieceForm, ReturnForm
from tequio.oversight.models import Check
from tequio.people.acting import actor_for


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What is due, plan by plan."""
    require(request, "oversight.work", here(request))
    today = timezone.localdate()
    summaries = [
        queries.Summary(plan, tuple(queries.rows_of(plan, today))) for plan in queries.past_plans(here(request), today)
    ]
    return render(request, "oversight/work/list.html", {"summaries": summaries, "today": today})


def _fetch(request: HttpRequest, code: str) -> Commitment:
    rows = commitments.public_commitments(here(request)).select_related("plan__jurisdiction", "jurisdiction", "lead")
    return get_object_or_404(rows, code=code)


def _proposal(commitment: Commitment) -> Check:
    """What waits to be confirmed; 404 where nothing does."""
    months = queries.current(commitment.plan, timezone.localdate())
    rows = commitment.checks.select_related("by", "commitment__jurisdiction")
    return get_object_or_404(rows, confirmed_on=None, months=months)


def _page(request: HttpRequest, commitment: Commitment, status: int = 200, **more: Any) -> HttpResponse:
    today = timezone.localdate()
    row = queries.rows_for([commitment], commitment.plan, today)[0]
    may = {name: account_of(request).has_perm(f"oversight.{name}", commitment) for name in ("check", "hand_over")}
    role = request.role  # type: ignore[attr-defined]
    proposal = row.proposal
    mine = proposal is not None and proposal.by.person_id == role.person_id
    context = {
        "commitment": commitment,
        "plan": commitment.plan,
        "row": row,
        "today": today,
        "proposal": proposal if may["check"] else None,
        "mine": mine,
        "writes": may["check"] and row.due is not None and (proposal is None or mine),
        "decides": may["check"] and proposal is not None and not mine and not proposal.returned,
        "hands_over": may["hand_over"] and bool(row.milestones) and _ended(commitment),
        "check_form": CheckForm(commitment=commitment, known=proposal),
        "piece_form": NewPieceForm(),
        "return_form": ReturnForm(),
        "handover_form": HandoverForm(commitment=commitment),
        **more,
    }
    return render(request, "oversight/work/commitment.html", context, status=status)


def _ended(commitment: Commitment) -> bool:
    end = commitment.plan.end.last
    return end is not None and end < timezone.localdate()


def _done(request: HttpRequest, commitment: Commitment, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("oversight:handle", jurisdiction=commitment.jurisdiction.slug, code=commitment.code)


@never_cache
def handle(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """A commitment after its plan: write the check that is due, confirm another's, or hand it over."""
    commitment = _fetch(request, code)
    require(request, "oversight.handle", commitment)
    if request.method != "POST":
        return _page(request, commitment)
    require(request, "oversight.check", commitment)
    form, new = CheckForm(request.POST, commitment=commitment), NewPieceForm(request.POST, request.FILES)
    right = [form.is_valid(), new.is_valid()]
    copy = _copy(new) if all(right) else None
    if all(right) and not new.errors and taken(form, lambda data: _propose(request, commitment, data, new, copy)):
        return _done(request, commitment, _("Guardada. Se publica cuando otra persona la confirme."))
    if request.FILES:
        new.add_error("upload", _("Vuelve a elegir el archivo: los navegadores no lo guardan."))
    return _page(request, commitment, 422, check_form=form, piece_form=new)


def _copy(new: NewPieceForm) -> Blob | None:
    """The archived copy of the address in the form, if it has one and no file; what speaks against it stands there."""
    data = new.cleaned_data
    if not data.get("url") or data.get("upload"):
        return None
    try:
        return archiving.copy_of(data["url"])
    except ValidationError as error:
        new.add_error("url", error)
        return None


@transaction.atomic  # new evidence is handed in only with the check that names it
def _propose(
    request: HttpRequest, commitment: Commitment, data: dict[str, Any], new: NewPieceForm, copy: Blob | None
) -> None:
    seen = list(data.get("evidence") or [])
    if new.has_changed():
        told = {name: value for name, value in new.cleaned_data.items() if name not in ("upload", "title")}
        upload = new.cleaned_data["upload"]
        piece = submit_evidence(
            commitment=commitment,
            activity=None,
            title=text(new.cleaned_data["title"]),
            blob=keep(upload=upload) if upload else copy,
            by=actor_for(request),
            **told,
        )
        if piece.blob_id is None:
            archiving.ask_again(piece)
        seen.append(piece)
    actions.propose_check(
        commitment=commitment,
        result=data["result"],
        words=data["words"],
        evidence=seen,
        role=request.role,  # type: ignore[attr-defined]
    )


@never_cache
@require_POST
def confirm(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Another person confirms, and the check is public."""
    commitment = _fetch(request, code)
    require(request, "oversight.check", commitment)
    check = _proposal(commitment)
    try:
        actions.confirm_check(check=check, role=request.role, by=actor_for(request))  # type: ignore[attr-defined]
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, commitment, 422)
    return _done(request, commitment, _("Confirmada. Ya es pública."))


@never_cache
@require_POST
def give_back(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Another person asks for changes."""
    commitment = _fetch(request, code)
    require(request, "oversight.check", commitment)
    check = _proposal(commitment)
    form, role = ReturnForm(request.POST), request.role  # type: ignore[attr-defined]
    if taken(form, lambda data: actions.return_check(check=check, role=role, **data)):
        return _done(request, commitment, _("Devuelta a quien la escribió."))
    return _page(request, commitment, 422, return_form=form)


@never_cache
@require_POST
def hand_over(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The secretariat writes down who takes it over."""
    commitment = _fetch(request, code)
    require(request, "oversight.hand_over", commitment)
    form, by = HandoverForm(request.POST, commitment=commitment), actor_for(request)
    if taken(form, lambda data: actions.hand_over(commitment=commitment, by=by, **data)):
        return _done(request, commitment, _("Quedó en el registro público."))
    return _page(request, commitment, 422, handover_form=form)
