"""Entering sheets: a page that a browser keeps, works without a network and sends later. Whoever has the lab's key and a printed
sheet may enter it, without an account; nothing can be read here. There is no cookie whose power somebody could borrow, so
these forms carry no token and can be kept."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tequio.labs import actions, limits, tokens
from tequio.labs.actions import Entered
from tequio.labs.forms import CaptureForm
from tequio.labs.models import Lab
from tequio.labs.views.public import fetch

WORKER = Path(__file__).parent.parent / "static" / "labs" / "js" / "keep.js"


def _lab(request: HttpRequest, number: int, key: str) -> Lab:
    found = fetch(request, number)
    if not tokens.opens(found, key):
        raise Http404
    return found


def _enter(request: HttpRequest, lab: Lab, form: CaptureForm) -> Entered | None:
    """The sheet entered, or None with the faults in the form."""
    if limits.too_many(request, wrong=False):
        form.add_error(None, _("Se probaron muchos códigos que no existen. Espera una hora."))
    if not form.is_valid():
        return None
    try:
        return actions.enter_sheet(lab=lab, **form.cleaned_data)
    except ValidationError as error:
        if getattr(error, "code", "") == "unknown":
            limits.too_many(request, wrong=True)
            form.add_error("code", error)
        else:
            form.add_error(None, error)
        return None


@never_cache
@csrf_exempt
def capture(request: HttpRequest, jurisdiction: str, number: int, key: str) -> HttpResponse:
    """The page; without a script it sends each sheet at once."""
    lab = _lab(request, number, key)
    form = CaptureForm(request.POST or None, request.FILES or None, lab=lab)
    entered = _enter(request, lab, form) if request.method == "POST" else None
    status = 422 if form.errors else 200
    if entered is not None:
        form = CaptureForm(lab=lab, initial={"stop": entered.sheet.stop_id})
    context = {"lab": lab, "form": form, "entered": entered, "key": key}
    return render(request, "labs/capture.html", context, status=status)


@never_cache
@csrf_exempt
@require_POST
def send(request: HttpRequest, jurisdiction: str, number: int, key: str) -> HttpResponse:
    """One sheet from a browser's queue: ``received`` or ``already`` (200), or ``refused`` with why (422)."""
    lab = _lab(request, number, key)
    form = CaptureForm(request.POST, request.FILES, lab=lab)
    entered = _enter(request, lab, form)
    if entered is None:
        words = " ".join(str(words) for errors in form.errors.values() for words in errors)
        return JsonResponse({"state": "refused", "words": words}, status=422)
    return JsonResponse({"state": "received" if entered.is_new else "already"})


@never_cache
def worker(request: HttpRequest, jurisdiction: str, number: int, key: str) -> HttpResponse:
    """The script that keeps the page; it lies beside it, so it keeps nothing else."""
    _lab(request, number, key)
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
