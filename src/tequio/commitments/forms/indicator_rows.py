"""Rows of an indicator: its variables, targets, means of verification, and the bands of its own thresholds."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tequio.commitments import formula
from tequio.commitments.forms.inputs import DateInput, DecimalInput
from tequio.commitments.forms.row import Doc, RowForm, spanish_alone
from tequio.common.forms import TextFormField
from tequio.vocabularies import terms


class VariableRow(RowForm):
    """A variable of the method of calculation."""

    shown = ("symbol", "name", "unit", "source")
    symbol = forms.CharField(label=_("Símbolo"), help_text=_("Como está en el método, por ejemplo a."), max_length=31)
    name = TextFormField(label=_("Qué es"), max_length=300, required=True)
    unit = forms.CharField(label=_("Unidad"), max_length=80, required=False)
    source = forms.CharField(label=_("De dónde se toma"), max_length=300, required=False)

    def clean_symbol(self) -> str:
        symbol = str(self.cleaned_data["symbol"])
        if not formula.SYMBOL.match(symbol):
            raise ValidationError(_t("Empieza con una letra y sigue con letras, cifras o guion bajo; sin espacios."))
        return symbol


class TargetRow(RowForm):
    """The target of a period."""

    shown = ("period", "value", "note")
    period = DateInput(label=_("Periodo"), help_text=_("Por ejemplo 2025, o 2025-06."))
    value = DecimalInput(label=_("Meta"))
    note = TextFormField(label=_("Nota"), max_length=600)


class MeansRow(RowForm):
    """With what anybody checks the values."""

    shown = ("document", "unit", "frequency", "url")
    document = TextFormField(label=_("Documento o base de datos"), max_length=300, required=True)
    unit = TextFormField(label=_("Quién lo guarda"), max_length=250)
    frequency = forms.ChoiceField(label=_("Cada cuándo se publica"), required=False)
    url = forms.URLField(label=_("Dirección"), max_length=500, assume_scheme="https", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = str(self["frequency"].value() or "")
        known = terms.choices("frequency")()
        # What a source says in words of its own stays.
        other = [(said, said)] if said and said not in dict(known) else []
        self.fields["frequency"].choices = [("", _("— elige —")), *other, *known]  # type: ignore[attr-defined]

    def entry(self) -> Any:
        found = super().entry()
        return {**found, "unit": spanish_alone(found["unit"])} if "unit" in found else found


class BandRow(RowForm):
    """An interval of attainment with its light. The lower end belongs to it, the upper one to the next."""

    shown = ("light", "from", "to")
    light = forms.ChoiceField(label=_("Luz"))
    start = DecimalInput(label=_("Desde (%)"), help_text=_("Vacío: sin límite hacia abajo."), required=False)
    end = DecimalInput(label=_("Hasta antes de (%)"), help_text=_("Vacío: sin límite hacia arriba."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lights = [choice for choice in terms.choices("attainment")() if choice[0] != "no_data"]
        self.fields["light"].choices = [("", _("— elige —")), *lights]  # type: ignore[attr-defined]

    @classmethod
    def inputs_of(cls, entry: Any) -> Doc:
        return {**super().inputs_of(entry), "start": entry.get("from"), "end": entry.get("to")}

    def entry(self) -> Any:
        data = self.cleaned_data
        edges = {"from": data.get("start"), "to": data.get("end")}
        return {**data["more"], "light": data.get("light"), **{k: v for k, v in edges.items() if v is not None}}
