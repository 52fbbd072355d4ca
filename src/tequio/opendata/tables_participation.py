"""Opinion groups and labs as open data: counts alone, and never one small enough to tell of somebody."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tequio.labs import attendance
from tequio.labs.models import Outreach, Stop
from tequio.opendata.parts import Cells, Rows, each, known, page_url, text_cells
from tequio.opendata.shape import Table, both
from tequio.opendata.shape import column as _c
from tequio.opinions.models import Result, Statement
from tequio.places.models import Jurisdiction


def _statements(rows: Sequence[Statement], jurisdiction: Jurisdiction) -> Iterator[Cells]:
    """Statements with what the newest result of their conversation says of each."""
    told: dict[int, tuple[int, dict[int, Any]]] = {}
    results = Result.objects.filter(conversation__in={row.conversation_id for row in rows}).order_by("number")
    for result in results:
        said = json.loads(result.file)
        told[result.conversation_id] = (result.number, {one["statement"]: one for one in said["statements"]})
    for row in rows:
        number, lines = told.get(row.conversation_id, (None, {}))
        line = lines.get(row.number or 0) if row.sight == Statement.Sight.SHOWN else None
        votes = line["votes"] if line else (None, None, None)
        yield {
            "conversation": row.conversation.number,
            **text_cells("question", row.conversation.question),
            "statement": row.number,
            "text": row.text if row.sight == Statement.Sight.SHOWN else None,
            "language": row.language,
            "origin": row.origin,
            "shown": row.sight,
            "rule": row.rule or None,
            "result": number if line else None,
            **dict(zip(("agrees", "disagrees", "passes"), votes, strict=True)),
            "agreement": known(line.get("agreement")) if line else None,
            "division": known(line.get("division")) if line else None,
            "url": page_url("opinions:conversation", jurisdiction, number=row.conversation.number),
        }


def _stop(stop: Stop, jurisdiction: Jurisdiction) -> Cells:
    hidden = f"<{stop.lab.minimum}"
    groups = {
        key: None if count is None else str(count) for key in attendance.GROUPS for count in [stop.groups.get(key)]
    }
    return {
        "lab": stop.lab.number,
        **text_cells("title", stop.lab.title),
        "stop": stop.number,
        "municipality": stop.municipality_id,
        "place": stop.place,
        "date": known(stop.day),
        "status": stop.status,
        "attended": hidden if stop.few else known(stop.attended),
        **{key: "hidden" if count == str(attendance.HIDDEN) else count for key, count in groups.items()},
        "url": page_url("labs:lab", jurisdiction, number=stop.lab.number),
    }


def _outreach(row: Outreach, jurisdiction: Jurisdiction) -> Cells:
    return {
        "lab": row.lab.number,
        "outreach": row.number,
        "date": known(row.day),
        "channel": row.channel,
        "audience": row.audience or None,
        "promised": row.promised,
        "achieved": row.achieved,
        "how": row.how or None,
        "evidence": row.url or None,
        "url": page_url("labs:lab", jurisdiction, number=row.lab.number),
    }


_URL = _c("url", "url", _("Página en este portal"))
_LAB = _c("lab", "integer", _("Número del laboratorio"))

TABLES: tuple[Table, ...] = (
    Table(
        "frases",
        "statements",
        _("Frases votadas"),
        _("Un renglón por frase de cada pregunta, con los totales del último resultado. Nunca el voto de una persona."),
        (
            _c("conversation", "integer", _("Número de la pregunta")),
            *both("question", _("Pregunta")),
            _c("statement", "integer", _("Número de la frase en la pregunta")),
            _c("text", "text", _("La frase, mientras está a la vista")),
            _c("language", "text", _("Idioma del texto")),
            _c("origin", "text", _("seeded (de quien organiza) o proposed (de quien participa)")),
            _c("shown", "text", _("shown, refused (no se publicó) o hidden (ocultada)")),
            _c("rule", "text", _("Regla de moderación que se aplicó")),
            _c("result", "integer", _("Número del resultado del que son los totales")),
            _c("agrees", "integer", _("Votos de acuerdo")),
            _c("disagrees", "integer", _("Votos en desacuerdo")),
            _c("passes", "integer", _("Votos de paso")),
            _c("agreement", "decimal", _("Coincidencia entre grupos, de 0 a 1")),
            _c("division", "decimal", _("División entre grupos, de 0 a 1")),
            _URL,
        ),
        Rows(
            lambda here: (
                Statement.public_rows()
                .filter(conversation__jurisdiction=here)
                .order_by("conversation__number", "number")
            ),
            _statements,
        ),
    ),
    Table(
        "paradas",
        "lab-stops",
        _("Paradas de los laboratorios"),
        _("Un renglón por parada. Las cantidades chicas no se publican: «hidden» o menos que el mínimo."),
        (
            _LAB,
            *both("title", _("Laboratorio")),
            _c("stop", "integer", _("Número de la parada")),
            _c("municipality", "text", _("Clave INEGI del municipio")),
            _c("place", "text", _("Lugar")),
            _c("date", "date", _("Día")),
            _c("status", "text", _("planned, held o cancelled")),
            _c("attended", "text", _("Personas que vinieron")),
            *(_c(key, "text", words) for key, words in attendance.GROUPS.items()),
            _URL,
        ),
        Rows(
            lambda here: Stop.public_rows().filter(lab__jurisdiction=here).order_by("lab__number", "day", "number"),
            each(_stop),
        ),
    ),
    Table(
        "difusion",
        "lab-outreach",
        _("Difusión de los laboratorios"),
        _("Un renglón por aviso, con el alcance esperado y el alcanzado."),
        (
            _LAB,
            _c("outreach", "integer", _("Número del aviso")),
            _c("date", "date", _("Día")),
            _c("channel", "text", _("Por dónde")),
            _c("audience", "text", _("A quién")),
            _c("promised", "integer", _("Personas que se esperaba alcanzar")),
            _c("achieved", "integer", _("Personas que se alcanzaron")),
            _c("how", "text", _("Cómo se contó")),
            _c("evidence", "url", _("Prueba")),
            _URL,
        ),
        Rows(
            lambda here: Outreach.public_rows().filter(lab__jurisdiction=here).order_by("lab__number", "number"),
            each(_outreach),
        ),
    ),
)
