"""Sessions as open data: seats, sessions, who proposed what, attendance by sector with small groups hidden, agreements."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tequio.meetings import queries
from tequio.meetings.models import AgendaItem, Agreement, Seat, Session
from tequio.opendata.parts import Cells, Rows, each, known, page_url, text_cells
from tequio.opendata.shape import Table, both
from tequio.opendata.shape import column as _c
from tequio.places.models import Jurisdiction

_URL = _c("url", "url", _("Página en este portal"))
_SESSION = _c("session", "integer", _("Número de la sesión"))
_SECTOR = _c("sector", "text", _("Sector (lista «sector»)"))


def _seats(jurisdiction: Jurisdiction) -> QuerySet[Seat]:
    return Seat.public_rows().filter(body__jurisdiction=jurisdiction).order_by("body__slug", "number")


def _seat(s: Seat, jurisdiction: Jurisdiction) -> Cells:
    return {
        "body": s.body.slug,
        "seat": s.number,
        **text_cells("name", s.name),
        "sector": s.sector,
        "is_government": s.is_government,
        "organisation": s.organisation.slug if s.organisation else None,
        "since": known(s.since),
        "until": known(s.until),
        "url": page_url("meetings:body", jurisdiction, slug=s.body.slug),
    }


def _session(s: Session, jurisdiction: Jurisdiction) -> Cells:
    minutes = getattr(s, "minutes", None)
    return {
        "session": s.number,
        "body": s.body.slug,
        "kind": s.kind,
        **text_cells("title", s.title),
        "date": known(s.day),
        "starts_at": s.starts_at.isoformat(),
        "ends_at": s.ends_at.isoformat(),
        "mode": s.mode,
        "place": s.place or None,
        "municipality": s.municipality_id,
        "services": "; ".join(s.services) or None,
        "state": s.state,
        "invited_on": known(s.invited_on),
        "invite_by": known(s.invite_by),
        "minutes_state": minutes.state if minutes else None,
        "minutes_due": known(minutes.due) if minutes else None,
        "minutes_approved_on": known(minutes.approved_on) if minutes else None,
        "minutes_sha256": minutes.pdf_id if minutes else None,
        "url": page_url("meetings:session", jurisdiction, number=s.number),
    }


def _agenda(jurisdiction: Jurisdiction) -> QuerySet[AgendaItem]:
    return AgendaItem.public_rows().filter(jurisdiction=jurisdiction).order_by("number")


def _item(i: AgendaItem, jurisdiction: Jurisdiction) -> Cells:
    session = i.session if i.session and i.session.is_called else None
    return {
        "item": i.number,
        "body": i.body.slug,
        "session": session.number if session else None,
        "order": i.order if session else None,
        "title": i.title,
        "state": i.state,
        "proposed_on": known(i.proposed_on),
        "seat": i.seat.number if i.seat else None,
        "sector": i.sector or None,
        "reason": i.reason or None,
        "follows_agreement": i.follows.number if i.follows else None,
        "url": page_url("meetings:session", jurisdiction, number=session.number) if session else None,
    }


def _counted(jurisdiction: Jurisdiction) -> QuerySet[Session]:
    return queries.public_sessions(jurisdiction).filter(state=Session.State.HELD).order_by("number")


def _attendance(sessions: Sequence[Session], jurisdiction: Jurisdiction) -> Iterator[Cells]:
    """A session's count as one row for the seats and guests of each sector; never more than the session's page tells."""
    seats = Seat.objects.filter(body__jurisdiction=jurisdiction, body__in={s.body_id for s in sessions})
    sectors = {(seat.body_id, seat.number): seat.sector for seat in seats}
    for session in sessions:
        rows: dict[str, dict[str, Any]] = {}
        for told in session.attendance.get("seats", ()):
            row = rows.setdefault(sectors.get((session.body_id, told["seat"]), ""), {"seats": 0, "seats_present": 0})
            row["seats"] += 1
            row["seats_present"] += len(told) > 1
        guests = session.attendance.get("guests", {})
        for sector, count in guests.get("groups", {}).items():
            rows.setdefault(sector, {})["guests"] = count
        for sector in guests.get("few", ()):
            rows.setdefault(sector, {})["guests_few"] = True
        yield {
            "session": session.number,
            "date": known(session.day),
            "seats": sum(row.get("seats", 0) for row in rows.values()),
            "seats_present": sum(row.get("seats_present", 0) for row in rows.values()),
            "sectors_present": "; ".join(sorted(k for k, row in rows.items() if row.get("seats_present"))) or None,
            "guests": "; ".join(f"{k}={row['guests']}" for k, row in sorted(rows.items()) if "guests" in row) or None,
            "guests_few": "; ".join(sorted(k for k, row in rows.items() if row.get("guests_few"))) or None,
            "guests_total": guests.get("total"),
            "url": page_url("meetings:session", jurisdiction, number=session.number),
        }


def _agreements(jurisdiction: Jurisdiction) -> QuerySet[Agreement]:
    return Agreement.public_rows().filter(jurisdiction=jurisdiction).order_by("number")


def _agreement(a: Agreement, jurisdiction: Jurisdiction) -> Cells:
    return {
        "agreement": a.number,
        "session": a.session.number,
        "body": a.body.slug,
        "text": a.text,
        "owner": a.owner,
        "seat": a.seat.number if a.seat else None,
        "organisation": a.organisation.slug if a.organisation else None,
        "due": known(a.due),
        "state": a.state,
        "agreed_on": known(a.agreed_on),
        "closed_on": known(a.closed_on),
        "notes": len(a.notes),
        "url": page_url("meetings:agreement", jurisdiction, number=a.number),
    }


_BODY = _c("body", "text", _("Identificador del órgano"))

TABLES: tuple[Table, ...] = (
    Table(
        "lugares",
        "seats",
        _("Lugares de los órganos"),
        _("Un renglón por lugar de la mesa, de cualquier órgano."),
        (
            _BODY,
            _c("seat", "integer", _("Número del lugar en el órgano")),
            *both("name", _("Nombre del lugar")),
            _SECTOR,
            _c("is_government", "boolean", _("Si cuenta del lado del gobierno")),
            _c("organisation", "text", _("Institución u organización")),
            _c("since", "date", _("Desde")),
            _c("until", "date", _("Hasta")),
            _URL,
        ),
        Rows(_seats, each(_seat)),
    ),
    Table(
        "sesiones",
        "sessions",
        _("Sesiones"),
        _("Un renglón por sesión convocada."),
        (
            _SESSION,
            _BODY,
            _c("kind", "text", _("Tipo: ordinary, extraordinary, results, table, lab")),
            *both("title", _("Título")),
            _c("date", "date", _("Día")),
            _c("starts_at", "text", _("Cuándo empieza, con su huso")),
            _c("ends_at", "text", _("Cuándo termina, con su huso")),
            _c("mode", "text", _("Modalidad: room, remote, both")),
            _c("place", "text", _("Lugar")),
            _c("municipality", "text", _("Municipio (clave de INEGI)")),
            _c("services", "text", _("Servicios que se ofrecen, separados por punto y coma")),
            _c("state", "text", _("Estado: called, open, held, cancelled")),
            _c("invited_on", "date", _("Día en que se convocó")),
            _c("invite_by", "date", _("Último día para convocarla a tiempo")),
            _c("minutes_state", "text", _("Estado del acta: draft, review, approved")),
            _c("minutes_due", "date", _("Último día para aprobar el acta")),
            _c("minutes_approved_on", "date", _("Día en que se aprobó el acta")),
            _c("minutes_sha256", "text", _("Huella del archivo del acta")),
            _URL,
        ),
        Rows(lambda place: queries.public_sessions(place).order_by("number"), each(_session)),
    ),
    Table(
        "orden-del-dia",
        "agenda",
        _("Temas de las sesiones"),
        _("Un renglón por tema, con quién lo propuso por sector y, si no entró, por qué."),
        (
            _c("item", "integer", _("Número del tema")),
            _BODY,
            _SESSION,
            _c("order", "integer", _("Lugar en el orden del día")),
            _c("title", "text", _("Tema")),
            _c("state", "text", _("Estado: proposed, accepted, declined")),
            _c("proposed_on", "date", _("Día en que se propuso; vacío si lo puso el Secretariado")),
            _c("seat", "integer", _("Lugar que lo propuso")),
            _SECTOR,
            _c("reason", "text", _("Por qué no entró")),
            _c("follows_agreement", "integer", _("Acuerdo al que da seguimiento")),
            _URL,
        ),
        Rows(_agenda, each(_item)),
    ),
    Table(
        "asistencia",
        "attendance",
        _("Asistencia"),
        _("Un renglón por sesión celebrada. Personas solo por sector, y los grupos muy pequeños sin contar."),
        (
            _SESSION,
            _c("date", "date", _("Día")),
            _c("seats", "integer", _("Lugares del órgano ese día")),
            _c("seats_present", "integer", _("Lugares con alguien presente")),
            _c("sectors_present", "text", _("Sectores con algún lugar presente, separados por punto y coma")),
            _c("guests", "text", _("Otras personas por sector, como «cso=7; academia=5»")),
            _c("guests_few", "text", _("Sectores con tan pocas personas que no se cuentan")),
            _c("guests_total", "integer", _("Otras personas en total; vacío si descubriría un grupo pequeño")),
            _URL,
        ),
        Rows(_counted, _attendance),
    ),
    Table(
        "acuerdos",
        "agreements",
        _("Acuerdos"),
        _("Un renglón por acuerdo de un acta aprobada."),
        (
            _c("agreement", "integer", _("Número del acuerdo")),
            _SESSION,
            _BODY,
            _c("text", "text", _("Acuerdo")),
            _c("owner", "text", _("A quién le toca")),
            _c("seat", "integer", _("Lugar al que le toca")),
            _c("organisation", "text", _("Institución a la que le toca")),
            _c("due", "date", _("Para cuándo")),
            _c("state", "text", _("Estado: open, done, dropped")),
            _c("agreed_on", "date", _("Día en que se aprobó el acta")),
            _c("closed_on", "date", _("Día en que se cerró")),
            _c("notes", "integer", _("Notas de seguimiento")),
            _URL,
        ),
        Rows(_agreements, each(_agreement)),
    ),
)
