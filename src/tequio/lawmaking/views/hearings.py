"""The congress's people say which session looks at a bill."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.forms import taken
from tequio.lawmaking import actions, queries
from tequio.lawmaking.forms import CancelForm, HearingForm
from tequio.lawmaking.models import Bill, Hearing
from tequio.lawmaking.views.public import SECTION
from tequio.lawmaking.views.work import find_for_work
from tequio.people.acting import actor_for


@never_cache
def hearings(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """All of a bill, and a new one."""
    bill = find_for_work(request, code)
    form = HearingForm(request.POST or None, bill=bill)

    def add(_data: Any) -> None:
        actions.add_hearing(bill=bill, by=actor_for(request), **form.columns)

    if request.method == "POST" and taken(form, add):
        messages.success(request, _("Anunciada: ya es pública, y le llega a quien sigue la iniciativa."))
        return redirect("lawmaking:hearings", jurisdiction=jurisdiction, code=code)
    return _page(request, bill, form)


def _page(request: HttpRequest, bill: Bill, form: HearingForm, **more: Any) -> HttpResponse:
    now = timezone.now()
    rows = queries.hearings(bill)
    context = {
        **SECTION,
        "bill": bill,
        "form": form,
        "coming": [row for row in rows if row.ends >= now and not row.is_off],
        "past": [row for row in rows if row.ends < now or row.is_off],
        **more,
    }
    wrong = form.errors or (more.get("cancel") is not None and more["cancel"].errors)
    return render(request, "lawmaking/work/hearings.html", context, status=422 if wrong else 200)


@never_cache
def hearing(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Moves one, says it better, or takes it off with a reason."""
    bill = find_for_work(request, code)
    found: Hearing = get_object_or_404(Hearing.public_rows(), bill=bill, number=number, cancelled_on=None)
    off = request.POST.get("hacer") == "cancelar"
    form = HearingForm(request.POST if request.method == "POST" and not off else None, bill=bill, hearing=found)
    cancel = CancelForm(request.POST if off else None, prefix="cancelar", initial={"rev": found.rev})

    def change(data: Any) -> None:
        actions.change_hearing(hearing=found, by=actor_for(request), seen=data["rev"], **form.columns)

    def take_off(data: Any) -> None:
        actions.cancel_hearing(hearing=found, by=actor_for(request), seen=data["rev"], reason=data["reason"])

    if request.method == "POST" and (taken(cancel, take_off) if off else taken(form, change)):
        messages.success(request, _("Cancelada: se ve en público, con su motivo.") if off else _("Guardado."))
        return redirect("lawmaking:hearings", jurisdiction=jurisdiction, code=code)
    return _page(request, bill, form, hearing=found, cancel=cancel)
