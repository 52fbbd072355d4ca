"""What the secretariat and the seats write: questions, votes, objections, conflicts, rules."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.meetings.models import AgendaItem, Session
from tequio.secretariat import deciding, effects
from tequio.secretariat.models import Ballot, Decision, Matter
from tequio.secretariat.wording import HOUSES

LONG = {"rows": 4, "maxlength": 1000}
SHARES = {
    "half": deciding.HALF,
    "two_thirds": deciding.Share(Fraction(2, 3)),
    "three_quarters": deciding.Share(Fraction(3, 4)),
}
SHARE_CHOICES = (
    ("half", _("Más de la mitad")),
    ("two_thirds", _("Al menos dos tercios")),
    ("three_quarters", _("Al menos tres cuartos")),
)
NO_HAND = "none"
FREE = (Matter.OTHER, Matter.PERSON)  # matters that need no thing of this portal


class OpenForm(forms.Form):
    """A question for the body of a session."""

    question = TextFormField(
        label=_("¿Qué se decide?"),
        help_text=_("Una pregunta que se responda con sí o no: «¿Se adopta…?», «¿Se elige a…?»."),
        max_length=300,
        required=True,
    )
    text = TextFormField(
        label=_("Qué significa"),
        help_text=_("Qué pasa si dicen que sí, en palabras llanas."),
        long=True,
        max_length=3000,
    )
    item = forms.ModelChoiceField(
        label=_("Punto del orden del día"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("Ninguno")
    )
    about = forms.ChoiceField(
        label=_("Sobre qué"),
        help_text=_("Si la decisión pasa, eso cambia en ese momento: se adopta, rige, se publica."),
        required=False,
    )
    matter = forms.ChoiceField(
        label=_("Asunto"), choices=[(m.value, m.label) for m in FREE], required=False, widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label=_("Cómo se decide"), choices=Decision.Method.choices, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, session: Session, rules: deciding.Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = session.agenda.order_by("order", "number")  # type: ignore[attr-defined]
        things = effects.candidates(session.body)
        if things:
            self.fields["about"].choices = [("", _("Otra cosa")), *things]  # type: ignore[attr-defined]
        else:
            del self.fields["about"]
        if rules.consensus_first:  # nothing to choose
            del self.fields["method"]
        self.fields["matter"].initial = Matter.OTHER


class VoteForm(forms.Form):
    """A seat's vote. In a secret ballot there is no reason to give: it would tell."""

    choice = forms.ChoiceField(label=_("Tu voto"), choices=Ballot.Choice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Por qué"),
        help_text=_("Se publica junto a tu voto."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=LONG),
    )

    def __init__(self, *args: Any, secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if secret:
            del self.fields["reason"]
            self.fields["choice"].help_text = _("Nadie sabrá qué votaste, y por eso mismo no podrás cambiarlo.")


class ObjectionForm(forms.Form):
    """Why a seat does not go along."""

    reason = forms.CharField(
        label=_("Por qué objetas"),
        help_text=_("Qué habría que cambiar para que estés de acuerdo. Es público."),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
    )


class ConflictForm(forms.Form):
    """What binds somebody of a seat to what is decided."""

    reason = forms.CharField(
        label=_("En qué consiste"),
        help_text=_("Es público. Tu asiento no votará ni contará para el quórum de esta decisión."),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
    )


class HandsForm(forms.Form):
    """A show of hands: for each seat that can vote, what it raised its hand for; nothing where it raised none."""

    def __init__(self, *args: Any, rows: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            ballot = row["ballot"]
            self.fields[f"s{row['seat'].pk}"] = forms.ChoiceField(
                label=str(row["seat"]),
                help_text=HOUSES[row["house"]],
                choices=[*Ballot.Choice.choices, *([] if ballot else [(NO_HAND, _now("No alzó la mano"))])],
                initial=ballot.choice if ballot else NO_HAND,
                widget=forms.RadioSelect,
            )

    @property
    def choices(self) -> dict[int, str]:
        """What each seat raised its hand for, by the seat's primary key."""
        return {int(name[1:]): choice for name, choice in self.cleaned_data.items() if choice != NO_HAND}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if all(choice == NO_HAND for choice in data.values()) and not self.errors:
            raise forms.ValidationError(_("Marca qué votó al menos un asiento."))
        return data


class SaidForm(forms.Form):
    """What somebody of a seat said aloud: an objection, or a conflict of interest."""

    seat = forms.ChoiceField(label=_("¿Qué asiento?"))
    reason = forms.CharField(
        label=_("Qué dijo"),
        help_text=_("Con sus palabras. Es público."),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
    )

    def __init__(self, *args: Any, rows: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(row["seat"].number), str(row["seat"])) for row in rows]
        self.fields["seat"].choices = [("", _now("Elige uno")), *known]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a question is taken back."""

    reason = forms.CharField(
        label=_("Por qué se retira"), help_text=_("Es público."), max_length=1000, widget=forms.Textarea(attrs=LONG)
    )


class WordsForm(forms.Form):
    """On what basis somebody's words are taken out of sight."""

    basis = forms.CharField(
        label=_("En qué se sustenta quitarlas"),
        help_text=_("Es público. No repitas lo que quieres proteger."),
        max_length=300,
    )


class RulesForm(forms.Form):
    """How a body decides, in questions that its operating rules answer."""

    quorum = forms.ChoiceField(label=_("¿Qué parte de los asientos hace quórum?"), choices=SHARE_CHOICES)
    seats = forms.ChoiceField(
        label=_("¿De qué asientos?"),
        choices=(
            (deciding.FILLED, _("De los asientos ocupados")),
            (deciding.ALL, _("De todos los asientos, con los vacantes")),
        ),
    )
    sectors = forms.IntegerField(label=_("¿De cuántos sectores, por lo menos?"), min_value=1, max_value=12)
    civil = forms.IntegerField(label=_("¿Cuántos de sociedad civil, por lo menos?"), min_value=1, max_value=50)
    government = forms.IntegerField(label=_("¿Cuántos de gobierno, por lo menos?"), min_value=1, max_value=50)
    consensus_first = forms.BooleanField(label=_("Primero se busca el consenso"), required=False)
    majority = forms.ChoiceField(
        label=_("¿Qué mayoría hace falta dentro de cada lado?"),
        help_text=_("Siempre dentro de sociedad civil y también dentro de gobierno."),
        choices=SHARE_CHOICES,
    )
    of = forms.ChoiceField(
        label=_("¿De qué se cuenta?"),
        choices=(
            (deciding.CAST, _("De los votos a favor y en contra")),
            (deciding.PRESENT, _("De los asientos que podían votar")),
        ),
    )
    whole = forms.ChoiceField(
        label=_("¿Y además en toda la mesa?"), choices=(("", _("No")), *SHARE_CHOICES), required=False
    )
    rules_majority = forms.ChoiceField(
        label=_("¿Qué mayoría hace falta para cambiar estas reglas?"), choices=SHARE_CHOICES
    )
    delegation = forms.BooleanField(
        label=_("El titular puede delegar su voto por escrito en su enlace o suplente"), required=False
    )
    secret = forms.BooleanField(label=_("Se vota en secreto"), required=False)
    persons_secret = forms.BooleanField(label=_("Para elegir personas se vota en secreto"), required=False)
    why = forms.CharField(
        label=_("Por qué"),
        help_text=_("De qué lineamientos vienen o, si cambian, qué cambia. Es público."),
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
    )

    def data_of_rules(self) -> deciding.Data:
        """What was answered, as rules."""
        said = self.cleaned_data
        majority = deciding.Majority(SHARES[said["majority"]], said["of"])
        changing = deciding.Majority(SHARES[said["rules_majority"]], said["of"])
        return deciding.Rules(
            deciding.Quorum(SHARES[said["quorum"]], said["seats"], said["sectors"], said["civil"], said["government"]),
            majority,
            deciding.Majority(SHARES[said["whole"]], said["of"]) if said["whole"] else None,
            said["consensus_first"],
            deciding.DELEGATION if said["delegation"] else deciding.NEVER,
            deciding.SECRET if said["secret"] else deciding.RECORDED,
            {
                **({Matter.RULES.value: (changing, "")} if changing != majority else {}),
                **({Matter.PERSON.value: (None, deciding.SECRET)} if said["persons_secret"] else {}),
            },
        ).data()

    @classmethod
    def answers_of(cls, rules: deciding.Rules) -> dict[str, Any]:
        """The answers that rules are; those that no answer says begin with the nearest one."""
        names = {share: name for name, share in SHARES.items()}

        def name(majority: deciding.Majority | None) -> str:
            return names.get(majority.share, "half") if majority else ""

        return {
            "quorum": names.get(rules.quorum.share, "half"),
            "seats": rules.quorum.seats,
            "sectors": max(1, rules.quorum.sectors),
            "civil": rules.quorum.least(deciding.CIVIL),
            "government": rules.quorum.least(deciding.GOVERNMENT),
            "consensus_first": rules.consensus_first,
            "majority": name(rules.majority),
            "of": rules.majority.of,
            "whole": name(rules.whole),
            "rules_majority": name(rules.majority_for(Matter.RULES)),
            "delegation": rules.liaison == deciding.DELEGATION,
            "secret": rules.ballot == deciding.SECRET,
            "persons_secret": rules.ballot_for(Matter.PERSON) == deciding.SECRET,
        }
