"""Saying something of a bill: one screen each, without an account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.cocreation.views.saying import form_for, say_on_one_screen
from tequio.common.access import here
from tequio.common.i18n import best
from tequio.lawmaking import actions, queries
from tequio.lawmaking.forms import EndorseForm, RemarkForm, ReplyForm, WordingForm
from tequio.lawmaking.models import Bill, Remark
from tequio.lawmaking.views.public import find_bill
from tequio.legaltext.models import Provision


def _unit(bill: Bill, place: str) -> Provision:
    """A provision of the bill's newest text; 404 where it has none of that name."""
    newest = queries.newest_text(bill)
    rows = Provision.objects.filter(expression=newest).select_related("expression__work", "lineage")
    return get_object_or_404(rows, path=place)


def _where(unit: Provision) -> str:
    return (unit.label or unit.path).rstrip(" .-–—:)")


@never_cache
def say(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """An opinion on the whole bill; with ``?lugar=`` on a provision, with ``?pregunta=`` the answer to a question."""
    bill = find_bill(request, code)
    place, asked = request.GET.get("lugar", ""), request.GET.get("pregunta", "")
    unit = _unit(bill, place) if place else None
    question = next((row for row in bill.questions if str(row["n"]) == asked), None)
    if asked and question is None:
        raise Http404
    page: dict[str, Any] = {
        "heading": _("¿Qué opinas?"),
        "lead": _("Quien la propone y la comisión lo leen, y te responden con razones."),
        "button": _("Enviar mi opinión"),
        "about": bill.plain_title or bill.title,
    }
    if unit is not None:
        page |= {"heading": _("¿Qué opinas del %(place)s?") % {"place": _where(unit)}, "quoted": unit}
    if question is not None:
        page |= {"heading": best(question["text"])[0], "lead": _("Lo pregunta quien propone la iniciativa.")}

    def keep(**data: Any) -> Any:
        return actions.remark(bill=bill, provision=unit, question=question["n"] if question else None, **data)

    back = reverse("lawmaking:bill", args=[jurisdiction, code])
    form = form_for(request, RemarkForm, jurisdiction=here(request))
    if question is not None:
        del form.fields["stance"]  # a question is answered, not voted
    return say_on_one_screen(request, form, keep, page=page, back=back)


@never_cache
def reword(request: HttpRequest, jurisdiction: str, code: str, place: str) -> HttpResponse:
    """Other words for a provision: its text, ready to be changed."""
    bill = find_bill(request, code)
    unit = _unit(bill, place)
    if not unit.text:
        raise Http404
    form = form_for(request, WordingForm, jurisdiction=here(request))
    if request.method != "POST":
        form.initial["wording"] = unit.text
    page = {
        "heading": _("¿Cómo debería decir el %(place)s?") % {"place": _where(unit)},
        "lead": _("Cambia las palabras que quieras. Si algo tuyo entra a la ley, aquí se verá."),
        "button": _("Proponer estas palabras"),
        "about": bill.plain_title or bill.title,
        "original_text": unit.text,
        "script": "lawmaking/js/wording.js",
    }

    def keep(**data: Any) -> Any:
        return actions.remark(bill=bill, provision=unit, **data)

    back = reverse("lawmaking:bill", args=[jurisdiction, code])
    return say_on_one_screen(request, form, keep, page=page, back=back)


def _remark(request: HttpRequest, code: str, number: int) -> Remark:
    return get_object_or_404(queries.remarks(find_bill(request, code)), number=number)


@never_cache
def reply(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A reply to an opinion."""
    row = _remark(request, code, number)
    page = {
        "heading": _("Responde"),
        "lead": _("Se publica debajo de lo que respondes."),
        "button": _("Enviar"),
        "about": row.title_line[:90],
        "quote": row,
    }

    def keep(**data: Any) -> Any:
        return actions.reply(parent=row, **data)

    back = reverse("lawmaking:remark", args=[jurisdiction, code, number])
    return say_on_one_screen(
        request, form_for(request, ReplyForm, jurisdiction=here(request)), keep, page=page, back=back
    )


@never_cache
def endorse(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Support for an opinion."""
    row = _remark(request, code, number)
    page = {
        "heading": _("¿La apoyas?"),
        "lead": _("Cada persona cuenta una vez."),
        "button": _("Apoyar"),
        "about": row.title_line[:90],
        "quote": row,
    }

    def keep(**data: Any) -> Any:
        return actions.endorse(about=row, **data)

    back = reverse("lawmaking:remark", args=[jurisdiction, code, number])
    return say_on_one_screen(request, form_for(request, EndorseForm), keep, page=page, back=back)
