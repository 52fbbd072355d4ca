"""Preparing labs: route, outreach, attendance, and the kit of printed sheets."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import account_of, here, require
from tequio.common.paging import page_of
from tequio.common.qr import svg
from tequio.labs import actions, codes, forms, queries, tokens
from tequio.labs.models import Lab, Outreach, Sheet, Stop
from tequio.people.acting import actor_for

ROWS = Lab.objects.select_related("jurisdiction", "call__jurisdiction")


def _fetch(request: HttpRequest, number: int, permission: str) -> Lab:
    require(request, permission, here(request))
    return get_object_or_404(ROWS, jurisdiction=here(request), number=number)


def _done(request: HttpRequest, lab: Lab, words: str, anchor: str = "") -> HttpResponse:
    messages.success(request, words)
    return redirect(reverse("labs:handle", args=[lab.jurisdiction.slug, lab.number]) + anchor)


def _form(request: HttpRequest, lab: Lab | None, form: Any, title: str, button: str, **more: Any) -> HttpResponse:
    context = {"lab": lab, "form": form, "title": title, "button": button, **more}
    return render(request, "labs/work/form.html", context, status=422 if form.errors else 200)


def _try(form: Any, do: Any) -> bool:
    """Whether the form was right and the verb did it; its faults are in the form else."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except ValidationError as error:
        known = hasattr(error, "error_dict") and set(error.error_dict) <= set(form.fields)
        form.add_error(None, error if known or not hasattr(error, "error_dict") else error.messages)
        return False
    return True


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every lab, drafts too."""
    require(request, "labs.work", here(request))
    may_open = account_of(request).has_perm("labs.manage", here(request))
    context = {"page": page_of(request, queries.for_work(here(request))), "may_open": may_open}
    return render(request, "labs/work/list.html", context)


@never_cache
def prepare(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A new draft."""
    require(request, "labs.manage", here(request))
    form = forms.LabForm(request.POST or None, jurisdiction=here(request))
    made: list[Lab] = []
    if request.method == "POST" and _try(
        form, lambda data: made.append(actions.prepare_lab(jurisdiction=here(request), **data))
    ):
        return _done(request, made[0], _("Guardado. Ahora agrega las paradas."))
    return _form(request, None, form, _("Un laboratorio nuevo"), _("Guardar"))


