"""Legal texts as rows: their versions, and what changed in each."""

from typing import Any

from django.db.models import QuerySet

from tequio.legaltext import queries
from tequio.legaltext.models import Change
from tequio.opendata.parts import Cells, Rows, each, page_url, text_cells
from tequio.places.models import Jurisdiction


def _version(row: Any, jurisdiction: Jurisdiction) -> Cells:
    counts = row.summary.get("counts", {})
    return {
        "text": row.work.code,
        "kind": row.work.kind,
        "title": row.work.title,
        **text_cells("plain_title", row.work.plain_title),
        "number": row.work.number or None,
        "version": row.number,
        "name": row.name or None,
        "date": row.date.isoformat(),
        "stage": row.stage,
        "compared_with": row.supersedes.number if row.supersedes else None,
        "articles": row.articles,
        "reworded": counts.get("reworded", 0),
        "added": counts.get("added", 0),
        "repealed": counts.get("repealed", 0) + counts.get("removed", 0),
        "sha256": row.file_id,
        "url": page_url("legaltext:expression", jurisdiction, code=row.work.code, number=row.number),
    }


def public_changes(jurisdiction: Jurisdiction) -> QuerySet[Change]:
    """What changed in each published version."""
    rows = Change.objects.filter(alignment__new__in=queries.every_version(jurisdiction).values("pk"))
    rows = rows.select_related("alignment__new__work", "alignment__old").prefetch_related("old", "new")
    return rows.order_by("alignment__new__work__code", "alignment__new__number", "order")


def _change(row: Change, jurisdiction: Jurisdiction) -> Cells:
    new, old = row.alignment.new, row.alignment.old
    return {
        "text": new.work.code,
        "version": new.number,
        "compared_with": old.number,
        "change": " ".join((row.kind, *row.also)),
        "before": "; ".join(one.label or one.path for one in row.old.all()) or None,
        "after": "; ".join(one.label or one.path for one in row.new.all()) or None,
        "likeness": row.score,
        "url": page_url("legaltext:compare", jurisdiction, code=new.work.code, number=new.number, other=old.number),
    }


VERSIONS = Rows(queries.every_version, each(_version))
CHANGES = Rows(public_changes, each(_change))
