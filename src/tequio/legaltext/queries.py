"""Reads about legal texts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Q, QuerySet

from tequio.common.difference import Piece
from tequio.legaltext import anchors, readability
from tequio.legaltext.align import Aligned, Changed, Verdict, align, changes_between
from tequio.legaltext.compare import by_place
from tequio.legaltext.models import Anchor, Change, Expression, Import, Note, Provision, Reference, Work
from tequio.legaltext.stored import read_canonical, unpack
from tequio.legaltext.tree import Document, Doubt, Node, Span, all_doubts
from tequio.legaltext.tree import Note as TreeNote
from tequio.legaltext.worddiff import compare
from tequio.places.models import Jurisdiction

PUBLISHED = Expression.Status.PUBLISHED


def public_works(jurisdiction: Jurisdiction) -> "QuerySet[Work]":
    """Texts with a published version, by title, each with how many and the date of the newest (``versions``, ``latest``)."""
    published = Q(expressions__status=PUBLISHED)
    return (
        Work.public_rows()
        .filter(jurisdiction=jurisdiction)
        .annotate(versions=Count("expressions", filter=published), latest=Max("expressions__date", filter=published))
        .order_by("title", "code")
    )


def every_work(jurisdiction: Jurisdiction) -> "QuerySet[Work]":
    """All texts, those too of which nothing is public yet, the newest first."""
    drafts = Q(expressions__status=Expression.Status.DRAFT)
    return (
        Work.objects.filter(jurisdiction=jurisdiction)
        .select_related("jurisdiction")
        .annotate(
            versions=Count("expressions", filter=Q(expressions__status=PUBLISHED)),
            drafts=Count("expressions", filter=drafts),
        )
        .order_by("-pk")
    )


def versions(work: Work) -> "QuerySet[Expression]":
    """The published versions of a text, newest first."""
    return Expression.public_rows().filter(work=work).order_by("-date", "-number")


def every_version(jurisdiction: Jurisdiction) -> "QuerySet[Expression]":
    """All published versions of a jurisdiction's texts."""
    return Expression.public_rows().filter(work__jurisdiction=jurisdiction).order_by("work__code", "number")


def at(work: Work, day: dt.date) -> Expression | None:
    """The text in force on a day: the newest published version of that stage dated by then. None before the first one."""
    return versions(work).filter(stage=Expression.Stage.IN_FORCE, date__lte=day).first()


def next_version(expression: Expression) -> Expression | None:
    """The version that carries this one on, if one is published."""
    return Expression.public_rows().filter(supersedes=expression).order_by("-date", "-number").first()


class Head(NamedTuple):
    """A chapter, block or unit without its words, for tables of contents."""

    pk: int
    order: int
    parent_id: int | None
    depth: int
    path: str
    unit: str
    kind: str
    label: str
    heading: str


def outline(expression: Expression) -> list[Head]:
    """Chapters and articles alone, in order: no words of the text are read."""
    rows = Provision.objects.filter(expression=expression).filter(Q(unit="") | Q(unit=F("path")))
    rows = rows.exclude(kind__in=("parrafo", "table", "figure")).order_by("order")
    return [Head(*row) for row in rows.values_list(*Head._fields)]


class Cited(NamedTuple):
    """A reference in a provision's words: what it names, and the code of the text it names if that one is public."""

    provision: int
    start: int
    end: int
    lineage: int | None
    work: int | None
    code: str
    published_on: dt.date | None


@dataclass(frozen=True)
class Part:
    """Provisions in order, with their remarks and references by provision. Plain rows: a long page would spend half its time
    on making objects of them."""

    rows: list[Provision]
    notes: Mapping[int, list[str]]
    cited: Mapping[int, list[Cited]]


def part(expression: Expression, start: int, stop: int | None) -> Part:
    """The provisions from one order up to another (three queries)."""
    rows = Provision.objects.filter(expression=expression, order__gte=start)
    return _part(rows if stop is None else rows.filter(order__lt=stop))


def unit_part(unit: Provision) -> Part:
    """A unit with everything in it (three queries)."""
    return _part(Provision.objects.filter(expression=unit.expression_id, unit=unit.path))


def _part(found: "QuerySet[Provision]") -> Part:
    notes: dict[int, list[str]] = {}
    for row in Note.objects.filter(provision__in=found.order_by()).values_list("provision", "text"):
        notes.setdefault(row[0], []).append(row[1])
    cited: dict[int, list[Cited]] = {}
    columns = ("provision", "start", "end", "lineage", "work", "work__code", "work__published_on")
    for values in Reference.objects.filter(provision__in=found.order_by()).values_list(*columns):
        one = Cited(*values)
        cited.setdefault(one.provision, []).append(one)
    return Part(list(found.order_by("order")), notes, cited)


