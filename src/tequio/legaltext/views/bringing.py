"""Bringing texts in: the list of those who work on them, a new text, a new version, what is said of a text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.common.paging import page_of
from tequio.legaltext import actions, queries
from tequio.legaltext.forms import NewTextForm, TableForm, VersionForm, WorkForm
from tequio.legaltext.kinds import PROFILE_OF
from tequio.legaltext.models import Expression, Work
from tequio.legaltext.views import slowly
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


def _review(made: Expression) -> str:
    return reverse("legaltext:review", args=[made.work.jurisdiction.slug, made.work.code, made.number])


def _made(request: HttpRequest, form: Any, work: Work | None) -> Expression:
    """The draft that a form asks for, of a new text where there is none. Raises ``ValidationError``."""
    if not form.is_valid():
        raise ValidationError(_("Revisa lo que falta."))
    if work is not None:
        return _begin(request, form, work)
    data = form.cleaned_data
    title = data["title"] or form.reading.document.title
    with transaction.atomic():
        fresh = actions.create_work(jurisdiction=here(request), kind=data["kind"], title=title)
        return _begin(request, form, fresh)


def _bring(request: HttpRequest, form: Any, work: Work | None) -> HttpResponse | StreamingHttpResponse:
    """Reads what came, at once or, where that takes long, while its reader watches."""
    context = {"form": form, "work": work, "again": request.path}

    def made() -> str:
        return _review(_made(request, form, work))

    if request.method == "POST" and slowly.is_long(request):
        kind = work.kind if work else form.data.get("kind", "")
        profile = PROFILE_OF[Work.Kind(kind)] if kind in Work.Kind.values else "law"
        return slowly.answer(request, form, profile, made, context)
    if request.method == "POST":
        try:
            address = made()
        except ValidationError as error:
            _tell(form, error)
        else:
            messages.success(
                request, _("Listo: ya leímos el texto. Revisa lo que no quedó claro; todavía no es público.")
            )
            return redirect(address)
    status = 422 if request.method == "POST" else 200
    return render(request, "legaltext/work/bring.html", context, status=status)


def _tell(form: Any, error: ValidationError) -> None:
    """Puts what an action refused on the form, whose own faults say enough."""
    if form.errors:
        return
    form.add_error(None, error) if not hasattr(error, "error_dict") else form.add_error("title", error.messages)
    form.give_back()


@never_cache
def new(request: HttpRequest, jurisdiction: str) -> HttpResponse | StreamingHttpResponse:
    """A text that is not here yet."""
    require(request, EDIT, here(request))
    return _bring(request, NewTextForm(request.POST or None, request.FILES or None), None)


@never_cache
def version(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse | StreamingHttpResponse:
    """A further version of a text."""
    work = find(request, code)
    return _bring(request, VersionForm(request.POST or None, request.FILES or None, work=work), work)


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
