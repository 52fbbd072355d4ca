"""Where the secretariat publishes the documents of a plan, corrects them, puts newer ones in their place and withdraws them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.people.acting import actor_for
from tequio.plans import actions, forms, queries
from tequio.plans.models import Plan, PlanDocument

MANAGE = "plans.manage_plans"


def _plan(request: HttpRequest, number: int) -> Plan:
    require(request, MANAGE, here(request))
    return get_object_or_404(Plan.objects.select_related("jurisdiction"), jurisdiction=here(request), number=number)


def _document(plan: Plan, pk: int) -> PlanDocument:
    return get_object_or_404(plan.documents.select_related("blob"), number=pk)


def _answer(request: HttpRequest, plan: Plan, form: Any, title: str, **more: Any) -> HttpResponse:
    context = {"plan": plan, "form": form, "title": title, **more}
    return render(request, "plans/work/document.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, plan: Plan, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("plans:work_documents", jurisdiction=plan.jurisdiction.slug, number=plan.number)


@never_cache
def documents(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The documents of a plan, those withdrawn and replaced too."""
    plan = _plan(request, number)
    rows = queries.shelves(plan.documents.select_related("blob").order_by("number"))
    return render(request, "plans/work/documents.html", {"plan": plan, "documents": rows})


@never_cache
def add(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Publishes a document."""
    plan = _plan(request, number)
    form = forms.DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_document(plan=plan, **_said(form), by=actor_for(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, plan, _("Documento publicado. Ya está en la página del plan."))
    return _answer(request, plan, form, _("Publicar un documento"))


@never_cache
def replace(request: HttpRequest, jurisdiction: str, number: int, pk: int) -> HttpResponse:
    """Publishes a newer document in the place of another."""
    plan = _plan(request, number)
    document = _document(plan, pk)
    form = forms.ReplaceForm(request.POST or None, request.FILES or None, document=document)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_document(
                plan=plan, replaces=document, why=form.cleaned_data["why"], **_said(form), by=actor_for(request)
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, plan, _("Documento reemplazado. El anterior se puede seguir leyendo."))
    return _answer(request, plan, form, _("Reemplazar el documento"), document=document)


@never_cache
def change(request: HttpRequest, jurisdiction: str, number: int, pk: int) -> HttpResponse:
    """Corrects what is said of a document."""
    plan = _plan(request, number)
    document = _document(plan, pk)
    form = forms.ChangeDocumentForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_document(document=document, **form.cleaned_data, by=actor_for(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, plan, _("Ficha corregida."))
    return _answer(request, plan, form, _("Corregir la ficha"), document=document)


@never_cache
def withdraw(request: HttpRequest, jurisdiction: str, number: int, pk: int) -> HttpResponse:
    """Takes a document out of the public's reach."""
    plan = _plan(request, number)
    document = _document(plan, pk)
    form = forms.WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_document(document=document, why=form.cleaned_data["why"], by=actor_for(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, plan, _("Documento retirado. La página dice que existió y por qué ya no está."))
    return _answer(request, plan, form, _("Retirar el documento"), document=document, withdrawing=True)


def _said(form: forms.DocumentForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {**{name: data[name] for name in ("title", "kind", "date", "url")}, "blob": form.blob}
