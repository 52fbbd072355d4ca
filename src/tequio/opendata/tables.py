"""The public tables: one list of columns serves the API, the downloads and the data dictionary."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment, Evidence, Indicator, Money
from tequio.common.i18n import versions
from tequio.monitoring.models import Decision
from tequio.monitoring.queries import Row, rows_of
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.models import Act

Cells = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: its name, kind (``text``, ``integer``, ``decimal``, ``date``, ``boolean``, ``url``) and meaning."""

    name: str
    kind: str
    meaning: str | Promise


@dataclass(frozen=True)
class Table:
    """A public table. ``rows`` gives its rows lazily, of one jurisdiction only."""

    name: str
    title: str | Promise
    meaning: str | Promise
    columns: tuple[Column, ...]
    rows: Callable[[Jurisdiction], Iterator[Cells]]

    def cells(self, jurisdiction: Jurisdiction) -> Iterator[Cells]:
        """The rows with exactly the table's columns, empty where nothing is known."""
        names = [column.name for column in self.columns]
        for row in self.rows(jurisdiction):
            yield {name: row.get(name) for name in names}


def _text(name: str, value: Any) -> Cells:
    found = versions(value)
    return {f"{name}_es": found.get("es"), f"{name}_en": found.get("en")}


def _both(name: str, meaning: Any) -> tuple[Column, Column]:
    return Column(f"{name}_es", "text", meaning), Column(f"{name}_en", "text", meaning)


def _page(name: str, jurisdiction: Jurisdiction, **kwargs: Any) -> str:
    return reverse(name, kwargs={"jurisdiction": jurisdiction.slug, **kwargs})


def _date(value: Any) -> str | None:
    return str(value) if value else None


def _published(model: Any, jurisdiction: Jurisdiction) -> QuerySet[Any]:
    return model.objects.filter(
        commitment__jurisdiction=jurisdiction,
        commitment__status=Commitment.Status.PUBLISHED,
        commitment__plan__status=Plan.Status.PUBLISHED,
    ).select_related("commitment__plan")


def _public_plans(jurisdiction: Jurisdiction) -> QuerySet[Plan]:
    return Plan.objects.filter(jurisdiction=jurisdiction, status=Plan.Status.PUBLISHED).order_by("number")


