"""The method of calculation, read as a formula over an indicator's variables: ``+ - * / ( )``, figures and symbols.

Nothing is ever executed: a small parser of its own reads the text into a tree and works it out in decimals.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import Any

LONGEST = 400  # characters; a longer method is told in words
DEEPEST = 40  # brackets inside brackets
SYMBOL = re.compile(r"^[^\W\d_]\w{0,30}$")
TOKEN = re.compile(r"\s*(?:(?P<figure>\d+(?:[.,]\d+)?)|(?P<symbol>[^\W\d_]\w*)|(?P<sign>[-+*/()%×÷·−–x]))")
SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"}
DIGITS = 28

Tree = tuple[Any, ...]  # ("figure", Decimal) · ("symbol", name) · (sign, Tree, Tree) · ("neg", Tree)


class NotAFormulaError(ValueError):
    """The text is no formula; it may still say in words how to calculate."""


@dataclass(frozen=True)
class Formula:
    """A formula that was read. ``symbols`` in the order in which they stand."""

    tree: Tree
    symbols: tuple[str, ...]

    def value(self, values: Mapping[str, Decimal]) -> Decimal | None:
        """Its result; None where it cannot be worked out (a division by zero, a figure that nothing holds).

        Raises ``KeyError`` for a symbol without a value.
        """
        with localcontext() as context:
            context.prec = DIGITS
            try:
                found = _work_out(self.tree, values)
            except (DivisionByZero, InvalidOperation, Overflow):
                return None
        return found if found.is_finite() and abs(found.adjusted()) < DIGITS else None


def read(words: str) -> Formula | None:
    """The formula that a method is, or None where it tells in words how to calculate."""
    words = words.strip()
    # "x = a / b": what stands before the sign names the result.
    _name, sign, right = words.rpartition("=")
    words = right if sign else words
    if not words.strip() or len(words) > LONGEST:
        return None
    try:
        tree = _Reader(_tokens(words)).whole()
    except NotAFormulaError:
        return None
    symbols: list[str] = []
    _gather(tree, symbols)
    return Formula(tree, tuple(dict.fromkeys(symbols))) if symbols else None


def _tokens(words: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place, words = 0, words.rstrip().rstrip(".")
    while place < len(words):
        match = TOKEN.match(words, place)
        if match is None:
            raise NotAFormulaError(words[place:])
        kind = str(match.lastgroup)
        text = match[kind]
        # "a x 100": a lonely x between two operands is a multiplication as people write it.
        if kind == "symbol" and text in ("x", "X") and found and found[-1][0] in ("figure", "symbol", "close"):
            kind, text = "sign", "*"
        if kind == "sign":
            text = SIGNS.get(text, text)
            kind = "close" if text == ")" else "sign"
        found.append((kind, text))
        place = match.end()
    return found


class _Reader:
    """Reads by descent: sums of products of factors."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def whole(self) -> Tree:
        tree = self.sum()
        if self.place != len(self.tokens):
            raise NotAFormulaError
        return tree

    def next_is(self, *signs: str) -> str:
        kind, text = self.tokens[self.place] if self.place < len(self.tokens) else ("", "")
        if kind not in ("sign", "close") or text not in signs:
            return ""
        self.place += 1
        return text

    def sum(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAFormulaError
        tree = self.product()
        while sign := self.next_is("+", "-"):
            tree = (sign, tree, self.product())
        self.depth -= 1
        return tree

    def product(self) -> Tree:
        tree = self.factor()
        while sign := self.next_is("*", "/"):
            tree = (sign, tree, self.factor())
        return tree

    def factor(self) -> Tree:
        negative = False
        while self.next_is("-"):
            negative = not negative
        if self.next_is("("):
            tree = self.sum()
            if not self.next_is(")"):
                raise NotAFormulaError
        elif self.place < len(self.tokens) and self.tokens[self.place][0] in ("figure", "symbol"):
            kind, text = self.tokens[self.place]
            self.place += 1
            tree = (kind, Decimal(text.replace(",", "."))) if kind == "figure" else (kind, text)
        else:
            raise NotAFormulaError
        if self.next_is("%"):  # "100 %" is how people write the factor of a percentage
            tree = tree if tree == ("figure", Decimal(100)) else ("/", tree, ("figure", Decimal(100)))
        return ("neg", tree) if negative else tree


def _gather(tree: Tree, found: list[str]) -> None:
    if tree[0] == "symbol":
        found.append(tree[1])
    for part in tree[1:]:
        if isinstance(part, tuple):
            _gather(part, found)


def _work_out(tree: Tree, values: Mapping[str, Decimal]) -> Decimal:
    kind = tree[0]
    if kind == "figure":
        return Decimal(tree[1])
    if kind == "symbol":
        return values[tree[1]]
    if kind == "neg":
        return -_work_out(tree[1], values)
    left, right = _work_out(tree[1], values), _work_out(tree[2], values)
    if kind == "+":
        return left + right
    if kind == "-":
        return left - right
    if kind == "*":
        return left * right
    return left / right
