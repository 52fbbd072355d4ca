"""What waits for the secretariat: requests about personal data."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.people.models import Role
from tequio.people.pending import Item
from tequio.privacy import queries


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    if role.kind not in ("secretariat", "poc"):
        return
    for row in queries.open_requests(role.jurisdiction):
        url = reverse("privacy:handle", args=[role.jurisdiction.slug, row.number])
        yield Item("decide", _("Decidir una solicitud sobre datos personales"), str(row), url, row.due, row.received_on)
