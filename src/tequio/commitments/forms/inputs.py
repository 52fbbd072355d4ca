"""Inputs for what a plan document holds: each turns a document's value into something to write in, and back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common.dates import PartialDateFormField
from tequio.common.forms import TextFormField
from tequio.common.i18n import versions
from tequio.vocabularies import terms

Doc = dict[str, Any]


class LinesField(forms.CharField):
    """A list of plain texts, a line each."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": 4}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(item) for item in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]


class KeyedField(forms.MultipleChoiceField):
    """Keys of a list that the document holds inside objects: ``[{"type": key}]``."""

    def __init__(self, *, name: str, **kwargs: Any) -> None:
        self.name = name
        super().__init__(widget=forms.CheckboxSelectMultiple(), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [item[self.name] if isinstance(item, dict) else item for item in value or []]

    def clean(self, value: Any) -> Any:
        return [{self.name: key} for key in super().clean(value)]


class OrganisationField(forms.ChoiceField):
    """One institution of the jurisdiction."""

    def __init__(self, *, organisations: dict[str, Doc], **kwargs: Any) -> None:
        self.organisations = organisations
        choices = [("", _("— elige —")), *((slug, doc["name"]) for slug, doc in organisations.items())]
        super().__init__(choices=choices, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.get("slug", "") if isinstance(value, dict) else value

    def clean(self, value: Any) -> Any:
        slug = super().clean(value)
        return self.organisations.get(slug, {})


class OrganisationsField(forms.MultipleChoiceField):
    """Several institutions of the jurisdiction."""

    def __init__(self, *, organisations: dict[str, Doc], **kwargs: Any) -> None:
        self.organisations = organisations
        choices = [(slug, doc["name"]) for slug, doc in organisations.items()]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple(), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [item.get("slug", "") if isinstance(item, dict) else item for item in value or []]

    def clean(self, value: Any) -> Any:
        return [self.organisations[slug] for slug in super().clean(value)]


class DateInput(PartialDateFormField):
    """A date of the document: text at its own precision."""

    def clean(self, value: Any) -> Any:
        return str(super().clean(value))


class DecimalInput(forms.DecimalField):
    """A number of the document: text, so that none is rounded."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else format(found, "f")


class DayInput(forms.DateField):
    """A whole day of the document, as text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.isoformat() if found else ""


# Choices of our own; an empty one is what the document says by saying nothing.
FIXED = {
    "attainment_method": [
        ("", gettext_lazy("El valor entre la meta")),
        ("from_baseline", gettext_lazy("Cuánto del camino va de la línea base a la meta")),
    ]
}
SHORT_TEXTS = {"title", "name", "title_origin", "source_note"}


def input_for(
    kind: str, name: str, *, label: Any, organisations: dict[str, Doc], roles: list[tuple[str, str]]
) -> forms.Field:
    """The input for a field of the document, from its type in ``document.fields``."""
    word, _colon, parameter = kind.partition(":")
    said: Doc = {"label": label, "required": False}
    if word == "text":
        return TextFormField(long=name not in SHORT_TEXTS, max_length=int(parameter) if parameter else 20_000, **said)
    if name in FIXED:
        return forms.ChoiceField(choices=FIXED[name], **said)
    if word == "choice":
        return forms.ChoiceField(choices=[("", _("— elige —")), *terms.choices(parameter)()], **said)
    if word == "choices":
        return forms.MultipleChoiceField(
            choices=terms.choices(parameter), widget=forms.CheckboxSelectMultiple(), **said
        )
    if word == "int" and name.endswith("_role"):
        return forms.TypedChoiceField(coerce=int, empty_value=None, choices=[("", _("— elige —")), *roles], **said)
    makers: dict[str, Any] = {
        "int": lambda: forms.IntegerField(min_value=0, **said),
        "bool": lambda: forms.BooleanField(**said),
        "date": lambda: DateInput(**said),
        "day": lambda: DayInput(**said),
        "decimal": lambda: DecimalInput(**said),
        "org": lambda: OrganisationField(organisations=organisations, **said),
        "orgs": lambda: OrganisationsField(organisations=organisations, **said),
        "strs": lambda: LinesField(**said),
        "days": lambda: LinesField(help_text=_("Un día por renglón, como 2025-05-01."), **said),
        "means": lambda: KeyedField(name="type", choices=terms.choices("evidence_type"), **said),
        "url": lambda: forms.URLField(assume_scheme="https", **said),
        "preset": lambda: forms.ChoiceField(
            choices=[(key, terms.label("threshold_preset", key)) for key in terms.keys("threshold_preset")], **said
        ),
    }
    if word in makers:
        found: forms.Field = makers[word]()
        return found
    return forms.CharField(max_length=int(parameter) if parameter else 600, **said)


def first_value(value: Any) -> Any:
    """A document's value as an input takes it."""
    return versions(value) if isinstance(value, dict) and set(value) <= {"es", "en"} else value
