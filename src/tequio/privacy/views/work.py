"""Deciding requests about personal data."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.common.forms import taken
from tequio.common.i18n import versions
from tequio.common.paging import page_of
from tequio.people.acting import actor_for
from tequio.privacy import actions, finding, letters, queries
from tequio.privacy.forms import DecideForm, TermsForm
from tequio.privacy.models import LegalTerms


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What waits for a decision, the first due first."""
    require(request, "privacy.decide", here(request))
    rows = page_of(request, queries.open_requests(here(request)))
    context = {"rows": rows, "terms": queries.terms(here(request)), "today": timezone.localdate()}
    return render(request, "privacy/work/list.html", context)


@never_cache
def handle(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One request: what is asked, what is found, and the decision."""
    require(request, "privacy.decide", here(request))
    row = get_object_or_404(queries.requests(here(request)), number=number)
    asked = request.GET.get("q", "").strip() or row.name
    found = finding.disclosed(here(request), asked)
    form = DecideForm(request.POST or None, found=found, initial={"rev": row.rev})

    def decide(data: dict[str, object]) -> int:
        seen = data.pop("rev")
        return actions.decide(row=row, seen=seen, role=request.role, by=actor_for(request), **data)  # type: ignore[arg-type, attr-defined]

    if request.method == "POST" and taken(form, decide):
        letters.tell_decided(row)
        said = ngettext("Decidida. Se borró %(n)s dato.", "Decidida. Se borraron %(n)s datos.", row.erased) % {
            "n": row.erased
        }
        messages.success(request, said if row.erased else _("Decidida. Le escribimos a quien la hizo."))
        return redirect("privacy:work", jurisdiction=jurisdiction)
    context = {
        "row": row,
        "asked": asked,
        "found": found,
        "form": form,
        "holdings": finding.holdings(here(request), row.email) if row.email and row.is_open else [],
        "today": timezone.localdate(),
    }
    return render(request, "privacy/work/handle.html", context, status=422 if form.errors else 200)


@never_cache
def terms(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What the law of the place gives."""
    place = here(request)
    require(request, "privacy.decide", place)
    known = queries.terms(place)
    law = versions(known.law) if known else {}
    first = {
        "days": known.days if known else LegalTerms.DAYS,
        "law": law.get("es", ""),
        "law_en": law.get("en", ""),
        "contact": known.contact if known else "",
    }
    form = TermsForm(request.POST or None, initial=first)

    def save(data: dict[str, object]) -> None:
        actions.set_terms(jurisdiction=place, by=actor_for(request), **data)  # type: ignore[arg-type]

    if request.method == "POST" and taken(form, save):
        messages.success(request, _("Guardado: ya es público."))
        return redirect("privacy:work", jurisdiction=jurisdiction)
    return render(request, "privacy/work/terms.html", {"form": form}, status=422 if form.errors else 200)
