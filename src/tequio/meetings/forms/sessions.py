"""Forms about sessions, their agenda and documents."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.forms.formsets import formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tequio.common.forms import TextFormField
from tequio.common.rows import MOST, BlankRows
from tequio.meetings.forms.bodies import DayInput
from tequio.meetings.models import AgendaItem, Body, Seat, Session
from tequio.places.models import Jurisdiction, Municipality


class MunicipalityChoice(forms.ModelChoiceField):
    """A municipality by its name alone: the state is known."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TimeInput(forms.TimeInput):
    """An hour as browsers ask for it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SessionForm(forms.Form):
    """When, where and how a session is. ``session`` is the one that changes."""

    title = TextFormField(
        label=_("Título"), help_text=_("Por ejemplo: Tercera sesión ordinaria."), max_length=200, required=True
    )
    kind = forms.ChoiceField(label=_("Tipo"), choices=Session.Kind.choices)
    day = forms.DateField(label=_("Día"), widget=DayInput())
    start = forms.TimeField(label=_("Empieza"), widget=TimeInput())
    end = forms.TimeField(label=_("Termina"), widget=TimeInput())
    mode = forms.ChoiceField(label=_("Cómo se asiste"), choices=Session.Mode.choices, widget=forms.RadioSelect)
    place = forms.CharField(label=_("Lugar"), help_text=_("Sala, calle y número."), max_length=300, required=False)
    municipality = MunicipalityChoice(
        label=_("Municipio"), queryset=Municipality.objects.none(), required=False, empty_label=_("Sin decir")
    )
    link = forms.URLField(
        label=_("Enlace para entrar a distancia"), max_length=500, required=False, assume_scheme="https"
    )
    services = forms.MultipleChoiceField(
        label=_("Qué se ofrece para que todas las personas participen"),
        choices=Session.Service.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    facilitator = forms.ModelChoiceField(
        label=_("Quién facilita"), queryset=Seat.objects.none(), required=False, empty_label=_("Sin decir")
    )
    why = forms.CharField(
        label=_("Por qué cambia"),
        help_text=_("Ya está convocada: el motivo es público."),
        max_length=300,
        required=False,
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, body: Body, session: Session | None = None, **kwargs: Any) -> None:
        self.jurisdiction: Jurisdiction = body.jurisdiction
        if session is not None:
            kwargs.setdefault("initial", self.of(session))
        super().__init__(*args, **kwargs)
        place = body.jurisdiction
        if place.kind == Jurisdiction.Kind.STATE and place.code:
            rows = Municipality.objects.filter(state_code=place.code).order_by("name")
            self.fields["municipality"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["municipality"]
        self.fields["facilitator"].queryset = body.seats.filter(until=None).order_by("number")  # type: ignore[attr-defined]
        if session is None or not session.is_called:
            del self.fields["why"]

    @staticmethod
    def of(session: Session) -> dict[str, Any]:
        start, end = (moment.astimezone(session.zone) for moment in (session.starts_at, session.ends_at))
        names = ("title", "kind", "mode", "place", "municipality", "link", "services", "facilitator", "rev")
        return {
            **{name: getattr(session, name) for name in names},
            "day": start.date(),
            "start": start.time(),
            "end": end.time(),
        }

    @property
    def fields_of_session(self) -> dict[str, Any]:
        """The columns; the hours are those of the jurisdiction."""
        data, zone = self.cleaned_data, zoneinfo.ZoneInfo(self.jurisdiction.time_zone)
        names = ("title", "kind", "mode", "place", "municipality", "link", "services", "facilitator")
        return {
            **{name: data[name] for name in names if name in data},
            "starts_at": dt.datetime.combine(data["day"], data["start"], zone),
            "ends_at": dt.datetime.combine(data["day"], data["end"], zone),
        }


class AgendaRow(forms.Form):
    """An item of the agenda. ``number`` names the one that is there already; the words of a proposal do not change."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Tema"), max_length=200)
    text = forms.CharField(
        label=_("De qué se trata"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def AgendaForm(data: Any = None, *, items: list[AgendaItem]) -> Any:  # noqa: N802  it stands for a form
    """The whole agenda as rows."""
    made = formset_factory(AgendaRow, formset=BlankRows, extra=0, max_num=MOST, absolute_max=MOST)
    first = [{"number": item.number, "title": item.title, "text": item.text} for item in items]
    given: dict[str, Any] = {} if data is not None else {"initial": first}
    found: Any = made(data, prefix="tema", **given)
    found.title, found.row_words, found.add_words = _("Orden del día"), _("Tema"), _("Agregar otro tema")
    return found


class DocumentForm(forms.Form):
    """A document of a session."""

    title = forms.CharField(label=_("Título"), max_length=200)
    file = forms.FileField(label=_("Archivo"), help_text=_("PDF, hasta 10 MB."), required=False)
    url = forms.URLField(label=_("O la dirección donde está"), max_length=500, required=False, assume_scheme="https")
    item = forms.ChoiceField(label=_("Para qué tema"), required=False)
    is_result = forms.BooleanField(
        label=_("Es un resultado de la sesión"),
        help_text=_("Una presentación, un resumen, la lista de comentarios."),
        required=False,
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [("", _now("Toda la sesión")), *((str(item.number), item.title) for item in items)]
        self.fields["item"].choices = rows  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why a session will not be."""

    reason = forms.CharField(
        label=_("Por qué se cancela"),
        help_text=_("Es público."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalForm(forms.Form):
    """An item that a seat proposes. One screen."""

    seat = forms.ChoiceField(label=_("Desde qué lugar"))
    title = forms.CharField(label=_("¿Qué tema propones?"), max_length=200)
    text = forms.CharField(
        label=_("De qué se trata y qué quieres que se decida"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [(str(seat.number), str(seat)) for seat in seats]  # type: ignore[attr-defined]
        if len(seats) == 1:
            self.fields["seat"].widget = forms.HiddenInput()
            self.initial.setdefault("seat", str(seats[0].number))


class AnswerProposalForm(forms.Form):
    """Into which session, or why not."""

    session = forms.ChoiceField(label=_("¿A qué sesión entra?"), required=False)
    reason = forms.CharField(
        label=_("Si no entra, por qué"),
        help_text=_("Es público."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [("", _now("A ninguna")), *((str(row.number), str(row.title)) for row in sessions)]
        self.fields["session"].choices = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("session")) == bool(data.get("reason", "").strip()):
            raise forms.ValidationError(_("Elige una sesión, o escribe por qué no entra."))
        return data
