"""Scoring, drafting a commitment together, and the ledger of its words."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.cocreation import actions, queries
from tequio.cocreation.actions.drafting import result_of
from tequio.cocreation.forms.drafting import (
    CommitmentForm,
    CreditForm,
    DraftStartForm,
    ScoreForm,
    VersionForm,
)
from tequio.cocreation.forms.work import NumberedChoice
from tequio.cocreation.models import Contribution, Phase, Said, Score
from tequio.cocreation.views.work import SECTION, fault, role_of
from tequio.common.access import account_of, here, may, require
from tequio.common.paging import page_of
from tequio.people.acting import actor_for

AT_ONCE = 10  # contributions that are scored on one page


@never_cache
def score(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The contributions of a call, each with its criteria. What is left empty is not scored."""
    place = here(request)
    require(request, "cocreation.score", place)
    call = get_object_or_404(queries.calls(place), number=number)
    rows = page_of(
        request,
        queries.contributions(place).filter(call=call, sight=Said.Sight.SHOWN).order_by("number"),
        AT_ONCE,
    )
    mine = {
        row.contribution_id: row.points
        for row in Score.objects.filter(role=role_of(request), contribution__in=[row.pk for row in rows])
    }
    is_open = call.is_open(Phase.PRIORITISATION, timezone.localdate()) and call.scored_on is None
    data = request.POST or None
    several = [(row, ScoreForm(data, call=call, prefix=str(row.number), initial=mine.get(row.pk, {}))) for row in rows]
    if request.method == "POST" and all(form.is_valid() for _row, form in several):
        faults, done = False, 0
        for row, form in several:
            points = {key: value for key, value in form.cleaned_data.items() if value}
            if not points or points == mine.get(row.pk):
                continue
            try:
                actions.score(contribution=row, role=role_of(request), points=points, by=actor_for(request))
                done += 1
            except ValidationError as error:
                form.add_error(None, error)
                faults = True
        if not faults:
            words = ngettext("Listo: se guardó %(n)s calificación.", "Listo: se guardaron %(n)s calificaciones.", done)
            messages.success(request, words % {"n": done})
            return redirect(f"{request.path}?pagina={rows.number}")
    context = {**SECTION, "call": call, "rows": rows, "several": several, "is_open": is_open}
    return render(request, "cocreation/work/score.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_POST
def close_scoring(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Freezes the order."""
    require(request, "cocreation.organise", here(request))
    call = get_object_or_404(queries.calls(here(request)), number=number)
    try:
        actions.close_scoring(call=call, by=actor_for(request))
        messages.success(request, _("Listo: el orden quedó fijo y cualquiera puede volver a calcularlo."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("cocreation:priorities", jurisdiction=jurisdiction, number=number)


@never_cache
def start(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A commitment begins from contributions, the best scored first."""
    place = here(request)
    require(request, "cocreation.draft", place)
    call = get_object_or_404(queries.calls(place), number=number)
    ranks: dict[int | None, int] = {row.contribution: row.rank for row in result_of(call)}
    rows = Contribution.objects.filter(call=call, sight=Said.Sight.SHOWN)
    best = sorted(rows.values_list("pk", "number"), key=lambda row: (ranks.get(row[1], 10**6), row[1]))[:200]
    chosen = queries.contributions(place).filter(pk__in=[pk for pk, _number in best]).order_by("number")
    form = DraftStartForm(request.POST or None, call=call, rows=chosen)
    field: Any = form.fields["contributions"]
    field.label_from_instance = lambda row: (
        NumberedChoice.label_from_instance(field, row)
        + (f" · {_('lugar %(rank)s') % {'rank': ranks[row.number]}}" if row.number in ranks else "")
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.start_draft(call=call, role=role_of(request), by=actor_for(request), **form.cleaned_data)
            return redirect("cocreation:edit_draft", jurisdiction=jurisdiction, number=draft.number)
        except ValidationError as error:
            fault(form, error)
    context = {**SECTION, "call": call, "form": form}
    return render(request, "cocreation/work/start.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def edit(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The parts of a draft in one form. Saving makes a version; nobody overwrites a neighbour."""
    place = here(request)
    require(request, "cocreation.draft", place)
    draft = get_object_or_404(queries.drafts(place), number=number)
    newest = queries.versions_of(draft).first()
    initial = {**(newest.fields if newest else {}), "seen": draft.version}
    form = VersionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        why, seen = data.pop("why"), data.pop("seen")
        try:
            version = actions.write_version(
                draft=draft, fields=data, why=why, seen=seen, role=role_of(request), by=actor_for(request)
            )
            return redirect("cocreation:version", jurisdiction=jurisdiction, number=number, version=version.number)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "draft": draft,
        "newest": newest,
        "form": form,
        "comments": page_of(request, queries.comments_on(draft)),
        "credits": list(queries.credits_of(draft=draft)),
        "organises": may(request, "cocreation.organise", place),
        "commitment_form": CommitmentForm(jurisdiction=place, initial={"plan": draft.call.plan_id, "code": draft.code}),
    }
    return render(request, "cocreation/work/draft.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def credit(request: HttpRequest, jurisdiction: str, number: int, contribution: int) -> HttpResponse:
    """Which words of the draft came from a contribution: suggested by what both say, confirmed by a person."""
    place = here(request)
    require(request, "cocreation.draft", place)
    draft = get_object_or_404(queries.drafts(place), number=number)
    found = get_object_or_404(queries.contributions(place), number=contribution, call=draft.call)
    form = CreditForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_credit(
                draft=draft, contribution=found, role=role_of(request), by=actor_for(request), **form.cleaned_data
            )
            messages.success(request, _("Confirmado: ya está en el libro de aportes."))
            return redirect("cocreation:edit_draft", jurisdiction=jurisdiction, number=number)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "draft": draft,
        "contribution": found,
        "form": form,
        "suggestions": queries.suggested_words(draft, found),
    }
    return render(request, "cocreation/work/credit.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_POST
def to_commitment(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Takes the draft over into a commitment of a plan, in draft, where the rest of it is written."""
    place = here(request)
    require(request, "cocreation.organise", place)
    draft = get_object_or_404(queries.drafts(place), number=number)
    form = CommitmentForm(request.POST, jurisdiction=place)
    if form.is_valid():
        try:
            made = actions.make_commitment(
                draft=draft, account=account_of(request), by=actor_for(request), **form.cleaned_data
            )
            messages.success(request, _("Listo: completa el compromiso con sus actividades y su calendario."))
            return redirect("commitments:work_commitment", jurisdiction=jurisdiction, code=made.code)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "draft": draft,
        "form": VersionForm(initial={"seen": draft.version}),
        "commitment_form": form,
        "organises": True,
    }
    return render(request, "cocreation/work/draft.html", context, status=422)
