"""Differences between wordings, places kept, and credit for words, on real and invented texts."""

import json
import os
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.legaltext import anchors, worddiff
from tequio.legaltext.origin import GONE, NEW, Proposal, credit, share
from tequio.legaltext.tests.invented import Inventor

PAIRS = Path(__file__).parent / "real" / "cpeum-wording-pairs.jsonl"
QUOTES = int(os.environ.get("TEQUIO_LEGAL_QUOTES", "300"))  # 5,000 and more by hand
TEXTS = st.lists(st.sampled_from(["agua", "el", "turno", ",", " ", "\n", "Ñandú", "§", "(a)", "1o."]), max_size=30)


def real() -> list[tuple[str, str]]:
    """Successive wordings of articles of the Mexican constitution, as its reforms left them."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [(row["before"], row["after"]) for row in rows]


def before(pieces: list[worddiff.Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "new")


def after(pieces: list[worddiff.Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "gone")


@given(TEXTS.map("".join), TEXTS.map("".join))
@settings(max_examples=150, deadline=None)
def test_a_difference_gives_both_texts_back_to_the_character(old: str, new: str) -> None:
    pieces = worddiff.compare(old, new)
    assert (before(pieces), after(pieces)) == (old, new)
    kinds = [piece.kind for piece in pieces]
    assert all(one != two for one, two in pairwise(kinds))


def test_a_lone_word_between_two_changes_is_part_of_the_change() -> None:
    pieces = worddiff.compare("paga una multa de dos días", "paga un descuento de tres meses")
    assert [tuple(piece) for piece in pieces] == [
        ("same", "paga "),
        ("gone", "una multa de dos días"),
        ("new", "un descuento de tres meses"),
    ]
    assert worddiff.changed_words(pieces) == (5, 5)


def test_real_reforms_of_the_constitution_are_told_exactly_and_in_few_pieces() -> None:
    changes = 0
    rows = real()
    for old, new in rows:
        pieces = worddiff.compare(old, new)
        assert (before(pieces), after(pieces)) == (old, new)
        kinds = ["same", *(piece.kind for piece in pieces)]
        changes += sum(one == "same" != two for one, two in pairwise(kinds))
    assert (len(rows), changes <= 600) == (120, True)


def test_anchors_of_untouched_passages_survive_and_none_jumps_silently() -> None:
    chance, pairs = random.Random(7), real()
    kept = untouched = 0
    for _ in range(QUOTES):
        old, new = chance.choice(pairs)
        if len(old) < 200:
            continue
        start = chance.randrange(len(old) - 90)
        try:
            found = anchors.select(old, start, start + 60)
        except ValueError:
            continue
        place = anchors.place(found, old, new)
        expected = mapped(old, new, found.start, found.start + len(found.quote))
        if expected is not None:
            untouched += 1
            kept += place.state == anchors.HERE and place.start == expected
        if place.state == anchors.HERE:
            assert new[place.start : place.end] == found.quote  # never on other words
    assert untouched > QUOTES / 4
    assert kept / untouched >= 0.998


def mapped(old: str, new: str, start: int, end: int) -> int | None:
    """Where a passage stands after an edit script of letters by another library; None where the script touches it."""
    from difflib import SequenceMatcher

    words_old, words_new = old.split(" "), new.split(" ")
    at_old = at_new = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, words_old, words_new, autojunk=False).get_opcodes():
        width = len(" ".join(words_old[i1:i2])) + (i2 < len(words_old))
        if tag == "equal" and at_old <= start and end <= at_old + width:
            place = at_new + start - at_old
            return place if new[place : place + end - start] == old[start:end] else None
        at_old += width
        at_new += len(" ".join(words_new[j1:j2])) + (j2 < len(words_new))
    return None


TEXT = (
    "El Comité reparte el agua. El Comité publica las cuentas cada mes en la presa. "
    "Quien no esté de acuerdo puede pedir una revisión. El Comité publica las actas cada año en la presa."
)


def anchor(quote: str, text: str = TEXT, nth: int = 1) -> anchors.Selectors:
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return anchors.select(text, at, at + len(quote))


def test_words_that_occur_twice_keep_to_their_own_place() -> None:
    found = anchor("El Comité publica las", nth=2)
    new = TEXT.replace("El Comité reparte", "Cada lunes el Comité reparte")
    place = anchors.place(found, TEXT, new)
    assert (place.state, place.start) == ("here", new.rindex("El Comité publica las"))


def test_a_look_alike_is_only_doubtful_and_nothing_alike_is_gone() -> None:
    found = anchor("puede pedir una revisión")
    alike = anchors.place(found, TEXT, TEXT.replace("puede pedir una revisión", "podrá pedir una revisión completa"))
    assert alike.state == "doubtful"
    gone = anchors.place(found, TEXT, "El canal se limpia dos veces al año con trabajo de quienes riegan.")
    assert gone == anchors.Place("gone", 0, 0)
    other = anchors.place(anchor("las cuentas"), TEXT, "Se guardan las cuentas. " + TEXT.split(". ")[2] + ".")
    assert other.state != "here"


def test_short_quotes_are_widened_and_words_are_never_cut() -> None:
    found = anchors.select(TEXT, TEXT.index("agua") + 1, TEXT.index("agua") + 3)
    assert "agua" in found.quote
    assert len(found.quote) >= anchors.SHORTEST
    with pytest.raises(ValueError, match="no passage"):
        anchors.select(TEXT, 5, 5)


BASE = "El Comité sesiona cada seis meses y sus reuniones son privadas."


def test_words_taken_up_are_credited_and_words_that_were_there_are_not() -> None:
    said = BASE.replace("privadas", "públicas, con actas abiertas en internet")
    final = "El Comité sesiona cada mes y sus reuniones son públicas, con actas abiertas."
    found = credit(BASE, final, [Proposal("uno", BASE, said), Proposal("otro", BASE, BASE.replace("seis", "cuatro"))])
    assert [(one.key, one.side, one.words) for one in found] == [("uno", NEW, "públicas, con actas abiertas")]
    assert final[found[0].start : found[0].end] == found[0].words
    assert share(final, BASE, [(found[0].start, found[0].end)]) == (3, 4)
    assert credit(BASE, final, [Proposal("uno", BASE, said)], known=[said]) == []


def test_equal_proposals_are_all_credited_and_struck_words_count_too() -> None:
    said = "El Comité sesiona cada seis meses."
    found = credit(BASE, said, [Proposal("uno", BASE, said), Proposal("dos", BASE, said)])
    assert [(one.key, one.side, one.words) for one in found] == [
        ("uno", GONE, "y sus reuniones son privadas"),
        ("dos", GONE, "y sus reuniones son privadas"),
    ]


def test_who_was_not_taken_up_is_hardly_ever_credited() -> None:
    inventor = Inventor(11)
    wrong = 0
    for _ in range(120):
        base, other = inventor.sentence(40), inventor.sentence(25)
        final = inventor.reworded(base, 0.2)
        wrong += bool(credit(base, final, [Proposal("nadie", base, f"{base} {other}")]))
    assert wrong <= 2
