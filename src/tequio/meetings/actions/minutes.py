"""From draft to frozen minutes: review by those present, corrections answered, approval, the document.

Nothing goes round the order draft → review → approved; what is approved changes no more, but for words that a person
has the right to have taken out (``withdraw_words``).
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.dates import add_working_days
from tequio.documents.actions import discard, store
from tequio.meetings import contributions, document, queries
from tequio.meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    Correction,
    Minutes,
    MinutesEntry,
    Seat,
    Session,
)
from tequio.meetings.numbering import next_number
from tequio.people.models import Organisation
from tequio.record.append import Actor, act, act_many, erase

PDF = "application/pdf"


def _locked(minutes: Minutes) -> Minutes:
    """The row as it is now, held until the transaction ends, so that two people do not do it at once."""
    rows = Minutes.objects.select_for_update(of=("self",)).select_related(
        "session__jurisdiction", "session__body__jurisdiction", "pdf"
    )
    return rows.get(pk=minutes.pk)


@transaction.atomic
def open_review(*, minutes: Minutes, by: Actor, today: dt.date | None = None) -> Minutes:
    """Shows the minutes to those who were present, who may ask for corrections until ``review_until``.

    Raises ``ValidationError`` with everything that is missing: the session is not over, an item of the agenda of which
    nothing is told, an agreement without owner or day (TQ-3).
    """
    today = today or timezone.localdate()
    minutes = _locked(minutes)
    session = minutes.session
    if minutes.state != Minutes.State.DRAFT:
        raise ValidationError(_("El acta ya salió a revisión."))
    if session.state != Session.State.HELD:
        raise ValidationError(_("Primero cierra la sesión."))
    entries, agreements = _rows_of_draft(minutes)
    for made in entries:
        made.save()
    for agreement in agreements:
        agreement.save()
    with act("minutes.review", minutes, by=by, done=today):
        minutes.state = Minutes.State.REVIEW
        minutes.review_from = today
        minutes.review_until = add_working_days(today, session.body.review_days)
    return minutes


def _rows_of_draft(minutes: Minutes) -> tuple[list[MinutesEntry], list[Agreement]]:
    session = minutes.session
    here = {
        f"a{row.pk}": row for row in session.attendees.select_related("holder__role__person", "holder__person", "seat")
    }
    seats = {f"s{seat.number}": seat for seat in session.body.seats.all()}
    bodies = {f"o{row.pk}": row for row in Organisation.objects.filter(jurisdiction=session.jurisdiction)}
    entries: list[MinutesEntry] = []
    agreements: list[Agreement] = []
    faults: list[str] = []
    first = next_number(Agreement, session.jurisdiction)
    items = list(session.agenda.order_by("order", "number"))
    for place, item in enumerate(items, 1):
        told = minutes.draft.get("items", {}).get(str(item.number), {})
        said, agreed = told.get("entries", []), told.get("agreements", [])
        if not said and not agreed:
            faults.append(_("Punto %(n)s: asienta qué pasó, aunque sea que no se trató.") % {"n": place})
        for row in said:
            entries.append(_entry(minutes, item, row, here.get(row.get("who", "")), len(entries) + 1))
        for row in agreed:
            made, fault = _agreement(session, item, row, seats, bodies, first + len(agreements), len(agreements) + 1)
            agreements.append(made)
            if fault:
                faults.append(_("Punto %(n)s: %(fault)s") % {"n": place, "fault": fault})
    if not items:
        faults.append(_("La sesión no tiene orden del día."))
    if faults:
        raise ValidationError(faults)
    return entries, agreements


def _entry(
    minutes: Minutes, item: AgendaItem, row: dict[str, Any], who: Attendance | None, number: int
) -> MinutesEntry:
    name = ""
    if who is not None:
        name = who.holder.public_name if who.holder else who.name
    # Whoever holds a seat in public speaks in public; anybody else is named only when they said so.
    named = bool(name) and (bool(row.get("named")) or (who is not None and who.holder_id is not None))
    return MinutesEntry(
        minutes=minutes,
        number=number,
        item=item,
        order=number,
        kind=row["kind"],
        attendance=who,
        seat=who.seat if who else None,
        organisation_id=who.organisation_id if who else None,
        sector=who.sector if who else "",
        name=name if named else "",
        named=named,
        text=row["text"].strip()[:5000],
    )


def _agreement(
    session: Session,
    item: AgendaItem,
    row: dict[str, Any],
    seats: dict[str, Seat],
    bodies: dict[str, Organisation],
    number: int,
    order: int,
) -> tuple[Agreement, str]:
    owner, fault, due = row.get("owner", ""), "", None
    try:
        due = dt.date.fromisoformat(row.get("due", ""))
    except ValueError:
        fault = _("el acuerdo no dice para cuándo.")
    if due is not None and due < session.day:
        fault = _("la fecha del acuerdo es anterior a la sesión.")
    if owner not in seats and owner not in bodies:
        fault = _("el acuerdo no dice a quién le toca.")
    made = Agreement(
        jurisdiction=session.jurisdiction,
        number=number,
        body=session.body,
        session=session,
        item=item,
        order=order,
        text=row["text"].strip()[:2000],
        seat=seats.get(owner),
        organisation=bodies.get(owner),
        due=due,
    )
    return made, fault


@transaction.atomic
def ask_correction(
    *,
    minutes: Minutes,
    attendance: Attendance,
    text: str,
    entry: MinutesEntry | None = None,
    today: dt.date | None = None,
) -> Correction:
    """Somebody who was present asks for a correction, within the term. Private until the minutes are approved.

    Raises ``ValidationError`` outside the term, from whoever was not there, and without words.
    """
    today = today or timezone.localdate()
    minutes = _locked(minutes)
    if minutes.state != Minutes.State.REVIEW or minutes.review_until is None or today > minutes.review_until:
        raise ValidationError(_("El plazo para pedir correcciones no está abierto."))
    if attendance.session_id != minutes.session_id or not attendance.counts:
        raise ValidationError(_("Las correcciones las pide quien asistió."))
    if entry is not None and entry.minutes_id != minutes.pk:
        raise ValidationError(_("Ese asiento es de otra acta."))
    if not text.strip():
        raise ValidationError({"text": _("Di qué hay que corregir.")})
    last = minutes.corrections.aggregate(n=Max("number"))["n"] or 0
    return Correction.objects.create(
        minutes=minutes,
        number=last + 1,
        entry=entry,
        attendance=attendance,
        seat=attendance.seat,
        sector=attendance.sector,
        text=text.strip()[:2000],
        asked_on=today,
    )


@transaction.atomic
def answer_correction(
    *, correction: Correction, accept: bool, reason: str, text: str = "", today: dt.date | None = None
) -> Correction:
    """Answers a correction with a reason. An accepted one that is about an entry gives its new words.

    Raises ``ValidationError`` when it was answered, when the minutes are frozen, without a reason, and when an accepted
    correction brings no new words.
    """
    minutes = _locked(correction.minutes)
    correction = Correction.objects.select_related("entry").get(pk=correction.pk)
    if minutes.state != Minutes.State.REVIEW:
        raise ValidationError(_("El acta ya está aprobada."))
    if correction.answer:
        raise ValidationError(_("Esa corrección ya tiene respuesta."))
    if not reason.strip():
        raise ValidationError({"reason": _("Da el motivo: se publica con el acta.")})
    if accept and correction.entry is not None:
        if not text.strip():
            raise ValidationError({"text": _("Escribe cómo queda lo asentado.")})
        correction.entry.text = text.strip()[:5000]
        correction.entry.save(update_fields=["text"])
    correction.answer = Correction.Answer.ACCEPTED if accept else Correction.Answer.DECLINED
    correction.reason = reason.strip()
    correction.answered_on = today or timezone.localdate()
    correction.save()
    return correction


@transaction.atomic
def approve(*, minutes: Minutes, by: Actor, today: dt.date | None = None) -> Minutes:
    """Approves and freezes the minutes: their words, corrections and agreements become public, the document is made and
    its hash stands in the act, and contributions are handed on.

    Raises ``ValidationError`` before the term for corrections is over, and while one has no answer.
    """
    today = today or timezone.localdate()
    minutes = _locked(minutes)
    if minutes.state == Minutes.State.APPROVED:
        raise ValidationError(_("El acta ya está aprobada."))
    if minutes.state != Minutes.State.REVIEW or minutes.review_until is None:
        raise ValidationError(_("El acta todavía no sale a revisión de quienes asistieron."))
    if today <= minutes.review_until:
        raise ValidationError(_("Quienes asistieron todavía pueden pedir correcciones: espera a que venza el plazo."))
    if minutes.corrections.filter(answer="").exists():
        raise ValidationError(_("Hay correcciones sin respuesta."))
    minutes.state, minutes.approved_on = Minutes.State.APPROVED, today
    _draw(minutes)
    assert minutes.pdf is not None  # noqa: S101  drawn above
    with act("minutes.approved", minutes, by=by, done=today, files=[_file(minutes)]):
        minutes.draft = {}
    entries = list(queries.entries_of(minutes))
    corrections = list(minutes.corrections.order_by("number"))
    agreements = list(minutes.session.agreements.order_by("order"))
    for entry in entries:
        entry.minutes = minutes
    for correction in corrections:
        correction.minutes = minutes
    for agreement in agreements:
        agreement.agreed_on = today
    act_many("entry.recorded", entries, by=by)
    act_many("minutes_correction.told", corrections, by=by)
    act_many("agreement.reached", agreements, by=by)
    for entry in entries:
        if entry.kind == MinutesEntry.Kind.CONTRIBUTION:
            contributions.hand_on(entry, by)
    return minutes


def _draw(minutes: Minutes) -> None:
    """Makes the document anew from what is recorded."""
    said = document.contents(minutes)
    minutes.entries_root = document.root(said)
    minutes.pdf = store(content=document.pdf(said), media_type=PDF)


def _file(minutes: Minutes) -> dict[str, Any]:
    assert minutes.pdf is not None  # noqa: S101  drawn by the caller
    return {"sha256": minutes.pdf.sha256, "size": minutes.pdf.size, "media_type": minutes.pdf.media_type}


@transaction.atomic
def withdraw_words(*, entry: MinutesEntry, basis: str, by: Actor, today: dt.date | None = None) -> MinutesEntry:
    """Takes the words and the name of an entry out of frozen minutes, where a person has the right to it: they are erased
    from the record and the document is made anew without them; who spoke by sector, and that words were taken out, stay.

    Raises ``ValidationError`` without a legal basis, and when they are gone already.
    """
    if not basis.strip():
        raise ValidationError({"basis": _("Di con qué fundamento: es público.")})
    if not entry.minutes.is_approved or entry.erased_on is not None:
        raise ValidationError(_("No hay palabras que retirar."))
    shown = entry.hidden_state()
    entry.text, entry.name, entry.named = "", "", False
    entry.erased_on = today or timezone.localdate()
    for field in shown:
        erase(obj=entry, field=field, by=by, basis=basis)
    minutes = _locked(entry.minutes)
    before = minutes.pdf
    with act("minutes.words_withdrawn", minutes, by=by, basis=basis):
        _draw(minutes)
    if before is not None and before.pk != minutes.pdf_id:
        discard(blob=before)
    return entry
