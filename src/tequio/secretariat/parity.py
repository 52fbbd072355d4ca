"""Parity: who is there, who speaks, who proposes, who votes and who facilitates, by side, sector and gender.

Computed from what sessions left behind: the public count of attendance, approved minutes, agendas, ballots and facilitators.
Presence, votes and facilitation count seats; speech and proposals count what was recorded and put forward, guests' too.
Counts by gender are of people who said theirs; small groups are named and not counted (``meetings.counting``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models import AgendaItem, Attendance, Body, Minutes, MinutesEntry, Seat, Session
from tequio.secretariat import deciding
from tequio.secretariat.models import Ballot
from tequio.vocabularies import terms

MEASURES = {
    "presence": _("Estuvieron"),
    "speech": _("Hablaron"),
    "proposals": _("Propusieron temas"),
    "votes": _("Votaron"),
    "facilitation": _("Facilitaron"),
}
MEANINGS = {
    "presence": _("asientos representados en cada sesión, por su titular, enlace o suplente"),
    "speech": _("intervenciones y aportaciones que quedaron en actas aprobadas"),
    "proposals": _("puntos del orden del día que propuso alguien del órgano"),
    "votes": _("votos emitidos, a la vista o en secreto"),
    "facilitation": _("sesiones facilitadas por un asiento"),
}
Key = tuple[str, str]  # side and sector


@dataclass
class Line:
    """One session: for each measure how many of each side and sector, and how its seats were represented."""

    session: Session
    counts: dict[str, Counter[Key]] = field(default_factory=lambda: {name: Counter() for name in MEASURES})
    heads: int = 0
    liaisons: int = 0
    nobody: int = 0
    genders: dict[str, int] = field(default_factory=dict)  # of groups that are large enough
    few_genders: list[str] = field(default_factory=list)

    def side(self, measure: str, house: str) -> int:
        """How many of one side."""
        return sum(n for (side, _sector), n in self.counts[measure].items() if side == house)


@dataclass(frozen=True)
class Measure:
    """One measure over all sessions: how many of each side and of each sector."""

    key: str
    civil: int
    government: int
    sectors: list[tuple[str, str, int]]  # side, sector, count

    @property
    def total(self) -> int:
        return self.civil + self.government

    @property
    def percent(self) -> int:
        """The part outside government, in whole percent."""
        return round(100 * self.civil / self.total) if self.total else 0


@dataclass(frozen=True)
class Parity:
    """The parity of a body: its seats by side, each measure, each session in order of time, and what is told of gender."""

    body: Body
    civil_seats: int
    government_seats: int
    measures: list[Measure]
    lines: list[Line]
    present_by_gender: dict[str, Any]
    speech_by_gender: dict[str, Any]


def _house(is_government: bool) -> str:
    return deciding.GOVERNMENT if is_government else deciding.CIVIL


class _Keys:
    """On which side and in which sector something counts: its seat's, else that of the sector that was given."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self.by_pk = {seat.pk: (_house(seat.is_government), seat.sector) for seat in seats}

    def of(self, seat: int | None, sector: str = "") -> Key | None:
        if seat is not None and seat in self.by_pk:
            return self.by_pk[seat]
        return (_house(terms.is_government(sector)), sector) if sector else None


def of_body(body: Body) -> Parity:
    """The parity of all sessions that a body held. A fixed number of queries, however many there were."""
    seats = list(body.seats.select_related("body"))
    rows = Session.objects.filter(body=body, state=Session.State.HELD).select_related("jurisdiction", "body")
    lines = {row.pk: Line(row) for row in rows.order_by("starts_at", "number")}
    keys, numbers = _Keys(seats), {seat.number: seat for seat in seats}
    for line in lines.values():
        _presence(line, numbers, keys)
        facilitator = keys.of(line.session.facilitator_id)
        if facilitator:
            line.counts["facilitation"][facilitator] += 1
    _add(lines, "speech", keys, _entries(lines).values_list("minutes__session", "seat", "sector"))
    items = AgendaItem.objects.filter(session__in=lines, proposed_on__isnull=False)
    _add(lines, "proposals", keys, items.values_list("session", "seat", "sector"))
    ballots = Ballot.objects.filter(decision__session__in=lines).values_list("decision__session", "seat")
    _add(lines, "votes", keys, ((session, seat, "") for session, seat in ballots))
    today = [seat for seat in seats if seat.until is None]
    return Parity(
        body,
        sum(not seat.is_government for seat in today),
        sum(seat.is_government for seat in today),
        [_measure(key, lines.values()) for key in MEASURES],
        list(lines.values()),
        *_by_gender(lines, body.small_group),
    )


