"""The public tables: one list of columns serves the API, the downloads and the data dictionary."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.opendata import rows, rows_legal, rows_secretariat
from tequio.opendata.parts import Cells, Rows
from tequio.places.models import Jurisdiction


@dataclass(frozen=True)
class Column:
    """A column: its name, kind (``text``, ``integer``, ``decimal``, ``date``, ``boolean``, ``url``) and meaning."""

    name: str
    kind: str
    meaning: str | Promise


@dataclass(frozen=True)
class Table:
    """A public table. ``name`` in addresses of downloads, ``api`` in those of the API; ``rows`` of one jurisdiction."""

    name: str
    api: str
    title: str | Promise
    meaning: str | Promise
    columns: tuple[Column, ...]
    rows: Rows

    def count(self, jurisdiction: Jurisdiction) -> int:
        """How many rows there are."""
        return self.rows.query(jurisdiction).count()

    def cells(self, jurisdiction: Jurisdiction) -> Iterator[Cells]:
        """All rows with exactly the table's columns, empty where nothing is known; read in batches."""
        return map(self.exactly, self.rows.every(jurisdiction))

    def part(self, jurisdiction: Jurisdiction, start: int, stop: int) -> list[Cells]:
        """Some rows; the others are not read."""
        return [self.exactly(row) for row in self.rows.part(jurisdiction, start, stop)]

    def exactly(self, row: Cells) -> Cells:
        """A row with the table's columns alone, in their order."""
        return {column.name: row.get(column.name) for column in self.columns}


def _both(name: str, meaning: Any) -> tuple[Column, Column]:
    return Column(f"{name}_es", "text", meaning), Column(f"{name}_en", "text", meaning)


def _c(name: str, kind: str, meaning: Any) -> Column:
    return Column(name, kind, meaning)


_URL = _c("url", "url", _("Página en este portal"))
_COMMITMENT = _c("commitment", "text", _("Clave del compromiso"))
_PLAN = _c("plan", "integer", _("Número del plan"))

