"""The read-only API: the public tables, paged, with ETags (the page cache gives them); described by OpenAPI.

Open to scripts of any site (CORS): there is nothing here that is not public, and no answer depends on who asks.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError
from pydantic import create_model

from tequio.commitments.document.schema import schema
from tequio.common.i18n import versions
from tequio.monitoring.past import readable_day
from tequio.monitoring.rows import Row
from tequio.numbers.figures import health
from tequio.numbers.panels import panels
from tequio.opendata.documents import public_document
from tequio.opendata.parts import Cells
from tequio.opendata.rows import COMMITMENTS, activity_cells, commitment_cells, public_plans, rows_at
from tequio.opendata.tables import BY_NAME, TABLES, Column, Table
from tequio.places.models import Jurisdiction

LARGEST_PAGE = 200
LARGEST_NUMBER = 1_000_000
SLUG = re.compile(r"[a-zA-Z0-9_-]{1,60}")
KINDS: dict[str, Any] = {"integer": int, "boolean": bool}  # the others are text; decimals too, so that nothing is lost


class OpenAPI(NinjaAPI):
    """Every answer may be read by scripts of any site."""

    def create_response(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(*args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


api = OpenAPI(
    title="Tequio",
    version="1",
    description=(
        "Public data of open-government Local Action Plans. Read only, without a key. Contents under CC BY 4.0. "
        "Send an answer's ETag back as If-None-Match: 304 means that nothing has changed."
    ),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)


class Problem(Schema):
    """Why there is no answer."""

    detail: Any


class Paging(Schema):
    """Which page."""

    page: int = Field(1, ge=1, le=LARGEST_NUMBER, description="From 1")
    size: int = Field(50, ge=1, le=LARGEST_PAGE, description="Rows in a page")


class Place(Schema):
    """A territory with plans of its own."""

    slug: str
    name: dict[str, str]
    kind: str
    code: str | None
    is_practice: bool


Slug = Annotated[str, Path(description="A jurisdiction's slug, from /jurisdictions")]
PROBLEMS: dict[Any, Any] = {404: Problem, 422: Problem}


def _jurisdiction(slug: str) -> Jurisdiction:
    if not SLUG.fullmatch(slug):
        raise Http404
    found = get_object_or_404(Jurisdiction, slug=slug)
    timezone.activate(found.time_zone)  # its own "today"; the middleware ends it
    return found


def _page_of(row: type[Schema], name: str) -> type[Schema]:
    """The answer with a page of such rows."""
    return create_model(
        name,
        __base__=Schema,
        count=(int, Field(description="Rows in all pages")),
        next=(str | None, Field(description="Address of the following page")),
        results=(list[row], ...),  # type: ignore[valid-type]
    )


def _row_of(table: Table) -> type[Schema]:
    """A table's row, each column with its meaning in Spanish, the language of the data."""

    def column(of: Column) -> Any:
        return (KINDS.get(of.kind, str) | None, Field(description=str(of.meaning)))

    with translation.override("es"):
        columns = {of.name: column(of) for of in table.columns}
    return create_model(f"{table.api.capitalize()}Row", __base__=Schema, **columns)


def _paged(request: HttpRequest, count: int, results: list[dict[str, Any]], paging: Paging) -> dict[str, Any]:
    values = {**request.GET.dict(), "page": paging.page + 1, "size": paging.size}
    more = f"{request.path}?{urlencode(values)}" if paging.page * paging.size < count else None
    return {"count": count, "next": more, "results": results}


def _span(paging: Paging) -> tuple[int, int]:
    return (paging.page - 1) * paging.size, paging.page * paging.size


