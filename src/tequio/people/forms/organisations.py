"""Forms about institutions and their offices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.people.models import Office, Organisation
from tequio.vocabularies import terms


class SearchForm(forms.Form):
    """Looks for institutions by any of their names."""

    q = forms.CharField(label=_("Buscar por nombre o siglas"), required=False, max_length=120)


class OrganisationForm(forms.Form):
    """An institution's own facts. ``known`` asks for the reason of the change, which is public."""

    name = forms.CharField(label=_("Nombre completo"), max_length=250)
    acronym = forms.CharField(label=_("Siglas"), max_length=40, required=False)
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=terms.choices("sector", blank=_("Sin precisar")),  # type: ignore[arg-type]
    )
    branch = forms.ChoiceField(
        label=_("Poder u orden de gobierno"),
        required=False,
        choices=terms.choices("branch", blank=_("Ninguno")),  # type: ignore[arg-type]
    )
    website = forms.URLField(label=_("Sitio web"), required=False, assume_scheme="https")
    note = TextFormField(label=_("Qué hace, en pocas palabras"), long=True, required=False)
    why = forms.CharField(
        label=_("Por qué la cambias"),
        help_text=_("Se publica en el registro junto con el cambio."),
        max_length=300,
        required=False,
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, known: Organisation | None = None, **kwargs: Any) -> None:
        if known is not None:
            facts = {name: getattr(known, name) for name in ("name", "acronym", "sector", "branch", "website", "note")}
            kwargs.setdefault("initial", {**facts, "rev": known.rev})
        super().__init__(*args, **kwargs)
        if known is None:
            del self.fields["why"], self.fields["rev"]


class StandingChoice(forms.ModelChoiceField):
    """An institution that stands for itself, of one jurisdiction."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.acronym})" if obj.acronym and f"({obj.acronym})" not in obj.name else obj.name


def others_of(organisation: Organisation) -> Any:
    """The institutions that another may be joined to, or succeeded by."""
    rows = Organisation.objects.filter(jurisdiction_id=organisation.jurisdiction_id, replaced_by=None)
    return rows.exclude(pk=organisation.pk).order_by("name")


class MergeForm(forms.Form):
    """Which institution this one really is."""

    kept = StandingChoice(
        label=_("Es la misma que"),
        help_text=_("Esa se queda; el nombre de aquí se guarda entre sus otras formas de nombrarla."),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=_("Elige una institución"),
    )
    why = forms.CharField(label=_("Por qué son la misma"), help_text=_("Se publica en el registro."), max_length=300)

    def __init__(self, *args: Any, gone: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = others_of(gone)  # type: ignore[attr-defined]


class DissolveForm(forms.Form):
    """That an institution no longer exists, since when and who goes on."""

    on = forms.DateField(
        label=_("Fecha en que se extinguió"),
        help_text=_("Déjala vacía si la fuente no la dice."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    successor = StandingChoice(
        label=_("Quién la sucede"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("No consta"),
    )
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("La ley, el decreto o el acta que lo dice. Se publica."), max_length=300
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = others_of(organisation)  # type: ignore[attr-defined]


class OfficeForm(forms.Form):
    """A post of an institution."""

    name = TextFormField(label=_("Nombre del cargo"), max_length=200, required=True)
    kind = forms.ChoiceField(label=_("Qué clase de cargo es"), choices=Office.Kind.choices)