TABLES: tuple[Table, ...] = (
    Table(
        "planes",
        "plans",
        _("Planes"),
        _("Un renglón por plan publicado."),
        (
            _PLAN,
            *_both("title", _("Título")),
            _c("start", "date", _("Inicio, con la precisión de la fuente")),
            _c("end", "date", _("Término, con la precisión de la fuente")),
            _c("submitted_on", "date", _("Presentación ante OGP")),
            *_both("summary", _("Resumen")),
            _URL,
        ),
        rows.PLANS,
    ),
    Table(
        "compromisos",
        "commitments",
        _("Compromisos"),
        _("Un renglón por compromiso publicado, con sus dos luces."),
        (
            _PLAN,
            _c("code", "text", _("Clave")),
            _c("external_id", "text", _("Identificador de OGP")),
            *_both("title", _("Título")),
            _c("branch", "text", _("Poder u orden (lista «branch»)")),
            _c("lead_institution", "text", _("Institución responsable")),
            _c("supporting_institutions", "text", _("Instituciones de apoyo, separadas por punto y coma")),
            _c("start", "date", _("Inicio")),
            _c("end", "date", _("Término")),
            *_both("problem", _("Problema público")),
            *_both("action", _("Qué se hará")),
            _c("ogp_values", "text", _("Valores de gobierno abierto (lista «ogp_value»)")),
            _c("policy_areas", "text", _("Áreas de política (lista «policy_area»)")),
            _c("sector", "text", _("Sector (lista «primary_sector»)")),
            _c("sdg_targets", "text", _("Metas de los ODS")),
            _c("completion_low", "text", _("Nivel según el informe, o el menor de un rango (lista «completion»)")),
            _c("completion_high", "text", _("El mayor nivel de un rango")),
            _c("completion_words", "text", _("El nivel en palabras de la fuente")),
            _c("institution_light", "text", _("Luz de lo que dice la institución: green, amber, red, grey")),
            _c("citizen_light", "text", _("Luz de lo que verificó la ciudadanía: green, blue, amber, red, grey")),
            _c("share_verified", "integer", _("Porcentaje verificado, por peso")),
            _c("share_in_process", "integer", _("Porcentaje en proceso, por peso")),
            _c("share_no_progress", "integer", _("Porcentaje sin avance comprobado, por peso")),
            _c("activities", "integer", _("Cuántas actividades tiene")),
            _c("activities_not_named", "integer", _("Cuántas cuenta la fuente sin nombrarlas")),
            _c("gap", "integer", _("Cuántas reporta cumplidas la institución sin que estén verificadas")),
            _c("road_map_version", "integer", _("Versión vigente de la hoja de ruta")),
            _URL,
        ),
        rows.COMMITMENTS,
    ),
    Table(
        "actividades",
        "activities",
        _("Actividades"),
        _("Un renglón por actividad vigente."),
        (
            _PLAN,
            _COMMITMENT,
            _c("activity", "integer", _("Número de la actividad, estable en el territorio")),
            _c("order", "integer", _("Lugar dentro del compromiso")),
            *_both("title", _("Título")),
            *_both("expected_output", _("Producto esperado")),
            _c("start", "date", _("Inicio")),
            _c("promised", "date", _("Fecha compromiso")),
            _c("first_promised", "date", _("Primera fecha compromiso")),
            _c("due", "date", _("Vencimiento calculado con el manual y las pausas")),
            _c("weight", "decimal", _("Peso en el compromiso, en porcentaje")),
            _c("state", "text", _("Estado de la verificación (lista «verification_state»)")),
            _c("said", "text", _("Lo último que dijo la institución")),
            _c("institution_light", "text", _("Luz de lo que dice la institución: green, amber, red, grey")),
            _c("citizen_light", "text", _("Luz de lo que verificó la ciudadanía: green, blue, amber, red, grey")),
            _c("schedule", "text", _("Situación de su plazo (lista «schedule_state»)")),
            _c("source_status", "text", _("Estado en palabras de la fuente")),
            _URL,
        ),
        rows.ACTIVITIES,
    ),
    Table(
        "indicadores",
        "indicators",
        _("Indicadores"),
        _("Un renglón por indicador, con su último valor."),
        (
            _COMMITMENT,
            _c("indicator", "integer", _("Número del indicador en el compromiso")),
            *_both("name", _("Nombre")),
            *_both("method", _("Método de cálculo")),
            _c("unit", "text", _("Unidad de medida")),
            _c("frequency", "text", _("Frecuencia de medición")),
            _c("direction", "text", _("Tendencia esperada")),
            _c("baseline", "decimal", _("Línea base")),
            _c("baseline_year", "integer", _("Año de la línea base")),
            _c("target", "decimal", _("Última meta")),
            _c("target_period", "date", _("Periodo de la última meta")),
            _c("value", "decimal", _("Último valor medido")),
            _c("value_period", "date", _("Periodo del último valor")),
        ),
        rows.INDICATORS,
    ),
    Table(
        "recursos",
        "money",
        _("Recursos"),
        _("Un renglón por fuente de recursos de cada compromiso."),
        (
            _COMMITMENT,
            _c("line", "integer", _("Número del renglón")),
            _c("fiscal_year", "integer", _("Ejercicio fiscal")),
            _c("kind", "text", _("Tipo de recurso")),
            _c("earmarked", "decimal", _("Etiquetado")),
            _c("released", "decimal", _("Entregado")),
            _c("spent", "decimal", _("Ejercido")),
            _c("currency", "text", _("Moneda (ISO 4217)")),
            _c("source", "text", _("Fuente de financiamiento")),
            _c("budget_line", "text", _("Partida")),
        ),
        rows.MONEY,
    ),
    Table(
        "evidencia",
        "evidence",
        _("Índice de evidencia"),
        _("Un renglón por pieza de evidencia pública."),
        (
            _COMMITMENT,
            _c("evidence", "integer", _("Número de la pieza en el compromiso")),
            _c("activity", "integer", _("Actividad que demuestra")),
            *_both("title", _("Título")),
            _c("kind", "text", _("Tipo (lista «evidence_type»)")),
            _c("date", "date", _("Fecha")),
            _c("source", "text", _("Fuente")),
            _c("author", "text", _("Autoría")),
            _c("page", "text", _("Página en la que hay que mirar")),
            _c("quote", "text", _("Pasaje citado")),
            _c("licence", "text", _("Licencia")),
            _c("address", "url", _("Dirección original")),
            _c("sha256", "text", _("Huella SHA-256 del archivo")),
            _c("captured", "date", _("Día en que se guardó la copia de la dirección")),
            _c("link_state", "text", _("Estado del enlace: ok, moved, changed, gone")),
            _c("link_checked", "date", _("Día en que se vio ese estado por primera vez")),
            _URL,
        ),
        rows.EVIDENCE,
    ),
    Table(
        "reportes",
        "reports",
        _("Reportes de avance"),
        _("Un renglón por reporte de una institución sobre una actividad."),
        (
            _COMMITMENT,
            _c("activity", "integer", _("Número de la actividad")),
            _c("report", "integer", _("Número del reporte")),
            _c("said", "text", _("Lo que dice la institución: not_started, in_process, complete")),
            _c("cut", "text", _("Corte de avance: first, second, final")),
            _c("date", "date", _("Fecha")),
            *_both("text", _("Qué se hizo")),
            _c("organisation", "text", _("Institución que reportó")),
            _c("evidence", "text", _("Números de las piezas públicas de evidencia")),
            *_both("reply", _("Respuesta a las miradas del Comité")),
            _c("reply_on", "date", _("Fecha de la respuesta")),
            _URL,
        ),
        rows.REPORTS,
    ),
    Table(
        "verificaciones",
        "verifications",
        _("Verificaciones"),
        _("Un renglón por decisión del Comité de Seguimiento."),
        (
            _COMMITMENT,
            _c("activity", "integer", _("Número de la actividad")),
            _c("decision", "integer", _("Número de la decisión")),
            _c("result", "text", _("Resultado: verified, observed, rejected, reopened")),
            _c("date", "date", _("Fecha")),
            _c("votes_for", "integer", _("Votos a favor")),
            _c("votes_against", "integer", _("Votos en contra")),
            _c("abstentions", "integer", _("Abstenciones")),
            _c("quorum", "integer", _("Quórum que regía")),
            *_both("reason", _("Motivo")),
            _c("annulled_on", "date", _("Fecha en que se anuló")),
        ),
        rows.VERIFICATIONS,
    ),
    Table(
        "miradas",
        "looks",
        _("Miradas del Comité"),
        _(
            "Un renglón por mirada: lo que vio una persona del Comité por su lado. Aparecen juntas, cuando todas están hechas."
        ),
        (
            _COMMITMENT,
            _c("activity", "integer", _("Número de la actividad")),
            _c("report", "integer", _("Número del reporte")),
            _c("look", "integer", _("Número de la mirada")),
            _c("round", "integer", _("Ronda de revisión")),
            _c("role", "integer", _("Número del papel de quien miró")),
            _c("result", "text", _("Lo que concluye: fulfils, partly, does_not")),
            *_both("reason", _("Motivo")),
            _c("pieces", "integer", _("Piezas de evidencia que abrió")),
            _c("pieces_shown", "integer", _("Piezas que muestran lo que dicen")),
            _c("pieces_partly", "integer", _("Piezas que lo muestran en parte")),
            _c("pieces_not_shown", "integer", _("Piezas que no lo muestran")),
            _c("date", "date", _("Fecha")),
            _URL,
        ),
        rows.LOOKS,
    ),
    Table(
        "decisiones",
        "decisions",
        _("Decisiones"),
        _("Un renglón por asunto que se puso a decisión de un órgano, con su resultado dentro de cada lado."),
        (
            _c("decision", "integer", _("Número de la decisión")),
            _c("body", "text", _("Identificador del órgano")),
            _c("session", "integer", _("Número de la sesión")),
            _c("rules_version", "integer", _("Versión de las reglas con que se decidió")),
            *_both("question", _("Pregunta")),
            _c("matter", "text", _("Asunto: commitment, plan, rules, person, other")),
            _c("about", "text", _("Clave de lo que se decide, si está en este portal")),
            _c("method", "text", _("Cómo se decidió: consensus, vote")),
            _c("ballot", "text", _("Votación: recorded (a la vista), secret")),
            _c("state", "text", _("Estado: open, passed, failed, withdrawn")),
            _c("opened_on", "date", _("Fecha en que se abrió")),
            _c("closed_on", "date", _("Fecha en que se cerró")),
            _c("reason", "text", _("Por qué: passed, no_quorum, objected, secrecy, no_majority")),
            *_both("sentence", _("El resultado en una frase")),
            _c("quorum_met", "boolean", _("Si hubo quórum")),
            _c("quorum_present", "integer", _("Asientos que podían votar")),
            _c("quorum_needed", "integer", _("Asientos que hacían falta")),
            *(
                _c(f"{side}_{name}", kind, meaning)
                for side in ("civil", "government")
                for name, kind, meaning in (
                    ("present", "integer", _("Asientos de ese lado que podían votar")),
                    ("voted", "integer", _("Asientos de ese lado que votaron")),
                    ("for", "integer", _("Votos a favor; vacío si contarlos diría quién votó qué")),
                    ("against", "integer", _("Votos en contra; vacío si contarlos diría quién votó qué")),
                    ("abstain", "integer", _("Abstenciones; vacío si contarlas diría quién votó qué")),
                    ("reached", "boolean", _("Si hubo mayoría de ese lado")),
                )
            ),
            _c("objections", "integer", _("Asientos que objetaron el consenso")),
            _URL,
        ),
        rows_secretariat.DECISIONS,
    ),
    Table(
        "votos",
        "ballots",
        _("Votos de los órganos"),
        _("Un renglón por asiento que votó. En las votaciones secretas se publica quién votó y nunca qué."),
        (
            _c("decision", "integer", _("Número de la decisión")),
            _c("body", "text", _("Identificador del órgano")),
            _c("seat", "integer", _("Número del asiento en el órgano")),
            *_both("seat_name", _("Nombre del asiento")),
            _c("sector", "text", _("Sector (lista «sector»)")),
            _c("side", "text", _("Lado: civil, government")),
            _c("cast_by", "text", _("Quién votó por el asiento: head, liaison, alternate")),
            _c("vote", "text", _("Voto: for, against, abstain; vacío si fue secreto")),
            _c("date", "date", _("Fecha")),
            _URL,
        ),
        rows_secretariat.BALLOTS,
    ),
    Table(
        "observaciones",
        "observations",
        _("Observaciones"),
        _("Un renglón por cada cosa que alguien observó, con lo que respondió el Comité."),
        (
            _c("observation", "integer", _("Número de la observación")),
            _COMMITMENT,
            _c("activity", "integer", _("Número de la actividad")),
            _c("evidence", "integer", _("Número de la evidencia")),
            _c("date", "date", _("Fecha en que se recibió")),
            _c("due", "date", _("Último día para responderla")),
            _c("shown", "text", _("Si se ve su texto: shown, held (en revisión), hidden, withdrawn (retirada)")),
            _c("text", "text", _("Lo que vio; vacío si no está a la vista")),
            _c("language", "text", _("Idioma del texto")),
            _c("name", "text", _("Nombre, solo si pidió publicarlo")),
            _c("seen_on", "date", _("Día en que lo vio")),
            _c("place", "text", _("Clave INEGI del municipio")),
            _c("photo_sha256", "text", _("Huella SHA-256 de la foto, si está a la vista")),
            _c("outcome", "text", _("Respuesta: reopens, noted, declined, forwarded")),
            *_both("answer", _("Lo que respondió el Comité")),
            _c("answered_on", "date", _("Fecha de la respuesta")),
            *_both("comment", _("Lo que dijo la institución")),
            _c("commented_on", "date", _("Fecha del comentario")),
            _c("moderated_on", "date", _("Última vez que se ocultó algo de ella")),
            _URL,
        ),
        rows.OBSERVATIONS,
    ),
    Table(
        "textos",
        "texts",
        _("Textos legales"),
        _("Un renglón por versión publicada de una ley, un reglamento u otro texto."),
        (
            _c("text", "text", _("Clave del texto")),
            _c("kind", "text", _("Qué es: law, regulation, rules, agreement, decree, bill, sentence, other")),
            _c("title", "text", _("Título oficial")),
            *_both("plain_title", _("Título en palabras llanas")),
            _c("number", "text", _("Número oficial")),
            _c("version", "integer", _("Número de la versión")),
            _c("name", "text", _("Nombre de la versión")),
            _c("date", "date", _("Desde cuándo se lee así")),
            _c("stage", "text", _("Etapa: initiative, opinion, decree, in_force")),
            _c("compared_with", "integer", _("Versión con la que se compara")),
            _c("articles", "integer", _("Artículos")),
            _c("reworded", "integer", _("Artículos cuyo texto cambió")),
            _c("added", "integer", _("Artículos nuevos")),
            _c("repealed", "integer", _("Artículos derogados o quitados")),
            _c("sha256", "text", _("Huella SHA-256 del texto exacto (JSON)")),
            _URL,
        ),
        rows_legal.VERSIONS,
    ),
    Table(
        "cambios-de-textos",
        "text-changes",
        _("Cambios de los textos legales"),
        _("Un renglón por artículo que no quedó igual entre dos versiones."),
        (
            _c("text", "text", _("Clave del texto")),
            _c("version", "integer", _("Número de la versión")),
            _c("compared_with", "integer", _("Versión con la que se compara")),
            _c(
                "change",
                "text",
                _("Qué cambió: moved, renumbered, reworded, split, merged, added, repealed, removed; pueden ser varios"),
            ),
            _c("before", "text", _("Artículos de antes")),
            _c("after", "text", _("Artículos de ahora")),
            _c("likeness", "integer", _("Parecido de las palabras, de 0 a 100")),
            _URL,
        ),
        rows_legal.CHANGES,
    ),
    Table(
        "instituciones",
        "organisations",
        _("Instituciones"),
        _("Un renglón por institución u organización."),
        (
            _c("organisation", "text", _("Identificador")),
            _c("name", "text", _("Nombre")),
            _c("acronym", "text", _("Siglas")),
            _c("sector", "text", _("Sector (lista «sector»)")),
            _c("branch", "text", _("Poder u orden")),
            _c("dissolved", "boolean", _("Se extinguió")),
            _c("replaced_by", "text", _("Identificador de quien la sucede")),
            _URL,
        ),
        rows.ORGANISATIONS,
    ),
    Table(
        "registro",
        "record",
        _("Registro público"),
        _("Un renglón por acto numerado."),
        (
            _c("act", "integer", _("Número del acto")),
            _c("kind", "text", _("Tipo de acto")),
            _c("object", "text", _("Objeto del acto")),
            _c("revision", "integer", _("Revisión del objeto")),
            _c("at", "text", _("Cuándo se registró (UTC)")),
            _c("leaf", "text", _("Huella de la hoja en el árbol")),
            _URL,
        ),
        rows.ACTS,
    ),
)
BY_NAME = {table.name: table for table in TABLES}
