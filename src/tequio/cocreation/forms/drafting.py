"""What is filled in to score, to draft together and to say whose words they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.cocreation import scoring
from tequio.cocreation.forms.said import long
from tequio.cocreation.forms.work import NamedChoice
from tequio.cocreation.models import FIELDS, Call, Contribution, Table
from tequio.common.forms import TextFormField
from tequio.common.i18n import best
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan


class ScoreForm(forms.Form):
    """From 1 to 5 for each criterion of a call."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in call.criteria:
            self.fields[row["key"]] = forms.TypedChoiceField(
                label=best(row["label"])[0],
                choices=[(n, str(n)) for n in scoring.POINTS],
                coerce=int,
                widget=forms.RadioSelect,
                required=False,
                empty_value=None,
            )


class DraftStartForm(forms.Form):
    """From which contributions a commitment begins."""

    title = TextFormField(label=_("Título del compromiso"), max_length=150, required=True)
    table = NamedChoice(label=_("Mesa"), queryset=Table.objects.none(), required=False, empty_label=_("Ninguna"))
    contributions = forms.ModelMultipleChoiceField(
        label=_("De qué aportaciones viene"),
        help_text=_("Primero las mejor calificadas."),
        queryset=Contribution.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, call: Call, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].queryset = Table.objects.filter(call=call)  # type: ignore[attr-defined]
        chosen: Any = self.fields["contributions"]
        chosen.queryset = rows
        chosen.label_from_instance = lambda row: f"{row.number}. {row.title_line[:90]}"


class VersionForm(forms.Form):
    """The parts of a draft, whole, and why this version differs."""

    title = TextFormField(label=FIELDS["title"], max_length=150, required=True)
    problem = TextFormField(label=FIELDS["problem"], long=True, max_length=4000)
    causes = TextFormField(label=FIELDS["causes"], long=True, max_length=3000)
    status_quo = TextFormField(label=FIELDS["status_quo"], long=True, max_length=3000)
    action = TextFormField(label=FIELDS["action"], long=True, max_length=4000)
    contribution = TextFormField(label=FIELDS["contribution"], long=True, max_length=3000)
    why = TextFormField(label=_("Por qué cambia, en una línea"), max_length=300)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class CreditForm(forms.Form):
    """Which words of the draft came from a contribution."""

    field = forms.ChoiceField(label=_("Parte del borrador"), choices=list(FIELDS.items()))
    words = forms.CharField(label=_("Palabras, tal como están en el borrador"), max_length=2000, widget=long(2, 2000))


class CommitmentForm(forms.Form):
    """Into which plan the draft goes."""

    plan = NamedChoice(label=_("Plan"), queryset=Plan.objects.none(), empty_label=_("Elige"))
    code = forms.SlugField(
        label=_("Clave"),
        help_text=_("Minúsculas, números y guiones: será su dirección. Por ejemplo «agua-2»."),
        max_length=60,
    )
    lead = NamedChoice(
        label=_("Institución responsable"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Por definir"),
    )

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.filter(jurisdiction=jurisdiction)  # type: ignore[attr-defined]
        leads = Organisation.objects.filter(jurisdiction=jurisdiction, replaced_by=None).order_by("name")
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]
