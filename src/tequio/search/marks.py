"""Excerpts with the found words marked, as pieces of plain text: the template escapes them and adds the marks."""

from collections.abc import Sequence
from typing import NamedTuple

from tequio.search.engine import Phrase, Term, Word
from tequio.search.words import Token, fold, stem, tokens

LENGTH = 260  # characters of an excerpt
BEFORE = 70  # of them before the first found word
SCANNED = 40_000


class Piece(NamedTuple):
    """A run of text and whether it was searched for."""

    text: str
    marked: bool


def _found(text: Sequence[Token], terms: Sequence[Term], language: str) -> dict[int, int]:
    """The tokens that match, by their number, with the number of the term that they match."""
    found: dict[int, int] = {}
    folded = [fold(token.text) for token in text]
    for number, term in enumerate(terms):
        if isinstance(term, Word):
            for at, token in enumerate(text):
                same = folded[at].startswith(term.exact) if term.prefix else folded[at] == term.exact
                if same or stem(token.text, language) in term.stems:
                    found.setdefault(at, number)
        elif isinstance(term, Phrase):
            size = len(term.words)
            for at in range(len(folded) - size + 1):
                if tuple(folded[at : at + size]) == term.words:
                    found.update(dict.fromkeys(range(at, at + size), number))
    return found


def _pieces(text: str, words: Sequence[Token], found: dict[int, int], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    done = start
    for at, token in enumerate(words):
        if at in found and token.start >= start and token.end <= end:
            if token.start > done:
                pieces.append(Piece(text[done : token.start], False))
            pieces.append(Piece(text[token.start : token.end], True))
            done = token.end
    if done < end:
        pieces.append(Piece(text[done:end], False))
    return pieces


def marked(text: str, terms: Sequence[Term], language: str) -> list[Piece]:
    """The whole text in pieces. Their texts put together are the text."""
    words = tokens(text)
    return _pieces(text, words, _found(words, terms, language), 0, len(text))


def excerpt(text: str, terms: Sequence[Term], language: str) -> list[Piece]:
    """The part of a text where most of the terms stand together, else its beginning; "…" where it goes on."""
    text = text[:SCANNED]
    words = tokens(text)
    found = _found(words, terms, language)
    places = sorted(found)[:400]
    best, most = None, 0
    for first in places:
        reach = words[first].start + LENGTH - BEFORE
        distinct = len({found[at] for at in places if at >= first and words[at].end <= reach})
        if distinct > most:
            best, most = first, distinct
    start = 0 if best is None else max(0, words[best].start - BEFORE)
    if start:
        start = next((token.start for token in words if token.start >= start), start)
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max((token.end for token in words if start < token.end <= end), default=end)
    pieces = _pieces(text, words, found, start, end)
    if start:
        pieces.insert(0, Piece("… ", False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return pieces
