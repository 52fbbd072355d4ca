"""What waits for whoever works on texts, and whom a new version is told to."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.legaltext.models import Import
from tequio.people.models import Role
from tequio.people.pending import Item

SECRETARIAT = ("secretariat", "poc")


def of_version(on: str) -> list[str]:
    """A version is told to whoever follows its text."""
    jurisdiction, _subject, name = on.split("/", 2)
    return [on, f"{jurisdiction}/work/{name.rsplit('.', 1)[0]}"]


def for_role(role: Role, today: dt.date) -> Iterator[Item]:
    """Drafts that nobody published yet: for the secretariat all, for others their own."""
    rows = Import.objects.filter(expression__status="draft", expression__work__jurisdiction=role.jurisdiction_id)
    if role.kind not in SECRETARIAT:
        rows = rows.filter(by=role)
    for draft in rows.select_related("expression__work__jurisdiction").defer("source", "tree", "before"):
        work = draft.expression.work
        url = reverse("legaltext:review", args=[work.jurisdiction.slug, work.code, draft.expression.number])
        since = timezone.localdate(draft.started)
        yield Item("check", _("Revisar y publicar un texto"), work.title, url, None, since)
