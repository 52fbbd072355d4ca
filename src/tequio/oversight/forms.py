"""What people write about a commitment after its plan ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Commitment, Evidence
from tequio.monitoring.report_forms import PieceForm
from tequio.oversight.models import Check
from tequio.people.models import Organisation


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


class NewPieceForm(PieceForm):
    """Evidence that is not public yet, asked for like that of a report (``PieceForm``): a file or an address. It is handed
    in with the check and public at once, so what holds personal data has to be redacted before."""

    def __init__(self, data: Any = None, uploads: Any = None) -> None:
        blank = {"empty_permitted": True, "use_required_attribute": False}
        super().__init__(data, uploads, prefix="nueva", files={}, links={}, refused={}, **blank)
        del self.fields["personal_data"], self.fields["file"]
        words = _(
            "PDF, foto, hoja de cálculo, documento o datos; hasta 10 MB. Se publica al guardar: tacha antes lo personal."
        )
        self.fields["upload"].help_text = words

    def has_changed(self) -> bool:
        return bool(self.changed_data)

    def clean(self) -> dict[str, Any]:
        data = forms.Form.clean(self) or {}
        if not data.get("upload") and not data.get("url") and not {"url", "upload"} & set(self.errors):
            self.add_error("upload", _t("Elige un archivo o escribe una dirección."))
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
