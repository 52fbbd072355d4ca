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
from tequio.common.paging import page_of
from tequio.lawmaking import actions, letters, queries
from tequio.lawmaking.forms import BillForm, FateForm, StepForm
from tequio.lawmaking.models import Bill, Remark
from tequio.lawmaking.views.public import SECTION, context_of
from tequio.legaltext import actions as texts
from tequio.legaltext.models import Origin
from tequio.people.acting import actor_for

WORK = "lawmaking.work"
MOST = 200  # open remarks looked at together for groups


def find_work(request: HttpRequest, code: str) -> Bill:
    """A bill of this place, public or not, for the congress's people."""
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
    bill = find_work(request, code)
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
    bill = find_work(request, code)
    return render(request, "lawmaking/bill.html", context_of(bill) | {"preview": True})


@never_cache
def publish(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The last look before everybody sees it."""
    bill = find_work(request, code)
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
    bill = find_work(request, code)
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
    bill = find_work(request, code)
    rows = queries.remarks(bill).filter(closed_on=None).exclude(sight=Remark.Sight.WITHDRAWN).order_by("due", "number")
    marked = {int(value) for value in request.POST.getlist("opinion") if value.isdecimal()}
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
        "rows": page_of(request, rows),
        "groups": actions.set_apart(rows[:MOST]),
        "form": form,
        "marked": marked,
        "today": timezone.localdate(),
    }
    return render(request, "lawmaking/work/answer.html", context, status=422 if form.errors else 200)


@never_cache
def origins(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Whose words came into the newest text: suggested by likeness, said by a person."""
    bill = find_work(request, code)
    newest = queries.newest_text(bill)
    if request.method == "POST" and newest is not None:
        try:
            words = _judge(request, bill, newest)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, words)
        return redirect("lawmaking:origins", jurisdiction=jurisdiction, code=code)
    context = {
        **SECTION,
        "bill": bill,
        "newest": newest,
        "compares": newest is not None and newest.supersedes_id is not None,
        "rows": page_of(request, queries.credits(bill, newest, Origin.Verdict.SUGGESTED) if newest else []),
        "done": queries.credits(bill, newest) if newest else [],
    }
    return render(request, "lawmaking/work/origins.html", context)


def _judge(request: HttpRequest, bill: Bill, newest: Any) -> str:
    """Suggests, confirms or rejects, as the button says; what to tell whoever pressed it."""
    if request.POST.get("hacer") == "buscar":
        found = actions.suggest(bill=bill, expression=newest)
        return ngettext("Encontramos %(n)s pasaje.", "Encontramos %(n)s pasajes.", len(found)) % {"n": len(found)}
    origin = get_object_or_404(Origin, expression=newest, number=int(request.POST.get("origen") or 0))
    said = {
        "origin": origin,
        "role": _role(request),
        "by": actor_for(request),
        "reason": request.POST.get("motivo", ""),
    }
    if request.POST.get("hacer") == "confirmar":
        texts.confirm_origin(**said)
        letters.tell_credited(bill, origin)
        return _("Confirmado: ya es público, y le escribimos a quien lo propuso.")
    texts.reject_origin(**said)
    return _("Descartado.")
