"""What people write about personal data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.privacy.finding import Disclosed
from tequio.privacy.models import DataRequest


class AskForm(forms.Form):
    """One screen: what, about which data, and where to answer."""

    right = forms.ChoiceField(label=_("¿Qué pides?"), choices=DataRequest.Right.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("¿De qué dato se trata?"),
        help_text=_("Qué dice y en qué página lo viste. Solo lo lee quien decide; nunca se publica."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(label=_("Tu nombre"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Tu correo"),
        help_text=_("Ahí te llega el enlace para confirmar y la decisión. Nunca se publica."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DecideForm(forms.Form):
    """The decision: public, but for the letter."""

    outcome = forms.ChoiceField(
        label=_("¿Qué se decide?"),
        choices=[choice for choice in DataRequest.Outcome.choices if choice[0] != DataRequest.Outcome.WITHDRAWN],
        widget=forms.RadioSelect,
    )
    values = forms.MultipleChoiceField(
        label=_("Lo que se borra"),
        help_text=_(
            "No se puede deshacer. Se borra del portal, del buscador y del registro; las pruebas siguen valiendo."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    basis = forms.CharField(
        label=_("Fundamento legal"),
        help_text=_("Ley y artículo. Es público."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Es público: explica sin repetir el dato ni decir de quién es."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    letter = forms.CharField(
        label=_("Carta para quien lo pidió"),
        help_text=_("Le llega por correo, con la decisión. No se publica."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, found: list[Disclosed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if found:
            self.fields["values"].choices = [  # type: ignore[attr-defined]
                (one.choice, f"{one.label} · {one.field}: {one.value[:120]}") for one in found
            ]
        else:
            del self.fields["values"]


class TermsForm(forms.Form):
    """What the law of the place gives."""

    days = forms.IntegerField(label=_("Días hábiles para decidir"), min_value=1, max_value=365)
    law = forms.CharField(
        label=_("Qué ley y artículo lo dicen"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    law_en = forms.CharField(
        label=_("Lo mismo en inglés"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(
        label=_("A quién acudir si la decisión no convence"),
        help_text=_("Autoridad, correo o teléfono públicos."),
        max_length=300,
        required=False,
    )
