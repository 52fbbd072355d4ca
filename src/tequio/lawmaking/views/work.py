"""The congress's people at work: bills, their steps, answers, and whose words came in."""

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

from tequio.common.access import here, require
from tequio.common.forms import taken
from tequio.common.i18n import text
from tequio.common.paging import SIZE, page_of
from tequio.lawmaking import actions, queries
from tequio.lawmaking.forms import BillForm, FateForm, StepForm
from tequio.lawmaking.models import Bill, Remark
from tequio.lawmaking.views.public import SECTION, context_of
from tequio.people.acting import actor_for

WORK = "lawmaking.work"
MOST = 200  # open remarks looked at together for groups


def find_for_work(request: HttpRequest, code: str) -> Bill:
    """A bill of this place, drafts too, for those who may work on it."""
    require(request, WORK, here(request))
    return get_object_or_404(queries.every_bill(here(request)), code=code)


def _role(request: HttpRequest) -> Any:
    return request.role  # type: ignore[attr-defined]


@never_cache
def bills(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every bill, drafts too, with what is owed."""
    require(request, WORK, here(request))
    context = {**SECTION, "rows": page_of(request, queries.every_bill(here(request)))}
    return render(request, "lawmaking/work/bills.html", context)


@never_cache
def new(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A bill that nobody sees yet."""
    require(request, WORK, here(request))
    bill = Bill(jurisdiction=here(request))
    form = BillForm(request.POST or None, bill=bill)
    made: list[Bill] = []

    def save(_data: Any) -> None:
        made.append(actions.draft_bill(jurisdiction=here(request), **form.columns))

    if request.method == "POST" and taken(form, save):
        messages.success(request, _("Borrador guardado."))
        return redirect("lawmaking:edit", jurisdiction=jurisdiction, code=made[0].code)
    context = {**SECTION, "form": form, "bill": None}
    return render(request, "lawmaking/work/edit.html", context, status=422 if form.errors else 200)


@never_cache
def edit(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """What is said of a bill, what it still lacks, and its steps."""
    bill = find_for_work(request, code)
    form = BillForm(request.POST or None, bill=bill)

    def save(data: Any) -> None:
        actions.change_bill(bill=bill, by=actor_for(request), seen=data["rev"], **form.columns)

    if request.method == "POST" and taken(form, save):
        messages.success(request, _("Guardado."))
        return redirect("lawmaking:edit", jurisdiction=jurisdiction, code=code)
    if form.errors:
        bill.refresh_from_db()
    return _edit(request, bill, form)


def _edit(request: HttpRequest, bill: Bill, form: BillForm, step: StepForm | None = None) -> HttpResponse:
    context = {
        **SECTION,
        "bill": bill,
        "form": form,
        "missing": [] if bill.is_public() else actions.missing(bill),
        "steps": bill.steps.select_related("expression__work"),
        "step_form": step or StepForm(bill=bill, initial={"rev": bill.rev, "on": timezone.localdate()}, prefix="paso"),
    }
    wrong = form.errors or (step is not None and step.errors)
    return render(request, "lawmaking/work/edit.html", context, status=422 if wrong else 200)


@never_cache
def preview(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The page as everybody will see it."""
    bill = find_for_work(request, code)
    return render(request, "lawmaking/bill.html", context_of(bill) | {"preview": True})


@never_cache
def publish(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The last look before everybody sees it."""
    bill = find_for_work(request, code)
    faults: list[str] = []
    if request.method == "POST":
        try:
            actions.publish_bill(bill=bill, by=actor_for(request))
        except ValidationError as error:
            faults = error.messages
        else:
            messages.success(request, _("Publicada: ya se puede leer y opinar."))
            return redirect("lawmaking:bill", jurisdiction=jurisdiction, code=code)
    context = {**SECTION, "bill": bill, "missing": actions.missing(bill), "faults": faults}
    return render(request, "lawmaking/work/publish.html", context, status=422 if faults else 200)


@never_cache
@require_POST
def step(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The bill goes on."""
    bill = find_for_work(request, code)
    form = StepForm(request.POST, bill=bill, prefix="paso")

    def add(data: Any) -> None:
        seen, words = data.pop("rev"), text(data.pop("words").strip())
        actions.add_step(bill=bill, by=actor_for(request), seen=seen, words=words, **data)

    if taken(form, add):
        messages.success(request, _("Listo: ya es público. Quien opinó recibe un correo en unos minutos."))
        return redirect("lawmaking:edit", jurisdiction=jurisdiction, code=code)
    bill.refresh_from_db()
    return _edit(request, bill, BillForm(bill=bill), form)


@never_cache
def answer(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """What waits for an answer, those that seem to say the same together; one answer for whatever is marked."""
    bill = find_for_work(request, code)
    rows = queries.remarks(bill).filter(closed_on=None).exclude(sight=Remark.Sight.WITHDRAWN).order_by("due", "number")
    marked = {int(value) for value in request.POST.getlist("opinion") if value.isdecimal()}
    together = {int(value) for value in request.GET.get("juntas", "").split(".") if value.isdecimal()}
    if together:  # a group that a person looks at before answering it as one
        rows = rows.filter(number__in=together)
        marked = marked or (together if request.method != "POST" else set())
    form = FateForm(request.POST or None)

    def decide(data: Any) -> None:
        chosen = rows.filter(number__in=marked)
        if not marked:
            raise ValidationError(_("Marca al menos una opinión."))
        fate = actions.answer(bill=bill, remarks=chosen, role=_role(request), by=actor_for(request), **data)
        words = ngettext(
            "Respondida %(n)s opinión. Quien la dio recibe un correo en unos minutos.",
            "Respondidas %(n)s opiniones a la vez. Cada persona recibe un correo en unos minutos.",
            fate.count,
        )
        messages.success(request, words % {"n": fate.count})

    if request.method == "POST" and taken(form, decide):
        return redirect("lawmaking:answer", jurisdiction=jurisdiction, code=code)
    context = {
        **SECTION,
        "bill": bill,
        "rows": page_of(request, rows, MOST if together else SIZE),
        "groups": [] if together else actions.set_apart(rows[:MOST]),
        "together": together,
        "form": form,
        "marked": marked,
        "today": timezone.localdate(),
    }
    return render(request, "lawmaking/work/answer.html", context, status=422 if form.errors else 200)
