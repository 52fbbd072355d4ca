"""Which provision of one version became which of the next. Needs no database.

The rules, in this order (``docs/decisions/0029`` says why):

1. same place and same words: the same;
2. same words elsewhere, if they are long enough and occur once: moved or renumbered;
3. very alike words (``SURE``) by optimal assignment over likely candidates: reworded, moved, renumbered;
4. what stands between two neighbours that are paired and has the same label, or the same position where the numbers
   shifted: reworded, whatever the likeness; below ``ASK`` a person is asked;
5. the rest by optimal assignment: from ``ASK`` to ``SURE`` a person is asked;
6. two new ones that cover an old one: split; the reverse: merged;
7. then the parts inside each pair: what has a number by its label, loose paragraphs by their words, never by position.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tequio.legaltext.pairing import Entry, Pairing, out_of_line, pair_all
from tequio.legaltext.tree import BLOCKS, CONTAINERS, ITEMS, LEAVES, UNITS, Document, Node, walk

METHOD = "lineage-1"
SURE, ASK = 0.75, 0.55
COVER = 0.8  # of the words, for a split or a merge
HALF = 0.1  # least part of the words that a piece of a split holds


@dataclass(frozen=True)
class Verdict:
    """A person's answer on new provision(s): ``same`` carries on ``old``; ``replaced`` does not."""

    kind: str
    old: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changed:
    """Something that is not the same: ``kind`` of ``Change.Kind``, ``also`` further kinds, paths on both sides.

    ``score`` is the likeness of words, 0 to 100. Without ``sure`` a person has to say; ``decided`` that one did."""

    kind: str
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    score: int = 0
    sure: bool = True
    decided: bool = False


@dataclass
class Aligned:
    """``carries`` maps each new path to the old path whose lineage it carries on; ``changes`` in the order of reading."""

    carries: dict[str, str] = field(default_factory=dict)
    changes: list[Changed] = field(default_factory=list)

    @property
    def questions(self) -> list[Changed]:
        """What a person has to say."""
        return [change for change in self.changes if not change.sure]


def words_of(node: Node) -> str:
    """Heading and text of a provision with everything in it, without its own label."""
    parts = [node.heading, node.text]
    for child in walk(node.children):
        parts += [child.label, child.heading, child.text]
    return "\n".join(part for part in parts if part)


def units(nodes: Sequence[Node]) -> list[Node]:
    """The articles and other numbered units, in the order of reading; a quoted article is one too."""
    return [node for node in walk(tuple(nodes)) if node.kind in UNITS]


def align(old: Document, new: Document, verdicts: Mapping[str, Verdict] | None = None) -> Aligned:
    """Pairs the provisions of two versions; both documents have their eIds. ``verdicts`` are answers by new path, and are
    never overruled."""
    said = verdicts or {}
    before, after = units(old.nodes), units(new.nodes)
    by_old, by_new = {n.eid: n for n in before}, {n.eid: n for n in after}
    pairing = _units(before, after, said)
    found = Aligned()
    joined_old = {eid for _kind, olds, _news in pairing.joins for eid in olds}
    joined_new = {eid for _kind, _olds, news in pairing.joins for eid in news}
    for one, two in pairing.carries.items():
        found.carries[two] = one
    for _kind, olds, news in pairing.joins:
        _inside([by_old[e] for e in olds], [by_new[e] for e in news], found.carries)
    for one, two in pairing.carries.items():
        if one not in joined_old and two not in joined_new:
            _inside([by_old[one]], [by_new[two]], found.carries)
    _outside(old.nodes, new.nodes, found.carries)
    _strays(old.nodes, new.nodes, found.carries)
    found.changes = _changes(before, after, pairing, said)
    return found


def _entries(nodes: Iterable[Node]) -> list[Entry]:
    """Units, whose place in the version is their label."""
    return [Entry(node.eid, node.eid, words_of(node), node.state == "repealed") for node in nodes]


def _parts(nodes: Iterable[Node], loose: bool) -> list[Entry]:
    """What stands directly in some provisions; the label of a list's member is its number, whatever its article's."""
    return [
        Entry(child.eid, "" if loose else child.eid.removeprefix(node.eid), words_of(child))
        for node in nodes
        for child in node.children
        if (child.kind in LEAVES) == loose
    ]


def _units(before: list[Node], after: list[Node], said: Mapping[str, Verdict]) -> Pairing:
    """Pairs of units, kind by kind: an article never becomes a transitional one by itself."""
    fixed = {verdict.old[0]: path for path, verdict in said.items() if verdict.kind == "same" and len(verdict.old) == 1}
    barred = {path for path, verdict in said.items() if verdict.kind == "replaced"}
    found = Pairing()
    kinds = sorted({n.kind for n in before} | {n.kind for n in after})
    for kind in kinds:
        olds = _entries(n for n in before if n.kind == kind)
        news = _entries(n for n in after if n.kind == kind)
        found.add(pair_all(olds, news, fixed=fixed, barred=barred, sure=SURE, ask=ASK, cover=COVER, half=HALF))
    return found


def _inside(olds: list[Node], news: list[Node], carries: dict[str, str]) -> None:
    """Pairs the parts of provisions that are paired: lists by label first, paragraphs by words first."""
    waiting = [(olds, news)]
    while waiting:
        one, two = waiting.pop()
        left, right = [c for n in one for c in n.children], [c for n in two for c in n.children]
        if not left or not right:
            continue
        by_old, by_new = {n.eid: n for n in left}, {n.eid: n for n in right}
        for loose in (False, True):
            a, b = _parts(one, loose), _parts(two, loose)
            pairs = pair_all(a, b, sure=SURE, ask=ASK, small=True) if a and b else Pairing()
            for x, y in pairs.carries.items():
                carries[y] = x
                waiting.append(([by_old[x]], [by_new[y]]))