def as_document(part: Part, profile: str = "law", title: str = "") -> Document:
    """Rows of one version as the document they are."""
    known = {row.pk for row in part.rows}
    children: dict[int | None, list[Provision]] = {}
    for row in part.rows:
        children.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def node(row: Provision) -> Node:
        return Node(
            kind=row.kind,
            label=row.label,
            number_key=row.number_key,
            heading=row.heading,
            text=row.text,
            state="repealed" if row.state == "repealed" else "in_force",
            span=Span(row.start, row.end),
            eid=row.path,
            notes=tuple(TreeNote(text, Span(0, 0)) for text in part.notes.get(row.pk, ())),
            children=tuple(node(child) for child in children.get(row.pk, ())),
        )

    return Document(profile, title, tuple(node(row) for row in children.get(None, ())))


@lru_cache(maxsize=8)
def _read(sha256: str, path: str) -> tuple[Document, dict[str, str]]:
    return read_canonical(Path(path).read_bytes())


def document_and_lineages(expression: Expression) -> tuple[Document, dict[str, str]]:
    """A published version as a document, and each provision's lasting name by its place."""
    file = expression.file
    if file is None:
        raise LookupError(f"{expression.subject_key()} is not published")
    return _read(file.sha256, str(file.path))


def document_of(expression: Expression) -> Document:
    """A version as a document: the published one, or the draft as it stands."""
    if expression.is_public():
        return document_and_lineages(expression)[0]
    return unpack(Import.objects.values_list("tree", flat=True).get(expression=expression))


def content_of(expression: Expression) -> Any:
    """What tells the words and structure of a version from those of any other: its digest, or a draft's tree."""
    if expression.is_public() and expression.file:
        return expression.file.sha256
    return Import.objects.values_list("tree", flat=True).get(expression=expression)


class Question(NamedTuple):
    """A doubt about the structure: its key, how it weighs, where it is, and whether a person settled it."""

    key: str
    doubt: Doubt
    node: Node | None
    settled: bool


def questions(draft: Import, document: Document | None = None) -> list[Question]:
    """The doubts of a draft, open serious ones first, then open ones, then the settled."""
    known = {row["key"] for row in draft.settled}
    found = []
    seen: dict[str, int] = {}
    for doubt, node in all_doubts(document or unpack(draft.tree)):
        key = f"{doubt.code}.{doubt.span.start}.{doubt.span.end}"
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key = f"{key}.{seen[key]}"
        found.append(Question(key, doubt, node, key in known))
    return sorted(found, key=lambda q: (q.settled, q.doubt.severity != "serious", q.doubt.span))


def verdicts_of(draft: Import) -> dict[str, Verdict]:
    """What people answered on this draft, as the alignment wants it."""
    return {path: Verdict(said["kind"], tuple(said["old"])) for path, said in draft.verdicts.items()}


def alignment_of(draft: Import, document: Document) -> Aligned:
    """How a draft carries on the version that it supersedes; nothing where it is the first."""
    earlier = draft.expression.supersedes
    if earlier is None:
        return Aligned()
    return align(document_of(earlier), document, verdicts_of(draft))


def carried(old: Expression, new: Expression) -> dict[str, str]:
    """Which place of the old version each place of the new one carries on, by lineage; both are of one work."""
    _one, before = document_and_lineages(old)
    _two, after = document_and_lineages(new)
    by_lineage = {lineage: eid for eid, lineage in before.items()}
    return {eid: by_lineage[lineage] for eid, lineage in after.items() if lineage in by_lineage}


def changes_of(expression: Expression) -> "QuerySet[Change]":
    """What changed in a version against the one before it."""
    return Change.objects.filter(alignment__new=expression).prefetch_related("old", "new").order_by("order")


def as_changed(change: Change) -> Changed:
    """A stored change as the comparison wants it."""
    return Changed(
        kind=change.kind,
        old=tuple(row.path for row in sorted(change.old.all(), key=lambda row: row.order)),
        new=tuple(row.path for row in sorted(change.new.all(), key=lambda row: row.order)),
        also=tuple(change.also),
        score=change.score,
        decided=change.decided_by_id is not None,
    )


class Spot(NamedTuple):
    """Where an anchor stands in a version: the provision (None when it is gone), ``state``, the passage's characters in the
    provision's text, and the wording that the anchor was made on."""

    provision: Provision | None
    state: str
    start: int
    end: int
    before: str


def places(rows: Sequence[Anchor], expression: Expression) -> list[Spot]:
    """Where each anchor stands in ``expression``, in four queries however many there are. What went into another provision
    by a split or a merge is looked for there; a look-alike is never more than doubtful."""
    lineages = {row.lineage_id for row in rows}
    here = {p.lineage_id: p for p in Provision.objects.filter(expression=expression, lineage__in=lineages)}
    made_on = {row.expression_id for row in rows}
    before = {
        (p.expression_id, p.lineage_id): p.text
        for p in Provision.objects.filter(expression__in=made_on, lineage__in=lineages)
    }
    kin = _kin(lineages, expression)
    found = []
    for row in rows:
        old = before.get((row.expression_id, row.lineage_id), "")
        chosen = anchors.Selectors(row.quote, row.prefix, row.suffix, row.start or 0)
        mine = here.get(row.lineage_id)
        place = anchors.place(chosen, old, mine.text) if mine else anchors.Place(anchors.GONE, 0, 0)
        if place.state != anchors.HERE:
            for other in kin.get(row.lineage_id, ()):
                spot = anchors.elsewhere(chosen, other.text) if row.quote else anchors.Place(anchors.DOUBTFUL, 0, 0)
                if spot.state == anchors.HERE or place.state == anchors.GONE:
                    mine, place = (other, spot) if spot.state != anchors.GONE else (mine, place)
        if mine is not None and place.state == anchors.HERE and mine.state == "repealed" and old != mine.text:
            place = place._replace(state=anchors.GONE)
        found.append(Spot(mine, place.state, place.start, place.end, old))
    return found


