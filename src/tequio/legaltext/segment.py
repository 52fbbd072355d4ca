"""From plain text to the structure of a Mexican legal text.

The first pass goes through the lines and finds the outline: books, titles, chapters, articles, parts, transitorios and
quoted articles. `lists` then reads the lines of each. What was not sure becomes a doubt with its place; nothing is
dropped (`tree.missing`)."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager

from tequio.legaltext import headings, labels, remarks
from tequio.legaltext.drafts import Draft, Joiner
from tequio.legaltext.labels import Found, Number, follows, order
from tequio.legaltext.lines import Layout, Line, clean
from tequio.legaltext.lists import Lists
from tequio.legaltext.parts import Part, opens_part
from tequio.legaltext.profiles import PROFILES
from tequio.legaltext.tree import CONTAINERS, UNITS, Document, Doubt, Span, with_eids

_QUOTES_NEXT = re.compile(
    r"(?:como\s+sigue|siguientes?\s+t[eé]rminos|(?:de\s+la\s+)?siguiente\s+(?:manera|forma)|para\s+quedar(?:\s+as[ií])?)\s*[:.]?\s*$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.:;…][\"”»’')\]]*\s*$|[-_]{3,}\s*$")
LONGEST_OPENING = 1500  # the names of decrees that reform many laws


def segment(
    source: str,
    profile: str = "law",
    layout: Layout = "auto",
    markdown: bool | None = None,
    title: str = "",
) -> Document:
    """The structure of the text, with eIds and doubts. Never raises for any text."""
    with _uncollected():
        return _segment(source, profile, layout, markdown, title)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: a code has a hundred thousand nodes and no cycle, and walking the whole heap
    again and again while they are made would cost more than making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _segment(source: str, profile: str, layout: Layout, markdown: bool | None, title: str) -> Document:
    lines, removed, odd = clean(source, markdown, layout)
    words = set(re.findall(r"\w+(?:-\w+)?", source.lower())) if any(line.joins for line in lines) else set()
    outline = _Outline(profile, Joiner(words))
    for line in lines:
        outline.take(line)
    outline.finish()
    nodes = tuple(
        draft.finished() for draft in outline.roots if draft.children or draft.label or draft.text or draft.heading
    )
    pieces = sorted([*removed, *outline.joiner.hyphens], key=lambda piece: piece.span)
    doubts = [*odd, *outline.doubts]
    if source.strip() and not any(node.kind in (*UNITS, *CONTAINERS) for node in _all(outline.roots)):
        doubts.append(Doubt("no_articles", Span(0, len(source)), "serious"))
    document = Document(
        profile, title or headings.title(outline.roots), nodes, tuple(pieces), tuple(doubts), tuple(outline.notes)
    )
    return with_eids(document)


def _all(drafts: list[Draft]) -> list[Draft]:
    found = []
    for draft in drafts:
        found.append(draft)
        found += _all(draft.children)
    return found


_LEFT_BY_ARTICLES = ("cierre", "preambulo", "antecedentes", "considerandos", "resolutivos")


class _Scope:
    """A run of numbers: the articles of the body, of one decree, the members of one part."""

    def __init__(self, root: Draft | None, part: Part | None = None) -> None:
        self.root = root
        self.part = part
        self.last: Number | None = None
        self.last_words = False
        self.stack: list[Draft] = []
        self.seen: dict[str, Draft] = {}
        self.last_label = ""


class _Outline:
    def __init__(self, profile: str, joiner: Joiner) -> None:
        self.profile = PROFILES[profile]
        self.joiner = joiner
        self.roots: list[Draft] = []
        self.doubts: list[Doubt] = []
        self.notes: list[remarks.Note] = []
        self.units: list[tuple[Draft, bool]] = []
        self.body = _Scope(None)
        self.scope = self.body
        self.outer: _Scope | None = None
        self.before: Line | None = None
        self.unit = self._root(Draft("preambulo"))
        self.index_first = ""

    def _root(self, draft: Draft) -> Draft:
        self.roots.append(draft)
        self.units.append((draft, False))
        return draft

    def take(self, line: Line) -> None:
        """One line more."""
        text = line.text
        if text.startswith("|"):
            self.unit.body.append(line)
        elif not self._takes(line, text):
            self.unit.body.append(line)
            if not self.unit.start and not self.unit.end:
                self.unit.start = line.start
        self.before = line

    def _takes(self, line: Line, text: str) -> bool:
        if not (text[0].isupper() or text[0] in "\"“”«‘'…. [(" or line.heading or text[0].isdigit()):
            return False
        if len(text) < LONGEST_OPENING and (part := opens_part(line, self._place(), self.profile.parts_anywhere)):
            self._open_part(part, line)
            return True
        if self.scope.part and self.scope.part.kind == "anexo" and not self._leaves_index(line):
            return False
        start = text.lstrip("\"“”«‘'…. ")[:4].upper()
        if start in ("LIBR", "TÍTU", "TITU", "CAPÍ", "CAPI", "SECC", "APAR"):
            found = labels.container(text)
            return found is not None and self._container(found, line)
        if start[:3] == "ART" and (found := labels.article(text)):
            return self._article(found, line)
        if self.scope.part and self.scope.part.member and (found := labels.ordinal_item(text)):
            return self._member(found, line)
        return self.profile.decimals and self._section(line)

    def _section(self, line: Line) -> bool:
        """A numbered heading of rules of operation: "3. Cobertura"."""
        found = labels.decimal(line.text)
        if found is None or "." in found.key or self.scope is not self.body or self.outer or line.joins is True:
            return False
        number = order(found.key)
        expected = follows(self.body.last, number) if self.body.last else number.base == 1
        if not expected or not found.rest or len(found.rest) > 160 or headings.NOT_ENDING.search(found.rest):
            return False
        self._add_unit("lineamiento", found, line, True)
        self.unit.heading, self.unit.body = found.rest, []
        return True

    def _place(self) -> str:
        """Where we are, for the headings that mean something only there."""
        if self.outer is not None:
            return "quoted"
        if self.scope is self.body:
            return "body" if self.body.last or self.body.stack else "start"
        return self.scope.part.kind if self.scope.part else "quoted"

    # parts ---------------------------------------------------------------------------------------------------------

    def _open_part(self, part: Part, line: Line) -> None:
        if self.outer is not None:
            self._leave_quote()
        draft = Draft(part.kind, part.label, heading=part.heading, start=line.start, end=line.end)
        if part.kind == "cierre":
            draft.body.append(line)
        inside = self.scope.root if self.scope.root and self.scope.root.kind == "decreto" else None
        if inside is not None and part.kind == "transitorios":
            inside.children.append(draft)
            self.units.append((draft, False))
        else:
            self._root(draft)
        if part.kind == "anexo":
            self.index_first = ""
        self.scope = _Scope(draft, part)
        self.unit = draft

    def _leaves_index(self, line: Line) -> bool:
        """Whether the true text begins after an index at its head: the first title comes a second time, or an article
        with words behind it."""
        if self.body.last is not None or not self.scope.part or not self.scope.part.is_index:
            return self.scope.part is not None and not self.scope.part.is_index
        text = line.text
        if found := labels.article(text):
            return found.sep and len(found.rest) > 60
        if found := labels.container(text):
            shape = labels.plain(found.label)
            if not self.index_first:
                self.index_first = shape
            elif shape == self.index_first and not re.search(r"\d\s*$|\.{4,}", found.rest):
                return True
        return False

    # containers ----------------------------------------------------------------------------------------------------

    def _container(self, found: Found, line: Line) -> bool:
        rest = found.rest
        capitals = line.text.isupper()
        if line.joins is True and not (capitals and not rest) and not line.heading:
            return False
        if (rest and not (rest[0].isupper() or rest[0] in '"“¿' or found.sep)) or len(rest) > headings.LONGEST:
            return False
        if rest and not found.sep and headings.NOT_ENDING.search(rest) and not (capitals or line.heading or line.bold):
            return False
        if found.kind == "apartado" and self.scope.last is not None and not capitals and not line.heading:
            return False
        if self.scope is not self.body and self.outer is None:
            if self.scope.part and self.scope.part.kind in ("transitorios", "decreto", "cierre") and self.body.last:
                self.doubts.append(Doubt("body_after_transitory", Span(line.start, line.end), "serious"))
            self._back_to_body()
        draft = Draft(found.kind, found.label, found.key, start=line.start, end=line.end)
        if rest:
            draft.heading = rest
        depth = CONTAINERS.index(found.kind)
        stack = self.scope.stack
        while stack and CONTAINERS.index(stack[-1].kind) >= depth:
            stack.pop()
        self._hang(draft)
        stack.append(draft)
        self.unit = draft
        return True

    def _hang(self, draft: Draft) -> None:
        """Under the innermost container, else under the scope's root, else at the top."""
        if self.scope.stack:
            self.scope.stack[-1].children.append(draft)
        elif self.scope.root is not None:
            self.scope.root.children.append(draft)
        else:
            self.roots.append(draft)
        self.units.append((draft, self.outer is not None))

    # articles ------------------------------------------------------------------------------------------------------

    def _article(self, found: Found, line: Line) -> bool:
        number = order(found.key)
        quoted = line.text[0] in "\"“”«‘'…"
        if quoted and found.words and self.scope is self.body and self.body.last is None:
            return False  # a remark on the latest reform, quoted before the text begins
        leaves = self.outer is not None and not quoted and found.words and not self.scope.last_words
        if leaves and self.outer and self.outer.last and follows(self.outer.last, number):
            self._leave_quote()
        opens = self._opens_quote(found, quoted, line)
        if opens:
            self._enter_quote(line)
        elif self.scope.part and self.scope.part.kind in _LEFT_BY_ARTICLES and self.outer is None:
            self._back_to_body()
        last = self.scope.last
        expected = follows(last, number) if last else number.base == 1
        if self.scope.last_words and not found.words and number.base == 1:
            expected = True  # "Artículo Único. Se expide la Ley de …", and then the law's own articles
        if not self._believable(found, line, expected, quoted):
            if opens:
                self.unit.children.pop()
                self._leave_quote()
            return False
        self._add_unit(
            "articulo" if self.scope.part is None or not self.scope.part.member else self.scope.part.member,
            found,
            line,
            expected,
        )
        return True

    def _back_to_body(self) -> None:
        """What comes after another part cannot hang under a chapter before it."""
        self.scope = self.body
        self.body.stack.clear()

    def _believable(self, found: Found, line: Line, expected: bool, quoted: bool) -> bool:
        rest = found.rest
        upright = not rest or not rest[0].islower()
        if found.plural:
            return found.sep and expected and upright and not found.words
        if found.words and not found.sep and rest:
            return False
        if line.joins is True:
            ended = self.before is not None and bool(_ENDED.search(self.before.text[-200:]))
            return found.sep and upright and expected and (ended or bool(rest)) and not self._points_here()
        if found.sep:
            if upright or line.bold or line.text.startswith("**"):
                return True
            pointing = re.match(r"(?:de|del|fracci|p[aá]rrafo|y|o|a|en|se refiere|que)\b", rest)
            return (expected or line.joins is False) and not pointing
        if rest and not (rest[0].isupper() or rest[0] in '¿“"(['):
            if expected and line.joins is False:
                self._doubt_at(line, "maybe_article", label=found.label)
            return False
        if expected or quoted or self.outer is not None or (not rest and line.joins is False):
            return True
        if line.joins is False:
            self._doubt_at(line, "maybe_article", label=found.label)
        return False

    def _points_here(self) -> bool:
        """Whether the line before ends in a word after which an article is only named."""
        if self.before is None:
            return False
        return bool(
            re.search(
                r"\b(?:el|los|al|del|en|y|o|este|mismo|presente|dicho|citado|seg[uú]n|e|con|por|de|art[ií]culos?)\s*$",
                self.before.text,
            )
        )

    def _doubt_at(self, line: Line, code: str, **values: str) -> None:
        self.doubts.append(Doubt(code, Span(line.start, line.end), "minor", tuple(values.items())))

    def _add_unit(self, kind: str, found: Found, line: Line, expected: bool) -> None:
        number = order(found.key)
        draft = Draft(kind, found.label, found.key, start=line.start, end=line.end, words=found.words)
        scope = self.scope
        if found.key in scope.seen and self.outer is None:
            draft.doubt("repeated", "serious", label=found.label)
        elif scope.last and not expected and self.outer is None:
            draft.doubt(
                "article_jump" if number > scope.last else "article_back", label=found.label, before=scope.last_label
            )
        if not found.sep and kind == "articulo" and found.rest and self.outer is None:
            draft.doubt("no_separator", label=found.label)
        scope.seen.setdefault(found.key, draft)
        scope.last, scope.last_words, scope.last_label = number, found.words, found.label
        self._hang(draft)
        if found.rest:
            draft.body.append(Line(found.rest, line.start, line.end, False, rest=True))
        self.unit = draft

    # quoted articles -----------------------------------------------------------------------------------------------

    def _opens_quote(self, found: Found, quoted: bool, line: Line) -> bool:
        if self.outer is not None or self.unit.kind not in ("articulo", "transitorio") or not self.unit.words:
            return False
        if found.words and not quoted:
            return False
        told = next((before.text[-200:] for before in reversed(self.unit.body) if not before.text.startswith("|")), "")
        return bool(_QUOTES_NEXT.search(told)) or (quoted and told.rstrip().endswith(":"))

    def _enter_quote(self, line: Line) -> None:
        quote = Draft("cita", start=line.start, end=line.start)
        quote.doubt("quoted")
        self.unit.children.append(quote)
        self.outer = self.scope
        self.scope = _Scope(quote)

    def _leave_quote(self) -> None:
        if self.outer is not None:
            self.scope, self.outer = self.outer, None

    # members of parts ----------------------------------------------------------------------------------------------

    def _member(self, found: Found, line: Line) -> bool:
        part, scope = self.scope.part, self.scope
        if self.outer is not None or part is None:
            return False
        number = order(found.key)
        expected = follows(scope.last, number) if scope.last else number.base == 1
        if line.joins is True and not (expected and self.before and _ENDED.search(self.before.text[-200:])):
            return False
        if not expected and not found.label.isupper() and not line.bold and not _strong(found.label):
            return False
        self._add_unit(part.member, found, line, expected)
        return True

    # the end -------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Reads the lines of every unit."""
        headed = headings.any_have(draft for draft, _quoted in self.units if draft.kind == "articulo" and draft.body)
        for draft, quoted in self.units:
            if draft.kind in CONTAINERS or draft.kind in ("transitorios", "decreto", "anexo"):
                headings.take(draft, self.joiner)
            elif headed and draft.kind == "articulo" and headings.has(draft):
                draft.heading = draft.body.pop(0).text
            below = draft.children
            draft.children = []
            Lists(draft, self.joiner, quoted, self.profile.decimals).read()
            draft.children += below
            if draft.kind in UNITS and remarks.is_repealed(draft.text) and not _holds_more(draft):
                draft.state = "repealed"
        first = self.roots[0]
        if first.notes and not (first.text or first.children or first.label):
            self.notes += first.notes
            first.notes = []


def _holds_more(draft: Draft) -> bool:
    return any(child.kind != "parrafo" for child in draft.children)


def _strong(label: str) -> bool:
    return label.rstrip().endswith(("-", "–", "—"))
