"""Forms for allies who watch the record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.vocabularies import terms
from tequio.witnesses.models import Witness


class WitnessForm(forms.Form):
    """An ally and its key."""

    name = forms.CharField(label=_("Organización"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"))
    kind = forms.ChoiceField(
        label=_("Qué hace"),
        choices=Witness.Kind.choices,
        help_text=_("Un espejo además guarda una copia completa y la puede servir."),
    )
    vkey = forms.CharField(
        label=_("Llave pública"),
        max_length=300,
        help_text=_("El renglón que escribe su programa al prepararse, completo."),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
    )
    url = forms.URLField(
        label=_("Dirección de su servidor"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Solo si tiene uno que recibe sellos. Quien usa nuestro programa no necesita servidor."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(key, terms.label("sector", key)) for key in terms.keys("sector")]
        self.fields["sector"].choices = [("", _("Elige…")), *choices]  # type: ignore[attr-defined]


class SignatureForm(forms.Form):
    """A signature made by hand, as the page for signing gives it."""

    signed = forms.CharField(
        label=_("La firma"),
        help_text=_(
            "Todo lo que dio la página para firmar a mano, desde el nombre del registro hasta el último renglón."
        ),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )

    def clean_signed(self) -> str:
        """Line ends as the signature was made over them, however the browser sent them."""
        words = str(self.cleaned_data["signed"]).replace("\r\n", "\n").strip("\n")
        return f"{words}\n"


class EndForm(forms.Form):
    """Why an ally ceases to watch."""

    why = forms.CharField(label=_("Motivo"), help_text=_("Es público."), max_length=400)


class LogForm(forms.Form):
    """Another log to watch."""

    name = forms.CharField(label=_("De quién es"), max_length=200)
    vkey = forms.CharField(
        label=_("Llave pública del registro"), max_length=300, help_text=_("Está en su dirección /registro/llaves.")
    )
