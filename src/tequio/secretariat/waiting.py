"""What waits: decisions to take part in, for whoever occupies a seat; decisions to close, for the secretariat."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.meetings.models import Session
from tequio.people.models import Role
from tequio.people.pending import Item
from tequio.secretariat import queries
from tequio.secretariat.models import Ballot, ConflictDeclared, Decision


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """A fixed number of queries, however many decisions are open."""
    if role.kind in ("secretariat", "poc"):
        yield from _to_close(role)
    yield from _to_vote(role, today)


def _to_close(role: Role) -> Iterator[Item]:
    rows = queries.public(role.jurisdiction).filter(state=Decision.State.OPEN, session__state=Session.State.HELD)
    for row in rows.order_by("number"):
        url = reverse("secretariat:manage", args=[role.jurisdiction.slug, row.number])
        about = best(row.question)[0]
        words = _("Cerrar una decisión: su sesión ya terminó")
        yield Item("decide", words, about, url, row.session.day, row.opened_on)


def _to_vote(role: Role, today: dt.date) -> Iterator[Item]:
    open_ones = queries.open_for(role, today)
    if not open_ones:
        return
    seats = {holder.seat_id for _decision, holder in open_ones}
    decisions = [decision.pk for decision, _holder in open_ones]
    cast = Ballot.objects.filter(decision__in=decisions, seat__in=seats)
    done = set(cast.filter(how="").values_list("decision", "seat"))
    noted = set(cast.exclude(how="").values_list("decision", "seat"))
    done |= set(ConflictDeclared.objects.filter(decision__in=decisions, seat__in=seats).values_list("decision", "seat"))
    for decision, holder in open_ones:
        if (decision.pk, holder.seat_id) in done:
            continue
        url = reverse("secretariat:vote", args=[role.jurisdiction.slug, decision.number])
        words = _("Votar") if decision.is_voted else _("Decir si tu asiento objeta")
        if (decision.pk, holder.seat_id) in noted:
            words = _("Revisar el voto que se anotó por tu asiento")
        yield Item("decide", words, best(decision.question)[0], url, None, decision.opened_on)
