"""Who watches the record, how to become one of them, and the work pages of whoever runs the installation."""

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.common import qr
from tequio.common.access import require
from tequio.common.forms import taken
from tequio.record.append import Actor
from tequio.record.publish import newest
from tequio.record.verify import log_key
from tequio.witnesses import actions, alarm, forms, queries
from tequio.witnesses.models import Refusal, WatchedLog, Witness

MANAGE = "witnesses.manage"
OPERATOR = Actor(role="operator")
TOOL = Path(__file__).parent / "tool" / "tequio_testigo.py"


def witnesses(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who watches the record, what each confirmed last, and whether that is enough."""
    seal = newest()
    rows = queries.standings(seal)
    rule = queries.policy([row.witness for row in rows])
    sectors = {row.sector for row in rows if not row.is_government}
    context = {
        "section": "record",
        "seal": seal,
        "rows": rows,
        "confirmed": sum(row.confirms_newest for row in rows),
        "last": max((row.last.at for row in rows if row.last), default=None),
        "attested": queries.newest_attested(),
        "has_quorum": rule.quorum != "none",
        "sectors": sorted(sectors),
        "mirrors": [row for row in rows if row.witness.kind == Witness.Kind.MIRROR],
        "refusals": Refusal.objects.select_related("witness", "checkpoint")[:20],
        "silent_since": alarm.silent_since(),
    }
    return render(request, "witnesses/witnesses.html", context)


def invitation(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """How an ally becomes a witness in ten minutes."""
    context = {
        "section": "record",
        "base_url": settings.BASE_URL,
        "vkey": log_key().vkey,
        "origin": settings.RECORD_ORIGIN,
    }
    return render(request, "witnesses/invitation.html", context)


def printed(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The newest seal on a sheet: for minutes, a notice board or an archive. Paper cannot be changed from a distance."""
    seal = newest()
    root = bytes.fromhex(seal.root) if seal else b""
    words = base64.b32encode(root).decode().rstrip("=")
    context = {
        "section": "record",
        "seal": seal,
        "origin": settings.RECORD_ORIGIN,
        "vkey": log_key().vkey,
        # What the witness's program takes: ``comprobar-impreso``.
        "groups": [words[at : at + 5] for at in range(0, len(words), 5)],
        "drawing": qr.svg(
            f"{settings.RECORD_ORIGIN}\n{seal.size}\n{words}\n", _("El registro, el tamaño y la raíz de este sello")
        )
        if seal
        else "",
    }
    return render(request, "witnesses/printed.html", context)


@never_cache
def hand_in(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A signature made by hand, pasted by whoever carried it here. Nobody needs to say who they are: it verifies or not."""
    form = forms.SignatureForm(request.POST or None)

    def take(data: dict[str, Any]) -> None:
        new = actions.take_cosignatures(signed=data["signed"])
        messages.success(request, _("Recibida: ya cuenta.") if new else _("Ya la teníamos: gracias."))

    if request.method == "POST" and taken(form, take):
        return redirect("witnesses:witnesses", jurisdiction=jurisdiction)
    context = {"section": "record", "form": form}
    return render(request, "witnesses/hand_in.html", context, status=422 if form.errors else 200)


@require_safe
def tool(request: HttpRequest) -> FileResponse:
    """The stand-alone program of witnesses: one file, Python's standard library alone."""
    response = FileResponse(
        TOOL.open("rb"), content_type="text/x-python; charset=utf-8", as_attachment=True, filename=TOOL.name
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """Every witness, former ones among them, and the logs that we watch."""
    require(request, MANAGE)
    seal = newest()
    context = {
        "rows": queries.standings(seal),
        "former": Witness.objects.exclude(until=None),
        "logs": WatchedLog.objects.all(),
        "own": actions.own_witness().key.vkey,
    }
    return render(request, "witnesses/work.html", context)


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Registers an ally."""
    require(request, MANAGE)
    return _form(
        request,
        forms.WitnessForm(request.POST or None),
        _("Registrar un testigo"),
        lambda data: actions.join_witness(**data, by=OPERATOR),
        _("Ya atestigua. Su primera firma aparecerá con el siguiente sello."),
    )


@never_cache
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Ends an ally's watch, with its public reason."""
    require(request, MANAGE)
    witness = get_object_or_404(Witness, slug=slug, until=None)
    return _form(
        request,
        forms.EndForm(request.POST or None),
        _("%(name)s deja de atestiguar") % {"name": witness.name},
        lambda data: actions.end_witness(witness=witness, by=OPERATOR, **data),
        _("Ya no atestigua. Lo que firmó sigue valiendo."),
    )


@never_cache
def watch(request: HttpRequest) -> HttpResponse:
    """Begins to watch another log."""
    require(request, MANAGE)
    return _form(
        request,
        forms.LogForm(request.POST or None),
        _("Atestiguar otro registro"),
        lambda data: actions.watch_log(**data),
        _("Lo atestiguamos desde ahora: dile que nos envíe sus sellos."),
    )


def _form(request: HttpRequest, form: Any, title: str, act: Any, done: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, done)
            return redirect("witnesses_work:list")
    return render(request, "witnesses/form.html", {"form": form, "title": title}, status=422 if form.errors else 200)
