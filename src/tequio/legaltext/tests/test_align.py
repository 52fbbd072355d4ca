"""Which article became which: random reforms of invented laws whose true pairs are known."""

import os
import random
from dataclasses import replace

import pytest

from tequio.legaltext.align import Aligned, Verdict, align, changes_between
from tequio.legaltext.tests.invented import Inventor, Law, document, names
from tequio.legaltext.tree import Document, Node, walk, with_eids

ROUNDS = int(os.environ.get("TEQUIO_LEGAL_ROUNDS", "3"))  # 50 and more by hand


def hits(law: Law, later: Law, found: Aligned) -> tuple[int, int]:
    """How many articles of the later law were given their true earlier one (or rightly none), and how many there are."""
    back = {name: eid for eid, name in names(law).items()}
    now = names(later)
    return sum(found.carries.get(eid) == back.get(name) for eid, name in now.items()), len(now)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_reformed_law_of_300_articles_finds_its_true_pairs(seed: int) -> None:
    inventor = Inventor(seed)
    law = inventor.law(300)
    later = inventor.reform(law, rewordings=0.27, each=0.03)
    found = align(document(law), document(later))
    right, total = hits(law, later, found)
    assert right / total >= 0.98
    assert len(set(found.carries.values())) == len(found.carries)  # nobody is carried on twice
    assert len(found.questions) <= total / 50


def test_what_did_not_change_is_no_change() -> None:
    law = document(Inventor(1).law(40))
    found = align(law, law)
    assert (found.changes, found.questions) == ([], [])
    assert found.carries == {node.eid: node.eid for node in walk(law.nodes)}


def article(number: int | str, text: str, *children: Node, kind: str = "articulo") -> Node:
    return Node(kind, f"Artículo {number}.-", str(number), text=text, children=children)


def law(*nodes: Node) -> Document:
    return with_eids(Document("law", "Prueba", nodes))


WATER = "El Comité reparte el agua de la acequia por turnos entre las parcelas que la usan para sembrar cada temporada."
DUES = "Cada parcela aporta una cuota para limpiar el canal y reparar las compuertas antes de que empiecen las lluvias."
FINES = "Quien tome agua fuera de su turno repara el daño y pierde el turno siguiente, después de ser escuchado."
NEW = "Cualquier persona puede consultar los libros de cuentas en la oficina municipal, sin dar razón de su interés."
DATA = "La autoridad ambiental medirá tres veces al año la calidad del agua y publicará los resultados completos."


def kinds(found: Aligned) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(change.kind, change.old, change.new) for change in found.changes]


def test_an_inserted_article_only_pushes_the_numbers_of_the_others() -> None:
    found = align(
        law(article(1, WATER), article(2, DUES), article(3, FINES)),
        law(article(1, WATER), article(2, NEW), article(3, DUES), article(4, FINES)),
    )
    assert kinds(found) == [
        ("added", (), ("art_2",)),
        ("renumbered", ("art_2",), ("art_3",)),
        ("renumbered", ("art_3",), ("art_4",)),
    ]


def test_a_repealed_article_keeps_its_place_and_one_that_went_is_removed() -> None:
    gone = replace(article(2, "Se deroga."), state="repealed")
    found = align(
        law(article(1, WATER), article(2, DUES), article(3, FINES), article(4, DATA)),
        law(article(1, WATER), gone, article(4, DATA)),
    )
    assert kinds(found) == [("repealed", ("art_2",), ("art_2",)), ("removed", ("art_3",), ())]


def test_a_rewritten_article_with_its_number_between_neighbours_is_asked() -> None:
    old = law(article(1, WATER), article(2, DUES), article(3, FINES))
    new = law(article(1, WATER), article(2, DATA), article(3, FINES))
    found = align(old, new)
    assert [(change.kind, change.sure) for change in found.changes] == [("reworded", False)]
    same = align(old, new, {"art_2": Verdict("same", ("art_2",))})
    assert [(change.kind, change.sure, change.decided) for change in same.changes] == [("reworded", True, True)]
    other = align(old, new, {"art_2": Verdict("replaced")})
    assert kinds(other) == [("removed", ("art_2",), ()), ("added", (), ("art_2",))] or kinds(other) == [
        ("added", (), ("art_2",)),
        ("removed", ("art_2",), ()),
    ]
    assert "art_2" not in other.carries


