"""What anybody fills in: one screen each, and who they are at the end of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.forms.said import AuthorForm, MunicipalityChoice, long, sector_field
from tequio.places.models import Municipality


class _Said(AuthorForm):
    """Where somebody writes from, which is counted and never asked for twice."""

    place = MunicipalityChoice(
        label=_("¿Desde qué municipio?"),
        help_text=_("Si lo dices, se ve junto a tu opinión y se cuenta."),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("Sin decir"),
    )
    sector = sector_field()


class RemarkForm(_Said):
    """An opinion."""

    text = forms.CharField(
        label=_("Tu opinión"),
        help_text=_("Como se la dirías a tu diputada. Se publica; alguien te responde con razones."),
        max_length=3000,
        widget=long(6, 3000),
    )
    field_order = ("text",)


class ReplyForm(AuthorForm):
    """A reply to somebody's opinion."""

    text = forms.CharField(label=_("Tu respuesta"), max_length=2000, widget=long(4, 2000))
    field_order = ("text",)


class WordingForm(_Said):
    """Other words for an article: the box begins with its text."""

    wording = forms.CharField(
        label=_("Cámbialo como debería decir"),
        help_text=_("Borra y escribe sobre el texto. Debajo se ve qué cambia."),
        max_length=8000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "maxlength": 8000, "data-wording": ""}),
    )
    text = forms.CharField(label=_("¿Por qué?"), max_length=3000, required=False, widget=long(3, 3000))
    field_order = ("wording", "text")


class EndorseForm(forms.Form):
    """An address, so that each person counts once."""

    email = forms.EmailField(
        label=_("Tu correo"),
        help_text=_("Para contar tu apoyo una sola vez. No se guarda después de confirmarlo, y nunca se publica."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["email"]
