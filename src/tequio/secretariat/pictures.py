"""A decision as pictures with words: each side's votes, and each seat with what it did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.common.bars import bars
from tequio.meetings.models import Capacity, Seat
from tequio.secretariat import deciding, queries
from tequio.secretariat.models import Ballot, ConflictDeclared, Decision
from tequio.secretariat.wording import CHOICES, INSIDE, LIGHTS


@dataclass(frozen=True)
class Side:
    """How one house voted: the words for it, its light, a picture where counts may be told, and its facts."""

    words: Any
    colour: str
    word: str
    picture: SafeString | None
    needed: int | None
    voted: int
    present: int
    conflicted: int


def sides(decision: Decision) -> list[Side]:
    """Both sides, and the whole table where the rules ask for it; none before the end and none for a consensus."""
    told = decision.outcome
    found = []
    for row in told.get("counts", ()):
        light = {True: ("green", _("Hubo mayoría")), False: ("red", _("No hubo mayoría"))}
        colour, word = light[row["reached"]] if "reached" in row else ("grey", _("No se contó"))
        words, picture = INSIDE[row["house"]], None
        if "for" in row:
            picture = bars([(str(CHOICES[c]), row[c], LIGHTS[c]) for c in deciding.CHOICES], str(words))
        found.append(
            Side(
                words,
                colour,
                word,
                picture,
                row.get("needed"),
                *(row["voted"], row["present"], row["conflicted"]),
            )
        )
    return found


@dataclass(frozen=True)
class Row:
    """One seat on a decision: on which side, who of it was there, and what it did, as light and words."""

    seat: Seat
    house: str
    presence: str
    filled: bool
    colour: str
    word: str
    reason: str


def _presence(told: Mapping[str, Any]) -> str:
    if not told["filled"]:
        return _("Vacante")
    if told["head"]:
        return _("Titular")
    if told["liaison"]:
        return _("Enlace o suplente, con delegación") if told["delegated"] else _("Enlace o suplente, sin delegación")
    return _("Nadie")


def _did(decision: Decision, told: Mapping[str, Any], ballot: Ballot | None) -> tuple[str, str]:
    """The light and the words for what a seat did."""
    if told["conflict"]:
        return "grey", _("Declaró un conflicto: no cuenta")
    if ballot is None and not (decision.is_voted and told["filled"]):
        return "", ""
    if ballot is None:
        return "grey", (_("Aún no vota") if decision.is_open else _("No votó"))
    by = "" if ballot.holder.capacity == Capacity.HEAD else _(" (con delegación)")
    by += _(" (a mano alzada)") if ballot.how else ""
    if ballot.choice:
        return LIGHTS[ballot.choice], f"{CHOICES[ballot.choice]}{by}"
    return "blue", _("Votó en secreto") + by


def seats(
    decision: Decision,
    ballots: Mapping[int, Ballot],
    conflicts: Iterable[ConflictDeclared],
    places: list[queries.Place],
) -> list[tuple[str, list[Row]]]:
    """Every seat of the table by side: as it was written down at the end or, while open (``places``), as it is now."""
    out = {row.seat_id for row in conflicts}
    known = {seat.subject_key(): seat for seat in decision.body.seats.select_related("body__jurisdiction")}
    told = decision.outcome.get("table") or [
        {
            "seat": place.seat.subject_key(),
            "house": place.house,
            "filled": place.filled,
            **vars(place.presence),
            "conflict": place.seat.pk in out,
        }
        for place in places
    ]
    found: dict[str, list[Row]] = {house: [] for house in deciding.HOUSES}
    for line in told:
        seat = known[line["seat"]]
        ballot = ballots.get(seat.pk)
        colour, word = _did(decision, line, ballot)
        reason = ballot.reason if ballot is not None else ""
        found[line["house"]].append(Row(seat, line["house"], _presence(line), line["filled"], colour, word, reason))
    return [(str(INSIDE[house]), rows) for house, rows in found.items() if rows]
