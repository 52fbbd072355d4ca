"""When a bill is looked at, as the congress's people fill it in."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import best, text, versions
from tequio.lawmaking.actions.hearings import choices
from tequio.lawmaking.models import Bill, Hearing
from tequio.meetings.models import Session

DAY, HOUR = {"type": "date"}, {"type": "time"}


class SessionChoice(forms.ModelChoiceField):
    """A session by its day, its body and its title."""

    def label_from_instance(self, obj: Any) -> str:
        at = timezone.localtime(obj.starts_at, obj.zone)
        return f"{date_format(at, 'SHORT_DATE_FORMAT')} {at:%H:%M} · {obj.body} · {best(obj.title)[0]}"[:140]


class HearingForm(forms.Form):
    """A session of this portal, or a day, hour and place of its own. ``columns`` gives them as the model's columns."""

    session = SessionChoice(
        label=_("Sesión convocada aquí"),
        help_text=_(
            "Si la sesión está en «Sesiones», elígela: su día y su lugar se toman de ahí, y se mueven con ella."
        ),
        queryset=Session.objects.none(),
        required=False,
        empty_label=_("No está aquí: la escribo abajo"),
    )
    title = forms.CharField(
        label=_("¿Quién se reúne?"), help_text=_("Vacío: la comisión que la estudia."), max_length=200, required=False
    )
    day = forms.DateField(label=_("¿Qué día?"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    begins = forms.TimeField(
        label=_("¿A qué hora?"), required=False, widget=forms.TimeInput(attrs=HOUR, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("¿A qué hora termina?"), required=False, widget=forms.TimeInput(attrs=HOUR, format="%H:%M")
    )
    place = forms.CharField(label=_("¿Dónde?"), max_length=300, required=False)
    link = forms.URLField(label=_("Dónde verla a distancia"), max_length=500, required=False, assume_scheme="https")
    words_es = forms.CharField(
        label=_("Qué se va a ver"),
        help_text=_("En una frase llana: si se vota, si pueden ir personas, qué artículos."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words_en = forms.CharField(
        label=_("Lo mismo en inglés"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bill: Bill, hearing: Hearing | None = None, **kwargs: Any) -> None:
        if hearing is not None:
            kwargs.setdefault("initial", {}).update(self.initial_of(hearing))
        super().__init__(*args, **kwargs)
        self.zone = zoneinfo.ZoneInfo(bill.jurisdiction.time_zone)
        rows = choices(bill)
        if hearing is not None and hearing.session_id is not None:
            rows = rows | Session.public_rows().filter(pk=hearing.session_id)
        self.fields["session"].queryset = rows  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(hearing: Hearing) -> dict[str, Any]:
        """What the form shows of one."""
        both = versions(hearing.words)
        shown: dict[str, Any] = {name: getattr(hearing, name) for name in ("session", "title", "place", "link", "rev")}
        shown |= {"words_es": both.get("es", ""), "words_en": both.get("en", "")}
        zone = zoneinfo.ZoneInfo(hearing.jurisdiction.time_zone)
        if hearing.starts_at is not None:
            at = hearing.starts_at.astimezone(zone)
            shown |= {"day": at.date(), "begins": at.time()}
        if hearing.ends_at is not None:
            shown["ends"] = hearing.ends_at.astimezone(zone).time()
        return shown

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("session") and not self.errors:
            for name, words in (
                ("day", _("Elige una sesión de la lista, o di qué día es.")),
                ("begins", _("Di a qué hora.")),
            ):
                if data.get(name) is None:
                    self.add_error(name, words)
        return data

    @property
    def columns(self) -> dict[str, Any]:
        data = self.cleaned_data

        def at(name: str) -> dt.datetime | None:
            if data.get("session") or data[name] is None or data["day"] is None:
                return None
            return dt.datetime.combine(data["day"], data[name], self.zone)

        return {
            **{name: data[name] for name in ("session", "title", "place", "link")},
            "starts_at": at("begins"),
            "ends_at": at("ends"),
            "words": text(data["words_es"].strip(), data["words_en"].strip()),
        }


class CancelForm(forms.Form):
    """Why a session does not look at the bill."""

    reason = forms.CharField(
        label=_("¿Por qué?"), help_text=_("Es público."), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)
