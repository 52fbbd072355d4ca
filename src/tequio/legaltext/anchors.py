"""Finds a passage again in a later wording, or says that it is gone. Needs no database.

An anchor is several selectors: who the provision is (its lineage), the quote, forty characters before and after, and the
offset. A passage that stands untouched in the shortest edit script between both wordings is *here*. So is one that moved
as a whole, when its words occur once and what stood beside it came along. Everything else that looks like it is only
*doubtful*: a comment never jumps silently to a look-alike.
"""

from typing import NamedTuple

from rapidfuzz import fuzz

from tequio.legaltext.worddiff import runs
from tequio.legaltext.words import tokens

HERE, DOUBTFUL, GONE = "here", "doubtful", "gone"
AROUND = 40  # characters kept on each side
SHORTEST = 20  # characters; a shorter quote is widened
FITS = 12  # characters of the old surroundings that must still stand on one side
LIKE = 75  # likeness from which a changed passage is shown as doubtful, 0 to 100


class Selectors(NamedTuple):
    """A passage of a text: its words, what stands around it, and its first character."""

    quote: str
    prefix: str
    suffix: str
    start: int


class Place(NamedTuple):
    """Where a passage stands in a wording: ``state``, and the characters from ``start`` up to ``end``."""

    state: str
    start: int
    end: int


def select(text: str, start: int, end: int) -> Selectors:
    """The selectors of a passage. Its ends are moved out to whole words, and a short one to the clause around it.

    Raises ``ValueError`` for a passage that is not inside the text or holds nothing.
    """
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise ValueError("no passage of this text")
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while end - start < SHORTEST and (start > 0 or end < len(text)):
        left = text.rfind(" ", 0, max(0, start - 1)) + 1 if start else 0
        right = text.find(" ", end + 1)
        start, end = left, right if right > 0 else len(text)
    return Selectors(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND], start)


def place(found: Selectors, before: str, after: str) -> Place:
    """Where the passage of ``before`` stands in ``after``. An empty quote stands for the provision as a whole."""
    length = len(found.quote)
    if not found.quote:
        return Place(HERE, 0, len(after))
    if before == after:
        return Place(HERE, found.start, found.start + length)
    start = _mapped(found, before, after)
    if start is not None and _beside(found, after, start):
        return Place(HERE, start, start + length)
    exact = list(_all(found.quote, after))
    fits = [at for at in exact if _beside(found, after, at)]
    if len(exact) == 1 and fits and length >= SHORTEST:
        return Place(HERE, exact[0], exact[0] + length)
    likely = max(fits or exact, key=lambda at: _likeness(found, after, at), default=start)
    if likely is not None:
        return Place(DOUBTFUL, likely, likely + length)
    return _fuzzy(found, after)


def elsewhere(found: Selectors, text: str) -> Place:
    """Where the passage stands in another provision than its own (the other half of a split article)."""
    exact = list(_all(found.quote, text)) if found.quote else []
    if len(exact) == 1 and len(found.quote) >= SHORTEST and _beside(found, text, exact[0]):
        return Place(HERE, exact[0], exact[0] + len(found.quote))
    if exact:
        at = max(exact, key=lambda at: _likeness(found, text, at))
        return Place(DOUBTFUL, at, at + len(found.quote))
    return _fuzzy(found, text) if found.quote else Place(GONE, 0, 0)


def _mapped(found: Selectors, before: str, after: str) -> int | None:
    """The passage's first character in the new wording, if the shortest edit script leaves all of it as it was."""
    end = found.start + len(found.quote)
    old, new = tokens(before), tokens(after)
    at_old = at_new = 0
    for run in runs(old, new):
        width = sum(map(len, old[run.i1 : run.i2]))
        if run.same and at_old <= found.start and end <= at_old + width:
            return at_new + found.start - at_old
        at_old += width
        at_new += sum(map(len, new[run.j1 : run.j2]))
    return None


def _all(quote: str, text: str) -> list[int]:
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _sides(found: Selectors, text: str, at: int) -> tuple[int, int]:
    """How many characters of the old surroundings still stand before and after."""
    before, after = text[:at], text[at + len(found.quote) :]
    left = 0
    while left < len(found.prefix) and before.endswith(found.prefix[len(found.prefix) - left - 1 :]):
        left += 1
    right = 0
    while right < len(found.suffix) and after.startswith(found.suffix[: right + 1]):
        right += 1
    return left, right


def _beside(found: Selectors, text: str, at: int) -> bool:
    """Whether what stood on one side of the passage, or the end of the text, is still there."""
    left, right = _sides(found, text, at)
    starts = len(found.prefix) < AROUND and left == len(found.prefix) and (left > 0 or at == 0)
    ends = (
        len(found.suffix) < AROUND and right == len(found.suffix) and (right > 0 or at + len(found.quote) == len(text))
    )
    long = len(found.quote) >= 2 * SHORTEST  # a long passage is its own witness
    return left >= FITS or right >= FITS or starts or ends or long


def _likeness(found: Selectors, text: str, at: int) -> tuple[int, int]:
    return sum(_sides(found, text, at)), -abs(at - found.start)


def _fuzzy(found: Selectors, text: str) -> Place:
    if not text:
        return Place(GONE, 0, 0)
    best = fuzz.partial_ratio_alignment(found.quote, text, score_cutoff=LIKE)
    if best is None or len(found.quote) > len(text) * 4 / 3:
        return Place(GONE, 0, 0)
    return Place(DOUBTFUL, best.dest_start, best.dest_end)
