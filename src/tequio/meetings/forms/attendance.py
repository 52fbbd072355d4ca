"""Forms of attendance: one's own phone, the roll of the seats, and people by hand or from the sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import Attendance, SeatHolder, Session
from tequio.vocabularies import terms

NO_SEAT, ABSENT = "", "absent"


class GuestForm(forms.Form):
    """Somebody without a seat: by hand, or from a line of the printed sheet."""

    code = forms.CharField(
        label=_("Renglón de la hoja"),
        help_text=_("Está a la izquierda, como P07. Vacío si no es de la hoja."),
        max_length=12,
        required=False,
    )
    name = forms.CharField(label=_("Nombre"), help_text=_("No se publica."), max_length=150, required=False)
    group = forms.CharField(label=_("Organización o colectivo"), max_length=200, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=terms.choices("sector", blank=_("Elige un sector")))  # type: ignore[arg-type]
    gender = forms.ChoiceField(
        label=_("Género"), choices=[("", _("Sin decir")), *Attendance.Gender.choices], required=False
    )
    mode = forms.ChoiceField(label=_("Cómo asiste"), choices=Attendance.Mode.choices, initial=Attendance.Mode.ROOM)

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class PresentForm(forms.Form):
    """What a phone that read the session's code asks: one screen, no account. ``site`` is a trap."""

    seat = forms.ChoiceField(label=_("¿Por quién vienes?"), required=False)
    name = forms.CharField(
        label=_("Tu nombre"),
        help_text=_("Solo lo ve quien escribe el acta."),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sector = forms.ChoiceField(
        label=_("¿De qué sector vienes?"),
        help_text=_("Si ocupas un lugar de la mesa, no hace falta."),
        choices=terms.choices("sector", blank=_("Elige uno")),  # type: ignore[arg-type]
        required=False,
    )
    gender = forms.ChoiceField(
        label=_("Género"),
        help_text=_("Sirve para contar si hay paridad. Puedes no decirlo."),
        choices=[("", _("Sin decir")), *Attendance.Gender.choices],
        required=False,
    )
    mode = forms.ChoiceField(label=_("¿Dónde estás?"), choices=Attendance.Mode.choices, initial=Attendance.Mode.ROOM)
    email = forms.EmailField(
        label=_("Tu correo"),
        help_text=_("Ahí te llega el acta para que la revises. Nunca se publica."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, session: Session, holders: list[SeatHolder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: list[Any] = [(NO_SEAT, _("Por mi cuenta, o por otra organización"))]
        rows += [(str(row.pk), f"{row.seat}: {row.get_capacity_display()}") for row in holders]
        self.fields["seat"].choices = rows  # type: ignore[attr-defined]
        if session.mode != Session.Mode.BOTH:
            del self.fields["mode"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("seat") and not data.get("sector"):
            self.add_error("sector", _("Elige de qué sector vienes."))
        return data


class RollForm(forms.Form):
    """The roll: how each holder of a seat is there."""

    def __init__(self, *args: Any, holders: list[SeatHolder], known: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [(ABSENT, _("No está")), *Attendance.Mode.choices]
        for row in holders:
            name = row.public_name or (row.holder.name if row.holder else "")
            label = f"{row.seat}. {row.get_capacity_display()}" + (f": {name}" if name else "")
            self.fields[f"h{row.pk}"] = forms.ChoiceField(
                label=label, choices=choices, initial=known.get(row.pk, ABSENT)
            )

    @property
    def present(self) -> dict[int, str]:
        return {int(name[1:]): mode for name, mode in self.cleaned_data.items() if mode != ABSENT}
