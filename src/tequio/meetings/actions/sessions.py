"""Plans, calls, opens, closes and cancels sessions, and publishes their documents."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.dates import add_working_days
from tequio.common.i18n import text, versions
from tequio.documents.models import Blob
from tequio.meetings import queries
from tequio.meetings.models import AgendaItem, Body, Invitation, Minutes, Session, SessionDocument
from tequio.meetings.numbering import next_number
from tequio.record.append import Actor, act, act_many

BEFORE_START = (Session.State.DRAFT, Session.State.CALLED)


def _check(session: Session) -> None:
    if session.ends_at <= session.starts_at:
        raise ValidationError({"ends_at": _("Termina antes de empezar.")})
    if session.mode != Session.Mode.REMOTE and not session.place.strip():
        raise ValidationError({"place": _("Di dónde es, o elige «a distancia».")})
    if session.mode != Session.Mode.ROOM and not session.link.strip():
        raise ValidationError({"link": _("Pon el enlace para entrar, o elige «en persona».")})
    if set(session.services) - set(Session.Service.values):
        raise ValidationError({"services": _("Elige servicios de la lista.")})


@transaction.atomic
def plan_session(
    *, body: Body, kind: str, title: Any, starts_at: dt.datetime, ends_at: dt.datetime, by: Actor, **fields: Any
) -> Session:
    """Begins a draft of a session, private until its invitation. Its agenda opens with the agreements of the body that
    will be due by then. ``fields`` are columns of ``Session``; ``by`` is asked for like everywhere, no act is written.

    Raises ``ValidationError`` for times or a place that do not fit.
    """
    place = body.jurisdiction
    number = next_number(Session, place)
    session = Session(
        jurisdiction=place,
        number=number,
        body=body,
        kind=kind,
        title=text(**versions(title)),
        starts_at=starts_at,
        ends_at=ends_at,
        **fields,
    )
    _check(session)
    session.save()
    first = next_number(AgendaItem, place)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            jurisdiction=place,
            number=first + n,
            body=body,
            session=session,
            order=n + 1,
            title=_("Seguimiento: %(agreement)s") % {"agreement": str(agreement)},
            follows=agreement,
        )
        for n, agreement in enumerate(queries.due_agreements(body, session.day))
    )
    return session


@transaction.atomic
def change_session(*, session: Session, by: Actor, why: str = "", seen: int | None = None, **fields: Any) -> Session:
    """Changes a session that has not begun. Once called, that is an act with a public reason."""
    if session.state not in BEFORE_START:
        raise ValidationError(_("La sesión ya empezó: sus datos no cambian."))
    for name, value in fields.items():
        setattr(session, name, text(**value) if isinstance(value, dict) else value)
    _check(session)
    if not session.is_called:
        session.save()
        return session
    if not why.strip():
        raise ValidationError({"why": _("Ya está convocada: di en público por qué cambia.")})
    with act("session.changed", session, by=by, why=why, seen=seen):
        pass
    _tell(session, Invitation.About.CHANGED)
    return session


def _tell(session: Session, about: str) -> None:
    """Has everybody who was invited hear what became of it; whoever has not got the invitation yet gets one of now."""
    rows = Invitation.objects.filter(session=session)
    if about == Invitation.About.CANCELLED:
        rows.filter(sent=None, about=Invitation.About.CALLED).delete()  # of what they never heard
        rows.update(about=about, sent=None)
    else:
        rows.exclude(sent=None).update(about=about, sent=None)


@transaction.atomic
def call_session(*, session: Session, by: Actor, today: dt.date | None = None, seen: int | None = None) -> Session:
    """Sends the invitation: the session, its agenda and its documents are public from now on, and everybody who holds a
    seat gets a mail. When it is later than the rule of the body says, that shows in public; it is not forbidden.

    Raises ``ValidationError`` when it was called already, lies in the past or has no agenda.
    """
    today = today or timezone.localdate()
    if session.is_called:
        raise ValidationError(_("Esta sesión ya está convocada."))
    items = list(session.agenda.order_by("order", "number").select_related("jurisdiction", "follows__jurisdiction"))
    if not items:
        raise ValidationError(_("Falta el orden del día: nadie puede prepararse para una sesión sin temas."))
    if session.day < today:
        raise ValidationError(_("Esa fecha ya pasó. Cámbiala antes de convocar."))
    with act("session.called", session, by=by, done=today):
        session.state = Session.State.CALLED
        session.invited_on = today
    for order, item in enumerate(items, 1):
        item.session, item.order = session, order
        item.state = AgendaItem.State.ACCEPTED
    act_many("agenda.called", items, by=by)
    documents = list(session.documents.filter(published_on=None).select_related("session__body"))
    for document in documents:
        document.session, document.published_on = session, today
    act_many("session_document.published", documents, by=by)
    Invitation.objects.bulk_create(
        Invitation(session=session, person=person) for person in queries.people_to_invite(session, today)
    )
    return session


@transaction.atomic
def open_session(*, session: Session, by: Actor, at: dt.datetime | None = None) -> Session:
    """Opens a called session. Raises ``ValidationError`` before its day."""
    at = at or timezone.now()
    if session.state != Session.State.CALLED:
        raise ValidationError(_("Solo se abre una sesión convocada."))
    if at.astimezone(session.zone).date() < session.day:
        raise ValidationError(_("Todavía no es el día de la sesión."))
    with act("session.opened", session, by=by):
        session.state = Session.State.OPEN
        session.opened_at = at
    Minutes.objects.get_or_create(session=session)
    return session


@transaction.atomic
def close_session(*, session: Session, by: Actor, at: dt.datetime | None = None) -> Session:
    """Closes an open session: attendance is counted, and its minutes are owed from now on, by a day that is public."""
    at = at or timezone.now()
    if session.state != Session.State.OPEN:
        raise ValidationError(_("Solo se cierra una sesión que está abierta."))
    with act("session.held", session, by=by):
        session.state = Session.State.HELD
        session.closed_at = at
        session.attendance = queries.counted(session)
    minutes, _made = Minutes.objects.get_or_create(session=session)
    minutes.session = session
    with act("minutes.owed", minutes, by=by):
        minutes.due = add_working_days(session.day, session.body.minutes_days)
    return session


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by: Actor) -> Session:
    """Cancels a called session, with a public reason; its proposed items go back to wait for the next one."""
    if session.state != Session.State.CALLED:
        raise ValidationError(_("Solo se cancela una sesión convocada que no ha empezado."))
    if not reason.strip():
        raise ValidationError({"reason": _("Di por qué se cancela: es público.")})
    with act("session.cancelled", session, by=by, why=reason):
        session.state = Session.State.CANCELLED
        session.cancelled_reason = reason
    _tell(session, Invitation.About.CANCELLED)
    waiting = list(session.agenda.filter(proposed_on__isnull=False).select_related("jurisdiction"))
    for item in waiting:
        item.session, item.order, item.state = None, 0, AgendaItem.State.PROPOSED
    act_many("agenda.returned", waiting, by=by)
    return session


@transaction.atomic
def add_document(
    *,
    session: Session,
    title: str,
    by: Actor,
    blob: Blob | None = None,
    url: str = "",
    item: AgendaItem | None = None,
    is_result: bool = False,
    today: dt.date | None = None,
) -> SessionDocument:
    """Adds a document, published at once where the session is public. One that comes later than the rule of the body says
    shows so. Raises ``ValidationError`` without a file or an address."""
    if blob is None and not url.strip():
        raise ValidationError(_("Sube un archivo o pon la dirección donde está."))
    if item is not None and item.session_id != session.pk:
        raise ValidationError({"item": _("Ese tema es de otra sesión.")})
    last = session.documents.aggregate(n=Max("number"))["n"] or 0
    row = SessionDocument(
        session=session, number=last + 1, title=title, blob=blob, url=url, item=item, is_result=is_result
    )
    if not session.is_called:
        row.save()
        return row
    with act("session_document.published", row, by=by):
        row.published_on = today or timezone.localdate()
    return row