def _presence(line: Line, numbers: Mapping[int, Seat], keys: _Keys) -> None:
    for told in line.session.attendance.get("seats", []):
        seat = numbers.get(told["seat"])
        key = keys.of(seat.pk) if seat else None
        if key is None:
            continue
        if told.get("head"):
            line.heads += 1
        elif told.get("liaison") or told.get("alternate"):
            line.liaisons += 1
        else:
            line.nobody += 1
            continue
        line.counts["presence"][key] += 1


def _add(lines: Mapping[int, Line], measure: str, keys: _Keys, rows: Iterable[tuple[Any, Any, str]]) -> None:
    for session, seat, sector in rows:
        key = keys.of(seat, sector)
        if key:
            lines[session].counts[measure][key] += 1


def _entries(lines: Mapping[int, Line]) -> Any:
    kinds = (MinutesEntry.Kind.STATEMENT, MinutesEntry.Kind.CONTRIBUTION)
    return MinutesEntry.objects.filter(
        minutes__session__in=lines, minutes__state=Minutes.State.APPROVED, kind__in=kinds
    ).order_by()


def _measure(key: str, lines: Iterable[Line]) -> Measure:
    total: Counter[Key] = Counter()
    for line in lines:
        total += line.counts[key]
    order = {sector: n for n, sector in enumerate(terms.keys("sector"))}
    rows = sorted(total.items(), key=lambda row: (row[0][0], order.get(row[0][1], 99), row[0][1]))
    sides = {house: sum(n for (side, _s), n in rows if side == house) for house in deciding.HOUSES}
    sectors = [(side, sector, n) for (side, sector), n in rows]
    return Measure(key, sides[deciding.CIVIL], sides[deciding.GOVERNMENT], sectors)


def _by_gender(lines: Mapping[int, Line], least: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Who was there and what was said by gender: the sum of the sessions in which the group was large enough in people.

    One person at six sessions is no group of six, and figures told after each session must not give the last one's by
    subtraction: so each session counts or is left out by itself. Few people say much: speech follows the people.
    """
    people = Attendance.objects.filter(session__in=lines, confirmed=True).exclude(gender="").order_by()
    entries = _entries(lines).exclude(attendance=None).exclude(attendance__gender="")
    said = {
        (pk, gender): n
        for pk, gender, n in entries.values_list("minutes__session", "attendance__gender").annotate(n=Count("pk"))
    }
    present: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    few: set[str] = set()
    for pk, gender, n in people.values_list("session", "gender").annotate(n=Count("pk")):
        if n >= least:
            lines[pk].genders[gender] = n
            present[gender] += n
            spoken[gender] += said.get((pk, gender), 0)
        else:
            lines[pk].few_genders.append(gender)
            few.add(gender)
    groups = {key: present[key] for key in sorted(present)}
    return (
        {"groups": groups, "few": sorted(few - set(groups))},
        {"groups": {key: spoken[key] for key in groups}, "few": sorted(few - set(groups))},
    )


def rows_of(parity: Parity) -> list[tuple[Any, ...]]:
    """The table for downloads: a row for each session, measure and sector."""
    return [
        (line.session.number, line.session.day.isoformat(), measure, side, sector, count)
        for line in parity.lines
        for measure in MEASURES
        for (side, sector), count in sorted(line.counts[measure].items())
    ]
