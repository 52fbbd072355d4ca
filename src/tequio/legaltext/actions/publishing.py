"""A version becomes public, and from then on never changes."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.documents.actions import store
from tequio.legaltext import queries, references
from tequio.legaltext.actions.anchoring import move_anchors
from tequio.legaltext.align import METHOD, Aligned
from tequio.legaltext.labels import plain
from tequio.legaltext.models import Alignment, Change, Expression, Import, Lineage, Note, Provision, Reference, Work
from tequio.legaltext.stored import canonical, unpack
from tequio.legaltext.tree import UNITS, Document, Node, walk
from tequio.people.models import Role
from tequio.record.append import Actor, act

BATCH = 500
MOST_JOINS = 300  # splits and merges that the act of publication names one by one


def missing_for(draft: Import, document: Document | None = None, aligned: Aligned | None = None) -> list[str]:
    """What keeps a draft from being published, a sentence each."""
    document = document or unpack(draft.tree)
    serious = [q for q in queries.questions(draft, document) if q.doubt.severity == "serious" and not q.settled]
    found = []
    if serious:
        words = ngettext(
            "Queda %(n)s duda grave de la estructura por resolver.",
            "Quedan %(n)s dudas graves de la estructura por resolver.",
            len(serious),
        )
        found.append(words % {"n": len(serious)})
    aligned = aligned if aligned is not None else queries.alignment_of(draft, document)
    if aligned.questions:
        words = ngettext(
            "Queda %(n)s pregunta sobre qué artículo viene de cuál.",
            "Quedan %(n)s preguntas sobre qué artículo viene de cuál.",
            len(aligned.questions),
        )
        found.append(words % {"n": len(aligned.questions)})
    earlier = draft.expression.supersedes
    if earlier is not None and not earlier.is_public():
        found.append(_("La versión con la que se compara todavía no está publicada."))
    return found


@transaction.atomic
def publish(
    *, expression: Expression, by: Actor, role: Role | None = None, on: dt.date | None = None, seen: int | None = None
) -> Expression:
    """Publishes a draft: its provisions get their lasting identity, its exact bytes their fingerprint in the record.

    Raises ``ValidationError`` while a serious doubt or a question stands open, or when somebody changed the draft after
    ``seen``.
    """
    draft = Import.objects.select_for_update().get(expression=expression)
    expression = Expression.objects.select_related("work__jurisdiction", "supersedes__work__jurisdiction").get(
        pk=expression.pk
    )
    draft.expression = expression
    if expression.is_public():
        raise ValidationError(_("Esta versión ya está publicada."))
    if seen is not None and seen != draft.revision:
        raise ValidationError(_("El borrador cambió mientras lo veías. Míralo otra vez antes de publicarlo."))
    document = unpack(draft.tree)
    aligned = queries.alignment_of(draft, document)
    faults = missing_for(draft, document, aligned)
    if faults:
        raise ValidationError(faults)
    work, today = expression.work, on or timezone.localdate()
    if work.published_on is None:
        with act("work.published", work, by=by, done=on):
            work.published_on = today
    lineages = name_lineages(expression, document, aligned.carries)
    content = canonical(document, lineages)
    if not 0 < len(content) <= 64 * 1024 * 1024:
        raise ValidationError(_("El texto es demasiado grande."))
    with act("expression.published", expression, by=by, done=on):
        expression.file = store(content=content, media_type="application/json")
        expression.status, expression.published_on = Expression.Status.PUBLISHED, today
        expression.articles = sum(1 for node in walk(document.nodes) if node.kind == "articulo")
        expression.provisions_count = sum(1 for _node in walk(document.nodes))
        expression.summary = summary_of(aligned)
    materialise(expression, document, lineages)
    if expression.supersedes is not None:
        keep_changes(expression, aligned, role)
        move_anchors(expression=expression)
    return expression


def name_lineages(expression: Expression, document: Document, carries: Mapping[str, str]) -> dict[str, str]:
    """The lasting name of each provision by its place: the one that it carries on, or a new one."""
    earlier: dict[str, str] = {}
    if expression.supersedes is not None:
        _document, earlier = queries.document_and_lineages(expression.supersedes)
    taken = set(Lineage.objects.filter(work=expression.work).values_list("key", flat=True))
    first = not taken
    found: dict[str, str] = {}
    for node in walk(document.nodes):
        old = carries.get(node.eid)
        if old is not None and old in earlier:
            found[node.eid] = earlier[old]
            continue
        name = node.eid if first else f"{node.eid}-v{expression.number}"
        found[node.eid] = name
    return found


def summary_of(aligned: Aligned) -> dict[str, object]:
    """How many changes of each kind, and the splits and merges, for the act and for lists."""
    counts: dict[str, int] = {}
    for change in aligned.changes:
        for kind in (change.kind, *change.also):
            counts[kind] = counts.get(kind, 0) + 1
    joined = [
        {"kind": change.kind, "old": list(change.old), "new": list(change.new)}
        for change in aligned.changes
        if change.kind in ("split", "merged")
    ][:MOST_JOINS]
    return {key: value for key, value in (("counts", counts), ("joined", joined)) if value}


def materialise(expression: Expression, document: Document, lineages: Mapping[str, str]) -> None:
    """Writes the rows of a version: lineages that are new, provisions, remarks, references."""
    work = expression.work
    known = dict(Lineage.objects.filter(work=work).values_list("key", "pk"))
    fresh = [key for key in dict.fromkeys(lineages.values()) if key not in known]
    made = Lineage.objects.bulk_create(
        [Lineage(work=work, key=key, began=expression) for key in fresh], batch_size=BATCH
    )
    known |= {row.key: row.pk for row in made}
    rows: dict[str, Provision] = {}
    nodes: list[Node] = []
    level: list[list[Provision]] = []
    for order, (node, above, unit) in enumerate(_with_unit(document.nodes)):
        row = Provision(
            expression=expression,
            order=order,
            parent=rows[above[-1].eid] if above else None,
            depth=len(above),
            path=node.eid,
            unit=unit,
            kind=node.kind,
            label=node.label,
            number_key=node.number_key,
            heading=node.heading,
            text=node.text,
            state=node.state,
            lineage_id=known[lineages[node.eid]],
            hash=hashlib.sha256(f"{node.heading}\n{node.text}".encode()).hexdigest(),
            start=node.span.start,
            end=node.span.end,
        )
        rows[node.eid] = row
        nodes.append(node)
        while len(level) <= len(above):
            level.append([])
        level[len(above)].append(row)
    for siblings in level:  # a parent has its key before its children are written
        for row in siblings:
            row.parent = row.parent
        Provision.objects.bulk_create(siblings, batch_size=BATCH)
    Note.objects.bulk_create(
        [
            Note(
                provision=rows[node.eid], order=n, kind=note.kind, text=note.text, date=note.date, gazette=note.gazette
            )
            for node in nodes
            for n, note in enumerate(node.notes)
        ],
        batch_size=BATCH,
    )
    _refer(work, nodes, rows)


def _with_unit(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...], str]]:
    """Every node with those above it and the path of the unit that it is part of."""

    def inside(
        row: tuple[Node, ...], above: tuple[Node, ...], unit: str
    ) -> Iterator[tuple[Node, tuple[Node, ...], str]]:
        for node in row:
            mine = node.eid if node.kind in UNITS else unit
            yield node, above, mine
            yield from inside(node.children, (*above, node), mine)

    yield from inside(nodes, (), "")


def _refer(work: Work, nodes: list[Node], rows: Mapping[str, Provision]) -> None:
    """Notes where a provision names another article, or another text of the jurisdiction by its official title."""
    books = {_flat(row.title): row.pk for row in Work.objects.filter(jurisdiction=work.jurisdiction_id)}
    articles = {node.number_key: rows[node.eid].lineage_id for node in reversed(nodes) if node.kind == "articulo"}
    Reference.objects.bulk_create(
        [
            Reference(
                provision=rows[node.eid],
                start=found.start,
                end=found.end,
                words=node.text[found.start : found.end][:300],
                work_id=book,
                lineage_id=articles.get(found.article) if book == work.pk else None,
            )
            for node in nodes
            for found in references.find(node.text)
            if (book := books.get(_flat(found.law)) if found.law else work.pk)
            and (book != work.pk or found.article in articles)
        ],
        batch_size=BATCH,
    )


def _flat(title: str) -> str:
    return plain(" ".join(title.split()))


def keep_changes(expression: Expression, aligned: Aligned, role: Role | None) -> None:
    """Writes what changed against the version superseded."""
    earlier = expression.supersedes
    if earlier is None:
        return
    alignment = Alignment.objects.create(old=earlier, new=expression, method=METHOD)
    rows = Change.objects.bulk_create(
        [
            Change(
                alignment=alignment,
                order=order,
                kind=change.kind,
                also=list(change.also),
                score=change.score,
                decided_by=role if change.decided else None,
            )
            for order, change in enumerate(aligned.changes)
        ],
        batch_size=BATCH,
    )
    _join(Change.old.through, rows, [change.old for change in aligned.changes], earlier)
    _join(Change.new.through, rows, [change.new for change in aligned.changes], expression)


def _join(through: Any, rows: list[Change], paths: list[tuple[str, ...]], version: Expression) -> None:
    """Writes which provisions of a version each change is about."""
    known = dict(Provision.objects.filter(expression=version, path=F("unit")).values_list("path", "pk"))
    through.objects.bulk_create(
        [
            through(change_id=row.pk, provision_id=known[path])
            for row, mine in zip(rows, paths, strict=True)
            for path in mine
        ],
        batch_size=BATCH,
    )
