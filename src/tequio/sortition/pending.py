"""What waits for the secretariat: a call to close, to draw, places to pass on and a committee to set. And each minute."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.people.models import Role
from tequio.people.pending import Item
from tequio.sortition import actions, letters, queries
from tequio.sortition.models import Call, Seat

KINDS = ("secretariat", "poc")


def items(role: Role, today: dt.date) -> Iterator[Item]:
    """In two queries, whatever the number of calls."""
    if role.kind not in KINDS:
        return
    rows = list(queries.calls_of(role.jurisdiction).exclude(status=Call.Status.DRAFT))
    untaken = set(
        Seat.objects.filter(call__in=rows, status=Seat.Status.ACCEPTED, role=None).values_list("call", flat=True)
    )
    for call in rows:
        words, due, since = "", None, None
        if call.status == Call.Status.PUBLISHED and not call.commitment:
            words, due = _("Guardar la semilla del sorteo"), call.closes
        elif call.status == Call.Status.PUBLISHED and today > call.closes:
            words, due, since = _("Cerrar la convocatoria"), call.closes + dt.timedelta(days=1), call.closes
        elif call.status == Call.Status.CLOSED:
            words, since = _("Revelar la semilla y sortear"), call.closes
        elif call.pk in untaken:
            words, due = _("Integrar el Comité con quienes aceptaron"), call.term_start
        if words:
            url = reverse("sortition:work_call", args=[call.jurisdiction.slug, call.number])
            yield Item("decide", words, best(call.title)[0], url, due=due, since=since)


def each_minute() -> None:
    """Passes on unanswered places, with their mails, and forgets contacts of terms that are over."""
    today = timezone.localdate()
    for seat in actions.expire_seats(today=today):
        letters.send_question(seat)
    actions.forget_contacts(today=today)
