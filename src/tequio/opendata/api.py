"""The read-only API: the public tables, paged, with ETags; described by OpenAPI."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query, Schema

from tequio.commitments.document.dump import dump
from tequio.commitments.document.schema import schema
from tequio.common.i18n import versions
from tequio.opendata.tables import BY_NAME
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan

api = NinjaAPI(
    title="Tequio",
    version="1",
    description="Public data of open-government Local Action Plans. Read only. Contents under CC BY 4.0.",
    urls_namespace="api",
    docs_url=None,
)
LARGEST_PAGE = 200


class Page(Schema):
    """A page of rows. ``next`` is the address of the following one, or null."""

    count: int
    next: str | None
    results: list[dict[str, Any]]


class Paging(Schema):
    """Which page: ``page`` from 1, ``size`` rows each (at most 200)."""

    page: int = 1
    size: int = 50


def _jurisdiction(slug: str) -> Jurisdiction:
    return get_object_or_404(Jurisdiction, slug=slug)


def _paged(request: HttpRequest, rows: list[dict[str, Any]], paging: Paging) -> dict[str, Any]:
    size = min(max(paging.size, 1), LARGEST_PAGE)
    page = max(paging.page, 1)
    start = (page - 1) * size
    more = f"{request.path}?page={page + 1}&size={size}" if start + size < len(rows) else None
    return {"count": len(rows), "next": more, "results": rows[start : start + size]}


@api.get("/jurisdictions", response=Page, summary="Jurisdictions of this installation")
def jurisdictions(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Every territory with its INEGI code; ``is_practice`` marks invented ones."""
    rows = [
        {
            "slug": row.slug,
            "name": versions(row.name),
            "kind": row.kind,
            "code": row.code or None,
            "is_practice": row.is_practice,
        }
        for row in Jurisdiction.objects.order_by("order", "slug")
    ]
    return _paged(request, rows, paging)


@api.get("/plan.schema.json", summary="JSON Schema of the plan document")
def plan_schema(request: HttpRequest) -> dict[str, Any]:
    """The form in which plans are loaded and exported."""
    return schema()


@api.get("/{slug}/plans/{number}", summary="A whole plan as a document")
def plan(request: HttpRequest, slug: str, number: int) -> dict[str, Any]:
    """A published plan with its commitments, activities, indicators, money and evidence; loads again as it is."""
    jurisdiction = _jurisdiction(slug)
    return dump(get_object_or_404(Plan, jurisdiction=jurisdiction, number=number, status=Plan.Status.PUBLISHED))


@api.get("/{slug}/board", response=Page, summary="The board: commitments with both lights")
def board(request: HttpRequest, slug: str, paging: Query[Paging], plan: int | None = None) -> dict[str, Any]:
    """One row per commitment of a plan (the newest unless ``plan`` says which)."""
    rows = list(BY_NAME["compromisos"].cells(_jurisdiction(slug)))
    wanted = plan if plan is not None else max((row["plan"] for row in rows), default=None)
    return _paged(request, [row for row in rows if row["plan"] == wanted], paging)


NAMES = {
    "plans": "planes",
    "commitments": "compromisos",
    "activities": "actividades",
    "indicators": "indicadores",
    "money": "recursos",
    "evidence": "evidencia",
    "verifications": "verificaciones",
    "organisations": "instituciones",
    "record": "registro",
}


def _add(english: str, spanish: str) -> None:
    table = BY_NAME[spanish]

    def rows(request: HttpRequest, slug: str, paging: Query[Paging]) -> dict[str, Any]:
        return _paged(request, list(table.cells(_jurisdiction(slug))), paging)

    columns = "\n".join(f"- `{column.name}` ({column.kind})" for column in table.columns)
    api.get(f"/{{slug}}/{english}", response=Page, summary=english.capitalize(), operation_id=english, description=columns)(rows)


for _english, _spanish in NAMES.items():
    _add(_english, _spanish)
