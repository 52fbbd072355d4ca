"""What people write: the observation itself, the answer, and what moderation asks."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.common.moderation import CHOICES
from tequio.observations.models import Observation
from tequio.places.models import Jurisdiction, Municipality


class MunicipalityChoice(forms.ModelChoiceField):
    """A municipality by its name alone: the state is known."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class ObservationForm(forms.Form):
    """One screen: what you see, and how to answer you. ``site`` is a trap that people do not see."""

    text = forms.CharField(
        label=_("¿Qué viste?"),
        help_text=_("Qué, dónde y cuándo, como se lo contarías a una vecina. No pongas datos de otras personas."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 3000}),
    )
    photo = forms.FileField(
        label=_("Una foto"),
        help_text=_("JPG, PNG o WebP, hasta 10 MB. Alguien del Comité la mira antes de que se vea."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    seen_on = forms.DateField(
        label=_("¿Qué día lo viste?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = MunicipalityChoice(
        label=_("¿En qué municipio?"), queryset=Municipality.objects.none(), required=False, empty_label=_("Sin decir")
    )
    name = forms.CharField(label=_("Tu nombre"), max_length=120, required=False)
    named = forms.BooleanField(
        label=_("Publicar mi nombre junto a lo que digo"),
        help_text=_("Si no la marcas, nadie lo verá."),
        required=False,
    )
    email = forms.EmailField(
        label=_("Tu correo"),
        help_text=_("Ahí te llega el enlace para publicarla y la respuesta. Nunca se publica."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if jurisdiction.kind == Jurisdiction.Kind.STATE and jurisdiction.code:
            rows = Municipality.objects.filter(state_code=jurisdiction.code).order_by("name")
            self.fields["place"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["place"]
        self.fields["seen_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        if signed_in:
            del self.fields["email"]


class AnswerForm(forms.Form):
    """The committee's answer."""

    outcome = forms.ChoiceField(
        label=_("¿En qué queda?"), choices=Observation.Outcome.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Por qué"),
        help_text=_("Es pública y llega por correo a quien la escribió. En palabras llanas, sin copiar oficios."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CommentForm(forms.Form):
    """What the institution says, once."""

    words = forms.CharField(
        label=_("Lo que dice tu institución"),
        help_text=_("Se publica una sola vez, junto a la observación. No se puede cambiar después."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HideForm(forms.Form):
    """By which rule, and why in public."""

    rule = forms.ChoiceField(label=_("¿Qué regla incumple?"), choices=CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Es público. No repitas lo que quieres proteger."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReviewForm(forms.Form):
    """What a second member decides of an appeal."""

    restore = forms.TypedChoiceField(
        label=_("¿Qué decides?"),
        choices=(("yes", _("Que vuelva a verse")), ("no", _("Que siga oculta"))),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Motivo"), help_text=_("Es público."), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AppealForm(forms.Form):
    """Why it should be seen; for the committee alone."""

    words = forms.CharField(
        label=_("Por qué debería verse"),
        help_text=_("Solo lo lee el Comité. Decide otra persona, no quien la ocultó."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
