"""Reads about conversations."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from tequio.opinions import groups, tokens
from tequio.opinions.models import Conversation, Participant, Result, Statement, Vote
from tequio.places.models import Jurisdiction

SAID = 5  # statements told under each heading
MOST_AGREE = 0.6  # a group agrees with a statement when so large a share of it is likely to


def public(jurisdiction: Jurisdiction) -> "QuerySet[Conversation]":
    """Every published conversation, the newest first."""
    return Conversation.public_rows().filter(jurisdiction=jurisdiction).order_by("-number")


def about(key: str) -> "QuerySet[Conversation]":
    """The published conversations that hang on an object, by its key in the record."""
    return Conversation.public_rows().filter(about=key).order_by("-number")


def for_work(jurisdiction: Jurisdiction) -> "QuerySet[Conversation]":
    """Every conversation, drafts too, with how many statements wait for a look."""
    waiting = Count("statements", filter=Q(statements__sight=Statement.Sight.HELD))
    rows = Conversation.objects.filter(jurisdiction=jurisdiction).select_related("jurisdiction")
    return rows.annotate(waiting=waiting).order_by("-number")


def newest_result(conversation: Conversation) -> Result | None:
    """The result that holds now."""
    return conversation.results.order_by("-number").first()


def shown(conversation: Conversation) -> "QuerySet[Statement]":
    """The statements in sight, in their order."""
    return conversation.statements.filter(sight=Statement.Sight.SHOWN, number__isnull=False).order_by("number")


def participant_of(conversation: Conversation, word: str) -> Participant | None:
    """Who holds this word, if they have voted here."""
    if not word:
        return None
    return Participant.objects.filter(conversation=conversation, key=tokens.key_of(conversation, word)).first()


def next_statement(conversation: Conversation, participant: Participant | None) -> tuple[Statement | None, int, int]:
    """The next statement to vote, how many are voted and how many there are. Each participant has an order of their own, so
    that the last ones are not always the same."""
    rows = list(shown(conversation))
    if participant is None:
        return (rows[0] if rows else None), 0, len(rows)
    voted = set(Vote.objects.filter(participant=participant).values_list("statement_id", flat=True))
    left = [row for row in rows if row.pk not in voted]
    left.sort(key=lambda row: (row.pk * 2654435761 + participant.ahead * 40503) % 2**32)
    return (left[0] if left else None), len(rows) - len(left), len(rows)


@dataclass(frozen=True)
class Share:
    """How a set of people voted a statement, in counts and in whole percent."""

    name: str
    agrees: int
    disagrees: int
    passes: int

    @property
    def seen(self) -> int:
        return self.agrees + self.disagrees + self.passes

    @property
    def percent(self) -> tuple[int, int, int]:
        seen = self.seen or 1
        return round(100 * self.agrees / seen), round(100 * self.disagrees / seen), round(100 * self.passes / seen)


@dataclass
class Line:
    """A statement with what a result says of it."""

    statement: Statement
    total: Share
    groups: list[Share] = field(default_factory=list)
    agreement: float = 0.0
    disagreement: float = 0.0
    division: float = 0.0


@dataclass
class Group:
    """A group with what tells it from the others: (statement, whether it agrees, how many times likelier)."""

    name: str
    people: int
    x: float
    y: float
    lines: list[tuple[Line, bool, float]]


@dataclass
class Reading:
    """A result as its page tells it. Statements that were hidden since are left out."""

    result: Result
    everybody: bool
    lines: list[Line]
    groups: list[Group]

    @property
    def together(self) -> list[Line]:
        """What all groups agree with, most first."""
        found = [line for line in self.lines if line.groups and line.agreement >= MOST_AGREE]
        return sorted(found, key=lambda line: -line.agreement)[:SAID]

    @property
    def against(self) -> list[Line]:
        """What all groups disagree with, most first."""
        found = [line for line in self.lines if line.groups and line.disagreement >= MOST_AGREE]
        return sorted(found, key=lambda line: -line.disagreement)[:SAID]

    @property
    def apart(self) -> list[Line]:
        """What divides the groups, most first."""
        return sorted((line for line in self.lines if line.division > 0), key=lambda line: -line.division)[:SAID]


def reading(result: Result) -> Reading:
    """A result with the words of its statements, in one query."""
    said: dict[str, Any] = json.loads(result.file)
    known = {row.number: row for row in shown(result.conversation)}
    names = [group["name"] for group in said["groups"]]
    lines = {
        row["statement"]: Line(
            statement=known[row["statement"]],
            total=Share("", *row["votes"]),
            groups=[Share(name, *votes) for name, votes in zip(names, row.get("groups", []), strict=False)],
            agreement=row.get("agreement", 0.0),
            disagreement=row.get("disagreement", 0.0),
            division=row.get("division", 0.0),
        )
        for row in said["statements"]
        if row["statement"] in known
    }
    found = [
        Group(
            group["name"],
            group["people"],
            group["x"],
            group["y"],
            [
                (lines[one["statement"]], one["agrees"], one["ratio"])
                for one in group["representative"]
                if one["statement"] in lines
            ],
        )
        for group in said["groups"]
    ]
    return Reading(result, said["counts_are_of"] == "everybody", list(lines.values()), found)


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: on the map, and the letter of their group (empty where it is too small to be shown)."""

    x: float
    y: float
    group: str


def standing(participant: Participant, result: Result) -> Standing | None:
    """Where a participant stands in a result; None while they have voted too few statements to say."""
    axes = result.axes
    if not axes.get("centres"):
        return None
    cast = dict(Vote.objects.filter(participant=participant).values_list("statement__number", "value"))
    votes = [cast.get(number) for number in axes["statements"]]
    if sum(vote is not None for vote in votes) < min(groups.FEW_VOTES, len(votes)):
        return None
    x, y = groups.place(votes, axes["means"], axes["components"])
    nearest = groups.nearest((x, y), [(one[0], one[1]) for one in axes["centres"]])
    letter = "ABCDE"[axes["shown"].index(nearest)] if nearest in axes["shown"] else ""
    return Standing(x, y, letter)
