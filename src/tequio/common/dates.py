"""Dates as sources tell them (a year, a month or a day), months and working days."""

import calendar
import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class PartialDate(str):
    """A date at the precision of its source: ``2021``, ``2021-09`` or ``2021-09-30``; empty where nothing is known.

    Raises ``ValueError`` for anything else, a day that does not exist included.
    """

    __slots__ = ()

    def __new__(cls, value: Any = "") -> "PartialDate":
        text = value.isoformat() if isinstance(value, dt.date) else str(value or "")
        if text:
            found = FORM.match(text)
            if not found:
                raise ValueError(f"not a date: {text!r}")
            year, month, day = (int(part) if part else 1 for part in found.groups())
            dt.date(year, month, day)
        return super().__new__(cls, text)

    @property
    def first(self) -> dt.date | None:
        """The first day it may mean."""
        if not self:
            return None
        year, month, day = (int(part) if part else 1 for part in FORM.match(self).groups())  # type: ignore[union-attr]
        return dt.date(year, month, day)

    @property
    def last(self) -> dt.date | None:
        """The last day it may mean."""
        first = self.first
        if first is None or len(self) == 10:
            return first
        month = first.month if len(self) == 7 else 12
        return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])

    @property
    def words(self) -> str:
        """In words, in the language in force: "30 de septiembre de 2024", "septiembre de 2021", "2021"."""
        return in_words(self)


def in_words(value: "PartialDate | dt.date | str | None") -> str:
    """A date in words in the language in force; an empty text for none."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = value.date()
    partial = value if isinstance(value, PartialDate) else PartialDate(value)
    first = partial.first
    if first is None or len(partial) == 4:
        return str(partial)
    english = (get_language() or "es").startswith("en")
    if len(partial) == 7:
        return (
            formats.date_format(first, "F Y" if english else r"F \d\e Y").lower()
            if not english
            else formats.date_format(first, "F Y")
        )
    return formats.date_format(first, "j F Y") if english else formats.date_format(first, r"j \d\e F \d\e Y").lower()


class PartialDateField(models.CharField):
    """Stores a ``PartialDate`` as its text, so that order by text is order in time and precision is kept."""

    # What django-stubs takes an attribute of this field for.
    _pyi_private_set_type: "str | PartialDate"
    _pyi_private_get_type: "PartialDate"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *args: Any) -> PartialDate | None:
        return None if value is None else PartialDate(value)

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate(value)
        except ValueError as error:
            raise ValidationError(NOT_A_DATE, code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _PartialDateAttribute(self.attname))

    def formfield(self, **kwargs: Any) -> Any:
        return PartialDateFormField(label=kwargs.get("label", self.verbose_name), required=not self.blank)


class _PartialDateAttribute:
    """What is put into the attribute comes out as a ``PartialDate``, also before the object was saved."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            return self
        if self.name not in instance.__dict__:
            instance.refresh_from_db(fields=[self.name])
        return instance.__dict__[self.name]

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.name] = value if isinstance(value, PartialDate) else PartialDate(value)


NOT_A_DATE = gettext_lazy("Escribe una fecha que exista, como 2024-09-30, o solo el mes, 2024-09, o el año, 2024.")


class PartialDateFormField(forms.CharField):
    """Takes ``2024-09-30``, ``30/09/2024``, ``2024-09`` or ``2024`` and gives a ``PartialDate``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("Por ejemplo 2024-09-30. Si solo se conoce el mes: 2024-09."))
        kwargs.setdefault("max_length", 12)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate:
        text = str(super().to_python(value) or "").strip()
        day_first = re.match(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$", text)
        if day_first:
            day, month, year = day_first.groups()
            text = f"{year}-{int(month):02}-{int(day):02}"
        try:
            return PartialDate(text)
        except ValueError as error:
            raise ValidationError(NOT_A_DATE, code="invalid") from error


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day number ``months`` calendar months later, or the last day of a shorter month (standards §2)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_working_days(day: dt.date, count: int, holidays: Collection[dt.date] = ()) -> dt.date:
    """The ``count``-th working day after ``day``: neither Saturday, Sunday nor one of ``holidays``."""
    while count > 0:
        day += dt.timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day


def days_left(until: dt.date, today: dt.date) -> str:
    """ "quedan 3 días", "vence hoy", "venció hace 2 días", in the language in force."""
    days = (until - today).days
    if days == 0:
        return _("vence hoy")
    if days == 1:
        return _("queda 1 día")
    if days > 1:
        return _("quedan %(days)s días") % {"days": days}
    if days == -1:
        return _("venció ayer")
    return _("venció hace %(days)s días") % {"days": -days}
