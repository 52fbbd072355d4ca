"""The thresholds of an indicator as a form shows them: those of the plan, of a preset, or its own; each light with what it
means in the indicator's own figures."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tequio.commitments.attainment import Band, thresholds_of
from tequio.commitments.bands import band_of, in_figures, problems
from tequio.commitments.forms.rows import Rows
from tequio.common.dates import PartialDate
from tequio.vocabularies import terms

Doc = dict[str, Any]
CHOICE = "thresholds_of"
OWN = "own"


def choice_field(thresholds: Doc) -> tuple[forms.Field, str]:
    """The input that says whose thresholds hold, and what it says at first."""
    presets = [(key, terms.label("threshold_preset", key)) for key in terms.keys("threshold_preset")]
    field = forms.ChoiceField(
        label=_("Umbrales"),
        help_text=_("Con qué porcentaje de la meta se enciende cada luz."),
        choices=[("", _("Los del plan")), *presets, (OWN, _("Propios: los tramos de abajo"))],
        required=False,
    )
    return field, OWN if thresholds.get("bands") else str(thresholds.get("preset") or "")


def written(old: Doc, choice: str, bands: list[Doc]) -> Doc:
    """The document's thresholds as the form says them."""
    if choice != OWN:
        return {"preset": choice} if choice else {}
    if not bands:
        return {}
    version = {"version": old["version"]} if old.get("version") else {}
    return {**version, "bands": bands}


def mark(rows: Rows) -> None:
    """Says beside each row what is wrong with its band among the others."""
    forms_written = [form for form in rows.forms if form.has_changed()]
    if any(form.errors for form in forms_written):
        return
    for n, words in problems([band_of(form.entry()) for form in forms_written]):
        forms_written[n].add_error("start", words)


class Lights:
    """The lights of an indicator with what was written, for the form to draw."""

    is_thresholds = True

    def __init__(self, form: Any, plan_preset: str) -> None:
        self.form, self.plan_preset = form, plan_preset

    @property
    def choice(self) -> Any:
        return self.form[CHOICE]

    @property
    def rows(self) -> Any:
        return self.form.rows.get("thresholds")

    @property
    def is_own(self) -> bool:
        return bool(self.choice.value() == OWN) or any(form.errors for form in self.rows.forms if self.rows.is_bound)

    def lights(self) -> list[Doc]:
        """Each band in force with its light, its interval and what that is in the indicator's figures."""
        sums = self._sums()
        return [
            {
                "light": band.light,
                "word": band.word,
                "words": band.words,
                "figures": in_figures(band, **sums) if sums else "",
            }
            for band in self._bands()
        ]

    @property
    def target(self) -> Decimal | None:
        """The last target that is written: what the figures are worked out from."""
        entries = []
        rows = self.form.rows.get("targets")
        for row in rows.forms if rows is not None else ():
            try:
                period = PartialDate(str(row["period"].value() or ""))
            except ValueError:
                continue
            value = _decimal(row["value"].value())
            if period and value is not None:
                entries.append((str(period.last), value))
        return max(entries)[1] if entries else None

    def _bands(self) -> list[Band]:
        choice = str(self.choice.value() or "")
        if choice != OWN:
            return list(thresholds_of({"preset": choice} if choice else {}, self.plan_preset).bands)
        rows = self.rows.forms if self.rows is not None else []
        return [
            Band(str(row["light"].value()), _decimal(row["start"].value()), _decimal(row["end"].value()))
            for row in rows
            if row["light"].value()
        ]

    def _sums(self) -> Doc | None:
        if self.target is None:
            return None

        def typed(name: str) -> Any:
            return self.form[name].value() if name in self.form.fields else self.form.document.get(name)

        return {
            "target": self.target,
            "direction": str(typed("direction") or ""),
            "baseline": _decimal(typed("baseline_value")),
            "method": str(typed("attainment_method") or "ratio"),
        }


def _decimal(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
