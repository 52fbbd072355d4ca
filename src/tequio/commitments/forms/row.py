"""One entry of a list as a row of inputs; the lists are in ``rows``.

A row turns an entry of the plan document into inputs (``inputs_of``) and back (``entry``). What an entry holds and no input
shows travels with its row in ``more``, so that adding, moving or taking out rows never mixes two entries up.
"""

import json
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

Doc = dict[str, Any]
Choices = list[tuple[str, str]]
EMPTY: tuple[Any, ...] = (None, "", [], {}, False)


class RowForm(forms.Form):
    """One entry of a list. ``shown`` names the keys of the entry that its inputs hold."""

    shown: tuple[str, ...] = ()
    given: tuple[str, ...] = ("more",)  # inputs that say something in a blank row, too
    quiet = False
    more = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        self.organisations = organisations
        super().__init__(*args, **kwargs)

    @property
    def errors(self) -> Any:
        """None while the form is ``quiet``: a row was added or moved, and nothing was asked yet."""
        return ErrorDict() if self.quiet else super().errors

    def has_changed(self) -> bool:
        """Whether anything was written; a row that was emptied is no entry any more."""
        return any(name not in self.given for name in self.changed_data)

    @classmethod
    def inputs_of(cls, entry: Any) -> Doc:
        """The entry as the row's first values."""
        rest = {key: value for key, value in entry.items() if key not in cls.shown}
        return {**entry, "more": json.dumps(rest, ensure_ascii=False) if rest else ""}

    def clean_more(self) -> Doc:
        try:
            rest = json.loads(self.cleaned_data["more"] or "{}")
        except ValueError:
            return {}
        return {k: v for k, v in rest.items() if k not in self.shown} if isinstance(rest, dict) else {}

    def entry(self) -> Any:
        """The row as an entry of the document."""
        data = {name: self.cleaned_data.get(name) for name in self.shown}
        return {**self.cleaned_data["more"], **{key: value for key, value in data.items() if value not in EMPTY}}


def spanish_alone(value: Any) -> Any:
    """A text in Spanish alone stays a plain text, as sources write it."""
    return value["es"] if isinstance(value, dict) and set(value) == {"es"} else value
