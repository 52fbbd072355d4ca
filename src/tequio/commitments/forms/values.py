"""The forms in which a measured value of an indicator is recorded, corrected, and worked out from its variables."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.commitments import formula
from tequio.commitments.forms.inputs import DateInput
from tequio.commitments.measuring import doubts
from tequio.commitments.models import Evidence, Indicator, IndicatorValue
from tequio.common.charts import figure
from tequio.common.dates import PartialDate
from tequio.common.forms import TextFormField
from tequio.common.i18n import best, versions

Doc = dict[str, Any]


class ValueForm(forms.Form):
    """A value with its period, what it comes from and who says so. Whoever sends what looks wrong is asked once more.

    With ``indicator.variables`` and a method that is a formula over them, the value is worked out from what is written
    for each (the button ``calcular``).
    """

    period = DateInput(
        label=gettext_lazy("Periodo"), help_text=gettext_lazy("El año, el mes o el día: 2026, 2026-06 o 2026-06-30.")
    )
    value = forms.DecimalField(label=gettext_lazy("Valor"), max_digits=18, decimal_places=4)
    evidence = forms.ChoiceField(
        label=gettext_lazy("Evidencia ya publicada"),
        help_text=gettext_lazy("Si el dato está en una evidencia de este compromiso, elígela."),
        required=False,
    )
    evidence_words = forms.CharField(
        label=gettext_lazy("O di de dónde sale"),
        help_text=gettext_lazy("Por ejemplo: «Bitácora de fugas, marzo de 2026»."),
        max_length=300,
        required=False,
    )
    evidence_url = forms.URLField(
        label=gettext_lazy("Dónde se puede ver"), max_length=500, assume_scheme="https", required=False
    )
    reported_by = forms.CharField(label=gettext_lazy("Quién lo informa"), max_length=200, required=False)
    note = TextFormField(label=gettext_lazy("Nota"), long=True, max_length=2000)
    sure = forms.BooleanField(label=gettext_lazy("Ya lo revisé y es correcto"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        indicator: Indicator,
        evidence: list[Evidence],
        today: dt.date,
        corrected: IndicatorValue | None = None,
        **kwargs: Any,
    ) -> None:
        self.indicator, self.today, self.corrected = indicator, today, corrected
        self.pieces = {str(piece.number): piece for piece in evidence}
        self.quiet = bool(data) and "calcular" in data
        super().__init__(data, **kwargs)
        self.fields["value"].label = (
            _("Valor (%(unit)s)") % {"unit": indicator.unit} if indicator.unit else self.fields["value"].label
        )
        choices = [("", _("— ninguna —")), *((key, best(row.title)[0]) for key, row in self.pieces.items())]
        self.fields["evidence"].choices = choices  # type: ignore[attr-defined]
        if not self.pieces:
            del self.fields["evidence"]
        for n, variable in enumerate(self.variables):
            unit = f" ({variable['unit']})" if variable.get("unit") else ""
            label = f"{variable['symbol']}: {best(variable.get('name', ''))[0]}{unit}"
            self.fields[f"variable_{n}"] = forms.DecimalField(
                label=label, required=False, max_digits=18, decimal_places=4
            )
        if not self.is_bound or self.quiet:
            del self.fields["sure"]
        if self.quiet:
            self.data = self._worked_out()

    @cached_property
    def formula(self) -> formula.Formula | None:
        """The method as a formula whose symbols are all declared; else None."""
        found = formula.read(versions(self.indicator.method).get("es", ""))
        declared = {row.get("symbol") for row in self.indicator.variables}
        return found if found is not None and set(found.symbols) <= declared else None

    @cached_property
    def variables(self) -> list[Doc]:
        """The variables that the formula needs."""
        if self.formula is None:
            return []
        return [row for row in self.indicator.variables if row.get("symbol") in self.formula.symbols]

    @property
    def own_fields(self) -> list[Any]:
        """What is always asked, in reading order."""
        return [self[name] for name in self.fields if not name.startswith("variable_")]

    @property
    def variable_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("variable_")]

    @property
    def errors(self) -> Any:
        """None when the value was only to be worked out: nothing was asked yet."""
        return self._of_the_sum if self.quiet else super().errors

    @cached_property
    def _of_the_sum(self) -> ErrorDict:
        return ErrorDict()

    def _worked_out(self) -> QueryDict:
        """What was sent, with the value that its variables give; what is wrong with a variable is said beside it."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        typed, values = [], {}
        for n, variable in enumerate(self.variables):
            name = f"variable_{n}"
            field = self.fields[name]
            try:
                value = field.clean(data.get(self.add_prefix(name)))
                if value is None:
                    raise ValidationError(_("Escribe este dato para poder calcular."))
            except ValidationError as error:
                self._of_the_sum[name] = self.error_class(error.messages, renderer=self.renderer)
            else:
                values[variable["symbol"]] = value
                typed.append(f"{variable['symbol']} = {figure(value)}")
        if self._of_the_sum or self.formula is None:
            return data
        result = self.formula.value(values)
        if result is None:
            name = f"variable_{len(self.variables) - 1}"
            words = [_("Con esos datos la fórmula no tiene resultado: divide entre cero.")]
            self._of_the_sum[name] = self.error_class(words, renderer=self.renderer)
            return data
        data[self.add_prefix("value")] = format(round(result, 4).normalize(), "f")
        if not data.get(self.add_prefix("note_es")):
            data[self.add_prefix("note_es")] = "; ".join(typed)
        return data

    def clean(self) -> Doc:
        data = super().clean() or {}
        period, value = data.get("period"), data.get("value")
        found: list[str] = []
        if period and value is not None:
            found = doubts(
                self.indicator,
                period=PartialDate(period),
                value=value,
                today=self.today,
                corrected=self.corrected,
            )
            found += self._other_result(data, value)
        if not found:
            self.fields.pop("sure", None)
        elif not data.get("sure"):
            self.add_error("sure", [*found, _("Si es correcto, marca esta casilla y vuelve a guardar.")])
        return data

    def _other_result(self, data: Doc, value: Decimal) -> list[str]:
        typed = {row["symbol"]: data.get(f"variable_{n}") for n, row in enumerate(self.variables)}
        if self.formula is None or any(found is None for found in typed.values()):
            return []
        result = self.formula.value(typed)  # type: ignore[arg-type]
        if result is None or round(result, 4) == value:
            return []
        return [_("Con esas variables la fórmula da %(result)s.") % {"result": figure(round(result, 4))}]

    def said(self, address: Any) -> Doc:
        """What the action takes; ``address`` gives the whole address of a piece of evidence."""
        data = self.cleaned_data
        found = {
            name: data[name] for name in ("period", "value", "note", "evidence_words", "evidence_url", "reported_by")
        }
        piece = self.pieces.get(data.get("evidence") or "")
        if piece is not None:
            found["evidence_words"] = found["evidence_words"] or versions(piece.title).get("es") or best(piece.title)[0]
            found["evidence_url"] = address(piece)
        return found


class CorrectionForm(ValueForm):
    """The same, with the reason."""

    why = forms.CharField(
        label=gettext_lazy("Motivo de la corrección"),
        help_text=gettext_lazy("Es público, junto a lo que decía antes."),
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ["period", "value", "why"]


def first_values(value: IndicatorValue) -> Doc:
    """A value as the form that corrects it shows it at first."""
    return {
        "period": str(value.period),
        "value": format(value.value.normalize(), "f"),
        "note": versions(value.note),
        "evidence_words": value.evidence_words,
        "evidence_url": value.evidence_url,
        "reported_by": value.reported_by,
    }
