"""Forms of the committee's work: looks, votes, decisions, replies, declarations, and the committee itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.common.i18n import best
from tequio.monitoring.models import Committee, Result, Shows, State, Vote
from tequio.people.models import Role


def words(**more: Any) -> forms.CharField:
    """A text of several lines, in the writer's own language."""
    return forms.CharField(widget=forms.Textarea({"rows": 5}), max_length=4000, **more)


class VerifyValueForm(forms.Form):
    """How a member verified a measured value."""

    why = words(
        label=_("¿Con qué lo comprobaste?"),
        help_text=_("Será público. Por ejemplo: «Sumé las fugas de la bitácora de marzo y da lo mismo»."),
    )


class LookForm(forms.Form):
    """What one member sees: an answer for each piece of evidence, what it comes to, and why."""

    result = forms.ChoiceField(label=_("Con lo que viste, ¿cumple?"), choices=Result.choices, widget=forms.RadioSelect)
    reason = words(
        label=_("¿Por qué?"),
        help_text=_("Con tus palabras. Será público, junto con las demás miradas, cuando todas estén hechas."),
    )

    def __init__(self, *args: Any, pieces: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        for piece in pieces:
            self.fields[f"opened_{piece.number}"] = forms.BooleanField(label=_("La abrí y la revisé"), required=False)
            self.fields[f"shows_{piece.number}"] = forms.ChoiceField(
                label=_("¿Muestra lo que dice?"), choices=Shows.choices, widget=forms.RadioSelect
            )
            self.fields[f"note_{piece.number}"] = forms.CharField(
                label=_("Nota"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
            )

    @property
    def answers(self) -> list[tuple[Any, list[Any]]]:
        """Each piece of evidence with its fields."""
        names = ("opened", "shows", "note")
        return [(piece, [self[f"{name}_{piece.number}"] for name in names]) for piece in self.pieces]

    @property
    def verdict(self) -> list[Any]:
        return [self["result"], self["reason"]]

    @property
    def checklist(self) -> dict[str, dict[str, Any]]:
        """The answers as ``record_look`` takes them."""
        data = self.cleaned_data
        return {
            piece.subject_key(): {name: data.get(f"{name}_{piece.number}") for name in ("opened", "shows", "note")}
            for piece in self.pieces
        }


def stored(look: Any, pieces: list[Any]) -> dict[str, Any]:
    """What the form shows of a look that was handed in and may still be corrected."""
    found: dict[str, Any] = {"result": look.result, "reason": best(look.reason)[0]}
    answers = {row["key"]: row for row in look.checklist}
    for piece in pieces:
        row = answers.get(piece.subject_key(), {})
        for name in ("opened", "shows", "note"):
            found[f"{name}_{piece.number}"] = row.get(name, "")
    return found


RESULT_WORDS = {
    State.VERIFIED: _("Verificada: la evidencia lo demuestra"),
    State.OBSERVED: _("Observada: falta algo que se puede atender"),
    State.REJECTED: _("No acreditada: la evidencia no lo demuestra"),
    State.REOPENED: _("Reabierta: hay que volver a revisarla"),
}


class DecisionForm(forms.Form):
    """What is proposed, why, and on which evidence."""

    result = forms.ChoiceField(label=_("¿Qué propones?"), widget=forms.RadioSelect)
    reason = words(label=_("Motivo"), help_text=_("Es público y ya no se edita."))
    evidence = forms.MultipleChoiceField(
        label=_("La evidencia en que se apoya"),
        help_text=_("La decisión la guarda como estaba ese día, con la huella de cada archivo."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, results: list[State], pieces: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = {str(piece.number): piece for piece in pieces}
        self.fields["result"].choices = [(state.value, RESULT_WORDS[state]) for state in results]  # type: ignore[attr-defined]
        self.fields["evidence"].choices = [(key, str(piece)) for key, piece in self.pieces.items()]  # type: ignore[attr-defined]
        if not pieces:
            del self.fields["evidence"]
        else:
            self.fields["evidence"].initial = list(self.pieces)

    @property
    def chosen(self) -> list[Any]:
        return [self.pieces[key] for key in self.cleaned_data.get("evidence", [])]


class SessionForm(DecisionForm):
    """The same for a decision taken in a session: how each member voted, and where its minute is."""

    minute = forms.CharField(label=_("Minuta de la sesión"), help_text=_("Su número o su dirección."), max_length=300)
    on = forms.DateField(label=_("Fecha de la sesión"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, voters: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voters = voters
        choices = [("", _("No participó")), *Vote.choices]
        for role in voters:
            self.fields[f"vote_{role.number}"] = forms.ChoiceField(
                label=role.person.name if role.person else role.words, choices=choices, required=False
            )

    @property
    def votes(self) -> dict[Role, str]:
        found = {role: self.cleaned_data.get(f"vote_{role.number}") or "" for role in self.voters}
        return {role: vote for role, vote in found.items() if vote}


class VoteForm(forms.Form):
    """One member's vote."""

    vote = forms.ChoiceField(label=_("Tu voto"), choices=Vote.choices, widget=forms.RadioSelect)


class ReplyForm(forms.Form):
    """What the institution answers in public, once."""

    reply = words(
        label=_("Respuesta de la institución"),
        help_text=_("Se publica tal cual y se responde una sola vez: revísala antes de enviarla."),
    )


class AnnulForm(forms.Form):
    """Why a decision is taken back."""

    reason = words(label=_("Por qué se anula"), help_text=_("Es público."))
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("El oficio o la minuta en que consta."), max_length=300, required=False
    )
    sure = forms.BooleanField(label=_("Entiendo que queda en el registro público y que no se puede deshacer"))


class DeclarationForm(forms.Form):
    """What a member declares of their interests: on what they will take no part, or that nothing binds them."""

    organisations: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Instituciones con las que tengo algún vínculo"),
        help_text=_("Trabajo, familia, negocio, contratos o amistad cercana con quien decide ahí."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    commitments: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label=_("Compromisos en los que tengo un interés propio"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    none = forms.BooleanField(label=_("Ninguno: nada me impide mirar y decidir con libertad"), required=False)

    def __init__(self, *args: Any, organisations: Any, commitments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["commitments"].queryset = commitments  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        something = bool(data.get("organisations")) or bool(data.get("commitments"))
        if data.get("none") and something:
            self.add_error("none", _t("Marcaste un vínculo y también «Ninguno»: deja solo uno de los dos."))
        if not data.get("none") and not something:
            self.add_error("none", _t("Marca tus vínculos o, si no tienes, marca «Ninguno»."))
        return data


class Months(forms.CharField):
    """Numbers of months, separated by commas or spaces; an empty list for none."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(month) for month in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = str(value or "").replace(",", " ").replace(";", " ").split()
        if any(not word.isascii() or not word.isdigit() or len(word) > 3 for word in words):
            raise forms.ValidationError(_t("Escribe los meses con números, separados por comas: 6, 12, 24."))
        return [int(word) for word in words]


class ClocksForm(forms.Form):
    """A plan's terms; a field left blank follows the installation."""

    answer_days = forms.IntegerField(
        label=_("Días hábiles para responder una observación"),
        help_text=_("Cuentan desde que la confirma quien la escribió."),
        required=False,
    )
    sight_days = forms.IntegerField(
        label=_("Días hábiles para decidir si se ve lo retenido"),
        help_text=_("Fotos, textos que esperan una mirada, y apelaciones."),
        required=False,
    )
    escalate_days = forms.IntegerField(
        label=_("Días sin reporte o sin decisión para avisar al Secretariado"), required=False
    )
    check_months = Months(
        label=_("Meses después del plan en que se revisa cada compromiso"),
        help_text=_("Por ejemplo: 6, 12, 24."),
        required=False,
    )
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("El acta o acuerdo en que se decidió."), max_length=300, required=False
    )


class MemberChoice(forms.ModelMultipleChoiceField):
    """Roles of the committee, by the name of their holders."""

    def label_from_instance(self, obj: Any) -> str:
        name = obj.person.name if obj.person else _t("Lugar vacante")
        return f"{name} · {obj.words}"


class CommitteeForm(forms.Form):
    """Who is on the committee and by which rules it decides."""

    members = MemberChoice(
        label=_("Integrantes"),
        help_text=_("Personas con el papel de Comité de Seguimiento. El papel se otorga en «Personas y papeles»."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quorum = forms.IntegerField(
        label=_("Quórum"), help_text=_("Cuántas personas tienen que participar en una decisión."), min_value=1
    )
    majority = forms.IntegerField(
        label=_("Mayoría, en por ciento"),
        help_text=_("A favor más de este por ciento de quienes participan. 50 es la mayoría simple."),
        min_value=50,
        max_value=99,
    )
    looks = forms.IntegerField(
        label=_("Miradas independientes"),
        help_text=_("Cuántas personas miran la evidencia, sin conocer lo que ven las demás, antes de decidir."),
        min_value=Committee.LEAST_LOOKS,
        max_value=20,
    )
    look_days = forms.IntegerField(
        label=_("Días hábiles para mirar"), help_text=_("Después, la mirada pasa a otra persona."), min_value=1
    )
    reply_days = forms.IntegerField(
        label=_("Días hábiles para que la institución responda"),
        help_text=_("Cuentan desde que se conocen las miradas. Con 0 no se espera su respuesta."),
        min_value=0,
    )
    rules = TextFormField(label=_("Reglas en palabras"), long=True, max_length=8000)
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("El acta, acuerdo o convocatoria."), max_length=300, required=False
    )

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = roles  # type: ignore[attr-defined]
