"""What people write about a commitment after its plan ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Commitment, Evidence
from tequio.oversight.models import Check
from tequio.people.models import Organisation
from tequio.vocabularies import terms


class CheckForm(forms.Form):
    """What was found, and with which evidence."""

    result = forms.ChoiceField(label=_("¿Qué encontraste?"), choices=Check.Result.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Qué viste y cómo lo comprobaste"),
        help_text=_("Se publica cuando otra persona lo confirme."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    evidence = forms.ModelMultipleChoiceField(
        label=_("Evidencia que miraste"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_title = forms.CharField(label=_("Otra evidencia: qué es"), max_length=300, required=False)
    new_kind = forms.ChoiceField(
        label=_("Otra evidencia: de qué tipo"),
        required=False,
        choices=terms.choices("evidence_type", blank=_("Elige")),  # type: ignore[arg-type]
    )
    new_file = forms.FileField(
        label=_("Otra evidencia: el archivo"),
        help_text=_("Se publica al guardar, así que no debe traer datos personales."),
        required=False,
    )

    def __init__(self, *args: Any, commitment: Commitment, known: Check | None = None, **kwargs: Any) -> None:
        rows = Evidence.public_rows().filter(commitment=commitment).order_by("number")
        if known is not None:
            numbers = [int(piece["key"].rpartition(".")[2]) for piece in known.evidence]
            chosen = rows.filter(number__in=numbers)
            kwargs.setdefault(
                "initial", {"result": known.result, "words": known.text.localize("es"), "evidence": chosen}
            )
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = rows  # type: ignore[attr-defined]
        if not rows.exists():
            del self.fields["evidence"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_file") and not data.get("new_title"):
            self.add_error("new_title", _("Di qué es ese archivo."))
        if data.get("new_title") and not data.get("new_file"):
            self.add_error("new_file", _("Elige el archivo."))
        if data.get("new_file") and not data.get("new_kind"):
            self.add_error("new_kind", _("Elige de qué tipo es."))
        return data


class ReturnForm(forms.Form):
    """What should change before it is confirmed."""

    why = forms.CharField(
        label=_("Qué falta o qué cambiarías"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class HandoverForm(forms.Form):
    """Who takes a commitment over, and why."""

    to = forms.ModelChoiceField(
        label=_("¿Quién queda a cargo?"), queryset=Organisation.objects.none(), empty_label=_("Elige")
    )
    reason = forms.CharField(
        label=_("Motivo"), help_text=_("Es público."), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("Decreto, acuerdo o minuta."), max_length=300, required=False
    )

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Organisation.objects.filter(jurisdiction=commitment.jurisdiction_id, dissolved=False)
        self.fields["to"].queryset = here.order_by("name")  # type: ignore[attr-defined]