def test_a_divided_and_a_joined_article_are_told_as_such() -> None:
    one = article(1, f"{WATER} {DUES}")
    two = (article(1, WATER), article(2, DUES))
    split = align(law(one, article(2, FINES)), law(*two, article(3, FINES)))
    assert kinds(split) == [
        ("split", ("art_1",), ("art_1", "art_2")),
        ("renumbered", ("art_2",), ("art_3",)),
    ]
    assert split.carries["art_1"] == "art_1"
    merged = align(law(*two, article(3, FINES)), law(one, article(2, FINES)))
    assert kinds(merged) == [
        ("merged", ("art_1", "art_2"), ("art_1",)),
        ("renumbered", ("art_3",), ("art_2",)),
    ]


def test_an_article_that_moved_is_told_and_those_it_passed_are_not() -> None:
    found = align(
        law(article(1, WATER), article(2, DUES), article(3, FINES), article(4, DATA)),
        law(article(1, DATA), article(2, WATER), article(3, DUES), article(4, FINES)),
    )
    assert [(c.old, c.new, c.kind, c.also) for c in found.changes if "moved" in (c.kind, *c.also)] == [
        (("art_4",), ("art_1",), "renumbered", ("moved",))
    ]


def test_inside_an_article_fractions_go_by_number_and_paragraphs_by_words() -> None:
    def with_parts(*parts: Node) -> Document:
        return law(article(1, WATER, *parts))

    def fraction(key: str, text: str) -> Node:
        return Node("fraccion", f"{key}.", key, text=text)

    def paragraph(text: str) -> Node:
        return Node("parrafo", text=text)

    found = align(
        with_parts(fraction("1", DUES), fraction("2", FINES), paragraph(NEW), paragraph(DATA)),
        with_parts(fraction("1", DUES), fraction("2", "Otra cosa."), paragraph(DATA), paragraph(NEW)),
    ).carries
    assert found["art_1__point_2"] == "art_1__point_2"
    assert (found["art_1__para_1"], found["art_1__para_2"]) == ("art_1__para_2", "art_1__para_1")
    shifted = align(
        with_parts(fraction("1", DUES), fraction("2", FINES)),
        with_parts(fraction("1", DUES), fraction("2", NEW), fraction("3", FINES)),
    ).carries
    assert shifted["art_1__point_3"] == "art_1__point_2"
    assert "art_1__point_2" not in shifted


def test_short_wordings_are_never_found_again_by_their_words_alone() -> None:
    found = align(
        law(article(1, WATER), article(2, "Se deroga."), article(3, DUES)),
        law(article(1, WATER), article(2, DUES), article(5, "Se deroga.")),
    )
    assert found.carries.get("art_5") != "art_2"


def test_any_two_versions_are_compared_by_who_their_articles_are() -> None:
    inventor = Inventor(9)
    first = inventor.law(60)
    last = inventor.reform(inventor.reform(first))
    old, new = document(first), document(last)
    back = {name: eid for eid, name in names(first).items()}
    carries = {eid: back[name] for eid, name in names(last).items() if name in back}
    told = changes_between(old, new, carries)
    assert {c.new[0] for c in told if c.kind == "added"} == {e for e, name in names(last).items() if name not in back}
    assert all(change.sure for change in told)


def test_the_same_reform_gives_the_same_answer_whatever_the_run() -> None:
    inventor = Inventor(random.Random(3).randrange(100))
    first = inventor.law(80)
    pair = document(first), document(inventor.reform(first))
    assert align(*pair) == align(*pair)
