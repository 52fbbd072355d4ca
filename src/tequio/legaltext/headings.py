"""Names of titles, chapters and articles: which of the lines below a label they are."""

import re
from collections.abc import Iterable

from tequio.legaltext import labels, remarks
from tequio.legaltext.drafts import Draft, Joiner
from tequio.legaltext.lines import Line
from tequio.legaltext.tree import CONTAINERS

LONGEST = 250
LONGEST_OF_ARTICLE = 160
NOT_ENDING = re.compile(r"[.;:,]\s*$")


_NAMES = re.compile(
    r"(?:LEY|C[OÓ]DIGO|REGLAMENTO|ESTATUTO|CONSTITUCI[OÓ]N|ACUERDO|LINEAMIENTOS|REGLAS|INICIATIVA|DECRETO)\b.{4,300}"
)


def title(drafts: Iterable[Draft]) -> str:
    """The first line that names the text: "LEY DE …", "CÓDIGO …"; a decree only where nothing else does."""
    found = [
        text.rstrip(". ")
        for draft in drafts
        for piece in (draft, *draft.children)
        for text in (piece.heading, piece.text)
        if text and text[:12].isupper() and _NAMES.match(text)
    ]
    return min(found, key=lambda text: text.startswith("DECRETO"), default="")


def any_have(articles: Iterable[Draft]) -> bool:
    """Whether the articles of this text have names ("Artículo 3o. Glosario"): two in five do, of at least three."""
    told = [has(article) for article in articles]
    return len(told) > 2 and sum(told) > len(told) * 0.4


def has(article: Draft) -> bool:
    """Whether what follows the label is a name: short, without an end mark, and a paragraph comes after it."""
    if len(article.body) < 2:
        return False
    first, second = article.body[0], article.body[1]
    return (
        len(first.text) < LONGEST_OF_ARTICLE
        and not NOT_ENDING.search(first.text)
        and second.joins is not True
        and second.text[:1].isupper()
        and not labels.items(second.text)
        and not remarks.is_remark(second.text)
        and not remarks.is_repealed(first.text)
    )


def take(draft: Draft, joiner: Joiner) -> None:
    """Takes the lines that name a part or a division out of its body. Remarks before the name stay remarks."""
    body, taken = draft.body, 0
    remarked = 0
    while remarked < len(body) and not draft.heading and _is_remark(body[remarked]):
        remarked += 1
    if remarked < len(body) and body[remarked].joins is True:
        remarked = 0
    body = body[remarked:]
    if draft.heading:
        while taken < len(body) and body[taken].joins is True and not remarks.is_remark(body[taken].text):
            taken += 1
    elif draft.kind in CONTAINERS or (
        draft.kind == "transitorios" and body and body[0].text.startswith(("Del ", "DEL "))
    ):
        taken = _lines(body)
    draft.body = draft.body[:remarked] + body[taken:]
    if not taken:
        return
    whole = Draft("parrafo", text=draft.heading, start=draft.start, end=draft.end)
    if remarked and taken < len(body):
        body[taken].joins = False
    for line in body[:taken]:
        joiner.add(whole, line)
    whole.doubts.clear()
    draft.heading = whole.text
    draft.end = whole.end


def _is_remark(line: Line) -> bool:
    return line.joins is not True and not line.rest and remarks.is_remark(line.text)


def _lines(body: list[Line]) -> int:
    """How many lines under a container's label are its name."""
    taken = 0
    for line in body[:6]:
        text = line.text
        if remarks.is_remark(text) or text.startswith("|") or len(text) > LONGEST or labels.items(text):
            break
        if taken and not (line.joins is True or (text.isupper() and body[taken - 1].text.isupper())):
            break
        if not text.isupper() and not line.heading and not line.bold and NOT_ENDING.search(text):
            break
        taken += 1
    return taken
