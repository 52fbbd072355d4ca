"""Lists of small things as rows of inputs: forewords, endorsements, goals, target groups, rules of the manual, and those of
an indicator (``indicator_rows``) and of the alignment (``alignment_rows``)."""

import json
from typing import Any

from django import forms
from django.forms.formsets import formset_factory
from django.utils.translation import gettext_lazy as _

from tequio.commitments.forms.alignment_rows import SdgRow
from tequio.commitments.forms.indicator_rows import BandRow, MeansRow, TargetRow, VariableRow
from tequio.commitments.forms.inputs import DateInput
from tequio.commitments.forms.row import Choices, Doc, RowForm, spanish_alone
from tequio.common.forms import TextFormField
from tequio.common.i18n import versions
from tequio.common.rows import MOST, VERBS, BlankRows, asked, rearranged
from tequio.vocabularies import terms

__all__ = ["MOST", "VERBS", "Rows", "asked", "rearranged", "rows_of"]


class ForewordRow(RowForm):
    """Who presents the plan, and what they say."""

    shown = ("author", "office", "institution", "text")
    author = forms.CharField(label=_("Quién la firma"), max_length=200)
    office = TextFormField(label=_("Cargo"), max_length=250)
    institution = forms.CharField(label=_("Institución"), max_length=250, required=False)
    text = TextFormField(label=_("Presentación"), long=True, max_length=20_000, required=True)

    def entry(self) -> Any:
        found = super().entry()
        return {**found, "office": spanish_alone(found["office"])} if "office" in found else found


class EndorsementRow(RowForm):
    """Who supports the plan."""

    shown = ("organisation", "person", "office", "date", "is_government")
    organisation = forms.CharField(label=_("Organización"), max_length=250)
    is_government = forms.BooleanField(label=_("Es de gobierno"), required=False)
    person = forms.CharField(label=_("Persona"), max_length=200, required=False)
    office = TextFormField(label=_("Cargo"), max_length=250)
    date = DateInput(label=_("Fecha"), required=False)

    entry = ForewordRow.entry


class TextRow(RowForm):
    """A text in two languages, alone or as the ``text`` of an entry."""

    text = TextFormField(label=_("Texto"), long=True, max_length=20_000, required=True)

    @classmethod
    def inputs_of(cls, entry: Any) -> Doc:
        nested = isinstance(entry, dict) and "text" in entry
        rest = {"nested": {k: v for k, v in entry.items() if k != "text"}} if nested else {}
        return {"text": versions(entry["text"] if nested else entry), "more": json.dumps(rest) if rest else ""}

    def entry(self) -> Any:
        text, rest = self.cleaned_data["text"], self.cleaned_data["more"].get("nested")
        return text if rest is None else {**rest, "text": text}


class GroupRow(TextRow):
    """The same, short."""

    text = TextFormField(label=_("Texto"), max_length=600, required=True)


UNITS = (
    ("natural", _("días naturales")),
    ("working", _("días hábiles")),
    ("months", _("meses")),
)


class RuleRow(RowForm):
    """A rule of the compliance manual."""

    shown = ("institution", "activity_kind", "metric", "accepted", "minimum", "deadline", "note")
    given = ("more", "unit")
    institution = forms.ChoiceField(label=_("Para qué institución"), required=False)
    activity_kind = forms.ChoiceField(label=_("Para qué tipo de actividad"), required=False)
    metric = TextFormField(label=_("Qué se mide"), long=True, max_length=2000, required=True)
    accepted = forms.MultipleChoiceField(
        label=_("Qué evidencia se acepta"),
        help_text=_("Si no marcas ninguna, vale cualquiera."),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    minimum = forms.IntegerField(label=_("Cuántas piezas, al menos"), min_value=0, max_value=99, required=False)
    count = forms.IntegerField(
        label=_("Plazo después de la fecha compromiso"),
        help_text=_("Vacío o cero: se entrega a más tardar en la fecha compromiso."),
        min_value=0,
        max_value=3660,
        required=False,
    )
    unit = forms.ChoiceField(label=_("El plazo se cuenta en"), choices=UNITS, initial="natural", required=False)
    note = TextFormField(label=_("Nota"), long=True, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.initial.get("institution") or (self.data.get(self.add_prefix("institution")) if self.data else "")
        known = {slug for slug, _name in self.organisations}
        # An institution that was merged since stays with its rule.
        unknown: Choices = [(said, said)] if said and said not in known else []
        choices: dict[str, Any] = {
            "institution": [("", _("Todas las instituciones")), *unknown, *self.organisations],
            "activity_kind": [("", _("Todos los tipos")), *terms.choices("activity_kind")()],
            "accepted": terms.choices("evidence_type")(),
        }
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]

    @classmethod
    def inputs_of(cls, entry: Any) -> Doc:
        deadline = entry.get("deadline") or {}
        months = deadline.get("months")
        unit = "months" if months else deadline.get("calendar") or "natural"
        return {**super().inputs_of(entry), "count": months or deadline.get("days"), "unit": unit}

    def entry(self) -> Any:
        data, found = self.cleaned_data, super().entry()
        if data.get("count"):
            count, unit = data["count"], data.get("unit") or "natural"
            counted = {"months": count} if unit == "months" else {"days": count, "calendar": unit}
            found["deadline"] = {**counted, "from": "due"}
        return found


class Rows(BlankRows):
    """The rows of one list of the plan document."""

    @property
    def values(self) -> list[Any]:
        """The entries that were written."""
        return [form.entry() for form in self.forms if form.has_changed()]


LISTS: dict[str, tuple[type[RowForm], Any, Any]] = {
    "forewords": (ForewordRow, _("Presentación"), _("Agregar otra presentación")),
    "endorsements": (EndorsementRow, _("Respaldo"), _("Agregar otro respaldo")),
    "goals": (TextRow, _("Meta"), _("Agregar otra meta")),
    "target_groups": (GroupRow, _("Población"), _("Agregar otra población")),
    "targets": (TargetRow, _("Meta"), _("Agregar otra meta")),
    "variables": (VariableRow, _("Variable"), _("Agregar otra variable")),
    "means": (MeansRow, _("Medio"), _("Agregar otro medio")),
    "thresholds": (BandRow, _("Tramo"), _("Agregar otro tramo")),
    "sdg_targets": (SdgRow, _("Meta"), _("Agregar otra meta")),
    "manual": (RuleRow, _("Regla"), _("Agregar otra regla")),
}


def rows_of(
    name: str, entries: list[Any], *, label: Any, hint: Any = "", data: Any = None, organisations: Choices
) -> Rows | None:
    """The rows of a list of the document; None for a form that was sent without them (they stay as they are)."""
    if data is not None and f"{name}-TOTAL_FORMS" not in data:
        return None
    row, row_words, add_words = LISTS[name]
    made = formset_factory(row, formset=Rows, extra=0, max_num=MOST, absolute_max=MOST)
    first: Any = {} if data is not None else {"initial": [row.inputs_of(entry) for entry in entries]}
    found: Any = made(data, prefix=name, form_kwargs={"organisations": organisations}, **first)
    found.title, found.hint, found.row_words, found.add_words = label, hint, row_words, add_words
    return found
