"""What bills put into the pages of legal texts, and how they stand in the lists of everything that waits."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.lawmaking import queries
from tequio.lawmaking.models import Bill, Remark
from tequio.lawmaking.rules import KIND
from tequio.legaltext.models import Expression, Provision, Work
from tequio.meetings.models import Session
from tequio.people.models import Role
from tequio.people.pending import Item

Filled = tuple[str, dict[str, Any]]
SHOWN = 5


def bill_of(work: Work) -> Bill | None:
    """The public bill that this text belongs to."""
    return Bill.public_rows().filter(work=work).first()


def of_work(request: HttpRequest, work: Work) -> Filled | None:
    """On a text: the bill that it is, and the bills that would change it."""
    bill = bill_of(work)
    changing = list(Bill.public_rows().filter(law=work)[:SHOWN])
    if bill is None and not changing:
        return None
    return "lawmaking/parts/work.html", {"bill": bill, "changing": changing, "slug": work.jurisdiction.slug}


def of_expression(request: HttpRequest, expression: Expression) -> Filled | None:
    """On a version: the way to the bill."""
    return of_work(request, expression.work)


def of_provision(request: HttpRequest, unit: Provision) -> Filled | None:
    """On an article: what people say of it, and the two things that a person can do."""
    work = unit.expression.work
    bill = bill_of(work)
    if bill is None:
        return None
    newest = queries.newest_text(bill)
    here = newest is not None and Provision.objects.filter(expression=newest, path=unit.path).exists()
    rows = queries.on_unit(bill, unit).order_by("-backers", "-number")
    context = {
        "bill": bill,
        "unit": unit,
        "rows": rows[:SHOWN],
        "count": rows.count(),
        "slug": work.jurisdiction.slug,
        "is_open": bill.is_open(timezone.localdate()) and here,
        "today": timezone.localdate(),
    }
    return "lawmaking/parts/unit.html", context


def of_session(request: HttpRequest, session: Session) -> Filled | None:
    """On a session: the bills that it looks at."""
    rows = list(queries.bills_in(session))
    return ("lawmaking/parts/session.html", {"rows": rows, "slug": session.jurisdiction.slug}) if rows else None


def of_remark(request: HttpRequest, said: Any) -> Filled | None:
    """On the page of whoever said it: what was answered, where the bill is, and where the words went."""
    if not isinstance(said, Remark):
        return None
    row = said.parent or said
    today = timezone.localdate()
    context = {
        "remark": said,
        "bill": row.bill,
        "slug": said.jurisdiction.slug,
        "credits": queries.credits_of(said),
        "replies": said.replies.filter(sight=Remark.Sight.SHOWN).count(),
        "stage": row.bill.get_stage_display(),
        "today": today,
    }
    return "lawmaking/parts/mine.html", context


def heat(count: int, top: int) -> SafeString:
    """How much is said of an article beside the one most spoken of, as a small bar; the words beside it say the count."""
    if not count:
        return mark_safe("")
    return format_html(
        '<svg class="heat" viewBox="0 0 40 8" aria-hidden="true"><rect class="band" width="40" height="8"/>'
        '<rect class="fill" width="{}" height="8"/></svg> ',
        round(40 * count / max(top, 1), 1),
    )


def marks(request: HttpRequest, expression: Expression, units: Sequence[Provision]) -> Mapping[int, SafeString]:
    """Behind each article of a bill's text: how many people said something, and the way to say it."""
    bill = bill_of(expression.work)
    if bill is None or not units:
        return {}
    said = queries.counts(bill, expression, units)
    top = max(said.values(), default=0)
    slug, code = bill.jurisdiction.slug, bill.code
    is_open = bill.is_open(timezone.localdate()) and expression == queries.newest_text(bill)
    found = {}
    for unit in units:
        page = reverse("legaltext:provision", args=[slug, expression.work.code, expression.number, unit.path])
        n = said.get(unit.pk, 0)
        words = ngettext("%(n)s opinión", "%(n)s opiniones", n) % {"n": n} if n else _("Sin opiniones")
        say = ""
        if is_open:
            address = reverse("lawmaking:say", args=[slug, code]) + f"?lugar={unit.path}"
            say = format_html(' · <a href="{}">{}</a>', address, _("Opinar"))
        found[unit.pk] = format_html(
            '<p class="source noprint">{}<a href="{}#opiniones">{}</a>{}</p>', heat(n, top), page, words, say
        )
    return found


def waiting(role: Role, today: dt.date) -> Iterator[Item]:
    """What the congress's people owe: answers, by bill."""
    if role.kind != KIND:
        return
    for bill in queries.every_bill(role.jurisdiction):
        first = (
            Remark.objects.filter(bill=bill, closed_on=None, due__isnull=False)
            .exclude(sight=Remark.Sight.WITHDRAWN)
            .order_by("due")
            .first()
        )
        if first is not None:
            url = reverse("lawmaking:answer", args=[role.jurisdiction.slug, bill.code])
            yield Item("answer", _("Responder opiniones"), str(bill), url, first.due, first.published_on)
