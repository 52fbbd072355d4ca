"""Reads about bills and what people say of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from tequio.lawmaking.models import Bill, Remark
from tequio.legaltext import queries as texts
from tequio.legaltext.actions.origins import share_of
from tequio.legaltext.models import Expression, Origin, Provision
from tequio.places.models import Jurisdiction

ORDERS = {
    "recientes": ("-published_on", "-number"),
    "apoyadas": ("-backers", "-number"),
    "comentadas": ("-talked", "-number"),
}
SHOWN = Remark.Sight.SHOWN


def bills(jurisdiction: Jurisdiction) -> "QuerySet[Bill]":
    """Every public bill, newest first, with how many remarks it has (``said``)."""
    said = Count("remarks", filter=Q(remarks__published_on__isnull=False))
    return Bill.public_rows().filter(jurisdiction=jurisdiction).annotate(said=said).order_by("-published_on", "-pk")


def every_bill(jurisdiction: Jurisdiction) -> "QuerySet[Bill]":
    """Drafts too, for the congress's people."""
    owed = Q(remarks__published_on__isnull=False, remarks__closed_on=None) & ~Q(
        remarks__kind=Remark.Kind.REPLY, remarks__sight=Remark.Sight.WITHDRAWN
    )
    rows = Bill.objects.filter(jurisdiction=jurisdiction).select_related(
        "jurisdiction", "work", "law", "film", "poster"
    )
    return rows.annotate(owed=Count("remarks", filter=owed)).order_by("-pk")


def newest_text(bill: Bill) -> Expression | None:
    """The newest published version of the bill's text."""
    return texts.versions(bill.work).first() if bill.work is not None else None


def remarks(bill: Bill) -> "QuerySet[Remark]":
    """Everything said of a bill that was confirmed, but for replies; with how many replies are in sight (``talked``)."""
    talked = Count("replies", filter=Q(replies__sight=SHOWN), distinct=True)
    rows = Remark.public_rows().filter(bill=bill).exclude(kind=Remark.Kind.REPLY)
    return rows.select_related("place", "fate__by__jurisdiction").annotate(talked=talked).order_by("-number")


def on_unit(bill: Bill, unit: Provision) -> "QuerySet[Remark]":
    """What was said of an article or of anything in it."""
    inside = Provision.objects.filter(expression=unit.expression_id, unit=unit.path).values("lineage")
    return remarks(bill).filter(anchor__lineage__in=inside)


def counts(bill: Bill, expression: Expression, units: Iterable[Provision]) -> dict[int, int]:
    """How many remarks in sight each unit of a version has, in two queries."""
    wanted = {unit.path: unit.pk for unit in units}
    inside = Provision.objects.filter(expression=expression, unit__in=wanted).values_list("lineage_id", "unit")
    unit_of = dict(inside)
    found: dict[int, int] = {}
    said = Remark.objects.filter(bill=bill, sight=SHOWN, published_on__isnull=False, anchor__isnull=False)
    for lineage, count in said.values_list("anchor__lineage").annotate(n=Count("pk")).order_by():
        if lineage in unit_of:
            key = wanted[unit_of[lineage]]
            found[key] = found.get(key, 0) + count
    return found


@dataclass(frozen=True)
class Heat:
    """An article with how much was said of it: ``level`` 1 to 4 beside the most discussed one."""

    unit: Provision
    count: int
    level: int


def heat(bill: Bill, expression: Expression, most: int = 10) -> list[Heat]:
    """The most discussed articles."""
    units = list(Provision.objects.filter(expression=expression, path=F("unit")).order_by("order"))
    said = counts(bill, expression, units)
    top = max(said.values(), default=0)
    rows = [Heat(unit, said[unit.pk], -(-4 * said[unit.pk] // top)) for unit in units if unit.pk in said]
    return sorted(rows, key=lambda row: -row.count)[:most]


@dataclass(frozen=True)
class Figures:
    """What became of what people said: in all, by fate, in time, late, waiting, overdue; days to answer (median); places and
    sectors heard; of the words that came into the newest version, how many are citizens'."""

    total: int
    wordings: int
    taken: int
    partly: int
    not_taken: int
    out_of_scope: int
    on_time: int
    late: int
    waiting: int
    overdue: int
    median_days: int | None
    places: int
    sectors: int
    credited: int
    came: int

    @property
    def percent(self) -> int:
        """Share of the changed words with a citizen's origin, whole percent."""
        return round(100 * self.credited / self.came) if self.came else 0


def figures(bill: Bill, today: dt.date) -> Figures:
    """Counts of one bill, in a fixed number of queries."""
    rows = Remark.objects.filter(bill=bill, published_on__isnull=False).exclude(kind=Remark.Kind.REPLY)
    gone = Q(sight=Remark.Sight.WITHDRAWN)
    counted = rows.aggregate(
        total=Count("pk"),
        wordings=Count("pk", filter=Q(kind=Remark.Kind.WORDING)),
        **{key: Count("pk", filter=Q(fate__decision=key)) for key in ("taken", "partly", "not_taken", "out_of_scope")},
        on_time=Count("pk", filter=Q(closed_on__lte=F("due"))),
        late=Count("pk", filter=Q(closed_on__gt=F("due"))),
        waiting=Count("pk", filter=Q(closed_on=None, due__gte=today) & ~gone),
        overdue=Count("pk", filter=Q(closed_on=None, due__lt=today) & ~gone),
        places=Count("place", distinct=True),
        sectors=Count("sector", distinct=True, filter=~Q(sector="")),
    )
    pairs = rows.filter(closed_on__isnull=False).values_list("published_on", "closed_on")
    days = sorted((closed - said).days for said, closed in pairs if said and closed)
    newest = newest_text(bill)
    credited, came = share_of(newest) if newest is not None else (0, 0)
    return Figures(**counted, median_days=days[len(days) // 2] if days else None, credited=credited, came=came)


@dataclass(frozen=True)
class Credit:
    """Words of the newest version that a remark brought."""

    origin: Origin
    remark: Remark | None
    unit: Provision | None


def credits(bill: Bill, expression: Expression, verdict: str = Origin.Verdict.CONFIRMED) -> list[Credit]:
    """Whose words are in a version, in its order, in three queries."""
    rows = list(Origin.objects.filter(expression=expression, verdict=verdict).select_related("expression__work"))
    numbers = {int(row.contribution.rsplit("/", 1)[-1]) for row in rows if "/remark/" in row.contribution}
    said = {row.number: row for row in Remark.public_rows().filter(bill=bill, number__in=numbers)}
    older = expression.supersedes_id
    places = Provision.objects.filter(Q(expression=expression) | Q(expression=older))
    where: dict[tuple[Any, str], Provision] = {
        (p.expression_id, p.path): p for p in places.filter(path__in={row.path for row in rows})
    }
    found = []
    for row in rows:
        version = expression.pk if row.side == Origin.Side.NEW else older
        number = int(row.contribution.rsplit("/", 1)[-1]) if "/remark/" in row.contribution else -1
        found.append(Credit(row, said.get(number), where.get((version, row.path))))
    return sorted(found, key=lambda one: (one.unit.order if one.unit else 0, one.origin.start))


def credits_of(remark: Remark) -> "QuerySet[Origin]":
    """Where the words of a remark went."""
    rows = Origin.public_rows().filter(contribution=remark.subject_key())
    return rows.order_by("expression__date", "number")
