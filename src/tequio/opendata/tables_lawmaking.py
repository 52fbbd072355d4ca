"""Laws in the making as open data: bills, their steps, opinions with their answers, whose words came in; names by consent."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tequio.lawmaking.models import Bill, BillStep, Hearing, Remark
from tequio.legaltext.models import Origin
from tequio.opendata.parts import Cells, Rows, each, known, page_url, text_cells
from tequio.opendata.shape import Table, both
from tequio.opendata.shape import column as _c
from tequio.places.models import Jurisdiction


def _bill(b: Bill, jurisdiction: Jurisdiction) -> Cells:
    return {
        "bill": b.code,
        "number": b.number or None,
        "title": b.title,
        **text_cells("plain_title", b.plain_title),
        **text_cells("summary", b.summary),
        "sponsors": "; ".join(", ".join(filter(None, (row["name"], row.get("group", "")))) for row in b.sponsors)
        or None,
        "commission": b.commission or None,
        "topics": "; ".join(b.topics) or None,
        "stage": b.stage,
        "text": b.work.code if b.work else None,
        "law": b.law.code if b.law else None,
        "video": b.video_url or None,
        "opens": known(b.opens),
        "closes": known(b.closes),
        "url": page_url("lawmaking:bill", jurisdiction, code=b.code),
    }


def _step(s: BillStep, jurisdiction: Jurisdiction) -> Cells:
    return {
        "bill": s.bill.code,
        "step": s.number,
        "stage": s.stage,
        "date": known(s.on),
        **text_cells("words", s.words),
        "version": s.expression.number if s.expression else None,
        "source": s.source_url or None,
    }


def _hearing(h: Hearing, jurisdiction: Jurisdiction) -> Cells:
    return {
        "bill": h.bill.code,
        "number": h.number,
        "who": h.who or None,
        "starts": h.begins.isoformat(),
        "ends": h.ends.isoformat() if h.session or h.ends_at else None,
        "place": h.where or None,
        "link": h.watch or None,
        "session": h.session.number if h.session else None,
        **text_cells("words", h.words),
        "cancelled": h.is_off,
        "reason": h.reason or None,
    }


def _remark(r: Remark, jurisdiction: Jurisdiction) -> Cells:
    return {
        "opinion": r.number,
        "bill": r.bill.code,
        "kind": r.kind,
        "parent": r.parent.number if r.parent else None,
        "provision": r.anchor.lineage.key if r.anchor else None,
        "place_label": r.place_label or None,
        "question": r.question,
        "date": known(r.published_on),
        "due": known(r.due),
        "shown": r.sight,
        "language": r.language if r.is_shown else None,
        "text": (r.text or None) if r.is_shown else None,
        "wording": (r.wording or None) if r.is_shown else None,
        "name": r.public_name or None,
        "sector": r.sector or None,
        "place": r.place_id,
        "supports": r.backers,
        "decision": r.fate.decision if r.fate else None,
        **text_cells("answer", r.fate.reason if r.fate else None),
        "answered_on": known(r.closed_on),
    }


def _origin(o: Origin, jurisdiction: Jurisdiction) -> Cells:
    return {
        "text": o.expression.work.code,
        "version": o.expression.number,
        "provision": o.path,
        "side": o.side,
        "words": o.words,
        "contribution": o.contribution,
        "score": o.score,
        "confirmed_on": known(o.decided_on),
    }


def _bills(here: Jurisdiction) -> "QuerySet[Bill]":
    return Bill.public_rows().filter(jurisdiction=here).order_by("code")


def _steps(here: Jurisdiction) -> "QuerySet[BillStep]":
    return BillStep.public_rows().filter(bill__jurisdiction=here).order_by("bill__code", "number")


def _hearings(here: Jurisdiction) -> "QuerySet[Hearing]":
    return Hearing.public_rows().filter(bill__jurisdiction=here).order_by("bill__code", "number")


def _remarks(here: Jurisdiction) -> "QuerySet[Remark]":
    return Remark.public_rows().filter(jurisdiction=here).order_by("number")


def _origins(here: Jurisdiction) -> "QuerySet[Origin]":
    rows = Origin.public_rows().filter(expression__work__jurisdiction=here)
    return rows.order_by("expression__work__code", "expression__number", "number")


_BILL = _c("bill", "text", _("Clave de la iniciativa"))
TABLES: tuple[Table, ...] = (
    Table(
        "iniciativas",
        "bills",
        _("Iniciativas de ley"),
        _("Un renglón por iniciativa publicada."),
        (
            _BILL,
            _c("number", "text", _("Número en el Congreso")),
            _c("title", "text", _("Título técnico")),
            *both("plain_title", _("Título en palabras llanas")),
            *both("summary", _("Qué cambia y para quién")),
            _c("sponsors", "text", _("Quién la propone, con su grupo; separados por punto y coma")),
            _c("commission", "text", _("Comisión que la estudia")),
            _c("topics", "text", _("Temas (lista «policy_area»), separados por punto y coma")),
            _c("stage", "text", _("Etapa: initiative, committee, opinion, plenary, decree, rejected, expired")),
            _c("text", "text", _("Clave de su texto")),
            _c("law", "text", _("Clave del texto que cambiaría")),
            _c("video", "url", _("Video de quien la propone")),
            _c("opens", "date", _("Se puede opinar desde")),
            _c("closes", "date", _("Se puede opinar hasta")),
            _c("url", "url", _("Página en este portal")),
        ),
        Rows(_bills, each(_bill)),
    ),
    Table(
        "pasos-de-iniciativas",
        "bill-steps",
        _("Pasos de las iniciativas"),
        _("Un renglón por paso, en orden."),
        (
            _BILL,
            _c("step", "integer", _("Número del paso")),
            _c("stage", "text", _("Etapa a la que llegó")),
            _c("date", "date", _("Fecha")),
            *both("words", _("Qué pasó")),
            _c("version", "integer", _("Versión del texto en esa etapa")),
            _c("source", "url", _("Dónde consta")),
        ),
        Rows(_steps, each(_step)),
    ),
    Table(
        "sesiones-de-iniciativas",
        "bill-sessions",
        _("Sesiones que ven una iniciativa"),
        _("Un renglón por iniciativa y sesión anunciada, también las canceladas."),
        (
            _BILL,
            _c("number", "integer", _("Número dentro de la iniciativa")),
            _c("who", "text", _("Quién se reúne")),
            _c("starts", "text", _("Cuándo empieza (ISO 8601)")),
            _c("ends", "text", _("Cuándo termina, si se sabe (ISO 8601)")),
            _c("place", "text", _("Lugar")),
            _c("link", "url", _("Dónde verla a distancia")),
            _c("session", "integer", _("Número de la sesión, si se convocó en este portal")),
            *both("words", _("Qué se va a ver")),
            _c("cancelled", "boolean", _("Si se canceló")),
            _c("reason", "text", _("Por qué se canceló")),
        ),
        Rows(_hearings, each(_hearing)),
    ),
    Table(
        "opiniones-de-iniciativas",
        "opinions",
        _("Opiniones sobre iniciativas y sus respuestas"),
        _("Un renglón por opinión confirmada, con lo que se respondió y sus plazos."),
        (
            _c("opinion", "integer", _("Número de la opinión")),
            _BILL,
            _c("kind", "text", _("Qué es: comment, wording, answer, reply")),
            _c("parent", "integer", _("Número de la opinión a la que responde")),
            _c("provision", "text", _("Nombre duradero del artículo en el texto")),
            _c("place_label", "text", _("Artículo, como se llamaba entonces")),
            _c("question", "integer", _("Número de la pregunta que contesta")),
            _c("date", "date", _("Fecha en que se confirmó")),
            _c("due", "date", _("Último día para responderla")),
            _c("shown", "text", _("A la vista: held, shown, hidden, withdrawn")),
            _c("language", "text", _("Idioma")),
            _c("text", "text", _("Lo que dice")),
            _c("wording", "text", _("Las palabras que propone")),
            _c("name", "text", _("Nombre, cuando quien opina lo quiso público")),
            _c("sector", "text", _("Sector (lista «sector»)")),
            _c("place", "text", _("Clave INEGI del municipio")),
            _c("supports", "integer", _("Apoyos confirmados")),
            _c("decision", "text", _("En qué quedó: taken, partly, not_taken, out_of_scope")),
            *both("answer", _("Por qué")),
            _c("answered_on", "date", _("Fecha de la respuesta")),
        ),
        Rows(_remarks, each(_remark)),
    ),
    Table(
        "origen-de-las-palabras",
        "word-origins",
        _("De quién son las palabras"),
        _("Un renglón por pasaje de un texto que vino de una opinión, confirmado por una persona."),
        (
            _c("text", "text", _("Clave del texto")),
            _c("version", "integer", _("Versión")),
            _c("provision", "text", _("Artículo en esa versión")),
            _c("side", "text", _("new: entró; gone: se quitó")),
            _c("words", "text", _("Las palabras")),
            _c("contribution", "text", _("Clave en el registro de la opinión")),
            _c("score", "integer", _("Cuánto de lo que proponía, de 0 a 100")),
            _c("confirmed_on", "date", _("Fecha en que se confirmó")),
        ),
        Rows(_origins, each(_origin)),
    ),
)
