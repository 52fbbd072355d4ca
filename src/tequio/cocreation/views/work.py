"""Organising: the desk of co-creation, calls and their tables, problems that are one, and contributions written down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.cocreation import actions, letters, letters_in, queries
from tequio.cocreation.forms.work import (
    CallForm,
    EnterForm,
    ExpertAnswerForm,
    ExpertForm,
    LetterForm,
    MergeForm,
    ProductForm,
    TableForm,
    WhyForm,
    criteria_forms,
    criteria_of,
)
from tequio.cocreation.models import Call, Contribution, FeedbackRequest, Phase, Table
from tequio.common.access import here, may, require
from tequio.common.paging import page_of
from tequio.people.acting import actor_for

SECTION = {"section": "cocreation"}


def fault(form: Any, error: ValidationError) -> None:
    """Puts an action's faults where the form can show them: on a field it has, else above."""
    if hasattr(error, "error_dict"):
        for name, faults in error.message_dict.items():
            form.add_error(name if name in form.fields else None, faults)
    else:
        form.add_error(None, error)


def role_of(request: HttpRequest) -> Any:
    """The role that the person acts in."""
    return request.role  # type: ignore[attr-defined]


def _call(request: HttpRequest, number: int) -> Call:
    rows = Call.objects.filter(jurisdiction=here(request)).select_related("jurisdiction", "plan__jurisdiction")
    return get_object_or_404(rows, number=number)


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What there is to do, with its count."""
    place = here(request)
    require(request, "cocreation.work", place)
    today = timezone.localdate()
    context = {
        **SECTION,
        "today": today,
        "calls": [
            {"call": call, "phases": call.timeline(today)}
            for call in Call.objects.filter(jurisdiction=place).select_related("jurisdiction", "plan")
        ],
        "clock": queries.clock_of(queries.contributions(place), today),
        "held": queries.held_answers(place).count(),
        "drafts": list(queries.drafts(place)[:20]),
        "problems": page_of(request, queries.problems(place).filter(merged_into=None)),
        "organises": may(request, "cocreation.organise", place),
        "responds": may(request, "cocreation.respond", place),
        "scores": may(request, "cocreation.score", place),
        "drafting": may(request, "cocreation.draft", place),
    }
    return render(request, "cocreation/work/work.html", context)


@never_cache
def new_call(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A call in draft."""
    place = here(request)
    require(request, "cocreation.organise", place)
    form = CallForm(request.POST or None, jurisdiction=place)
    criteria = criteria_forms(None, request.POST or None)
    if request.method == "POST" and form.is_valid() and criteria.is_valid():
        data = form.cleaned_data
        try:
            call = actions.create_call(
                jurisdiction=place,
                title=data["title"],
                summary=data["summary"],
                plan=data["plan"],
                answer_days=data["answer_days"],
                phases=form.phases(),
                criteria=criteria_of(criteria),
            )
            return redirect("cocreation:edit_call", jurisdiction=jurisdiction, number=call.number)
        except ValidationError as error:
            fault(form, error)
    context = {**SECTION, "form": form, "criteria": criteria}
    return render(request, "cocreation/work/call.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def edit_call(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A call: its words and windows, and, while in draft, the button that publishes it."""
    place = here(request)
    require(request, "cocreation.organise", place)
    call = _call(request, number)
    form = CallForm(request.POST or None, jurisdiction=place, call=call)
    criteria = criteria_forms(call, request.POST or None)
    if request.method == "POST" and form.is_valid() and criteria.is_valid():
        data = form.cleaned_data
        try:
            actions.change_call(
                call=call,
                by=actor_for(request),
                title=data["title"],
                summary=data["summary"],
                plan=data["plan"],
                answer_days=data["answer_days"],
                phases=form.phases(),
                criteria=criteria_of(criteria),
                why=data.get("why", ""),
            )
            messages.success(request, _("Guardado."))
            return redirect("cocreation:edit_call", jurisdiction=jurisdiction, number=number)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "form": form,
        "criteria": criteria,
        "call": call,
        "tables": list(Table.objects.filter(call=call).order_by("number")),
    }
    return render(request, "cocreation/work/call.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@require_POST
def publish_call(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Publishes a call."""
    require(request, "cocreation.organise", here(request))
    call = _call(request, number)
    try:
        actions.publish_call(call=call, by=actor_for(request))
        messages.success(request, _("La convocatoria ya es pública."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cocreation:edit_call", jurisdiction=jurisdiction, number=number)
    return redirect("cocreation:call", jurisdiction=jurisdiction, number=number)


@never_cache
def new_table(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A table of a public call."""
    require(request, "cocreation.organise", here(request))
    call = get_object_or_404(queries.calls(here(request)), number=number)
    form = TableForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        try:
            table = actions.open_table(call=call, by=actor_for(request), **form.cleaned_data)
            return redirect("cocreation:edit_table", jurisdiction=jurisdiction, number=table.number)
        except ValidationError as error:
            fault(form, error)
    context = {**SECTION, "form": form, "call": call}
    return render(request, "cocreation/work/table.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def edit_table(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A table: its words, its products, and what it asks of experts. ``hacer`` says which of its forms was sent."""
    require(request, "cocreation.respond", here(request))
    table = get_object_or_404(queries.tables(here(request)), number=number)
    wants = request.POST.get("hacer", "")
    asked = list(FeedbackRequest.public_rows().filter(table=table).order_by("-number"))
    open_one = next((row for row in asked if str(row.number) == request.POST.get("consulta", "")), None)
    forms: dict[str, Any] = {
        "mesa": TableForm(request.POST if wants == "mesa" else None, call=table.call, table=table),
        "producto": ProductForm(request.POST if wants == "producto" else None, prefix="producto"),
        "preguntar": ExpertForm(request.POST if wants == "preguntar" else None, prefix="preguntar"),
        "respondio": ExpertAnswerForm(request.POST if wants == "respondio" else None, prefix="respondio"),
    }
    form = forms.get(wants)
    if request.method == "POST" and form is not None and form.is_valid():
        by, data = actor_for(request), form.cleaned_data
        try:
            if wants == "mesa":
                actions.change_table(table=table, by=by, **data)
            elif wants == "producto":
                actions.add_product(table=table, by=by, **data)
            elif wants == "preguntar":
                actions.ask_expert(table=table, by=by, **data)
            elif open_one is not None:
                actions.record_expert_answer(asked=open_one, by=by, **data)
            messages.success(request, _("Guardado."))
            return redirect("cocreation:edit_table", jurisdiction=jurisdiction, number=number)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "table": table,
        "call": table.call,
        "form": forms["mesa"],
        "forms": forms,
        "members": list(queries.members(table)),
        "unanswered": [row for row in asked if row.answered_on is None],
    }
    return render(request, "cocreation/work/table.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def merge(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Problems that may be the same one: joined in public, and taken apart again."""
    place = here(request)
    require(request, "cocreation.respond", place)
    problem = get_object_or_404(queries.problems(place), number=number)
    apart = problem.merged_into_id is not None
    form: Any = WhyForm(request.POST or None) if apart else MergeForm(request.POST or None, problem=problem)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if apart:
                actions.unmerge_problems(problem=problem, why=data["why"], by=actor_for(request))
                messages.success(request, _("Listo: vuelven a ser dos."))
            else:
                actions.merge_problems(problem=problem, into=data["into"], why=data["why"], by=actor_for(request))
                messages.success(request, _("Listo: quedaron unidos, y se ven los dos. Se puede deshacer."))
            return redirect("cocreation:problem", jurisdiction=jurisdiction, number=number)
        except ValidationError as error:
            fault(form, error)
    context = {
        **SECTION,
        "problem": problem,
        "form": form,
        "alike": [] if apart else queries.alike(problem),
        "apart": apart,
    }
    return render(request, "cocreation/work/merge.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def enter(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A contribution that came on paper, by mail, at a table, or with help."""
    require(request, "cocreation.respond", here(request))
    call = get_object_or_404(queries.calls(here(request)), number=number)
    reads = request.POST.get("hacer") == "leer"
    reader = LetterForm(request.POST if reads else None, request.FILES if reads else None, prefix="correo")
    first: dict[str, Any] = {"source": "paper", "kind": "assisted", "received_on": timezone.localdate()}
    letter = None
    if reads and reader.is_valid():
        try:
            letter = letters_in.read(reader.cleaned_data["letter"].read())
            first = {"source": "mail", "kind": "person", "sheet": letter.code, "title": letter.title}
            first |= {"text": letter.text, "name": letter.name, "email": letter.email}
            first["received_on"] = letter.received_on
        except ValidationError as error:
            reader.add_error("letter", error)
    sent = (None, None) if reads else (request.POST or None, request.FILES or None)
    form = EnterForm(*sent, call=call, initial=first)
    if request.method == "POST" and not reads and form.is_valid():
        try:
            made = actions.enter_contribution(
                call=call, role=role_of(request), by=actor_for(request), **form.cleaned_data
            )
            letters.tell_received(made)
            messages.success(request, _("Capturada con el número %(number)s.") % {"number": made.number})
            return redirect("cocreation:contribution", jurisdiction=jurisdiction, number=made.number)
        except ValidationError as error:
            fault(form, error)
    if form.errors and request.FILES:
        form.add_error("attached", _("Vuelve a elegir los archivos: los navegadores no los guardan."))
    context = {
        **SECTION,
        "form": form,
        "reader": reader,
        "letter": letter,
        "known": Contribution.public_rows().filter(jurisdiction=call.jurisdiction, sheet=letter.code).first()
        if letter
        else None,
        "call": call,
        "open": call.is_open(Phase.CONTRIBUTIONS, timezone.localdate()),
    }
    wrong = reader.errors if reads else request.method == "POST"
    return render(request, "cocreation/work/enter.html", context, status=422 if wrong else 200)
