"""Forms about bodies, seats, holders and delegations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.meetings.models import Body, Capacity, SeatHolder, Session
from tequio.people.models import Organisation
from tequio.vocabularies import terms


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class OrganisationChoice(forms.ModelChoiceField):
    """An institution that stands for itself, of one jurisdiction."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class BodyForm(forms.Form):
    """What a body is, and its terms."""

    columns = ("kind", "name", "purpose", "founded_on", "founding_url", "rules_url", "rules_on", "starts", "ends")
    terms = ("notice_days", "notice_days_extraordinary", "minutes_days", "review_days", "small_group")

    kind = forms.ChoiceField(label=_("Qué es"), choices=Body.Kind.choices)
    name = TextFormField(label=_("Nombre"), max_length=200, required=True)
    purpose = TextFormField(label=_("Para qué existe"), long=True)
    founded_on = forms.DateField(label=_("Día de su instalación"), required=False, widget=DayInput())
    founding_url = forms.URLField(
        label=_("Dirección de su acta de instalación"), required=False, max_length=500, assume_scheme="https"
    )
    founding_act = forms.FileField(label=_("O su archivo"), help_text=_("PDF, hasta 10 MB."), required=False)
    rules_url = forms.URLField(
        label=_("Dirección de sus lineamientos"), required=False, max_length=500, assume_scheme="https"
    )
    rules_document = forms.FileField(label=_("O su archivo"), help_text=_("PDF, hasta 10 MB."), required=False)
    rules_on = forms.DateField(label=_("Día en que se publicaron los lineamientos"), required=False, widget=DayInput())
    starts = forms.DateField(label=_("Trabaja desde"), required=False, widget=DayInput())
    ends = forms.DateField(label=_("Trabaja hasta"), required=False, widget=DayInput())
    notice_days = forms.IntegerField(
        label=_("Días de anticipación de la convocatoria ordinaria"), min_value=0, max_value=60, initial=5
    )
    notice_days_extraordinary = forms.IntegerField(
        label=_("Días de anticipación de las demás"), min_value=0, max_value=60, initial=2
    )
    minutes_days = forms.IntegerField(
        label=_("Días hábiles para aprobar el acta"), min_value=2, max_value=60, initial=10
    )
    review_days = forms.IntegerField(
        label=_("De ellos, días hábiles para pedir correcciones"), min_value=1, max_value=30, initial=3
    )
    small_group = forms.IntegerField(
        label=_("Grupo más pequeño de personas que se cuenta en público"), min_value=2, max_value=20, initial=5
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        if body is not None:
            known = {name: getattr(body, name) for name in (*self.columns, *self.terms)}
            kwargs.setdefault("initial", {**known, "rev": body.rev})
        super().__init__(*args, **kwargs)

    @property
    def fields_of_body(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*self.columns, *self.terms)}


class SeatForm(forms.Form):
    """A new seat."""

    name = TextFormField(
        label=_("Nombre del lugar"),
        help_text=_("Por ejemplo: Rectoría de la Universidad."),
        max_length=200,
        required=True,
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=terms.choices("sector", blank=_("Elige un sector")))  # type: ignore[arg-type]
    citizen_council = forms.BooleanField(
        label=_("Es del consejo ciudadano de una institución"),
        help_text=_("No cuenta del lado del gobierno aunque su institución sí."),
        required=False,
    )
    organisation = OrganisationChoice(
        label=_("Institución u organización"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Ninguna"),
    )
    since = forms.DateField(label=_("Existe desde"), required=False, widget=DayInput())
    basis = forms.CharField(
        label=_("Sustento"), help_text=_("El acta o lineamiento que lo crea."), max_length=300, required=False
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.filter(jurisdiction_id=body.jurisdiction_id, replaced_by=None).order_by("name")
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]


class HolderForm(forms.Form):
    """Who occupies a seat from a day on; nobody, for a vacancy."""

    capacity = forms.ChoiceField(
        label=_("En qué calidad"),
        choices=[pair for pair in Capacity.choices if pair[0] != Capacity.GUEST],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Nombre de la persona"), help_text=_("Vacío: el lugar queda vacante."), max_length=150, required=False
    )
    email = forms.EmailField(
        label=_("Su correo"), help_text=_("Con él entra y recibe las convocatorias. Nunca se publica."), required=False
    )
    named = forms.BooleanField(
        label=_("Publicar su nombre"),
        help_text=_("En un cargo público, siempre. En los demás, si lo acepta."),
        required=False,
    )
    since = forms.DateField(label=_("Desde"), widget=DayInput())
    note = forms.CharField(
        label=_("Sustento"), help_text=_("El oficio o acta que la nombra."), max_length=300, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Escribe su correo: con él entra y vota."))
        return data


class LeaveForm(forms.Form):
    """Somebody leaves a seat, with nobody in their place yet."""

    holder = forms.ChoiceField(label=_("¿Quién lo deja?"))
    until = forms.DateField(label=_("Su último día"), widget=DayInput())
    note = forms.CharField(label=_("Sustento"), help_text=_("El oficio o acta."), max_length=300, required=False)

    def __init__(self, *args: Any, holders: list[SeatHolder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (str(row.number), f"{row.get_capacity_display()}: {row.holder.name if row.holder else ''}")
            for row in holders
        ]
        self.fields["holder"].choices = names  # type: ignore[attr-defined]


class CloseSeatForm(forms.Form):
    """The end of a seat."""

    until = forms.DateField(label=_("Hasta"), widget=DayInput())
    why = forms.CharField(label=_("Por qué"), help_text=_("Es público."), max_length=300)


class DelegationForm(forms.Form):
    """Who may vote for the head."""

    taker = forms.ChoiceField(label=_("¿Quién vota por ti?"))
    session = forms.ChoiceField(label=_("¿En qué sesión?"), required=False)
    since = forms.DateField(label=_("O desde"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Hasta"), required=False, widget=DayInput())
    basis = forms.CharField(label=_("Oficio o carta"), max_length=300, required=False)

    def __init__(self, *args: Any, takers: list[SeatHolder], sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (str(row.pk), f"{row.public_name or _('Sin nombre público')} ({row.get_capacity_display()})")
            for row in takers
        ]
        self.fields["taker"].choices = names  # type: ignore[attr-defined]
        days = [("", _("Entre dos fechas")), *((str(row.number), str(row.title)) for row in sessions)]
        self.fields["session"].choices = days  # type: ignore[attr-defined]