@never_cache
def change(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Changes a lab."""
    lab = _fetch(request, number, "labs.manage")
    names = ("title", "text", "call", "promised_people", "promised_places", "minimum")
    initial = {**{name: getattr(lab, name) for name in names}, "facilitators": lab.facilitators.all()}
    form = forms.LabForm(
        request.POST or None, jurisdiction=lab.jurisdiction, is_public=lab.is_public(), initial=initial
    )
    if request.method == "POST" and _try(form, lambda data: actions.change_lab(lab=lab, by=actor_for(request), **data)):
        return _done(request, lab, _("Guardado."))
    return _form(request, lab, form, _("Cambiar el laboratorio"), _("Guardar"))


@never_cache
def handle(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A lab with everything that the role can do about it."""
    lab = _fetch(request, number, "labs.work")
    waiting = lab.sheets.filter(entered__isnull=False, contribution=None).select_related("stop__municipality")
    context = {
        "lab": lab,
        "manages": account_of(request).has_perm("labs.manage", lab),
        "is_draft": not lab.is_public(),
        "stops": queries.stops_of(lab),
        "outreach": queries.outreach_of(lab),
        "printed": lab.sheets.count(),
        "entered": lab.sheets.filter(entered__isnull=False).count(),
        "waiting": page_of(request, waiting),
        "capture": capture_address(lab) if lab.is_public() else "",
        "sheets_form": forms.SheetsForm(),
    }
    return render(request, "labs/work/lab.html", context)


def capture_address(lab: Lab) -> str:
    """The address of the capture page, with its key."""
    return settings.BASE_URL + reverse("labs:capture", args=[lab.jurisdiction.slug, lab.number, tokens.key_of(lab)])


@never_cache
@require_POST
def publish(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Makes a draft public."""
    lab = _fetch(request, number, "labs.manage")
    try:
        actions.publish_lab(lab=lab, by=actor_for(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("labs:handle", jurisdiction=jurisdiction, number=number)
    return _done(request, lab, _("Publicado, con su ruta. Ahora imprime las hojas."))


@never_cache
def add_stop(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One more stop."""
    lab = _fetch(request, number, "labs.manage")
    form = forms.StopForm(request.POST or None, jurisdiction=lab.jurisdiction)
    if request.method == "POST" and _try(form, lambda data: actions.add_stop(lab=lab, by=actor_for(request), **data)):
        return _done(request, lab, _("Parada agregada."), "#ruta")
    return _form(request, lab, form, _("Una parada"), _("Agregar la parada"))


@never_cache
def change_stop(request: HttpRequest, jurisdiction: str, number: int, stop: int) -> HttpResponse:
    """Changes or cancels a stop."""
    lab = _fetch(request, number, "labs.manage")
    found = _stop(lab, stop)
    initial = {name: getattr(found, name) for name in ("municipality", "place", "day", "hours", "services")}
    form = forms.StopForm(
        request.POST or None, jurisdiction=lab.jurisdiction, asks_why=lab.is_public(), initial=initial
    )
    if request.method == "POST" and _try(
        form, lambda data: actions.change_stop(stop=found, by=actor_for(request), **data)
    ):
        return _done(request, lab, _("Guardado."), "#ruta")
    return _form(request, lab, form, _("Cambiar la parada"), _("Guardar"), about=str(found))


def _stop(lab: Lab, number: int) -> Stop:
    found: Stop = get_object_or_404(lab.stops.select_related("municipality", "lab__jurisdiction"), number=number)
    found.lab = lab
    return found


@never_cache
def cancel_stop(request: HttpRequest, jurisdiction: str, number: int, stop: int) -> HttpResponse:
    """Cancels a stop, with its reason."""
    lab = _fetch(request, number, "labs.manage")
    found = _stop(lab, stop)
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and _try(
        form, lambda data: actions.cancel_stop(stop=found, by=actor_for(request), **data)
    ):
        return _done(request, lab, _("Cancelada. El motivo ya es público."), "#ruta")
    return _form(request, lab, form, _("Cancelar la parada"), _("Cancelarla"), about=str(found))


@never_cache
def attendance(request: HttpRequest, jurisdiction: str, number: int, stop: int) -> HttpResponse:
    """Who came to a stop, in counts."""
    lab = _fetch(request, number, "labs.work")
    found = _stop(lab, stop)
    known = {row.group: row.count for row in found.counts.all()}
    form = forms.AttendanceForm(request.POST or None, initial=known)
    if request.method == "POST" and _try(
        form,
        lambda data: actions.record_attendance(
            stop=found, total=data["total"], counts=form.counts(), by=actor_for(request)
        ),
    ):
        return _done(request, lab, _("Anotado. Los números chicos no se publican."), "#ruta")
    return _form(request, lab, form, _("Quiénes vinieron"), _("Guardar"), about=str(found))


@never_cache
def add_outreach(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """How people will be told."""
    lab = _fetch(request, number, "labs.manage")
    form = forms.OutreachForm(request.POST or None, lab=lab)
    if request.method == "POST" and _try(
        form, lambda data: actions.add_outreach(lab=lab, by=actor_for(request), **data)
    ):
        return _done(request, lab, _("Agregada."), "#difusion")
    return _form(request, lab, form, _("Cómo se va a avisar"), _("Agregar"))


@never_cache
def reach(request: HttpRequest, jurisdiction: str, number: int, outreach: int) -> HttpResponse:
    """How many people were reached."""
    lab = _fetch(request, number, "labs.work")
    rows = Outreach.objects.select_related("lab__jurisdiction", "stop__lab__jurisdiction")
    found = get_object_or_404(rows, lab=lab, number=outreach)
    form = forms.ReachForm(request.POST or None, initial={"achieved": found.achieved, "how": found.how})
    if request.method == "POST" and _try(
        form, lambda data: actions.record_reach(outreach=found, by=actor_for(request), **data)
    ):
        return _done(request, lab, _("Anotado."), "#difusion")
    return _form(request, lab, form, _("A cuántas personas llegó"), _("Guardar"), about=found.channel)


@never_cache
@require_POST
def print_sheets(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Makes more sheets and leads to them."""
    lab = _fetch(request, number, "labs.work")
    form = forms.SheetsForm(request.POST)
    if not lab.is_public() or not form.is_valid():
        messages.error(request, _("Publica el laboratorio y pide entre 1 y 500 hojas."))
        return redirect("labs:handle", jurisdiction=jurisdiction, number=number)
    made = actions.print_sheets(lab=lab, count=form.cleaned_data["count"])
    address = reverse("labs:sheets", args=[jurisdiction, number])
    return redirect(f"{address}?desde={made[0].order}")


@never_cache
def sheets(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The sheets to print that were not entered yet, from an order on; fifty a page."""
    lab = _fetch(request, number, "labs.work")
    since = request.GET.get("desde", "")
    rows = lab.sheets.filter(entered=None, order__gte=int(since[:6]) if since.isdecimal() else 1)
    page = page_of(request, rows, 50)
    address = capture_address(lab)
    label = _("Código QR para capturar esta hoja")
    drawn = [(sheet, codes.shown(sheet.code), svg(f"{address}#{sheet.code}", label)) for sheet in page]
    return render(request, "labs/work/sheets.html", {"lab": lab, "page": page, "sheets": drawn, "capture": address})


@never_cache
@require_POST
def renew(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A new key for the capture page."""
    lab = _fetch(request, number, "labs.manage")
    actions.renew_key(lab=lab)
    return _done(request, lab, _("Listo: el enlace anterior y los códigos QR ya impresos dejaron de servir."), "#hojas")


@never_cache
@require_POST
def again(request: HttpRequest, jurisdiction: str, number: int, code: str) -> HttpResponse:
    """Tries once more to make a contribution of a sheet."""
    lab = _fetch(request, number, "labs.work")
    sheet = get_object_or_404(Sheet.objects.select_related("lab__call", "stop__municipality"), lab=lab, code=code)
    try:
        actions.contribute_again(sheet=sheet)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    if sheet.fault:
        messages.error(request, sheet.fault)
        return redirect("labs:handle", jurisdiction=jurisdiction, number=number)
    return _done(request, lab, _("Ya es una aportación."), "#hojas")


@never_cache
def photo(request: HttpRequest, jurisdiction: str, number: int, code: str) -> FileResponse:
    """The photo of a sheet, for whoever compares."""
    lab = _fetch(request, number, "labs.work")
    sheet = lab.sheets.filter(code=code).select_related("photo").first()
    if sheet is None or sheet.photo is None or not sheet.photo.path.exists():
        raise Http404
    response = FileResponse(sheet.photo.path.open("rb"), content_type=sheet.photo.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
