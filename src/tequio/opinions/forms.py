"""What people write about conversations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.opinions import moderation
from tequio.opinions.models import LONGEST, Conversation

DAY = {"type": "date"}


class ConversationForm(forms.Form):
    """A draft."""

    question = TextFormField(
        label=_("¿Qué preguntas?"),
        help_text=_("Una pregunta corta y abierta. Por ejemplo: ¿qué debería pasar primero con el agua?"),
        max_length=200,
        required=True,
    )
    text = TextFormField(label=_("Contexto"), help_text=_("Lo que hace falta saber para opinar."), long=True)
    opens = forms.DateField(label=_("Abre el"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    closes = forms.DateField(label=_("Último día"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    entry = forms.ChoiceField(
        label=_("¿Quién vota?"),
        help_text=_("Sin datos participa más gente; con correo confirmado es más difícil votar dos veces."),
        choices=Conversation.Entry.choices,
        widget=forms.RadioSelect,
        initial=Conversation.Entry.ANYBODY,
    )
    proposers = forms.ChoiceField(
        label=_("¿Quién propone frases?"),
        choices=Conversation.Proposers.choices,
        widget=forms.RadioSelect,
        initial=Conversation.Proposers.ANYBODY,
    )
    minimum = forms.IntegerField(
        label=_("El grupo más chico que se muestra"),
        help_text=_("Personas. Nunca menos de 5, para que no se adivine quién votó qué."),
        min_value=5,
        max_value=100,
        initial=5,
    )
    rules = TextFormField(
        label=_("Reglas propias"), help_text=_("Además de las de moderación, que valen siempre."), long=True
    )
    about = forms.CharField(
        label=_("Sobre"),
        help_text=_("La clave en el registro de aquello de lo que trata, si cuelga de algo."),
        max_length=200,
        required=False,
    )


class SeedForm(forms.Form):
    """A statement of who organises."""

    text = forms.CharField(
        label=_("Frase"),
        help_text=_("Una sola idea, hasta 140 letras, como la diría una persona."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
    )
    translation = forms.CharField(
        label=_("La misma frase en inglés"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200, "lang": "en"}),
    )


class ProposalForm(forms.Form):
    """A statement of who takes part."""

    text = forms.CharField(
        label=_("Tu frase"),
        help_text=_("Una sola idea, hasta 140 letras. No pongas nombres ni datos de nadie."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST}),
    )


class DecisionForm(forms.Form):
    """By which rule, and why in public."""

    rule = forms.ChoiceField(label=_("¿Qué regla incumple?"), choices=moderation.CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Es público. No repitas lo que quieres proteger."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why, in public."""

    why = forms.CharField(
        label=_("Motivo"), help_text=_("Es público."), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExtendForm(ReasonForm):
    """Until when, and why."""

    closes = forms.DateField(label=_("Nuevo último día"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    field_order = ("closes", "why")


class EntryForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(
        label=_("Tu correo"),
        help_text=_(
            "Ahí te llega el enlace para votar. No lo guardamos: solo una huella de la que no se puede volver a él."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def initial_of(conversation: Conversation) -> dict[str, Any]:
    """What a form for a draft begins with."""
    return {name: getattr(conversation, name) for name in ConversationForm.base_fields}