def _outside(olds: Sequence[Node], news: Sequence[Node], carries: dict[str, str]) -> None:
    """Pairs books, titles, chapters and blocks: by the units that they share, then by heading, then by their place."""
    left = [n for n in walk(tuple(olds)) if n.kind in CONTAINERS + BLOCKS]
    right = [n for n in walk(tuple(news)) if n.kind in CONTAINERS + BLOCKS]
    holds = {n.eid: {c.eid for c in walk(n.children) if c.kind in UNITS} for n in left}
    votes: list[tuple[float, str, str]] = []
    for new in right:
        mine = {carries[c.eid] for c in walk(new.children) if c.kind in UNITS and c.eid in carries}
        for old in left:
            if old.kind != new.kind:
                continue
            shared = len(mine & holds[old.eid]) / max(1, len(mine | holds[old.eid]))
            weight = shared + 0.3 * (old.heading == new.heading and bool(old.heading)) + 0.2 * (old.eid == new.eid)
            if weight > 0.15:
                votes.append((-weight, old.eid, new.eid))
    taken_old: set[str] = set()
    taken_new: set[str] = set()
    nodes_old, nodes_new = {n.eid: n for n in left}, {n.eid: n for n in right}
    for _weight, one, two in sorted(votes):
        if one in taken_old or two in taken_new:
            continue
        taken_old.add(one)
        taken_new.add(two)
        carries[two] = one
        a = [c for c in nodes_old[one].children if c.kind not in UNITS + CONTAINERS + BLOCKS]
        b = [c for c in nodes_new[two].children if c.kind not in UNITS + CONTAINERS + BLOCKS]
        _children(a, b, carries)


def _children(a: list[Node], b: list[Node], carries: dict[str, str]) -> None:
    """Loose text directly under a chapter or a block."""
    if a and b:
        _inside([Node("parrafo", children=tuple(a))], [Node("parrafo", children=tuple(b))], carries)


def _strays(olds: Sequence[Node], news: Sequence[Node], carries: dict[str, str]) -> None:
    """Parts that went from one provision to another, if their words are long, equal and occur once on each side."""
    known = set(carries.values())
    parts = set(ITEMS + LEAVES)
    lone = _by_words(n for n in walk(tuple(olds)) if n.eid not in known and n.kind in parts)
    fresh = _by_words(n for n in walk(tuple(news)) if n.eid not in carries and n.kind in parts)
    for words, old in lone.items():
        new = fresh.get(words)
        if old is not None and new is not None and old.kind == new.kind:
            carries[new.eid] = old.eid
            _inside([old], [new], carries)


def _by_words(nodes: Iterable[Node]) -> dict[str, Node | None]:
    """Nodes by their words; None where the words occur again, nothing where they are too few to tell."""
    found: dict[str, Node | None] = {}
    for node in nodes:
        words = words_of(node)
        if len(words.split()) >= 8:
            found[words] = None if words in found else node
    return found


def _changes(before: list[Node], after: list[Node], pairing: Pairing, said: Mapping[str, Verdict]) -> list[Changed]:
    """What is not the same, in the order of the new version; what went stands where it was."""
    by_old, by_new = {n.eid: n for n in before}, {n.eid: n for n in after}
    place_old, place_new = ({n.eid: i for i, n in enumerate(side)} for side in (before, after))
    moved = out_of_line([(place_old[a], place_new[b]) for a, b in pairing.carries.items()])
    rows: list[tuple[float, Changed]] = []
    joined_old: set[str] = set()
    joined_new: set[str] = set()
    for kind, olds, news in pairing.joins:
        joined_old |= set(olds)
        joined_new |= set(news)
        rows.append((place_new[news[0]], Changed(kind, olds, news, score=100)))
    to_new = pairing.carries
    for one, two in to_new.items():
        if one in joined_old or two in joined_new:
            continue
        old, new = by_old[one], by_new[two]
        kinds = []
        if old.state != "repealed" and new.state == "repealed":
            kinds.append("repealed")
        elif words_of(old) != words_of(new):
            kinds.append("reworded")
        if (old.number_key or old.label) != (new.number_key or new.label) and old.number_key != new.number_key:
            kinds.append("renumbered")
        if place_new[two] in moved:
            kinds.append("moved")
        score, sure = pairing.scores.get(two, (100, True))
        decided = two in said
        if kinds or not sure:
            kinds = kinds or ["reworded"]
            order = place_new[two]
            rows.append((order, Changed(kinds[0], (one,), (two,), tuple(kinds[1:]), score, sure or decided, decided)))
    carried = set(to_new.values())
    for node in after:
        if node.eid not in carried and node.eid not in joined_new:
            rows.append((place_new[node.eid], Changed("added", (), (node.eid,), decided=node.eid in said)))
    last = -1.0
    for node in before:
        if node.eid in to_new:
            last = place_new[to_new[node.eid]]
        elif node.eid not in joined_old:
            rows.append((last + 0.5, Changed("removed", (node.eid,), ())))
    return [change for _place, change in sorted(rows, key=lambda row: row[0])]


def changes_between(old: Document, new: Document, carries: Mapping[str, str]) -> list[Changed]:
    """What is not the same in two versions whose pairs are known (by lineage)."""
    before, after = units(old.nodes), units(new.nodes)
    pairing = Pairing(carries={carries[node.eid]: node.eid for node in after if node.eid in carries})
    return _changes(before, after, pairing, {})
