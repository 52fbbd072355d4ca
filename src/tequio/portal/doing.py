"""What anybody can do today: open calls, bills, questions and the next session, for the front page."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.cocreation import queries as cocreation
from tequio.cocreation.models.call import Phase
from tequio.lawmaking import queries as lawmaking
from tequio.meetings import queries as meetings
from tequio.meetings.models import Session
from tequio.opinions import queries as opinions
from tequio.places.models import Jurisdiction
from tequio.sortition import queries as sortition

SHOWN = 6
OF_EACH = 20  # read of each sort; more than these are never open at once in one place
WORDS = {
    Phase.PROBLEMS: gettext_lazy("Cuenta un problema que vives."),
    Phase.CONTRIBUTIONS: gettext_lazy("Propón cómo resolver un problema. Se responde con razones."),
    Phase.TABLES: gettext_lazy("Siéntate a una mesa de trabajo."),
    Phase.DRAFTING: gettext_lazy("Comenta los compromisos que se están redactando."),
}


@dataclass(frozen=True)
class Doing:
    """One thing: what sort it is, its title, what a person does there, the last day, where it has one, and the day on
    which it is, where it is on one."""

    sort: str
    title: Any
    words: str
    url: str
    until: dt.date | None = None
    on: dt.date | None = None


def things_to_do(jurisdiction: Jurisdiction, today: dt.date) -> list[Doing]:
    """The things that close first, first; those without a last day at the end. Six at most."""
    found = [
        *_calls(jurisdiction, today),
        *_bills(jurisdiction, today),
        *_questions(jurisdiction, today),
        *_committee(jurisdiction, today),
        *_session(jurisdiction),
    ]
    return sorted(found, key=lambda one: one.on or one.until or dt.date.max)[:SHOWN]


def _calls(jurisdiction: Jurisdiction, today: dt.date) -> Iterator[Doing]:
    """Of each call what closes first among that which is open to anybody."""
    for call in cocreation.calls(jurisdiction)[:OF_EACH]:
        last_days = {
            phase: window[1]
            for phase in WORDS
            if call.is_open(phase, today) and (window := call.window(phase)) is not None
        }
        if last_days:
            phase = min(last_days, key=lambda one: last_days[one])
            url = reverse("cocreation:call", args=[jurisdiction.slug, call.number])
            yield Doing(_("Cocreación"), call.title, str(WORDS[phase]), url, last_days[phase])


def _bills(jurisdiction: Jurisdiction, today: dt.date) -> Iterator[Doing]:
    for bill in lawmaking.bills(jurisdiction)[:OF_EACH]:
        if bill.is_open(today):
            url = reverse("lawmaking:bill", args=[jurisdiction.slug, bill.code])
            words = _("Léela en palabras llanas y opina.")
            yield Doing(_("Ley que se está haciendo"), bill.plain_title, words, url, bill.closes)


def _questions(jurisdiction: Jurisdiction, today: dt.date) -> Iterator[Doing]:
    for one in opinions.public(jurisdiction)[:OF_EACH]:
        if one.is_open_on(today):
            url = reverse("opinions:conversation", args=[jurisdiction.slug, one.number])
            words = _("Di si estás de acuerdo o no, frase por frase.")
            yield Doing(_("Qué opina la gente"), one.question, words, url, one.closes)


def _committee(jurisdiction: Jurisdiction, today: dt.date) -> Iterator[Doing]:
    for call in sortition.public_calls(jurisdiction)[:OF_EACH]:
        if call.is_open_on(today):
            url = reverse("sortition:call", args=[jurisdiction.slug, call.number])
            words = _("Entra al sorteo para formar parte.")
            yield Doing(_("Comité de Seguimiento"), call.title, words, url, call.closes)


def _session(jurisdiction: Jurisdiction) -> Iterator[Doing]:
    """The session that comes next, or goes on now."""
    rows = meetings.public_sessions(jurisdiction).filter(state__in=(Session.State.CALLED, Session.State.OPEN))
    coming = rows.filter(ends_at__gte=timezone.now()).order_by("starts_at").first()
    if coming is not None:
        url = reverse("meetings:session", args=[jurisdiction.slug, coming.number])
        words = _("Mira de qué van a hablar y dónde se reúnen.")
        yield Doing(_("Sesión"), coming.title, words, url, on=timezone.localtime(coming.starts_at).date())
