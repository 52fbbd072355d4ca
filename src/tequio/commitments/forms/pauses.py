"""The forms in which the secretariat documents a pause of a deadline, and ends it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common.forms import TextFormField


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)


class PauseForm(forms.Form):
    """From when to when the days of a deadline do not count, and why."""

    start = _day(label=gettext_lazy("Desde"), help_text=gettext_lazy("El primer día que no cuenta."))
    end = _day(
        label=gettext_lazy("Hasta"),
        help_text=gettext_lazy("El último día que no cuenta. Vacío: la pausa sigue abierta hasta que la termines."),
        required=False,
    )
    reason = TextFormField(label=gettext_lazy("Motivo"), long=True, max_length=2000, required=True)
    basis = forms.CharField(
        label=gettext_lazy("Sustento"),
        help_text=gettext_lazy("El oficio, el acuerdo o la norma en que se apoya."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("start") and data.get("end") and data["end"] < data["start"]:
            self.add_error("end", _("Termina antes de empezar."))
        return data


class EndPauseForm(forms.Form):
    """The last day of a pause that is open."""

    end = _day(label=gettext_lazy("Último día de la pausa"))
    why = forms.CharField(
        label=gettext_lazy("Por qué termina"),
        help_text=gettext_lazy("Es público."),
        max_length=400,
        required=False,
    )