def _kin(lineages: set[int], expression: Expression) -> dict[int, list[Provision]]:
    """The provisions of a version that hold words of others since a split or a merge, by lineage."""
    joined = Change.objects.filter(
        kind__in=(Change.Kind.SPLIT, Change.Kind.MERGED),
        alignment__new__work=expression.work_id,
        old__lineage__in=lineages,
    )
    pairs = list(joined.values_list("old__lineage_id", "new__lineage_id").distinct())
    heirs = {heir for _old, heir in pairs}
    rows = (
        {p.lineage_id: p for p in Provision.objects.filter(expression=expression, lineage__in=heirs)} if heirs else {}
    )
    found: dict[int, list[Provision]] = {}
    for old, heir in pairs:
        if old in lineages and heir in rows and old != heir:
            found.setdefault(old, []).append(rows[heir])
    return found


def reworded(expression: Expression) -> list[tuple[Provision | None, Provision]]:
    """Each provision whose words are not those of the version before, with what it was there (None for a new one)."""
    if expression.supersedes_id is None:
        return []
    before = Provision.objects.filter(expression=expression.supersedes_id)
    known = set(before.values_list("lineage_id", "hash"))
    mine = Provision.objects.filter(expression=expression)
    changed = [pk for pk, *pair in mine.values_list("pk", "lineage_id", "hash") if tuple(pair) not in known]
    new = list(mine.filter(pk__in=changed).order_by("order"))
    old = {row.lineage_id: row for row in before.filter(lineage__in=[row.lineage_id for row in new])}
    return [(old.get(row.lineage_id), row) for row in new]


class Past(NamedTuple):
    """A unit as it read in a version; ``pieces`` is the difference with the version before, empty where nothing changed."""

    row: Provision
    pieces: list[Piece]
    is_first: bool


def history(unit: Provision) -> list[Past]:
    """A unit in every published version, newest first (two queries)."""
    rows = list(
        Provision.objects.filter(lineage=unit.lineage_id, expression__status=PUBLISHED)
        .select_related("expression__work__jurisdiction")
        .order_by("expression__date", "expression__number")
    )
    wanted = Q(pk=None)
    for row in rows:
        wanted |= Q(expression=row.expression_id, unit=row.path)
    texts: dict[int, list[str]] = {}
    for part in Provision.objects.filter(wanted).order_by("order"):
        lines = texts.setdefault(part.expression_id, [])
        own = [part.label if part.path != part.unit else "", part.heading, part.text]
        lines.append(" ".join(word for word in own if word))
    found, last = [], ""
    for place, row in enumerate(rows):
        text = "\n".join(texts.get(row.expression_id, []))
        pieces = compare(last, text) if place and text != last else []
        found.append(Past(row, pieces, place == 0))
        last = text
    return found[::-1]


def named_in(unit: Provision) -> list[Provision]:
    """The units of the same version that name this one."""
    rows = Reference.objects.filter(lineage=unit.lineage_id, provision__expression=unit.expression_id)
    paths = set(rows.values_list("provision__unit", flat=True)) - {unit.path, ""}
    return list(Provision.objects.filter(expression=unit.expression_id, path__in=paths).order_by("order"))


class Figure(NamedTuple):
    """A figure of readability: the formula, and what it gives."""

    formula: readability.Formula
    value: float


class Figures(NamedTuple):
    """How hard a text is to read; without ``rows`` it is too short to say."""

    counts: readability.Counts
    rows: list[Figure]
    band: str


def figures_of(rows: Sequence[Provision]) -> Figures:
    """The published formulas on a unit's words."""
    counts = readability.count("\n".join(part for row in rows for part in (row.heading, row.text) if part))
    scores = readability.scores(counts)
    listed = [Figure(f, round(scores[f.key], 1)) for f in readability.FORMULAS if f.key in scores]
    return Figures(counts, listed, str(readability.band(scores["inflesz"])) if scores else "")


class Told(NamedTuple):
    """A comparison: which units changed, the units of both sides by place, and what carries on what."""

    changes: list[Changed]
    old: dict[str, Node]
    new: dict[str, Node]
    carries: dict[str, str]


def told(old: Expression, new: Expression) -> Told:
    """What is not the same in ``new``, compared with ``old``: stored where ``new`` supersedes ``old``, else by lineage."""
    before, after = document_of(old), document_of(new)
    carries = carried(old, new)
    if new.supersedes_id == old.pk:
        changes = [as_changed(change) for change in changes_of(new)]
    else:
        changes = changes_between(before, after, carries)
    return Told(changes, by_place(before.nodes), by_place(after.nodes), carries)
