"""What waits for members of a committee and the monitoring body: checks to make and to confirm."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.dates import add_months
from tequio.common.i18n import best
from tequio.monitoring.models import Committee
from tequio.oversight import queries
from tequio.people.models import Role
from tequio.people.pending import Item

MONTHS_TO_CHECK = 2  # after it falls due


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """Oldest plan last. Whoever is bound to an institution is told on the page."""
    if role.kind not in ("committee", "monitor"):
        return
    mine = Committee.objects.filter(members=role).values_list("plan__number", flat=True)
    newest = max(mine, default=0) if role.kind == "committee" else None
    for plan in queries.past_plans(role.jurisdiction, today):
        if (newest is not None and plan.number > newest) or queries.current(plan, today) is None:
            continue
        for row in queries.rows_of(plan, today):
            if row.due is None:
                continue
            url = reverse("oversight:handle", args=[role.jurisdiction.slug, row.commitment.code])
            about = best(row.commitment.title)[0] or row.commitment.code
            due = add_months(row.due.due, MONTHS_TO_CHECK)
            if row.proposal is None:
                yield Item("check", _("Revisar cómo sigue un compromiso"), about, url, due, row.due.due)
            elif row.proposal.returned and row.proposal.by_id == role.pk:
                yield Item("check", _("Te devolvieron una revisión"), about, url, due, row.proposal.on)
            elif not row.proposal.returned and row.proposal.by_id != role.pk:
                yield Item("check", _("Confirmar lo que otra persona revisó"), about, url, due, row.proposal.on)
