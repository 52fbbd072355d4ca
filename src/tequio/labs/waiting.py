"""What waits in labs: stops whose attendance nobody noted, and sheets that are no contribution yet; and who hears of labs."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common.dates import add_working_days
from tequio.labs import queries
from tequio.labs.models import Lab, Sheet, Stop
from tequio.people.models import Role
from tequio.people.pending import Item

COUNT_DAYS = 3  # working days after a stop within which its attendance is noted
WORKS = ("secretariat", "poc", "facilitator")


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """In two queries."""
    if role.kind not in WORKS:
        return
    slug = role.jurisdiction.slug
    past = Stop.objects.filter(
        lab__jurisdiction_id=role.jurisdiction_id,
        lab__status=Lab.Status.PUBLISHED,
        status=Stop.Status.PLANNED,
        day__lt=today,
    ).select_related("lab", "municipality")
    for stop in past:
        url = reverse("labs:attendance", args=[slug, stop.lab.number, stop.number])
        words = _("Anotar cuántas personas vinieron al laboratorio")
        yield Item("write", words, str(stop), url, add_working_days(stop.day, COUNT_DAYS), stop.day)
    rows = queries.waiting_sheets(role.jurisdiction).order_by("entered")
    waiting: dict[int, list[Sheet]] = {}
    for sheet in rows:
        waiting.setdefault(sheet.lab_id, []).append(sheet)
    for found in waiting.values():
        lab, since = found[0].lab, found[0].entered
        words = ngettext(
            "Ver por qué una hoja no se volvió aportación",
            "Ver por qué %(n)s hojas no se volvieron aportaciones",
            len(found),
        ) % {"n": len(found)}
        day = timezone.localdate(since) if since else today
        url = reverse("labs:handle", args=[slug, lab.number]) + "#hojas"
        yield Item("answer", words, str(lab), url, add_working_days(day, COUNT_DAYS), day)


def keys(on: str) -> list[str]:
    """The lab, under which its stops and its outreach are told too, and its call."""
    place, _subject, name = on.split("/", 2)
    number = name.split(".")[0]
    rows = Lab.objects.filter(jurisdiction__slug=place, number=int(number) if number.isdecimal() else -1)
    called = rows.filter(call__isnull=False).values_list("call__number", flat=True)
    return [f"{place}/lab/{number}", *(f"{place}/process/{call}" for call in called)]
