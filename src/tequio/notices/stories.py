"""Acts told to people: a line for each, gathered under the thing they are about, newest first."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language

from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.notices import topics
from tequio.record import subjects
from tequio.record.models import Act
from tequio.record.queries import Told

LENGTH = 300  # characters of what an act says
CHUNK = 200
KEPT = 4_000  # lines and titles that are kept in memory during a run


@dataclass(frozen=True)
class Line:
    """An act in words: its kind, what it says, the day in local time (and in words), and the address of its own page."""

    position: int
    words: str
    text: str
    day: dt.date
    when: str
    url: str


@dataclass
class Group:
    """A followed thing, or something in it, with what happened to it, newest first."""

    key: str
    title: str
    label: str
    url: str
    lines: list[Line] = field(default_factory=list)


class Stories:
    """Lines and titles, read together for many people and kept for the next; in whichever language is active."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int], Line] = {}
        self._titles: dict[tuple[str, str], tuple[str, str, str]] = {}

    def load(self, told: Iterable[Mapping[int, str]]) -> None:
        """Reads what is not known yet, in as many queries for one person as for a hundred (``CHUNK`` acts each)."""
        language = get_language() or "es"
        if len(self._lines) > KEPT or len(self._titles) > KEPT:
            self._lines.clear()
            self._titles.clear()
        positions: set[int] = set()
        keys: set[str] = set()
        for rows in told:
            positions |= rows.keys()
            keys |= set(rows.values())
        self.load_titles(keys)
        missing = sorted(n for n in positions if (language, n) not in self._lines)
        for start in range(0, len(missing), CHUNK):
            chunk = missing[start : start + CHUNK]
            acts = Act.objects.filter(numbered__position__in=chunk).annotate(number=F("numbered__position"))
            for act in acts.iterator(chunk_size=CHUNK):
                self._lines[language, act.number] = _line(Told(act, act.number, False))

    def load_titles(self, keys: Iterable[str]) -> None:
        """Reads what things are called and where their pages are."""
        language = get_language() or "es"
        unknown = []
        for key in sorted(key for key in keys if (language, key) not in self._titles):
            theme = topics.theme_of(key)
            if theme is None:
                unknown.append(key)
            else:
                self._titles[language, key] = (theme.title, theme.label, theme.url)
        for start in range(0, len(unknown), CHUNK):
            chunk = unknown[start : start + CHUNK]
            newer = Act.objects.filter(on=OuterRef("on"), rev__gt=OuterRef("rev"))
            for act in Act.objects.filter(~Exists(newer), on__in=chunk).iterator(chunk_size=CHUNK):
                found = Told(act, 0, False)
                self._titles[language, act.on] = (best(found.title)[0], found.sort, subjects.url(act.on))

    def groups(self, told: Mapping[int, str]) -> list[Group]:
        """What happened to one person's things, gathered by thing; the thing with the newest act comes first."""
        language = get_language() or "es"
        found: dict[str, Group] = {}
        for position in sorted(told, reverse=True):
            line = self._lines.get((language, position))
            if line is not None:
                key = told[position]
                found.setdefault(key, self.group(key)).lines.append(line)
        return list(found.values())

    def group(self, key: str) -> Group:
        """A thing without lines."""
        known = self._titles.get((get_language() or "es", key))
        return Group(key, *(known or (key.rsplit("/", 1)[1], "", "")))


def titles(keys: Iterable[str]) -> list[Group]:
    """Things by their keys, without lines, in order of sort and title."""
    stories, wanted = Stories(), list(keys)
    stories.load_titles(wanted)
    return sorted((stories.group(key) for key in wanted), key=lambda row: (row.label, row.title))


def _line(told: Told) -> Line:
    day = timezone.localdate(told.act.at)
    return Line(
        position=told.number,
        words=told.words,
        text=Truncator(" ".join(topics.words_of(told).split())).chars(LENGTH),
        day=day,
        when=in_words(day),
        url=reverse("record:act", args=[told.act.jurisdiction, told.number]),
    )
