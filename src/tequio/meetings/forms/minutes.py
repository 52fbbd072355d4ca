"""Forms of the minutes: everything on one page, item by item; corrections and their answers; agreements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tequio.common.rows import MOST, BlankRows
from tequio.meetings.forms.bodies import DayInput
from tequio.meetings.models import AgendaItem, Agreement, Attendance, Minutes, MinutesEntry
from tequio.people.models import Organisation

Choices = list[tuple[str, str]]


class EntryRow(forms.Form):
    """What somebody wishes to be recorded."""

    kind = forms.ChoiceField(label=_("Qué es"), choices=MinutesEntry.Kind.choices, initial="statement", required=False)
    who = forms.ChoiceField(label=_("Quién"), required=False)
    text = forms.CharField(
        label=_("Qué se asienta"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    named = forms.BooleanField(label=_("Con su nombre, con su permiso"), required=False)

    def __init__(self, *args: Any, people: Choices, owners: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _now("Nadie en particular")), *people]  # type: ignore[attr-defined]


class AgreementRow(forms.Form):
    """An agreement with its owner and day."""

    text = forms.CharField(
        label=_("Qué se acordó"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.ChoiceField(label=_("A quién le toca"), required=False)
    due = forms.DateField(label=_("Para cuándo"), required=False, widget=DayInput())

    def __init__(self, *args: Any, owners: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _now("Elige a quién")), *owners]  # type: ignore[attr-defined]


@dataclass
class ItemPart:
    """An item of the agenda with its two lists of rows."""

    item: AgendaItem
    entries: Any
    agreements: Any


class MinutesForm:
    """The page on which minutes are written: for each item of the agenda, what was said and what was agreed."""

    def __init__(self, data: Any, *, minutes: Minutes, items: Sequence[AgendaItem]) -> None:
        self.data = data
        self.parts = list(self._parts(data, minutes, items))
        self.is_bound = data is not None

    def _parts(self, data: Any, minutes: Minutes, items: Sequence[AgendaItem]) -> Iterator[ItemPart]:
        given = {"people": people_of(minutes), "owners": owners_of(minutes)}
        for item in items:
            said = minutes.draft.get("items", {}).get(str(item.number), {})
            entries = _rows(EntryRow, data, f"e{item.number}", said.get("entries", []), given)
            entries.title, entries.row_words, entries.add_words = (
                _("Lo que se dijo"),
                _("Lo que dijo alguien"),
                _("Agregar otra intervención"),
            )
            agreed = _rows(AgreementRow, data, f"a{item.number}", said.get("agreements", []), given)
            agreed.title, agreed.row_words, agreed.add_words = _("Acuerdos"), _("Acuerdo"), _("Agregar otro acuerdo")
            yield ItemPart(item, entries, agreed)

    def draft(self) -> dict[str, Any]:
        """What was sent, complete or not: the checks come when the minutes go to review."""
        return {
            "items": {
                str(part.item.number): {"entries": _sent(part.entries), "agreements": _sent(part.agreements)}
                for part in self.parts
            }
        }


def _rows(row: Any, data: Any, prefix: str, entries: list[Any], given: dict[str, Any]) -> Any:
    made = formset_factory(row, formset=BlankRows, extra=0, max_num=MOST, absolute_max=MOST)
    bound = data is not None and f"{prefix}-TOTAL_FORMS" in data
    first: dict[str, Any] = {} if bound else {"initial": entries}
    return made(data if bound else None, prefix=prefix, form_kwargs=given, **first)


def _sent(rows: Any) -> list[dict[str, Any]]:
    """The rows as they were sent; of a list that did not come along, what is kept."""
    if not rows.is_bound:
        return list(rows.initial or [])
    found = []
    for form in rows.forms:
        row = {name: form.data.get(form.add_prefix(name), "") for name in form.fields}
        if "named" in row:
            row["named"] = bool(row["named"])
        found.append(row)
    return found


def people_of(minutes: Minutes) -> Choices:
    """Those present, for the select of who spoke; their names are seen by whoever writes the minutes alone."""
    rows = minutes.session.attendees.select_related("seat", "holder__role__person", "holder__person").order_by(
        "seat__number", "pk"
    )
    return [(f"a{row.pk}", words_of(row)) for row in rows]


def words_of(row: Attendance) -> str:
    """Who it is, for work pages: seat and name, or name and sector."""
    if row.seat is not None:
        holder = row.holder
        name = holder.public_name or (holder.holder.name if holder and holder.holder else "") if holder else ""
        return ", ".join(part for part in (str(row.seat), row.get_capacity_display(), name) if part)
    return ", ".join(part for part in (row.name or _now("Sin nombre"), row.group, row.sector_label) if part)


def owners_of(minutes: Minutes) -> list[Any]:
    """Seats and organisations, for the select of whose an agreement is."""
    body = minutes.session.body
    seats = [(f"s{seat.number}", str(seat)) for seat in body.seats.filter(until=None).order_by("number")]
    rows = Organisation.objects.filter(jurisdiction=body.jurisdiction_id, replaced_by=None, dissolved=False).order_by(
        "name"
    )
    return [(_now("Lugares"), seats), (_now("Instituciones"), [(f"o{row.pk}", row.name) for row in rows])]


class CorrectionForm(forms.Form):
    """What somebody who was present asks to be corrected."""

    entry = forms.ChoiceField(label=_("¿Qué hay que corregir?"), required=False)
    text = forms.CharField(
        label=_("¿Cómo debe decir, y por qué?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, entries: Sequence[MinutesEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(row.number), f"{row.number}. {row.text[:80]}") for row in entries]
        self.fields["entry"].choices = [("", _now("Otra cosa del acta")), *rows]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to a correction."""

    accept = forms.ChoiceField(
        label=_("¿Qué decides?"),
        choices=(("yes", _("Se corrige")), ("no", _("No se corrige"))),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Cómo queda, si se corrige"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Se publica con el acta."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ApprovalForm(forms.Form):
    """That whoever approves knows that nothing changes afterwards."""

    sure = forms.BooleanField(label=_("Sé que después de aprobarla el acta ya no cambia."))


class WordsForm(forms.Form):
    """With which legal basis words are taken out."""

    basis = forms.CharField(
        label=_("Con qué fundamento"), help_text=_("Es público. No repitas lo que se retira."), max_length=300
    )


class FollowUpForm(forms.Form):
    """What became of an agreement."""

    state = forms.ChoiceField(
        label=_("¿Cómo va?"),
        choices=(
            (Agreement.State.OPEN, _("Sigue en curso")),
            (Agreement.State.DONE, _("Ya se cumplió")),
            (Agreement.State.DROPPED, _("Queda sin efecto")),
        ),
        widget=forms.RadioSelect,
        initial=Agreement.State.OPEN,
    )
    text = forms.CharField(
        label=_("Qué se hizo, o por qué se cierra"),
        help_text=_("Es público. Si hay un documento, di dónde está."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)
