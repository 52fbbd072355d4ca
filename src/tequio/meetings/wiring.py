"""What meetings tell the apps below: kinds of act, words of the record, links, mails, files."""

from django.utils.translation import gettext_lazy as _

from tequio.common import navigation, schedule
from tequio.common import sections as places
from tequio.documents import queries as documents
from tequio.meetings import fills, finding, invitations, letters, owners, reminders, topics, waiting
from tequio.meetings.actions import forget
from tequio.people import desk, pending
from tequio.record import subjects
from tequio.record.kinds import Kind
from tequio.record.kinds import register as register_kinds

KINDS = (
    Kind("body.founded", _("Se instaló un órgano"), decisive=True),
    Kind("body.changed", _("Se cambió la ficha de un órgano")),
    Kind("bodyseat.added", _("Se abrió un lugar en la mesa"), decisive=True),
    Kind("bodyseat.closed", _("Se cerró un lugar en la mesa"), decisive=True),
    Kind("holder.seated", _("Alguien ocupa un lugar")),
    Kind("holder.vacant", _("Un lugar quedó vacante")),
    Kind("holder.ended", _("Alguien dejó un lugar")),
    Kind("delegation.given", _("Quien es titular delegó su voto")),
    Kind("delegation.withdrawn", _("Se retiró una delegación de voto")),
    Kind("session.called", _("Se convocó una sesión"), decisive=True),
    Kind("session.changed", _("Cambió una sesión convocada")),
    Kind("session.opened", _("Empezó una sesión")),
    Kind("session.held", _("Terminó una sesión"), decisive=True),
    Kind("session.cancelled", _("Se canceló una sesión")),
    Kind("session.roll", _("Se pasó lista en una sesión")),
    Kind("session.counted", _("Se volvió a contar la asistencia")),
    Kind("agenda.proposed", _("Un lugar de la mesa propuso un tema")),
    Kind("agenda.called", _("Un tema quedó en el orden del día")),
    Kind("agenda.added", _("Se agregó un tema a una sesión convocada")),
    Kind("agenda.begun", _("La sesión empezó a tratar un tema")),
    Kind("agenda.changed", _("Cambió un tema del orden del día")),
    Kind("agenda.accepted", _("Una propuesta entró al orden del día")),
    Kind("agenda.declined", _("Una propuesta no entró al orden del día")),
    Kind("agenda.returned", _("Una propuesta espera otra sesión")),
    Kind("session_document.published", _("Se publicó un documento de una sesión")),
    Kind("minutes.owed", _("Empezó a correr el plazo de un acta")),
    Kind("minutes.review", _("Un acta salió a revisión de quienes asistieron")),
    Kind("minutes.approved", _("Se aprobó un acta"), decisive=True),
    Kind("minutes.words_withdrawn", _("Se rehízo un acta sin las palabras de una persona"), decisive=True),
    Kind("entry.recorded", _("Se asentó lo que alguien dijo")),
    Kind("minutes_correction.told", _("Se respondió una corrección de un acta")),
    Kind("agreement.reached", _("Se tomó un acuerdo"), decisive=True),
    Kind("agreement.followed", _("Se dio seguimiento a un acuerdo")),
    Kind("agreement.closed", _("Se cerró un acuerdo")),
)


def register() -> None:
    register_kinds(*KINDS)
    body = subjects.page("meetings:body", 0)
    session = subjects.page("meetings:session", 0)
    subjects.register(
        subjects.Subject("body", _("Órgano"), body),
        subjects.Subject("bodyseat", _("Lugar en la mesa"), body, fields={"number": _("Número"), "body": _("Órgano")}),
        subjects.Subject("holder", _("Quien ocupa un lugar"), body, fields={"seat": _("Lugar"), "role": _("Papel")}),
        subjects.Subject("delegation", _("Delegación de voto"), fields={"giver": _("Delega"), "taker": _("Recibe")}),
        subjects.Subject("session", _("Sesión"), session, fields={"number": _("Número"), "body": _("Órgano")}),
        subjects.Subject("agenda", _("Tema"), fields={"seat": _("Lo propone"), "session": _("Sesión")}),
        subjects.Subject("session_document", _("Documento de una sesión"), session),
        subjects.Subject("minutes", _("Acta"), session, fields={"session": _("Sesión"), "pdf": _("Archivo")}),
        subjects.Subject("entry", _("Lo asentado en un acta"), session, fields={"item": _("Tema")}),
        subjects.Subject("minutes_correction", _("Corrección de un acta"), session, fields={"entry": _("Sobre")}),
        subjects.Subject("agreement", _("Acuerdo"), subjects.page("meetings:agreement", 0)),
    )
    navigation.register(navigation.Item("sessions", _("Sesiones"), "meetings:sessions", 25))
    documents.register_owner(owners.shows)
    places.register("directory", "seats", fills.of_directory)
    places.register("organisation", "below", fills.of_organisation)
    pending.register(waiting.for_role)
    reminders.register()
    finding.register()
    topics.register()
    schedule.each_minute("meetings.invitations", invitations.send_due)
    schedule.each_minute("meetings.letters", letters.send_due)
    schedule.each_minute("meetings.forget", forget)
    for words, hint, name, permission, order in (
        (
            _("Sesiones y actas"),
            _("Convocar, pasar lista, escribir el acta, responder correcciones, seguir acuerdos."),
            "meetings:work",
            "meetings.work",
            35,
        ),
        (
            _("Órganos y lugares"),
            _("Quién se sienta a la mesa: lugares, titulares, enlaces, relevos."),
            "meetings:work_bodies",
            "meetings.manage",
            79,
        ),
    ):
        desk.register(desk.Link(words, hint, name, permission, order))
