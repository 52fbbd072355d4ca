"""The form that opens a jurisdiction."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.places.models import Jurisdiction


class JurisdictionForm(forms.Form):
    """A territory and the first person of its secretariat."""

    name = TextFormField(label=_("Nombre del territorio"), max_length=150, required=True)
    slug = forms.SlugField(
        label=_("Dirección"),
        help_text=_("En minúsculas y con guiones: «san-pedro» será …/san-pedro/. No se puede cambiar después."),
        max_length=60,
    )
    kind = forms.ChoiceField(label=_("Qué es"), choices=Jurisdiction.Kind.choices)
    code = forms.CharField(
        label=_("Clave del INEGI"),
        help_text=_("Dos cifras para un estado, cinco para un municipio."),
        validators=[RegexValidator(r"^(\d{2}|\d{5})$", _("Son dos o cinco cifras."))],
        required=False,
    )
    is_practice = forms.BooleanField(
        label=_("Es un territorio de práctica"),
        help_text=_("Cada página dirá que todo es inventado. No se puede cambiar después."),
        required=False,
    )
    person = forms.CharField(label=_("Quién llevará el Secretariado Técnico"), max_length=150)
    email = forms.EmailField(
        label=_("Su correo electrónico"), help_text=_("Ahí le llegará la invitación. No se publica.")
    )
