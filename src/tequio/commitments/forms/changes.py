"""Small forms: start a plan or a commitment, upload a plan, explain a change."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.people.models import Organisation
from tequio.plans.models import Plan


class StartPlanForm(forms.Form):
    """Number and title of a new plan."""

    number = forms.IntegerField(label=_("Número de plan"), min_value=1, max_value=99)
    title = TextFormField(label=_("Título"), max_length=300, required=True)


class StartCommitmentForm(forms.Form):
    """Plan, code and title of a new commitment. Whoever writes for a lead institution writes for it alone."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=_("Plan"), empty_label=None)
    code = forms.CharField(
        label=_("Clave"),
        max_length=40,
        help_text=_("Corta y para siempre: será la dirección de su página, por ejemplo agua-1."),
    )
    title = TextFormField(label=_("Título"), max_length=300, required=True)
    lead = forms.ModelChoiceField(Organisation.objects.none(), label=_("Institución responsable"), required=False)

    def __init__(self, *args: Any, plans: Any, leads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """Whole plans as JSON, as our spreadsheet, or as OGP's spreadsheet of all members."""

    file = forms.FileField(
        label=_("Archivo del plan"),
        help_text=_("JSON, la hoja de cálculo de este sistema (XLSX) o la de OGP con todos los compromisos (CSV)."),
    )
    member = forms.CharField(
        label=_("Miembro de OGP"),
        help_text=_(
            "Solo con la hoja de OGP: cómo lo escribe su columna Country/Locality, por ejemplo «Jalisco, Mexico»."
        ),
        max_length=120,
        required=False,
    )
    accept_known_faults = forms.BooleanField(
        label=_("Cargar también las contradicciones de la fuente, marcadas como tales"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None and file.name.lower().endswith(".csv") and not cleaned.get("member"):
            self.add_error("member", _("Di de qué miembro de OGP son los planes que quieres cargar."))
        return cleaned


class PlanChangeForm(forms.Form):
    """Why a public plan changes."""

    why = forms.CharField(label=_("Motivo del cambio"), help_text=_("Es público."), widget=forms.Textarea({"rows": 3}))


class ChangeForm(forms.Form):
    """Why a public commitment changes, who requested it and what approves it."""

    reason = forms.CharField(
        label=_("Motivo del cambio"), help_text=_("Es público."), widget=forms.Textarea({"rows": 3})
    )
    requested_by = forms.CharField(
        label=_("Quién lo pidió"), max_length=250, required=False, help_text=_("La oficina u organización.")
    )
    decision = forms.CharField(
        label=_("Qué decisión lo aprueba"),
        max_length=300,
        required=False,
        help_text=_("La sesión, el acuerdo o el oficio."),
    )
    decided_on = forms.DateField(
        label=_("Fecha de la decisión"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class HoldBackForm(forms.Form):
    """Why a public piece of evidence leaves the public's sight."""

    why = forms.CharField(
        label=_("Motivo"),
        help_text=_("Es público. Di qué clase de dato muestra, sin repetirlo: «Se ven domicilios particulares»."),
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
    )
    sure = forms.BooleanField(label=_("Entiendo que deja de verse en las páginas públicas"))
