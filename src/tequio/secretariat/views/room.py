"""What is said and shown in the room by those who vote without a device: the secretariat writes it down, as itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.forms import taken
from tequio.meetings import queries as meetings
from tequio.meetings.models import Session
from tequio.people.acting import actor_for
from tequio.secretariat import actions, queries, wording
from tequio.secretariat.forms import HandsForm, SaidForm
from tequio.secretariat.models import Decision, How
from tequio.secretariat.views.work import fetch


def _rows(decision: Decision) -> list[dict[str, Any]]:
    """Each seat that is there, in its order: who may vote for it, what stands noted, and why it cannot be noted."""
    voters = meetings.may_vote(decision.session)
    out = set(decision.conflicts.values_list("seat", flat=True))
    cast = {row.seat_id: row for row in queries.ballots_of(decision)}
    rows = []
    for place in queries.table(decision.session):
        ballot, holder = cast.get(place.seat.pk), voters.get(place.seat.pk)
        why = ""
        if place.seat.pk in out:
            why = _("Declaró un conflicto: no cuenta.")
        elif ballot is not None and not ballot.how:
            why = _("Votó por su cuenta.")
        elif holder is None:
            why = _("Nadie de este asiento puede votar: no está, o no tiene delegación.")
        rows.append({"seat": place.seat, "house": place.house, "holder": holder, "ballot": ballot, "why": why})
    return rows


@never_cache
def room(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A show of hands, an objection or a conflict said aloud: which seat, and what."""
    decision, wants = fetch(request, number), request.POST.get("hacer", "")
    rows, by = _rows(decision), actor_for(request)
    runs = decision.is_open and decision.session.state == Session.State.OPEN
    free = [row for row in rows if not row["why"]]
    seats = {str(row["seat"].number): row["holder"] for row in rows if row["holder"] is not None}
    hands = HandsForm(request.POST if wants == "manos" else None, rows=free)
    sayable = [row for row in rows if row["holder"] is not None and str(row["seat"].number) in seats]
    objection = SaidForm(request.POST if wants == "objecion" else None, prefix="objecion", rows=sayable)
    conflict = SaidForm(request.POST if wants == "conflicto" else None, prefix="conflicto", rows=sayable)
    words, done = "", False
    if wants == "manos":
        words = _("Anotado, y ya es público. Cada asiento puede corregir lo suyo mientras siga abierta.")
        done = taken(hands, lambda _d: actions.note_ballots(decision=decision, choices=hands.choices, by=by))
    elif wants in ("objecion", "conflicto"):
        form = objection if wants == "objecion" else conflict
        do: Any = actions.object_to if wants == "objecion" else actions.declare_conflict
        words = _("Anotado, y ya es público.")
        done = taken(
            form,
            lambda data: do(decision=decision, holder=seats[data["seat"]], reason=data["reason"], how=How.ROOM, by=by),
        )
    if done:
        messages.success(request, words)
        return redirect("secretariat:manage", jurisdiction=jurisdiction, number=number)
    context = {
        "decision": decision,
        "runs": runs,
        "hands": hands,
        "noting": runs and decision.is_voted and not decision.is_secret,
        "objecting": runs and not decision.is_voted,
        "kept": [row for row in rows if row["why"]],
        "objection_form": objection,
        "conflict_form": conflict,
        "quorum": wording.able_words(queries.quorum_of(decision, queries.table(decision.session))),
    }
    wrong = any(form.is_bound and form.errors for form in (hands, objection, conflict))
    return render(request, "secretariat/work/room.html", context, status=422 if wrong else 200)
