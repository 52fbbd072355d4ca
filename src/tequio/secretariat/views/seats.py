"""Voting, objecting and declaring a conflict: one screen, made for the thumb."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tequio.common.access import here, require
from tequio.common.forms import taken
from tequio.meetings.models import SeatHolder, Session
from tequio.people.acting import actor_for
from tequio.secretariat import actions, queries, standing
from tequio.secretariat.forms import ConflictForm, ObjectionForm, VoteForm
from tequio.secretariat.models import Decision


def _fetch(request: HttpRequest, number: int) -> tuple[Decision, SeatHolder]:
    """The decision and the seat that the acting role occupies in its body."""
    decision = queries.public(here(request)).filter(number=number).first()
    require(request, "secretariat.take_part", decision)
    if decision is None:
        raise Http404
    holder = queries.holder_for(request.role, decision.body, timezone.localdate())  # type: ignore[attr-defined]
    if holder is None:
        raise PermissionDenied
    return decision, holder


def _page(
    request: HttpRequest, decision: Decision, holder: SeatHolder, status: int = 200, **forms_: Any
) -> HttpResponse:
    runs = decision.is_open and decision.session.state == Session.State.OPEN
    hindered = standing.hindrance(decision, holder) if runs else ""
    ballot = queries.ballots_of(decision).filter(seat=holder.seat_id).first()
    objection = decision.objections.filter(seat=holder.seat_id, withdrawn_on=None).first()
    said = {"choice": ballot.choice, "reason": ballot.reason} if ballot is not None and not decision.is_secret else {}
    context = {
        "decision": decision,
        "seat": holder.seat,
        "runs": runs,
        "hindered": hindered,
        "ballot": ballot,
        "objection": objection,
        "votes": runs and decision.is_voted and not hindered,
        "objects": runs and not decision.is_voted and not hindered,
        "declares": runs
        and not decision.conflicts.filter(seat=holder.seat_id).exists()
        and not (decision.is_secret and ballot is not None),
        "form": VoteForm(secret=decision.is_secret, initial=said),
        "objection_form": ObjectionForm(prefix="objecion"),
        "conflict_form": ConflictForm(prefix="conflicto"),
        **forms_,
    }
    return render(request, "secretariat/work/vote.html", context, status=status)


@never_cache
@sensitive_post_parameters("choice", "reason")
def vote(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The question and the three answers. What is sent stands in no log and no error report."""
    decision, holder = _fetch(request, number)
    if request.method != "POST":
        return _page(request, decision, holder)
    form = VoteForm(request.POST, secret=decision.is_secret)
    cast: Callable[[dict[str, Any]], Any] = lambda data: actions.cast_ballot(  # noqa: E731
        decision=decision, holder=holder, by=actor_for(request), **data
    )
    if taken(form, cast):
        secret = _("Tu voto está en la urna. Nadie puede saber cuál fue.")
        messages.success(request, secret if decision.is_secret else _("Tu voto quedó anotado y ya es público."))
        return redirect("secretariat:vote", jurisdiction=jurisdiction, number=number)
    return _page(request, decision, holder, 422, form=form)


def _said(
    request: HttpRequest, number: int, name: str, form: forms.Form, do: Callable[..., Any], done: str
) -> HttpResponse:
    """Takes what one of the small forms says."""
    decision, holder = _fetch(request, number)
    if taken(form, lambda data: do(decision=decision, holder=holder, by=actor_for(request), **data)):
        messages.success(request, done)
        return redirect("secretariat:vote", jurisdiction=decision.jurisdiction.slug, number=number)
    return _page(request, decision, holder, 422, **{name: form})


@never_cache
@require_POST
def object_(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A seat does not go along with the consensus."""
    form = ObjectionForm(request.POST, prefix="objecion")
    words = _("Tu objeción ya es pública. Si algo cambia, puedes retirarla aquí mismo.")
    return _said(request, number, "objection_form", form, actions.object_to, words)


@never_cache
@require_POST
def conflict(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Somebody of a seat declares an interest."""
    form = ConflictForm(request.POST, prefix="conflicto")
    words = _("Quedó declarado. Tu asiento no toma parte en esta decisión.")
    return _said(request, number, "conflict_form", form, actions.declare_conflict, words)


@never_cache
@require_POST
def take_back(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The seat goes along after all."""

    def withdraw(*, decision: Decision, holder: SeatHolder, by: Any) -> None:
        standing_one = decision.objections.filter(seat=holder.seat_id, withdrawn_on=None)
        actions.withdraw_objection(objection=get_object_or_404(standing_one), holder=holder, by=by)

    words = _("Retiraste tu objeción. Que la presentaste sigue a la vista.")
    return _said(request, number, "form_", forms.Form(request.POST), withdraw, words)
