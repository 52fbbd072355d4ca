"""Forms of following."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tequio.notices.models import Frequency


class FollowForm(forms.Form):
    """An address and how often."""

    email = forms.EmailField(
        label=_("Tu correo electrónico"),
        help_text=_("Te llegará un enlace para confirmar que es tuyo. Solo lo usamos para estos avisos."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Escribe tu correo."), "invalid": _("Revisa el correo: le falta una parte.")},
    )
    frequency = forms.ChoiceField(
        label=_("Cada cuándo"), choices=Frequency.choices, initial=Frequency.WEEKLY, widget=forms.RadioSelect
    )
    que = forms.CharField(widget=forms.HiddenInput, max_length=150)


class PreferencesForm(forms.Form):
    """How often mail comes, and in which language."""

    frequency = forms.ChoiceField(label=_("Cada cuándo"), choices=Frequency.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Idioma"), choices=settings.LANGUAGES)
