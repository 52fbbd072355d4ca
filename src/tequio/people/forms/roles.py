"""Forms about roles and who holds them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tequio.people.models import Office, Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.vocabularies import terms

DAY = {"type": "date"}


def role_choices() -> list[tuple[str, str]]:
    """The roles that somebody can hold: not the public's, which everybody has, nor those of the installation itself."""
    return [choice for choice in terms.choices("role")() if choice[0] not in ("public", "system", "operator")]


class OfficeChoice(forms.ModelChoiceField):
    """A post with its institution."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.organisation.short_name}"


class HolderForm(forms.Form):
    """Who holds a role. Without name and e-mail it is vacant."""

    name = forms.CharField(
        label=_("Nombre de la persona"),
        help_text=_("Déjalo vacío, junto con el correo, para publicar que el lugar está vacante."),
        max_length=150,
        required=False,
    )
    email = forms.EmailField(
        label=_("Correo electrónico"),
        help_text=_("No se publica. Ahí le llegará la invitación; para entrar no necesita contraseña."),
        required=False,
    )
    named = forms.BooleanField(
        label=_("Publicar su nombre"),
        help_text=_("En un cargo público siempre; en los demás, solo si la persona está de acuerdo."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("email") and not data.get("name"):
            self.add_error("name", _t("Escribe el nombre de la persona."))
        if data.get("name") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _t("Escribe su correo: con él entra y recibe avisos."))
        if not data.get("name") and not data.get("email") and data.get("named"):
            self.add_error("named", _t("Un lugar vacante no tiene nombre que publicar."))
        return data


class GrantForm(HolderForm):
    """Grants a role to a person, or publishes a vacancy."""

    kind = forms.ChoiceField(label=_("Papel"), choices=role_choices)
    organisation = forms.ModelChoiceField(
        label=_("Por qué institución actúa"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Por ninguna"),
    )
    office = OfficeChoice(
        label=_("Cargo"),
        help_text=_("Se agregan en la ficha de cada institución."),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("Sin cargo"),
    )
    since = forms.DateField(label=_("Desde"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=_("Hasta"), required=False, widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("El oficio, acta o acuerdo que lo dice. Se publica."), max_length=300
    )
    field_order = ("kind", "organisation", "office", "name", "email", "named", "since", "until", "basis")

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Organisation.objects.filter(jurisdiction=jurisdiction, replaced_by=None, dissolved=False)
        offices = Office.objects.filter(organisation__in=standing).select_related("organisation")
        self.fields["organisation"].queryset = standing.order_by("name")  # type: ignore[attr-defined]
        self.fields["office"].queryset = offices.order_by("organisation__name", "slug")  # type: ignore[attr-defined]
        self.fields["since"].initial = today


class ReplaceForm(HolderForm):
    """Who takes over a role, from which day on."""

    since = forms.DateField(label=_("Toma el lugar desde"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    basis = forms.CharField(label=_("Sustento"), help_text=_("Se publica."), max_length=300)
    field_order = ("name", "email", "named", "since", "basis")


class EndForm(forms.Form):
    """The last day of a role."""

    until = forms.DateField(label=_("Último día"), widget=forms.DateInput(DAY, format="%Y-%m-%d"))
    basis = forms.CharField(label=_("Sustento"), help_text=_("Se publica."), max_length=300)
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NameForm(forms.Form):
    """A person's name as it should be written."""

    name = forms.CharField(label=_("Nombre"), max_length=150)

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        if role.person is not None:
            kwargs.setdefault("initial", {"name": role.person.name})
        super().__init__(*args, **kwargs)
