"""Sheets: printed with a code each, entered once, however often they are sent."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation.actions import enter_contribution
from tequio.cocreation.models import Contribution
from tequio.documents.actions import keep
from tequio.labs import codes
from tequio.labs.models import Lab, Sheet, Stop
from tequio.record.append import Actor

MOST = 500  # sheets printed at a time
BY = Actor(role="facilitator")


@dataclass(frozen=True)
class Entered:
    """A sheet, and whether it was entered now (else it had been, with the same words)."""

    sheet: Sheet
    is_new: bool


@transaction.atomic
def print_sheets(*, lab: Lab, count: int) -> list[Sheet]:
    """Makes so many sheets with codes that nobody can guess. Raises ``ValidationError`` for none, or more than 500."""
    if not 1 <= count <= MOST:
        raise ValidationError(_("Entre 1 y 500 hojas a la vez."))
    Lab.objects.select_for_update().get(pk=lab.pk)
    last = lab.sheets.aggregate(n=Max("order"))["n"] or 0
    made: dict[str, Sheet] = {}
    while len(made) < count:
        code = codes.new()
        made[code] = Sheet(lab=lab, code=code, order=last + len(made) + 1)
    taken = Sheet.objects.filter(code__in=made).exists()
    return print_sheets(lab=lab, count=count) if taken else Sheet.objects.bulk_create(made.values())


def enter_sheet(
    *,
    lab: Lab,
    code: str,
    title: str,
    text: str,
    stop: Stop | None = None,
    name: str = "",
    named: bool = False,
    email: str = "",
    photo: Any = None,
    on: dt.date | None = None,
) -> Entered:
    """Keeps what a sheet says and makes it a contribution to the lab's call. The same sheet with the same words again
    changes nothing; where the call does not take it, the words stay and ``Sheet.fault`` says why.

    Raises ``ValidationError``: code ``unknown`` for a code that this lab did not print, ``other`` for a sheet that was
    entered with other words, none for words that are missing or a file that is no picture.
    """
    words = {"title": " ".join(title.split()), "text": text.strip()}
    _need(words)
    fingerprint = hashlib.sha256("\n".join(words.values()).encode()).hexdigest()
    sheet = lab.sheets.filter(code=codes.read(code)).first()
    if sheet is None:
        raise ValidationError(_("Ese código no es de una hoja de este laboratorio. Míralo de nuevo."), code="unknown")
    if not sheet.is_entered and photo is not None:
        sheet.photo = keep(upload=photo, who=f"lab {lab.pk}")
        if not sheet.photo.media_type.startswith("image/"):
            raise ValidationError({"photo": _("Aquí va una foto: JPG, PNG o WebP.")})
    with transaction.atomic():
        held = Sheet.objects.select_for_update().get(pk=sheet.pk)
        if held.is_entered:
            if held.fingerprint != fingerprint:
                words_there = _("Esta hoja ya se capturó con otras palabras. Compárala con la de papel.")
                raise ValidationError(words_there, code="other")
            return Entered(held, is_new=False)
        sheet.stop, sheet.fingerprint, sheet.entered = stop, fingerprint, timezone.now()
        sheet.title, sheet.text = words["title"], words["text"]
        sheet.name, sheet.named, sheet.email = name.strip(), named and bool(name.strip()), email.strip().lower()
        _contribute(sheet, on)
    return Entered(sheet, is_new=True)


@transaction.atomic
def contribute_again(*, sheet: Sheet, on: dt.date | None = None) -> Sheet:
    """Tries again to make a contribution of a sheet that the call did not take. Raises ``ValidationError`` for one that is
    a contribution, or was not entered."""
    if sheet.contribution_id or not sheet.is_entered:
        raise ValidationError(_("Esta hoja no espera nada."))
    _contribute(sheet, on)
    return sheet


def _contribute(sheet: Sheet, on: dt.date | None) -> None:
    today = on or timezone.localdate()
    stop, call = sheet.stop, sheet.lab.call
    sheet.fault = ""
    try:
        if call is None:
            raise ValidationError(_("El laboratorio todavía no tiene convocatoria."))
        with transaction.atomic():
            sheet.contribution = enter_contribution(
                call=call,
                source=Contribution.Source.LAB,
                title=sheet.title,
                text=sheet.text,
                role=None,
                by=BY,
                place=stop.municipality if stop else None,
                name=sheet.name,
                named=sheet.named,
                email=sheet.email,
                sheet=codes.shown(sheet.code),
                received_on=min(stop.day, today) if stop else today,
                on=on,
            )
    except ValidationError as error:
        sheet.fault = " ".join(error.messages)[:300]
    if sheet.contribution is not None:  # who wrote it is kept in one place only
        sheet.name, sheet.named, sheet.email = "", False, ""
    sheet.save()


def _need(words: dict[str, str]) -> None:
    faults = {}
    if len(words["title"]) < 8:
        faults["title"] = _("Resume en una línea lo que propone la hoja.")
    if len(words["title"]) > 200:
        faults["title"] = _("Son más de 200 letras: deja el resumen.")
    if len(words["text"]) < 15:
        faults["text"] = _("Copia lo que dice la hoja, con sus palabras.")
    if len(words["text"]) > 5000:
        faults["text"] = _("Son más de 5 000 letras.")
    if faults:
        raise ValidationError(faults)
