"""Co-creation as open data: problems, contributions with their answers, scores, and the ledger; names only by consent."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tequio.cocreation import queries
from tequio.cocreation.models import Contribution, Credit, Problem, Score
from tequio.opendata.parts import Cells, Rows, each, known, page_url, text_cells
from tequio.opendata.shape import Table, both
from tequio.opendata.shape import column as _c
from tequio.places.models import Jurisdiction


def _problem(p: Problem, jurisdiction: Jurisdiction) -> Cells:
    shown = p.words() if p.is_shown else {}
    return {
        "problem": p.number,
        "call": p.call.number if p.call else None,
        "date": known(p.published_on),
        "shown": p.sight,
        "language": p.language if p.is_shown else None,
        **{name: shown.get(name) for name in ("title", "text", "who", "since", "causes", "environment", "outlook")},
        "sdg_targets": "; ".join(p.sdg_targets) or None,
        "place": p.place_id,
        "name": p.public_name or None,
        "organisation": (p.organisation or None) if p.is_shown else None,
        "supports": p.counted,
        "merged_into": p.merged_into.number if p.merged_into else None,
        "url": page_url("cocreation:problem", jurisdiction, number=p.number),
    }


def _contribution(c: Contribution, jurisdiction: Jurisdiction) -> Cells:
    answer = c.answer
    return {
        "contribution": c.number,
        "call": c.call.number,
        "table": c.table.number if c.table else None,
        "problem": c.problem.number if c.problem else None,
        "source": c.source,
        "kind": c.kind,
        "received_on": known(c.received_on),
        "due": known(c.due),
        "shown": c.sight,
        "language": c.language if c.is_shown else None,
        "title": c.title if c.is_shown else None,
        "text": c.text if c.is_shown else None,
        "name": c.public_name or None,
        "organisation": (c.organisation or None) if c.is_shown else None,
        "sector": c.sector or None,
        "place": c.place_id,
        "minutes": c.minutes or None,
        "supports": c.counted,
        "decision": answer.decision if answer else None,
        "reason": answer.reason if answer else None,
        **text_cells("answer", answer.text if answer else None),
        "answered_on": known(c.closed_on),
        "review_asked_on": known(c.review_asked_on),
        "url": page_url("cocreation:contribution", jurisdiction, number=c.number),
    }


def _credit(c: Credit, jurisdiction: Jurisdiction) -> Cells:
    made = c.draft.commitment
    return {
        "line": c.number,
        "contribution": c.contribution.number,
        "draft": c.draft.number,
        "commitment": made.code if made is not None and made.is_public() else None,
        "field": c.field or None,
        "words": c.words or None,
        "confirmed_on": known(c.confirmed_on),
        "minutes": c.contribution.minutes or None,
        "decision": c.draft.decision or None,
        "url": page_url("cocreation:draft", jurisdiction, number=c.draft.number),
    }


def _score(s: Score, jurisdiction: Jurisdiction) -> Cells:
    return {
        "call": s.call.number,
        "contribution": s.contribution.number,
        "sector": s.sector,
        "scorer": s.role.number,
        "points": "; ".join(f"{key}={value}" for key, value in sorted(s.points.items())),
        "date": known(s.scored_on),
        "url": page_url("cocreation:priorities", jurisdiction, number=s.call.number),
    }


def _scores(jurisdiction: Jurisdiction) -> QuerySet[Score]:
    rows = Score.public_rows().filter(jurisdiction=jurisdiction)
    return rows.order_by("call__number", "contribution__number", "role__number")


_URL = _c("url", "url", _("Página en este portal"))
_CALL = _c("call", "integer", _("Número de la convocatoria"))
_SHOWN = _c("shown", "text", _("Si se ve su texto: shown, held (en revisión), hidden, withdrawn (retirada)"))
_WHO = (
    _c("name", "text", _("Nombre, solo si pidió publicarlo")),
    _c("organisation", "text", _("Organización por la que habla")),
)

TABLES: tuple[Table, ...] = (
    Table(
        "problemas",
        "problems",
        _("Problemas públicos"),
        _("Un renglón por problema que alguien propuso; sus palabras, mientras estén a la vista."),
        (
            _c("problem", "integer", _("Número del problema")),
            _CALL,
            _c("date", "date", _("Fecha en que se recibió")),
            _SHOWN,
            _c("language", "text", _("Idioma del texto")),
            _c("title", "text", _("El problema en una línea")),
            _c("text", "text", _("Qué pasa")),
            _c("who", "text", _("Quién lo padece")),
            _c("since", "text", _("Desde cuándo, como se dijo")),
            _c("causes", "text", _("Por qué pasa")),
            _c("environment", "text", _("Efectos en el ambiente")),
            _c("outlook", "text", _("Qué pasará si nada cambia")),
            _c("sdg_targets", "text", _("Metas de los ODS")),
            _c("place", "text", _("Clave INEGI del municipio")),
            *_WHO,
            _c("supports", "integer", _("Apoyos confirmados")),
            _c("merged_into", "integer", _("Número del problema al que se unió")),
            _URL,
        ),
        Rows(lambda here: queries.problems(here).order_by("number"), each(_problem)),
    ),
    Table(
        "aportaciones",
        "contributions",
        _("Aportaciones y sus respuestas"),
        _("Un renglón por aportación, con la decisión, su motivo y sus plazos."),
        (
            _c("contribution", "integer", _("Número de la aportación")),
            _CALL,
            _c("table", "integer", _("Número de la mesa")),
            _c("problem", "integer", _("Número del problema que atiende")),
            _c("source", "text", _("Por dónde llegó: web, table, lab, mail, paper")),
            _c("kind", "text", _("A nombre de quién: person, organisation, assisted")),
            _c("received_on", "date", _("Fecha en que llegó")),
            _c("due", "date", _("Último día para responderla")),
            _SHOWN,
            _c("language", "text", _("Idioma del texto")),
            _c("title", "text", _("La propuesta en una línea")),
            _c("text", "text", _("En qué consiste")),
            *_WHO,
            _c("sector", "text", _("Sector (lista «sector»)")),
            _c("place", "text", _("Clave INEGI del municipio")),
            _c("minutes", "text", _("Clave en el registro de lo asentado en el acta que la prueba")),
            _c("supports", "integer", _("Apoyos confirmados")),
            _c("decision", "text", _("Decisión (lista «contribution_decision»)")),
            _c("reason", "text", _("Motivo (lista «response_reason»)")),
            *both("answer", _("Por qué")),
            _c("answered_on", "date", _("Fecha de la primera respuesta")),
            _c("review_asked_on", "date", _("Fecha en que se pidió revisarla")),
            _URL,
        ),
        Rows(lambda here: queries.contributions(here).order_by("number"), each(_contribution)),
    ),
    Table(
        "aportes",
        "credits",
        _("Libro de aportes"),
        _("Un renglón por cada parte de un compromiso que vino de una aportación."),
        (
            _c("line", "integer", _("Número del renglón")),
            _c("contribution", "integer", _("Número de la aportación")),
            _c("draft", "integer", _("Número del borrador")),
            _c("commitment", "text", _("Clave del compromiso, cuando es público")),
            _c("field", "text", _("Parte del compromiso")),
            _c("words", "text", _("Palabras que vinieron de la aportación, confirmadas por una persona")),
            _c("confirmed_on", "date", _("Fecha de la confirmación")),
            _c("minutes", "text", _("Clave en el registro de lo asentado en el acta que la prueba")),
            _c("decision", "text", _("Clave en el registro de la decisión que lo adoptó")),
            _URL,
        ),
        Rows(queries.ledger, each(_credit)),
    ),
    Table(
        "calificaciones",
        "scores",
        _("Calificaciones para priorizar"),
        _("Un renglón por persona y aportación: con ellos cualquiera repite la cuenta."),
        (
            _CALL,
            _c("contribution", "integer", _("Número de la aportación")),
            _c("sector", "text", _("Sector por el que califica (lista «sector»)")),
            _c("scorer", "integer", _("Número del papel de quien califica")),
            _c("points", "text", _("Puntos de 1 a 5 por criterio")),
            _c("date", "date", _("Fecha")),
            _URL,
        ),
        Rows(_scores, each(_score)),
    ),
)
