"""Bringing texts in: the list of those who work on them, a new text, a new version, what is said of a text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.common.paging import page_of
from tequio.legaltext import actions, queries
from tequio.legaltext.forms import NewTextForm, TableForm, VersionForm, WorkForm
from tequio.legaltext.models import Expression, Work
from tequio.people.acting import actor_for

EDIT = "legaltext.edit_texts"


def find(request: HttpRequest, code: str) -> Work:
    """A text of the jurisdiction, public or not, for whoever may work on it."""
    rows = Work.objects.select_related("jurisdiction")
    work = rows.filter(jurisdiction=here(request), code=code).first()
    require(request, EDIT, work or here(request))
    if work is None:
        raise Http404
    return work


@never_cache
def texts(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All texts, with what still waits in each."""
    require(request, EDIT, here(request))
    return render(request, "legaltext/work/texts.html", {"rows": page_of(request, queries.every_work(here(request)))})


def _begin(request: HttpRequest, form: Any, work: Work) -> Expression:
    data = form.cleaned_data
    return actions.begin_version(
        work=work,
        document=form.reading.document,
        source=form.reading.source,
        date=data["date"],
        stage=data["stage"],
        name=data["name"],
        supersedes=data.get("supersedes"),
        file_name=form.file_name,
        sha256=form.sha256,
        role=request.role,  # type: ignore[attr-defined]
    )


def _opened(request: HttpRequest, made: Expression) -> HttpResponse:
    messages.success(request, _("Listo: ya leímos el texto. Revisa lo que no quedó claro; todavía no es público."))
    return redirect("legaltext:review", made.work.jurisdiction.slug, made.work.code, made.number)


@never_cache
def new(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A text that is not here yet."""
    require(request, EDIT, here(request))
    form = NewTextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        title = data["title"] or form.reading.document.title
        try:
            work = actions.create_work(jurisdiction=here(request), kind=data["kind"], title=title)
            try:
                return _opened(request, _begin(request, form, work))
            except ValidationError:
                work.delete()
                raise
        except ValidationError as error:
            form.add_error(None, error) if not hasattr(error, "error_dict") else form.add_error("title", error.messages)
            form.give_back()
    status = 422 if request.method == "POST" else 200
    return render(request, "legaltext/work/bring.html", {"form": form}, status=status)


@never_cache
def version(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """A further version of a text."""
    work = find(request, code)
    form = VersionForm(request.POST or None, request.FILES or None, work=work)
    if request.method == "POST" and form.is_valid():
        try:
            return _opened(request, _begin(request, form, work))
        except ValidationError as error:
            form.add_error(None, error)
            form.give_back()
    status = 422 if request.method == "POST" else 200
    return render(request, "legaltext/work/bring.html", {"form": form, "work": work}, status=status)


@never_cache
def table(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The comparative table that authors bring with a bill, held against the law: a draft of how it would read."""
    work = find(request, code)
    law = queries.at(work, timezone.localdate()) or queries.versions(work).first()
    if law is None:
        raise Http404
    form = TableForm(request.POST or None, request.FILES or None, law=queries.document_of(law))
    if request.method == "POST" and form.is_valid():
        data, made = form.cleaned_data, form.made
        try:
            draft = actions.begin_version(
                work=work,
                document=made.document,
                source=made.source,
                date=data["date"],
                stage=Expression.Stage.INITIATIVE,
                name=data["name"],
                supersedes=law,
                file_name=data["file"].name if data.get("file") else "",
                role=request.role,  # type: ignore[attr-defined]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            words = _("Listo: cambian %(changed)s artículos y se agregan %(added)s. Revisa las dudas.")
            messages.success(request, words % {"changed": len(made.changed), "added": len(made.added)})
            return redirect("legaltext:review", jurisdiction, code, draft.number)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "work": work, "law": law, "rows": form.table[:12] if form.errors else []}
    return render(request, "legaltext/work/table.html", context, status=status)


@never_cache
def edit(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """What is said of a text, and its versions."""
    work = find(request, code)
    form = WorkForm(request.POST or None, instance=find(request, code))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("rev")
        try:
            actions.edit_work(work=work, by=actor_for(request), seen=seen, **data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Guardado."))
            return redirect("legaltext:edit", jurisdiction, code)
    rows = work.expressions.select_related("work__jurisdiction", "supersedes").order_by("-date", "-number")
    status = 422 if request.method == "POST" else 200
    return render(request, "legaltext/work/edit.html", {"form": form, "work": work, "rows": rows}, status=status)
