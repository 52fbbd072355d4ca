"""Items of an agenda: proposed by a seat, written by the secretariat, accepted or declined with a reason."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.meetings.models import AgendaItem, Body, Seat, Session
from tequio.meetings.numbering import next_number
from tequio.people.models import Organisation, Role
from tequio.record.append import Actor, act

BEFORE_START = (Session.State.DRAFT, Session.State.CALLED)


def _title(title: str) -> str:
    if not title.strip():
        raise ValidationError({"title": _("Escribe el tema.")})
    return title.strip()


@transaction.atomic
def propose_item(
    *,
    body: Body,
    title: str,
    by: Actor,
    text: str = "",
    seat: Seat | None = None,
    organisation: Organisation | None = None,
    sector: str = "",
    role: Role | None = None,
    today: dt.date | None = None,
) -> AgendaItem:
    """A seat (or an organisation) proposes an item for the next session; public at once, with the proposer's sector.

    Raises ``ValidationError`` without words, or when the seat is of another body.
    """
    if seat is not None and seat.body_id != body.pk:
        raise ValidationError(_("Ese lugar es de otro órgano."))
    if seat is None and organisation is None:
        raise ValidationError(_("Di quién lo propone."))
    item = AgendaItem(
        jurisdiction=body.jurisdiction,
        number=next_number(AgendaItem, body.jurisdiction),
        body=body,
        title=_title(title),
        text=text,
        state=AgendaItem.State.PROPOSED,
        proposed_on=today or timezone.localdate(),
        seat=seat,
        organisation=organisation or (seat.organisation if seat else None),
        sector=sector or (seat.sector if seat else organisation.sector if organisation else ""),
        by_role=role,
    )
    with act("agenda.proposed", item, by=by):
        pass
    return item


@transaction.atomic
def write_item(*, session: Session, title: str, by: Actor, text: str = "") -> AgendaItem:
    """The secretariat writes an item into a session that has not ended; an act once the session is called."""
    if session.state in (Session.State.HELD, Session.State.CANCELLED):
        raise ValidationError(_("La sesión ya terminó: su orden del día no cambia."))
    last = session.agenda.aggregate(n=Max("order"))["n"] or 0
    item = AgendaItem(
        jurisdiction=session.jurisdiction,
        number=next_number(AgendaItem, session.jurisdiction),
        body=session.body,
        session=session,
        order=last + 1,
        title=_title(title),
        text=text,
    )
    if not session.is_called:
        item.save()
        return item
    with act("agenda.added", item, by=by):
        pass
    return item


@transaction.atomic
def change_item(
    *, item: AgendaItem, by: Actor, title: str | None = None, text: str | None = None, order: int | None = None
) -> AgendaItem:
    """Changes the order of an item, and the words of one that the secretariat wrote; nobody rewrites a proposal."""
    session = item.session
    if session is None or session.state not in BEFORE_START:
        raise ValidationError(_("El orden del día ya no cambia."))
    words = (title if title is not None else item.title, text if text is not None else item.text)
    if words != (item.title, item.text) and item.proposed_on is not None:
        raise ValidationError(_("Las palabras de una propuesta son de quien la hizo."))
    new = (*words, order if order is not None else item.order)
    if new == (item.title, item.text, item.order):
        return item
    if item.is_public():
        with act("agenda.changed", item, by=by):
            item.title, item.text, item.order = _title(new[0]), new[1], new[2]
        return item
    item.title, item.text, item.order = _title(new[0]), new[1], new[2]
    item.save()
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Actor) -> None:
    """Takes an item out of a draft: one that the secretariat wrote is deleted, a proposal goes back to wait."""
    session = item.session
    if session is None or session.is_called:
        raise ValidationError(_("Ya está convocada: los temas no se quitan."))
    if item.proposed_on is None:
        item.delete()
        return
    with act("agenda.returned", item, by=by):
        item.session, item.order, item.state = None, 0, AgendaItem.State.PROPOSED


@transaction.atomic
def accept_item(*, item: AgendaItem, session: Session, by: Actor, today: dt.date | None = None) -> AgendaItem:
    """Puts a proposal into the agenda of a session of its body that has not begun."""
    if item.state != AgendaItem.State.PROPOSED:
        raise ValidationError(_("Esa propuesta ya tiene respuesta."))
    if session.body_id != item.body_id or session.state not in BEFORE_START:
        raise ValidationError(_("Elige una sesión de este órgano que no haya empezado."))
    last = session.agenda.aggregate(n=Max("order"))["n"] or 0
    with act("agenda.accepted", item, by=by):
        item.session, item.order, item.state = session, last + 1, AgendaItem.State.ACCEPTED
        item.answered_on = today or timezone.localdate()
    return item


@transaction.atomic
def begin_item(*, item: AgendaItem, by: Actor, at: dt.datetime | None = None) -> AgendaItem:
    """The session turns to an item: everybody in the room, and outside it, sees which one. It may come back to one.

    Raises ``ValidationError`` unless the session is going on, and for the item that it is at already.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=item.session_id) if item.session_id else None
    if session is None or session.state != Session.State.OPEN:
        raise ValidationError(_("La sesión no está en curso."))
    last = session.agenda.exclude(begun_at=None).order_by("-begun_at").first()
    if last is not None and last.pk == item.pk:
        raise ValidationError(_("Ese punto ya es el que se está tratando."))
    at = at or timezone.now()
    if last is not None and last.begun_at is not None and at <= last.begun_at:
        at = last.begun_at + dt.timedelta(milliseconds=1)  # two in one moment keep their order
    with act("agenda.begun", item, by=by):
        item.begun_at = at
    return item


@transaction.atomic
def decline_item(*, item: AgendaItem, reason: str, by: Actor, today: dt.date | None = None) -> AgendaItem:
    """Declines a proposal, with a reason that is public."""
    if item.state != AgendaItem.State.PROPOSED:
        raise ValidationError(_("Esa propuesta ya tiene respuesta."))
    if not reason.strip():
        raise ValidationError({"reason": _("Di por qué no entra: es público.")})
    with act("agenda.declined", item, by=by, why=reason[:1000]):
        item.state, item.reason = AgendaItem.State.DECLINED, reason.strip()
        item.answered_on = today or timezone.localdate()
    return item
