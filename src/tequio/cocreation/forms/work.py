"""What the organisers fill in."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.actions.calls import CRITERIA
from tequio.cocreation.forms.said import (
    PICTURES,
    FilesField,
    MunicipalityChoice,
    Several,
    TitleChoice,
    choose_from,
    long,
    sector_field,
)
from tequio.cocreation.models import Batch, Call, Contribution, Phase, Problem, Table
from tequio.common.forms import TextFormField
from tequio.common.i18n import best
from tequio.common.moderation import CHOICES
from tequio.meetings.models import Body
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality
from tequio.plans.models import Plan
from tequio.vocabularies import terms


def day_field(label: Any, required: bool = False) -> forms.DateField:
    """A day, in the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class NamedChoice(forms.ModelChoiceField):
    """A thing by its title in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return best(getattr(obj, "title", None) or getattr(obj, "name", ""))[0]


class RoleChoice(forms.ModelChoiceField):
    """A role by its words, with the name where that is public."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.public_name}, {obj.words}" if obj.public_name else str(obj.words)


class NumberedChoice(forms.ModelChoiceField):
    """Something said, by its number and first words."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number}. {obj.title_line[:80]}"


class CallForm(forms.Form):
    """A call: what it is about, how long answers take, and a window for each phase."""

    title = TextFormField(label=_("Título"), max_length=200, required=True)
    summary = TextFormField(label=_("De qué se trata y cómo participar"), long=True, max_length=4000)
    plan = NamedChoice(label=_("Plan"), queryset=Plan.objects.none(), required=False, empty_label=_("Todavía sin plan"))
    answer_days = forms.IntegerField(
        label=_("Días hábiles para responder cada aportación"), min_value=1, max_value=90, initial=20
    )

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, call: Call | None = None, **kwargs: Any) -> None:
        if call is not None:
            kwargs["initial"] = {
                "title": call.title,
                "summary": call.summary,
                "plan": call.plan_id,
                "answer_days": call.answer_days,
                **{f"{row['key']}_{end}": row[end] for row in call.phases for end in ("start", "end")},
            }
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.filter(jurisdiction=jurisdiction)  # type: ignore[attr-defined]
        for phase in Phase:
            self.fields[f"{phase.value}_start"] = day_field(_("«%(phase)s» abre") % {"phase": phase.label})
            self.fields[f"{phase.value}_end"] = day_field(_("«%(phase)s» cierra") % {"phase": phase.label})
        if call is not None and call.is_public():
            self.fields["why"] = forms.CharField(
                label=_("Por qué cambia"), help_text=_("Ya es pública: se publica también el motivo."), max_length=300
            )

    def phases(self) -> list[dict[str, str]]:
        """The windows, as the call keeps them."""
        data = self.cleaned_data
        return [
            {
                "key": key,
                "start": data[f"{key}_start"].isoformat() if data.get(f"{key}_start") else "",
                "end": data[f"{key}_end"].isoformat() if data.get(f"{key}_end") else "",
            }
            for key in Phase.values
        ]


class CriterionForm(forms.Form):
    """A criterion and its weight; empty rows are left out."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    label = TextFormField(label=_("Criterio"), max_length=120)
    weight = forms.IntegerField(label=_("Peso, de 1 a 10"), min_value=1, max_value=10, required=False)


CriteriaForms = formset_factory(CriterionForm, extra=1, max_num=10)


def criteria_forms(call: Call | None, data: Any = None) -> Any:
    """The criteria of a call, or those that are proposed, and an empty row."""
    return CriteriaForms(data, prefix="criterios", initial=call.criteria if call is not None else CRITERIA)


def criteria_of(formset: Any) -> list[dict[str, Any]]:
    """The rows that say something; a new one gets a key of its own."""
    rows: list[dict[str, Any]] = []
    for n, form in enumerate(formset.forms, 1):
        data = form.cleaned_data
        if data.get("label"):
            key = data.get("key") or f"c{n}"
            rows.append({"key": key, "label": data["label"], "weight": data.get("weight") or 1})
    return rows