@api.get("/openapi.json", include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:
    """This API in OpenAPI 3.1."""
    return api.get_openapi_schema(path_prefix="/api/v1/")


@api.get(
    "/jurisdictions",
    response={200: _page_of(Place, "Jurisdictions"), 422: Problem},
    summary="Jurisdictions of this installation",
    operation_id="jurisdictions",
)
def jurisdictions(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Every territory with its INEGI code; ``is_practice`` marks invented ones."""
    start, stop = _span(paging)
    every = Jurisdiction.objects.order_by("order", "slug")
    rows = [
        {
            "slug": row.slug,
            "name": versions(row.name),
            "kind": row.kind,
            "code": row.code or None,
            "is_practice": row.is_practice,
        }
        for row in every[start:stop]
    ]
    return _paged(request, every.count(), rows, paging)


@api.get(
    "/plan.schema.json", summary="JSON Schema of the plan document", operation_id="plan_schema", response=dict[str, Any]
)
def plan_schema(request: HttpRequest) -> dict[str, Any]:
    """The form in which plans are loaded and exported."""
    return schema()


@api.get(
    "/{slug}/plans/{number}",
    summary="A whole plan as a document",
    operation_id="plan",
    response={200: dict[str, Any], **PROBLEMS},
)
def plan(request: HttpRequest, slug: Slug, number: Annotated[int, Path(ge=0, le=LARGEST_NUMBER)]) -> dict[str, Any]:
    """A published plan with its commitments, activities, indicators, money and evidence; loads again as it is."""
    return public_document(get_object_or_404(public_plans(_jurisdiction(slug)), number=number))


# Schemathesis and readers of the description learn the form from it; whether the day can be answered, ``_day`` says.
AsOf = Annotated[
    str | None,
    Query(
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description=(
            "A past day (YYYY-MM-DD): the rows as the public record had them at its end, in the territory's time zone. "
            "For days before a plan's record began: what was loaded later says of them. Today without it"
        ),
    ),
]


def _day(as_of: str) -> dt.date:
    """The day asked for; 422 in words for one that does not exist or has not come yet."""
    try:
        return readable_day(as_of)
    except ValidationError as error:
        raise HttpError(422, error.messages[0]) from None


_commitments = BY_NAME["compromisos"]


@api.get(
    "/{slug}/board",
    response={200: _page_of(_row_of(_commitments), "Board"), **PROBLEMS},
    summary="The board: commitments with both lights",
    operation_id="board",
)
def board(
    request: HttpRequest,
    slug: Slug,
    paging: Query[Paging],
    plan: int | None = Query(None, ge=0, le=LARGEST_NUMBER, description="Number of the plan; the newest without it"),
    as_of: AsOf = None,
) -> dict[str, Any]:
    """One row per commitment of a plan, as on the page of the board, today or on a past day."""
    here = _jurisdiction(slug)
    plans = public_plans(here)
    wanted = plans.filter(number=plan).first() if plan is not None else plans.last()
    if wanted is None and plan is not None:
        raise Http404
    if as_of is not None:
        found = rows_at(here, _day(as_of), wanted.number) if wanted else []
        return _paged_past(request, _commitments, [commitment_cells(row, here) for row in found], paging)
    every = COMMITMENTS.query(here).filter(plan=wanted)
    start, stop = _span(paging)
    rows = [_commitments.exactly(row) for row in COMMITMENTS.cells(list(every[start:stop]), here)]
    return _paged(request, every.count(), rows, paging)


class Figure(Schema):
    """A figure of the programme's health: a sentence, and the table behind it."""

    key: str
    title: str
    sentence: str
    columns: list[str] = Field(description="Headings of the table, in Spanish")
    rows: list[list[str | int]] = Field(description="The words first, then counts")
    empty: str = Field(description="Why there is nothing to count; empty where there is")


class Figures(Schema):
    """All figures of a plan."""

    plan: int | None
    figures: list[Figure]


@api.get(
    "/{slug}/numbers",
    response={200: Figures, **PROBLEMS},
    summary="The programme's health in numbers",
    operation_id="numbers",
)
def numbers(
    request: HttpRequest,
    slug: Slug,
    plan: int | None = Query(None, ge=0, le=LARGEST_NUMBER, description="Number of the plan; the newest without it"),
) -> dict[str, Any]:
    """Counts of a plan as on the page of numbers: both lights, waits, answers, dates, evidence, institutions."""
    plans = public_plans(_jurisdiction(slug)).select_related("jurisdiction")
    wanted = plans.filter(number=plan).first() if plan is not None else plans.last()
    if wanted is None and plan is not None:
        raise Http404
    if wanted is None:
        return {"plan": None, "figures": []}
    with translation.override("es"):
        found = [
            {
                "key": panel.key,
                "title": panel.title,
                "sentence": panel.sentence,
                "columns": list(panel.heads),
                "rows": [list(row) for row in panel.rows],
                "empty": panel.empty,
            }
            for panel in panels(health(wanted))
        ]
    return {"plan": wanted.number, "figures": found}


def _paged_past(request: HttpRequest, table: Table, rows: list[Cells], paging: Paging) -> dict[str, Any]:
    start, stop = _span(paging)
    return _paged(request, len(rows), [table.exactly(row) for row in rows[start:stop]], paging)


# The tables that can be rebuilt for a past day, from the rows of its boards.
PAST: dict[str, Callable[[list[Row], Jurisdiction], list[Cells]]] = {
    "commitments": lambda rows, here: [commitment_cells(row, here) for row in rows],
    "activities": lambda rows, here: [activity_cells(step, here) for row in rows for step in row.steps],
}


def _add(table: Table) -> None:
    def rows(request: HttpRequest, slug: Slug, paging: Query[Paging]) -> dict[str, Any]:
        here = _jurisdiction(slug)
        return _paged(request, table.count(here), table.part(here, *_span(paging)), paging)

    if table.api in PAST:
        rows = _with_past(table, rows)
    with translation.override("es"):
        meaning = str(table.meaning)
    answer = {200: _page_of(_row_of(table), table.api.capitalize()), **PROBLEMS}
    name = table.api
    api.get(f"/{{slug}}/{name}", response=answer, summary=name.capitalize(), operation_id=name, description=meaning)(
        rows
    )


def _with_past(table: Table, today: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The table's view, with a past day if one is asked for."""

    def rows(request: HttpRequest, slug: Slug, paging: Query[Paging], as_of: AsOf = None) -> dict[str, Any]:
        if as_of is None:
            return today(request, slug, paging)
        here = _jurisdiction(slug)
        return _paged_past(request, table, PAST[table.api](rows_at(here, _day(as_of)), here), paging)

    return rows


for _table in TABLES:
    _add(_table)
