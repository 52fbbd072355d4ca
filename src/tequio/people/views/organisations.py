"""The secretariat's work on institutions: register, change, join two names, dissolve, add a post."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import require
from tequio.common.paging import page_of
from tequio.people import actions, forms, likeness, queries
from tequio.people.acting import actor_for
from tequio.people.models import Organisation

PERMISSION = "people.manage"


def _fetch(request: HttpRequest, slug: str) -> Organisation:
    """The institution of this jurisdiction, if the person may work on it."""
    require(request, PERMISSION, request.jurisdiction)  # type: ignore[attr-defined]
    rows = Organisation.objects.filter(jurisdiction=request.jurisdiction)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("jurisdiction", "replaced_by"), slug=slug)


def _answer(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page with its form: 422 when something in it has to be corrected."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


@never_cache
def work_list(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All institutions, with search, and those that a person should look at: alike names, names run together."""
    require(request, PERMISSION, request.jurisdiction)  # type: ignore[attr-defined]
    form = forms.SearchForm(request.GET)
    rows = queries.searched(request.jurisdiction, form.data.get("q", ""))  # type: ignore[attr-defined]
    alike_only = request.GET.get("ver") == "parecidas"
    alike: dict[int, list[Organisation]] = {}
    if alike_only:
        everybody = list(queries.standing(request.jurisdiction))  # type: ignore[attr-defined]
        alike = likeness.to_look_at(everybody)
        rows = [row for row in rows if row.pk in alike]
    page = page_of(request, rows)
    shown = [(row, alike.get(row.pk, [])) for row in page]
    context = {"form": form, "page": page, "shown": shown, "alike_only": alike_only, "q": form.data.get("q", "")}
    return render(request, "people/work/organisations.html", context)


@never_cache
def create(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Registers an institution."""
    require(request, PERMISSION, request.jurisdiction)  # type: ignore[attr-defined]
    form = forms.OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_organisation(
                jurisdiction=request.jurisdiction,  # type: ignore[attr-defined]
                by=actor_for(request),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Registrada. Quedó en el registro público."))
            return redirect("people:change_organisation", jurisdiction=jurisdiction, slug=made.slug)
    return _answer(request, "people/work/create.html", form)


@never_cache
def change(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """Changes an institution's facts; leads to joining, dissolving and posts."""
    organisation = _fetch(request, slug)
    form = forms.OrganisationForm(request.POST or None, known=organisation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_organisation(
                organisation=organisation, by=actor_for(request), why=data.pop("why"), seen=data.pop("rev"), **data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Guardada. El cambio quedó en el registro público."))
            return redirect("people:organisation", jurisdiction=jurisdiction, slug=slug)
    context = {
        "organisation": organisation,
        "offices": list(organisation.offices.all()),
        "alike": likeness.possible_duplicates(organisation),
        "made_of": likeness.run_together(organisation),
    }
    return _answer(request, "people/work/change.html", form, **context)


@never_cache
def merge(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """Joins this name to the institution that it really is: first shows what will change, then does it."""
    gone = _fetch(request, slug)
    initial = {"kept": request.GET.get("con", "")}
    form = forms.MergeForm(request.POST or None, gone=gone, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if "confirm" not in request.POST:
            context = {"organisation": gone, "kept": data["kept"], "why": data["why"]}
            return render(
                request, "people/work/merge_confirm.html", context | {"uses": actions.merge_preview(gone=gone)}
            )
        try:
            actions.merge_organisations(kept=data["kept"], gone=gone, by=actor_for(request), why=data["why"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Unidas. Lo que decía un nombre ahora dice el otro, y ambos quedan guardados."))
            return redirect("people:organisation", jurisdiction=jurisdiction, slug=data["kept"].slug)
    return _answer(request, "people/work/merge.html", form, organisation=gone)


@never_cache
def dissolve(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """Writes down that an institution no longer exists, and who goes on."""
    organisation = _fetch(request, slug)
    form = forms.DissolveForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dissolve_organisation(organisation=organisation, by=actor_for(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Quedó escrito que se extinguió. Su página y su historia siguen."))
            return redirect("people:organisation", jurisdiction=jurisdiction, slug=slug)
    return _answer(request, "people/work/dissolve.html", form, organisation=organisation)


@never_cache
def create_office(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """Adds a post to an institution."""
    organisation = _fetch(request, slug)
    form = forms.OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["name"]
        try:
            actions.create_office(
                organisation=organisation,
                name=names.get("es", ""),
                name_en=names.get("en", ""),
                kind=form.cleaned_data["kind"],
                by=actor_for(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Cargo agregado."))
            return redirect("people:change_organisation", jurisdiction=jurisdiction, slug=slug)
    return _answer(request, "people/work/office.html", form, organisation=organisation)