class TableForm(forms.Form):
    """A table: what it takes up, who facilitates it, and the body whose sessions are its own."""

    title = TextFormField(label=_("Nombre de la mesa"), max_length=200, required=True)
    summary = TextFormField(label=_("De qué se ocupa"), long=True, max_length=3000)
    problems = forms.ModelMultipleChoiceField(
        label=_("Problemas que toma"),
        queryset=Problem.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    facilitator = RoleChoice(
        label=_("Quién facilita"), queryset=Role.objects.none(), required=False, empty_label=_("Por definir")
    )
    body = NamedChoice(
        label=_("Órgano de sus sesiones"),
        help_text=_("Las sesiones y minutas de la mesa son las de ese órgano."),
        queryset=Body.objects.none(),
        required=False,
        empty_label=_("Todavía ninguno"),
    )

    def __init__(self, *args: Any, call: Call, table: Table | None = None, **kwargs: Any) -> None:
        if table is not None:
            kwargs["initial"] = {
                "title": table.title,
                "summary": table.summary,
                "facilitator": table.facilitator_id,
                "body": table.body_id,
                "problems": [row.pk for row in table.problems.all()],
            }
        super().__init__(*args, **kwargs)
        here = call.jurisdiction
        problems: Any = self.fields["problems"]
        problems.queryset = Problem.objects.filter(jurisdiction=here, sight="shown", merged_into=None).order_by(
            "number"
        )
        problems.label_from_instance = lambda row: f"{row.number}. {row.title[:90]}"
        roles = Role.public_rows().filter(jurisdiction=here, kind__in=("facilitator", "secretariat"), until=None)
        self.fields["facilitator"].queryset = roles  # type: ignore[attr-defined]
        self.fields["body"].queryset = Body.objects.filter(jurisdiction=here, kind="table")  # type: ignore[attr-defined]


class ProductForm(forms.Form):
    """Something that a table made."""

    title = TextFormField(label=_("Producto"), max_length=200, required=True)
    url = forms.URLField(label=_("Enlace"), assume_scheme="https")


class ExpertForm(forms.Form):
    """A question to somebody who knows."""

    question = TextFormField(label=_("Pregunta"), long=True, max_length=1500, required=True)
    asked_of = forms.CharField(
        label=_("A quién se pregunta"),
        help_text=_("Institución, colegio, cátedra o cargo. Es público."),
        max_length=200,
    )
    due = day_field(_("Se espera a más tardar"))


class ExpertAnswerForm(forms.Form):
    """What they answered."""

    answer = TextFormField(label=_("Respuesta"), long=True, max_length=4000, required=True)
    url = forms.URLField(label=_("Documento"), required=False, assume_scheme="https")


class MergeForm(forms.Form):
    """Into which problem this one goes, and why."""

    into = NumberedChoice(label=_("Es el mismo que"), queryset=Problem.objects.none(), empty_label=_("Elige"))
    why = forms.CharField(label=_("Por qué son el mismo"), help_text=_("Es público."), max_length=300)

    def __init__(self, *args: Any, problem: Problem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Problem.objects.filter(jurisdiction=problem.jurisdiction, sight="shown", merged_into=None)
        self.fields["into"].queryset = rows.exclude(pk=problem.pk).order_by("number")  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """A public reason."""

    why = forms.CharField(label=_("Por qué"), help_text=_("Es público."), max_length=300)


class LetterForm(forms.Form):
    """A mail as a mail program saves it."""

    letter = forms.FileField(
        label=_("Correo guardado (.eml)"),
        help_text=_("Se lee y llena el formulario de abajo. No se publica nada hasta que tú lo decidas."),
        widget=forms.FileInput(attrs={"accept": ".eml,message/rfc822"}),
    )


class EnterForm(forms.Form):
    """A contribution that came by another way, written down for whoever made it."""

    source = forms.ChoiceField(
        label=_("¿Por dónde llegó?"),
        choices=[row for row in Contribution.Source.choices if row[0] != "web"],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("¿A nombre de quién?"), choices=Contribution.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("La propuesta en una línea"), max_length=200)
    text = forms.CharField(label=_("Lo que propone, con sus palabras"), max_length=5000, widget=long(7, 5000))
    received_on = day_field(_("¿Qué día llegó?"), required=True)
    sheet = forms.CharField(
        label=_("Código de la hoja"),
        help_text=_("Si la hoja trae uno: así no se captura dos veces."),
        max_length=60,
        required=False,
    )
    problem = TitleChoice(
        label=_("Problema que atiende"), queryset=Problem.objects.none(), required=False, empty_label=_("Ninguno")
    )
    table = TitleChoice(label=_("Mesa"), queryset=Table.objects.none(), required=False, empty_label=_("Ninguna"))
    place = MunicipalityChoice(
        label=_("Municipio"), queryset=Municipality.objects.none(), required=False, empty_label=_("Sin decir")
    )
    sector = sector_field()
    organisation = forms.CharField(label=_("Organización"), max_length=200, required=False)
    name = forms.CharField(label=_("Nombre de quien la hizo"), max_length=120, required=False)
    named = forms.BooleanField(
        label=_("Aceptó que se publique su nombre"),
        help_text=_("Solo si lo dijo o lo marcó en la hoja."),
        required=False,
    )
    email = forms.EmailField(
        label=_("Su correo"), help_text=_("Para avisarle de la respuesta, si lo dio. Nunca se publica."), required=False
    )
    attached = FilesField(
        label=_("Foto de la hoja u otro archivo"), required=False, widget=Several(attrs={"accept": PICTURES})
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, call)
        here = call.jurisdiction
        if here.kind == Jurisdiction.Kind.STATE and here.code:
            rows = Municipality.objects.filter(state_code=here.code).order_by("name")
            self.fields["place"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["place"]


class AnswerForm(forms.Form):
    """A decision, its reason from the list, and words of its own. Nothing is saved without the three."""

    decision = forms.ChoiceField(
        label=_("¿En qué queda?"), choices=terms.choices("contribution_decision"), widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(label=_("Motivo"), choices=terms.choices("response_reason", blank=str(_("Elige"))))
    words = forms.CharField(
        label=_("Por qué"),
        help_text=_("Es público y le llega a quien la hizo. En palabras llanas, sin copiar oficios."),
        max_length=4000,
        widget=long(6, 4000),
    )
    words_en = forms.CharField(label=_("Lo mismo, en inglés"), max_length=4000, widget=long(3, 4000), required=False)
    wording = forms.CharField(
        label=_("Cómo quedaría redactada"),
        help_text=_("Solo si cambia: se publica junto a sus palabras, para que se vean las dos."),
        max_length=3000,
        widget=long(3, 3000),
        required=False,
    )
    merged_with = forms.IntegerField(
        label=_("Se une a la aportación número"), help_text=_("Solo si la unes a otra."), min_value=1, required=False
    )
    batch = NamedChoice(
        label=_("Lote"),
        help_text=_("Las de un lote se publican a la misma hora."),
        queryset=Batch.objects.none(),
        required=False,
        empty_label=_("Sin lote"),
    )

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contribution = contribution
        batches = Batch.objects.filter(call=contribution.call, released_on=None)
        if batches.exists():
            self.fields["batch"].queryset = batches  # type: ignore[attr-defined]
        else:
            del self.fields["batch"]

    def clean_merged_with(self) -> Contribution | None:
        """The contribution of that number in the same call."""
        number = self.cleaned_data["merged_with"]
        if not number:
            return None
        found = Contribution.objects.filter(call=self.contribution.call, number=number).first()
        if found is None:
            raise forms.ValidationError(_("No hay ninguna con ese número en esta convocatoria."))
        return found


class BatchForm(forms.Form):
    """A new batch, of which call where there are several."""

    title = TextFormField(label=_("Nombre del lote"), max_length=200, required=True)
    call = NamedChoice(label=_("Convocatoria"), queryset=Call.objects.none(), empty_label=None)

    def __init__(self, *args: Any, calls: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]
        newest = list(calls[:2])
        self.fields["call"].initial = newest[0].pk if newest else None
        if len(newest) < 2:  # nothing to choose
            self.fields["call"].widget = forms.HiddenInput()


class HideForm(forms.Form):
    """By which rule, and why in public."""

    rule = forms.ChoiceField(label=_("¿Qué regla incumple?"), choices=CHOICES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Es público. No repitas lo que quieres proteger."),
        max_length=500,
        widget=long(3, 500),
    )


class ReasonForm(forms.Form):
    """Why something is shown again."""

    reason = forms.CharField(label=_("Motivo"), help_text=_("Es público."), max_length=500, widget=long(3, 500))


class ReviewForm(forms.Form):
    """What a second person decides of an appeal."""

    restore = forms.ChoiceField(
        label=_("¿Qué decides?"),
        choices=(("yes", _("Que vuelva a verse")), ("no", _("Que siga oculto"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Motivo"), help_text=_("Es público."), max_length=500, widget=long(3, 500))
