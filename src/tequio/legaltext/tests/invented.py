"""Invented laws of any length, and random reforms of them with the true pairs kept. For tests and benchmarks."""

import random
from dataclasses import dataclass, field, replace

from tequio.legaltext.tree import Document, Node, with_eids

SYLLABLES = tuple("ca me ti ro lu pe so ni da fa gre bli tra mon cue jus plo ver ris tan".split())  # noqa: SIM905
SMALL = tuple("de la el que en y a los las por con para del se su una un no o lo".split())  # noqa: SIM905
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass
class Law:
    """Articles in order, each with a name of its own (who it truly is) and its parts."""

    articles: list[tuple[int, Node]] = field(default_factory=list)
    joined: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)


class Inventor:
    """Makes and reforms laws; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        words = ["".join(self.random.choices(SYLLABLES, k=self.random.choice((2, 3, 3, 4)))) for _ in range(6000)]
        self.words = words
        self.weights = [1 / (rank + 5) for rank in range(len(words))]
        self.next = 0

    def sentence(self, length: int) -> str:
        parts = []
        for word in self.random.choices(self.words, self.weights, k=length):
            parts.append(self.random.choice(SMALL) if self.random.random() < 0.45 else word)
        return " ".join(parts).capitalize() + "."

    def article(self) -> Node:
        children: tuple[Node, ...] = ()
        if self.random.random() < 0.5:
            children = tuple(
                Node("fraccion", f"{ROMAN[n]}.", ROMAN[n].lower(), text=self.sentence(self.random.randint(5, 25)))
                for n in range(self.random.randint(2, 8))
            )
        if self.random.random() < 0.4:
            children += tuple(
                Node("parrafo", text=self.sentence(self.random.randint(10, 40)))
                for _ in range(self.random.randint(1, 2))
            )
        return Node("articulo", text=self.sentence(self.random.randint(15, 70)), children=children)

    def name(self) -> int:
        self.next += 1
        return self.next

    def law(self, articles: int) -> Law:
        return Law([(self.name(), self.article()) for _ in range(articles)])

    def reworded(self, text: str, share: float) -> str:
        words = text.split()
        for _ in range(max(1, int(len(words) * share))):
            at = self.random.randrange(len(words))
            words[at : at + 1] = self.random.choice(
                ([], self.random.choices(self.words, k=1), [words[at], *self.random.choices(self.words, k=2)])
            ) or [words[at]]
        return " ".join(words)

    def reform(self, law: Law, *, rewordings: float = 0.2, each: float = 0.02) -> Law:
        """Another version: ``rewordings`` of the articles get other words, ``each`` of them are inserted, deleted, moved and
        split. Numbers run anew through all articles."""
        articles = list(law.articles)
        count = len(articles)
        joined: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = []
        for place in self.random.sample(range(count), int(count * rewordings)):
            name, node = articles[place]
            share = self.random.choice((0.05, 0.1, 0.2, 0.35))
            children = tuple(
                replace(c, text=self.reworded(c.text, share)) if self.random.random() < 0.4 else c
                for c in node.children
            )
            articles[place] = (name, replace(node, text=self.reworded(node.text, share), children=children))
        some = max(1, int(count * each))
        for _ in range(some):
            del articles[self.random.randrange(len(articles))]
        for _ in range(some):
            moved = articles.pop(self.random.randrange(len(articles)))
            articles.insert(self.random.randrange(len(articles)), moved)
        for _ in range(some):
            articles.insert(self.random.randrange(len(articles)), (self.name(), self.article()))
        for _ in range(some):
            place = self.random.randrange(len(articles))
            name, node = articles[place]
            words = node.text.split()
            if len(words) < 40:
                continue
            half = len(words) // 2
            fresh = self.name()
            articles[place] = (name, replace(node, text=" ".join(words[:half])))
            articles.insert(place + 1, (fresh, Node("articulo", text=" ".join(words[half:]))))
            joined.append(("split", (name,), (name, fresh)))
        return Law(articles, joined)


def document(law: Law) -> Document:
    """The law with its articles numbered from 1."""
    nodes = tuple(
        replace(node, label=f"Artículo {n}.", number_key=str(n)) for n, (_name, node) in enumerate(law.articles, 1)
    )
    chapters = tuple(
        Node("capitulo", f"CAPÍTULO {n // 20 + 1}", str(n // 20 + 1), f"De lo {n}", children=nodes[n : n + 20])
        for n in range(0, len(nodes), 20)
    )
    return with_eids(Document("law", "Ley inventada", chapters))


def names(law: Law) -> dict[str, int]:
    """Who each article of ``document(law)`` truly is, by its eId."""
    return {f"art_{n}": name for n, (name, _node) in enumerate(law.articles, 1)}
