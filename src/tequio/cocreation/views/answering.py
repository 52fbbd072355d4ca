"""The response queue: answers are written and held, then released together."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from tequio.cocreation import actions, letters, queries
from tequio.cocreation.forms.work import AnswerForm, BatchForm
from tequio.cocreation.models import Batch, Response
from tequio.cocreation.views.work import SECTION, fault, role_of
from tequio.common.access import here, may, require
from tequio.common.i18n import versions
from tequio.common.paging import page_by_keys, page_of
from tequio.people.acting import actor_for


@never_cache
def queue(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What is owed an answer, due soonest first, and whether one is held for it."""
    place = here(request)
    require(request, "cocreation.respond", place)
    today = timezone.localdate()
    rows = page_by_keys(request, queries.to_answer(place))
    held = Response.objects.filter(contribution__in=[row.pk for row in rows], released_on=None)
    calls = queries.calls(place)
    form = BatchForm(request.POST or None, calls=calls)
    if request.method == "POST" and form.is_valid():
        actions.open_batch(**form.cleaned_data)
        messages.success(request, _("Lote abierto: al responder elige en cuál va."))
        return redirect("cocreation:queue", jurisdiction=jurisdiction)
    context = {
        **SECTION,
        "rows": rows,
        "held": {row.contribution_id: row for row in held},
        "clock": queries.clock_of(queries.contributions(place), today),
        "today": today,
        "form": form,
        "has_call": form.fields["call"].initial is not None,
        "ready": queries.held_answers(place).count(),
        "releases": may(request, "cocreation.organise", place),
    }
    return render(request, "cocreation/work/queue.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def answer(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A contribution with the form of its answer. What is written is held until it is released."""
    place = here(request)
    require(request, "cocreation.respond", place)
    found = get_object_or_404(queries.contributions(place), number=number)
    wanted = 2 if found.awaits_second_answer else 1
    rows = Response.objects.filter(contribution=found, number=wanted, released_on=None)
    held = rows.select_related("merged_with").first()
    initial: dict[str, Any] = {}
    if held is not None:
        said = versions(held.text)
        initial = {
            "decision": held.decision,
            "reason": held.reason,
            "words": said.get("es", ""),
            "words_en": said.get("en", ""),
            "wording": held.wording,
            "merged_with": held.merged_with.number if held.merged_with else None,
            "batch": held.batch_id,
        }
    owed = found.awaits_answer or found.awaits_second_answer
    form = AnswerForm(request.POST or None, contribution=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_answer(contribution=found, role=role_of(request), **form.cleaned_data)
            messages.success(request, _("Respuesta guardada: nadie la ve hasta que se publique."))
            return redirect("cocreation:queue", jurisdiction=jurisdiction)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "contribution": found,
        "form": form,
        "held": held,
        "owed": owed,
        "today": timezone.localdate(),
        "answers": list(queries.answers_to(found)),
        "comments": page_of(request, queries.comments_on(found), name="comentarios"),
    }
    return render(request, "cocreation/work/answer.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def release(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The held answers, by batch, and the button that publishes those that are chosen at the same moment."""
    place = here(request)
    require(request, "cocreation.organise", place)
    held = list(queries.held_answers(place))
    if request.method == "POST":
        return _release(request, held)
    groups: dict[int | None, dict[str, Any]] = {}
    for row in held:
        group = groups.setdefault(row.batch_id, {"batch": row.batch, "rows": []})
        group["rows"].append(row)
    order = sorted(groups.values(), key=lambda group: -(group["batch"].number if group["batch"] else 0))
    return render(request, "cocreation/work/release.html", {**SECTION, "groups": order, "count": len(held)})


def _release(request: HttpRequest, held: list[Response]) -> HttpResponse:
    place = here(request)
    key = request.POST.get("lote", "")
    batch = (
        Batch.objects.select_related("jurisdiction", "call")
        .filter(jurisdiction=place, pk=int(key[:9]) if key.isdecimal() else -1)
        .first()
    )
    wanted = [row for row in held if row.batch_id == (batch.pk if batch else None)]
    try:
        told = actions.release(responses=wanted, batch=batch, by=actor_for(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cocreation:release", jurisdiction=place.slug)
    for row in told:
        letters.tell_answered(row)
    words = ngettext("Se publicó %(n)s respuesta.", "Se publicaron %(n)s respuestas a la vez.", len(told))
    messages.success(request, words % {"n": len(told)})
    return redirect("cocreation:responses", jurisdiction=place.slug)