def _plans(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    for plan in _public_plans(jurisdiction).iterator(chunk_size=200):
        yield {
            "plan": plan.number,
            **_text("title", plan.title),
            "start": _date(plan.start),
            "end": _date(plan.end),
            "submitted_on": _date(plan.submitted_on),
            **_text("summary", plan.summary),
            "url": _page("plans:plan", jurisdiction, number=plan.number),
        }


def board_rows(jurisdiction: Jurisdiction) -> Iterator[Row]:
    """Every commitment of every published plan with where it stands, plan by plan."""
    today = timezone.localdate()
    for plan in _public_plans(jurisdiction):
        yield from rows_of(plan, today)


def _commitments(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    for row in board_rows(jurisdiction):
        c, shares = row.commitment, row.rollup.shares
        level = row.levels[0] if row.levels else {}
        yield {
            "plan": c.plan.number,
            "code": c.code,
            "external_id": c.ogp_id or None,
            **_text("title", c.title),
            "branch": c.branch or None,
            "lead_institution": c.lead.name if c.lead else None,
            "supporting_institutions": "; ".join(link.organisation.name for link in row.supporters) or None,
            "start": _date(c.start),
            "end": _date(c.end),
            **_text("problem", c.problem),
            **_text("action", c.action),
            "ogp_values": "; ".join(value["key"] for value in c.values) or None,
            "policy_areas": "; ".join(c.policy_areas) or None,
            "sector": c.sector or None,
            "sdg_targets": "; ".join(target["code"] for target in c.sdg_targets) or None,
            "completion_low": level.get("low") or None,
            "completion_high": level.get("high") or None,
            "completion_words": level.get("words"),
            "institution_light": row.rollup.institution.colour,
            "citizen_light": row.rollup.citizens.colour,
            "share_verified": shares["verified"] if row.steps else None,
            "share_in_process": shares["in_process"] if row.steps else None,
            "share_no_progress": shares["no_progress"] if row.steps else None,
            "activities": len(row.steps),
            "activities_not_named": row.unnamed,
            "gap": row.rollup.gap,
            "road_map_version": c.roadmap_version or None,
            "url": _page("commitments:commitment", jurisdiction, code=c.code),
        }


def _activities(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    for row in board_rows(jurisdiction):
        for step in row.steps:
            a = step.activity
            yield {
                "plan": row.commitment.plan.number,
                "commitment": row.commitment.code,
                "activity": a.number,
                "order": a.order,
                **_text("title", a.title),
                **_text("expected_output", a.expected_output),
                "start": _date(a.start),
                "promised": _date(a.due),
                "first_promised": _date(a.original_due),
                "due": _date(step.deadline.due),
                "weight": str(a.weight) if a.weight is not None else None,
                "state": step.standing.state,
                "said": step.standing.said or None,
                "institution_light": step.standing.institution.colour,
                "citizen_light": step.standing.citizens.colour,
                "schedule": step.standing.schedule,
                "source_status": a.source_status or None,
                "url": _page("commitments:activity", jurisdiction, number=a.number),
            }


def _indicators(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    rows = _published(Indicator, jurisdiction).prefetch_related("values").order_by("commitment", "number")
    for i in rows.iterator(chunk_size=200):
        last = max(i.values.all(), key=lambda v: (str(v.period), v.number), default=None)
        yield {
            "commitment": i.commitment.code,
            "indicator": i.number,
            **_text("name", i.name),
            **_text("method", i.method),
            "unit": i.unit or None,
            "frequency": i.frequency or None,
            "direction": i.direction or None,
            "baseline": str(i.baseline_value) if i.baseline_value is not None else None,
            "baseline_year": i.baseline_year,
            "target": i.targets[-1]["value"] if i.targets else None,
            "target_period": i.targets[-1]["period"] if i.targets else None,
            "value": str(last.value) if last else None,
            "value_period": _date(last.period) if last else None,
        }


def _money(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    for m in _published(Money, jurisdiction).order_by("commitment", "number").iterator(chunk_size=200):
        yield {
            "commitment": m.commitment.code,
            "line": m.number,
            "fiscal_year": m.fiscal_year,
            "kind": m.kind,
            "earmarked": str(m.earmarked) if m.earmarked is not None else None,
            "released": str(m.released) if m.released is not None else None,
            "spent": str(m.spent) if m.spent is not None else None,
            "currency": m.currency,
            "source": m.source or None,
            "budget_line": m.budget_line or None,
        }


def _evidence(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    rows = _published(Evidence, jurisdiction).filter(personal_data=False).select_related("activity", "blob")
    for e in rows.order_by("commitment", "number").iterator(chunk_size=200):
        yield {
            "commitment": e.commitment.code,
            "evidence": e.number,
            "activity": e.activity.number if e.activity else None,
            **_text("title", e.title),
            "kind": e.kind or None,
            "date": _date(e.date),
            "source": e.source or None,
            "address": e.url or None,
            "sha256": e.blob_id,
            "url": _page("commitments:evidence", jurisdiction, code=e.commitment.code, number=e.number),
        }


def _verifications(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    rows = Decision.objects.filter(
        activity__jurisdiction=jurisdiction, activity__commitment__status=Commitment.Status.PUBLISHED
    ).select_related("activity__commitment")
    for d in rows.order_by("activity", "number").iterator(chunk_size=200):
        yield {
            "commitment": d.activity.commitment.code,
            "activity": d.activity.number,
            "decision": d.number,
            "result": d.result,
            "date": d.on.isoformat(),
            "votes_for": d.votes_for,
            "votes_against": d.votes_against,
            "abstentions": d.abstentions,
            "quorum": d.quorum,
            **_text("reason", d.reason),
            "annulled_on": _date(d.annulled_on),
        }


def _organisations(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    rows = Organisation.objects.filter(jurisdiction=jurisdiction).select_related("replaced_by").order_by("slug")
    for o in rows.iterator(chunk_size=200):
        yield {
            "organisation": o.slug,
            "name": o.name,
            "acronym": o.acronym or None,
            "sector": o.sector or None,
            "branch": o.branch or None,
            "dissolved": o.dissolved,
            "replaced_by": o.replaced_by.slug if o.replaced_by else None,
            "url": _page("people:organisation", jurisdiction, slug=o.slug),
        }


def _acts(jurisdiction: Jurisdiction) -> Iterator[Cells]:
    rows = Act.objects.filter(jurisdiction=jurisdiction.slug, numbered__isnull=False).select_related("numbered")
    for a in rows.order_by("numbered__position").iterator(chunk_size=500):
        yield {
            "act": a.numbered.position,
            "kind": a.kind,
            "object": a.on,
            "revision": a.rev,
            "at": a.at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
            "leaf": a.leaf,
            "url": _page("record:act", jurisdiction, number=a.numbered.position),
        }


def _c(name: str, kind: str, meaning: Any) -> Column:
    return Column(name, kind, meaning)


_URL = _c("url", "url", _("Página en este portal"))
_COMMITMENT = _c("commitment", "text", _("Clave del compromiso"))
_PLAN = _c("plan", "integer", _("Número del plan"))

TABLES: tuple[Table, ...] = (
    Table(
        "planes",
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
        _plans,
    ),
    Table(
        "compromisos",
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
        _commitments,
    ),
    Table(
        "actividades",
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
        _activities,
    ),
    Table(
        "indicadores",
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
        _indicators,
    ),
    Table(
        "recursos",
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
        _money,
    ),
    Table(
        "evidencia",
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
            _c("address", "url", _("Dirección original")),
            _c("sha256", "text", _("Huella SHA-256 del archivo")),
            _URL,
        ),
        _evidence,
    ),
    Table(
        "verificaciones",
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
        _verifications,
    ),
    Table(
        "instituciones",
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
        _organisations,
    ),
    Table(
        "registro",
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
        _acts,
    ),
)
BY_NAME = {table.name: table for table in TABLES}
