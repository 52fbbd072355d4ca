"""Where somebody's data stand: values that the record discloses, and rows that hold their address."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from tequio.places.models import Jurisdiction
from tequio.record import subjects
from tequio.record.models import Act, Disclosure, Recorded
from tequio.record.verify import recorded_models

SHOWN = 50  # values offered at once
PRIVATE = {"password", "salt", "secret", "token", "digest"}


@dataclass(frozen=True)
class Disclosed:
    """A value that the record shows: object, field and words."""

    key: str
    field: str
    value: str

    @property
    def choice(self) -> str:
        """What a form calls it."""
        return f"{self.key}|{self.field}"

    @property
    def label(self) -> str:
        """What sort of thing it stands on, and its number."""
        _place, subject, name = self.key.split("/", 2)
        return f"{subjects.label(subject)} {name}"

    @property
    def url(self) -> str | None:
        return subjects.url(self.key)


def disclosed(jurisdiction: Jurisdiction, words: str) -> list[Disclosed]:
    """What the record shows in a jurisdiction and holds these words (or stands on the object of this key), at most
    ``SHOWN``; each once, the newest first."""
    asked = " ".join(words.split())
    if len(asked) < 3:
        return []
    rows = Disclosure.objects.filter(erased=None, on__startswith=f"{jurisdiction.slug}/")
    rows = rows.filter(models.Q(value__icontains=asked) | models.Q(on=asked))
    found: dict[tuple[str, str], Disclosed] = {}
    for row in rows.order_by("-id")[: SHOWN * 4]:
        found.setdefault((row.on, row.field), Disclosed(row.on, row.field, row.value))
    return list(found.values())[:SHOWN]


@dataclass(frozen=True)
class Holding:
    """So many rows of a sort hold an address."""

    label: str
    count: int
    rows: list[dict[str, str]]


def holdings(jurisdiction: Jurisdiction, email: str) -> list[Holding]:
    """Every sort of row that holds this address in a jurisdiction, with the person's own columns as text.

    Whoever asks for access gets it whole; codes, hashes and keys are of no use to them and stay out.
    """
    found = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        if "email" not in names or not model.__module__.startswith("tequio."):
            continue
        rows: Any = model._default_manager.filter(email__iexact=email.strip())
        if "jurisdiction" in names:
            rows = rows.filter(jurisdiction=jurisdiction)
        several = [_as_text(row) for row in rows[:500]]
        if several:
            found.append(Holding(str(model._meta.verbose_name), len(several), several))
    return found


def _as_text(row: models.Model) -> dict[str, str]:
    """The columns that say something, as text."""
    shown = {}
    for field in row._meta.fields:
        if field.is_relation or PRIVATE & set(field.name.split("_")) or field.name in ("rev", "tip"):
            continue
        value = getattr(row, field.attname)
        if value not in (None, "", [], {}):
            shown[field.name] = str(value)
    return shown


def take_out(key: str, field: str) -> Recorded:
    """The object of a key in the record, with the value of ``field`` taken out of it in memory, ready for ``record.erase``.

    Raises ``ValidationError`` where the value stands in no text column of its own.
    """
    obj = _object(key)
    column = next((one for one in obj._meta.fields if one.name == field), None)
    if not isinstance(column, models.CharField | models.TextField):
        raise ValidationError(
            _("«%(field)s» no se borra desde aquí: cámbialo en la página de esa persona o cosa.") % {"field": field}
        )
    setattr(obj, field, "")
    if field in obj.hidden_state():
        raise ValidationError(_("Ese dato sigue en otra parte del mismo objeto."))
    return obj


def _object(key: str) -> Recorded:
    """The row whose last act is the last one on ``key``: its ``tip`` says so."""
    last = Act.objects.filter(on=key).order_by("-rev").values_list("leaf", flat=True).first()
    subject = key.split("/", 2)[1] if key.count("/") >= 2 else ""
    for model in recorded_models():
        if model.subject == subject and last is not None:
            found = model.public_rows().filter(tip=last).first()
            if found is not None:
                return found
    raise ValidationError(_("Ya no encontramos eso en público."))
