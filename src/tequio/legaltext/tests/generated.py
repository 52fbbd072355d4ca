"""Invented laws with every trap that real ones have, and what a right reading of them holds."""

import random

from tequio.legaltext.labels import to_roman

WORDS = [
    "la",
    "autoridad",
    "el",
    "agua",
    "municipio",
    "que",
    "deberá",
    "las",
    "personas",
    "solicitud",
    "plazo",
    "conforme",
    "derecho",
    "registro",
    "público",
    "quien",
    "presente",
    "resolución",
    "consejo",
    "acequia",
    "sin",
    "perjuicio",
    "de",
    "lo",
    "anterior",
    "cuando",
    "proceda",
    "ante",
    "secretaría",
]
LATIN = ("Bis", "Ter", "Quáter", "Quinquies")
LETTERS = "abcdefghijklmnñopq"


def sentence(dice: random.Random, end: str = ".") -> str:
    words = [dice.choice(WORDS) for _ in range(dice.randint(4, 24))]
    return " ".join(words).capitalize() + end


class Law:
    """A law as text (`lines`, a paragraph each) with the articles and list members that it holds (`members` as in
    `keys`)."""

    def __init__(self, seed: int, articles: int = 14) -> None:
        self.dice = random.Random(seed)
        self.lines: list[str] = []
        self.articles: list[str] = []
        self.members: set[str] = set()
        self.style = self.dice.choice(("Artículo {}.- ", "ARTÍCULO {}. ", "Artículo {}.- ", "Art. {}. "))
        self.point = self.dice.choice(("{}. ", "{}.- ", "{}) ", "{}.– "))
        self.lines.append("LEY DE PRUEBA DEL VALLE")
        number = chapter = 0
        while number < articles:
            if number % 6 == 0:
                chapter += 1
                self.lines += [f"CAPÍTULO {to_roman(chapter)}", "DISPOSICIONES DE PRUEBA"]
            number += 1
            self._article(f"{number}{'o' if number < 10 and self.dice.random() < 0.5 else ''}", str(number))
            if self.dice.random() < 0.15:
                self._article(f"{number}-A", f"{number}a")
            for latin in LATIN[: self.dice.choice((0, 0, 0, 1, 2, 4))]:
                self._article(f"{number} {latin}", f"{number}{latin.lower().replace('á', 'a')}")
        self.lines.append(self.dice.choice(("TRANSITORIOS", "T R A N S I T O R I O S", "Transitorios")))
        self.lines += ["PRIMERO.- " + sentence(self.dice), "SEGUNDO.- " + sentence(self.dice)]

    def _article(self, label: str, key: str) -> None:
        dice = self.dice
        self.articles.append(key)
        head = self.style.format(label)
        kind = dice.random()
        if kind < 0.1:
            self.lines.append(f"{head}Se deroga.")
            return
        if kind < 0.5:
            self.lines.append(head + sentence(dice))
            self.lines += [sentence(dice) for _ in range(dice.randint(0, 2))]
        else:
            self.lines.append(head + sentence(dice, ":"))
            self._points(key, dice.randint(2, 12))
            if dice.random() < 0.3:
                self.lines.append(sentence(dice))
        if dice.random() < 0.3:
            self.lines.append("Artículo reformado DOF 04-12-1997")

    def _points(self, above: str, count: int) -> None:
        dice = self.dice
        for number in range(1, count + 1):
            self.members.add(f"{above}/{number}")
            label = self.point.format(to_roman(number))
            if dice.random() < 0.2:
                self.lines.append(label + sentence(dice, ":"))
                some = LETTERS[: dice.randint(2, len(LETTERS))]
                self.members |= {f"{above}/{number}/{'nn' if letter == 'ñ' else letter}" for letter in some}
                self.lines += [f"{letter}) {sentence(dice, ';')}" for letter in some]
            else:
                self.lines.append(label + sentence(dice, ";"))
                if dice.random() < 0.1 and number < count:
                    self.lines.append(sentence(dice))
            if dice.random() < 0.1 and number < count:
                latin = dice.choice(LATIN[:1])
                self.members.add(f"{above}/{number}{latin.lower()}")
                self.lines.append(self.point.format(f"{to_roman(number)} {latin}") + sentence(dice, ";"))

    def text(self) -> str:
        """A paragraph on each line."""
        return "\n".join(self.lines) + "\n"

    def spaced(self) -> str:
        """An empty line between paragraphs."""
        return "\n\n".join(self.lines) + "\n"

    def wrapped(self, width: int = 96) -> str:
        """Cut at the margin, with heads and folios, as text taken from a PDF."""
        pages: list[list[str]] = [[]]
        for paragraph in self.lines:
            line = ""
            for word in paragraph.split(" "):
                if len(line) + len(word) + 1 > width:
                    pages[-1].append(line)
                    line = ""
                    if len(pages[-1]) > 40:
                        pages.append([])
                line = f"{line} {word}" if line else word
            pages[-1].append(line)
        total = len(pages)
        return "\f".join(
            "\n".join(["LEY DE PRUEBA", "Congreso del Valle", *page, f"{number} de {total}"]) + "\n"
            for number, page in enumerate(pages, 1)
        )
