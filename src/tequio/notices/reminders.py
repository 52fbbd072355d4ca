"""What is due or late, to whoever answers for it: each reminder once to each person, one mail for all of a morning.

An app registers a function of its own: ``register(function)``; ``function(today)`` gives every reminder that holds today,
computed from state. Its ``key`` holds the thing, the threshold and the date it is due, so that a date that moves is
reminded of anew. Reminders that reach nobody go to the secretariat.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from tequio.common.i18n import versions
from tequio.notices.models import Delivery, Mark, Reminded
from tequio.notices.timing import HOUR
from tequio.people.models import Person, Role
from tequio.places.models import Jurisdiction

MARK = "reminders"
SECRETARIAT = ("secretariat", "poc")
CHUNK = 500


@dataclass(frozen=True)
class Reminder:
    """Something that waits for the holders of ``roles``; without roles, for the secretariat.

    ``about`` names the thing (a text in two languages), ``words`` says in the active language what is due, ``url`` is
    the Spanish address of the page where it is done.
    """

    key: str
    jurisdiction: Jurisdiction
    about: Any
    words: Callable[[], str]
    url: str
    due: dt.date | None = None
    roles: Sequence[Role] = field(default_factory=tuple)


Source = Callable[[dt.date], Iterable[Reminder]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Adds a source; the same one again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def plan_if_due() -> bool:
    """Plans once a day, from seven in the morning on; whether it was time."""
    now = timezone.localtime()
    if now.hour < HOUR:
        return False
    known = Mark.objects.filter(name=MARK).values_list("value", flat=True).first()
    if known is not None and known >= now.date().toordinal():
        return False
    plan(now.date())
    return True


@transaction.atomic
def plan(today: dt.date) -> int:
    """Writes what each person has not been reminded of yet, and a mail for each person. Returns how many mails.

    The mark's row is locked, so that two runs do it one after the other.
    """
    Mark.objects.get_or_create(name=MARK)
    mark = Mark.objects.select_for_update().get(name=MARK)
    mark.value = today.toordinal()
    mark.save(update_fields=["value"])
    offices = secretariats(today)
    mails = 0
    waiting: list[Reminder] = []
    for source in _sources:
        for reminder in source(today):
            waiting.append(reminder)
            if len(waiting) >= CHUNK:
                mails += _write(waiting, offices, today)
                waiting = []
    return mails + _write(waiting, offices, today)


def secretariats(today: dt.date) -> dict[int, list[Role]]:
    """The roles of each jurisdiction's secretariat, by its primary key."""
    roles = Role.objects.filter(Q(until=None) | Q(until__gte=today), kind__in=SECRETARIAT)
    found: dict[int, list[Role]] = defaultdict(list)
    for role in roles.select_related("person__account"):
        found[role.jurisdiction_id].append(role)
    return found


def reached(roles: Iterable[Role | None], today: dt.date) -> list[Person]:
    """Who holds these roles today and can get mail, each once."""
    people: dict[int, Person] = {}
    for role in roles:
        if role is not None and role.person is not None and role.is_held_on(today):
            person = role.person
            if person.email or (person.account is not None and person.account.is_active):
                people[person.pk] = person
    return list(people.values())


def _write(reminders: Sequence[Reminder], offices: dict[int, list[Role]], today: dt.date) -> int:
    pairs: list[tuple[Person, Reminder]] = []
    for reminder in reminders:
        office = offices.get(reminder.jurisdiction.pk, [])
        people = reached(reminder.roles, today) or reached(office, today)
        pairs += [(person, reminder) for person in people]
    if not pairs:
        return 0
    known = set(
        Reminded.objects.filter(
            person__in={person.pk for person, _r in pairs}, key__in={r.key for _p, r in pairs}
        ).values_list("person", "key")
    )
    fresh: dict[int, list[tuple[Person, Reminder]]] = defaultdict(list)
    for person, reminder in pairs:
        if (person.pk, reminder.key) not in known:
            known.add((person.pk, reminder.key))
            fresh[person.pk].append((person, reminder))
    for pk, rows in fresh.items():
        mail = Delivery.objects.create(
            jurisdiction=rows[0][1].jurisdiction,
            kind=Delivery.Kind.REMINDER,
            person=rows[0][0],
            once=f"reminder:{pk}:{_short(min(r.key for _p, r in rows))}",
            acts=len(rows),
        )
        Reminded.objects.bulk_create(
            [
                Reminded(
                    person=person,
                    key=reminder.key,
                    words=_in_both(reminder.words),
                    about=versions(reminder.about),
                    url=reminder.url,
                    due=reminder.due,
                    delivery=mail,
                )
                for person, reminder in rows
            ]
        )
    return len(fresh)


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _in_both(words: Callable[[], str]) -> dict[str, str]:
    found = {}
    for language in ("es", "en"):
        with translation.override(language):
            found[language] = words()
    return found
