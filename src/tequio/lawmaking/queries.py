"""Reads about bills and what people say of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils.text import slugify

from tequio.lawmaking.models import LIVE, Bill, BillStep, Fate, Hearing, Remark
from tequio.legaltext import queries as texts
from tequio.legaltext.actions.origins import share_of
from tequio.legaltext.models import Expression, Origin, Provision
from tequio.meetings.models import Session
from tequio.places.models import Jurisdiction

ORDERS = {
    "recientes": ("-published_on", "-number"),
    "apoyadas": ("-backers", "-number"),
    "comentadas": ("-talked", "-number"),
}
SHOWN = Remark.Sight.SHOWN
HEEDED = (Fate.Decision.TAKEN, Fate.Decision.PARTLY)


def sponsor_slug(name: str) -> str:
    """A deputy's name as it stands in addresses."""
    return slugify(name)[:80] or "sin-nombre"


def bills(jurisdiction: Jurisdiction) -> "QuerySet[Bill]":
    """Every public bill, newest first, with how many opinions it has (``said``), how many have an answer (``done``) and how
    many changed something (``heeded``)."""
    rows = Bill.public_rows().filter(jurisdiction=jurisdiction)
    asked = Q(remarks__published_on__isnull=False) & ~Q(remarks__kind=Remark.Kind.REPLY)
    counted = {
        "said": Count("remarks", filter=asked),
        "done": Count("remarks", filter=asked & Q(remarks__fate__isnull=False)),
        "heeded": Count("remarks", filter=asked & Q(remarks__fate__decision__in=HEEDED)),
    }
    return rows.annotate(**counted).order_by("-published_on", "-pk")


def open_first(rows: "QuerySet[Bill]", today: dt.date) -> "QuerySet[Bill]":
    """Those that people may speak about today first, then those on their way, then the rest; the newest of each first."""
    opened = Q(opens__lte=today) & (Q(closes=None) | Q(closes__gte=today))
    place = Case(When(opened & Q(stage__in=LIVE), then=0), When(stage__in=LIVE, then=1), default=2)
    return rows.annotate(place=place).order_by("place", "-published_on", "-pk")


def totals(jurisdiction: Jurisdiction) -> dict[str, int]:
    """Of all bills of a place: opinions (``said``), with an answer (``done``), that changed something (``heeded``)."""
    rows = Remark.objects.filter(jurisdiction=jurisdiction, published_on__isnull=False)
    return rows.exclude(kind=Remark.Kind.REPLY).aggregate(
        said=Count("pk"),
        done=Count("pk", filter=Q(fate__isnull=False)),
        heeded=Count("pk", filter=Q(fate__decision__in=HEEDED)),
    )


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


def unit(expression: Expression, path: str) -> Provision | None:
    """An article of a version by its path."""
    return Provision.objects.filter(expression=expression, path=path).select_related("expression__work").first()


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


def articles(bill: Bill, expression: Expression, most: int = 12) -> tuple[list[Heat], bool]:
    """The articles of a version with how much was said of each, and whether these are all: all of them in order where there
    are ``most`` at the most; of a longer text the most discussed ones, or the first where nobody spoke yet."""
    units = list(Provision.objects.filter(expression=expression, path=F("unit")).order_by("order"))
    said = counts(bill, expression, units)
    top = max(said.values(), default=0)
    rows = [Heat(unit, said.get(unit.pk, 0), -(-4 * said.get(unit.pk, 0) // (top or 1))) for unit in units]
    if len(rows) <= most:
        return rows, True
    return sorted(rows, key=lambda row: -row.count)[:most], False


def answers(bill: Bill) -> dict[int, int]:
    """How many people answered each question of a bill."""
    rows = Remark.objects.filter(bill=bill, kind=Remark.Kind.ANSWER, sight=SHOWN, published_on__isnull=False)
    return dict(rows.values_list("question").annotate(n=Count("pk")).order_by())


@dataclass(frozen=True)
class Figures:
    """What became of what people said: in all, by fate, in time, late, waiting, overdue; days to answer (median); places and
    sectors heard; of the words that came into any version after the first, how many are citizens'."""

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
    def done(self) -> int:
        """How many have an answer."""
        return self.taken + self.partly + self.not_taken + self.out_of_scope

    @property
    def percent(self) -> int:
        """Share of the changed words with a citizen's origin, whole percent."""
        return round(100 * self.credited / self.came) if self.came else 0


def people(bill: Bill) -> "QuerySet[Remark]":
    """Every opinion that was confirmed, whatever became of its words; not the replies."""
    rows = Remark.objects.filter(bill=bill, published_on__isnull=False).exclude(kind=Remark.Kind.REPLY)
    return rows.select_related("place")


def days_to_answer(bill: Bill) -> list[int]:
    """Calendar days from each answered opinion to its answer, the shortest first."""
    pairs = people(bill).filter(closed_on__isnull=False).values_list("published_on", "closed_on")
    return sorted((closed - said).days for said, closed in pairs if said and closed)


def figures(bill: Bill, today: dt.date) -> Figures:
    """Counts of one bill, in a fixed number of queries."""
    rows = people(bill)
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
    days = days_to_answer(bill)
    shares = [share_of(version) for version in texts.versions(bill.work)] if bill.work is not None else []
    credited, came = sum(share[0] for share in shares), sum(share[1] for share in shares)
    return Figures(**counted, median_days=days[len(days) // 2] if days else None, credited=credited, came=came)


@dataclass(frozen=True)
class Credit:
    """Words of a version that a remark brought. ``stands`` says whether they are (or, struck ones, are still gone) in the
    newest text."""

    origin: Origin
    remark: Remark | None
    unit: Provision | None
    stands: bool = True


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


def brought(bill: Bill) -> list[Credit]:
    """Whose words came in with any version, the newest version's first; what came in and was lost again later says so."""
    versions = list(texts.versions(bill.work)) if bill.work is not None else []
    if not versions:
        return []
    now = {p.lineage_id: " ".join(p.text.split()) for p in Provision.objects.filter(expression=versions[0])}
    found = []
    for version in versions:
        for row in credits(bill, version):
            there = now.get(row.unit.lineage_id, "") if row.unit is not None else ""
            here = " ".join(row.origin.words.split()) in there
            stands = version == versions[0] or (here == (row.origin.side == Origin.Side.NEW))
            found.append(replace(row, stands=stands))
    return found


def credits_of(remark: Remark) -> "QuerySet[Origin]":
    """Where the words of a remark went."""
    rows = Origin.public_rows().filter(contribution=remark.subject_key())
    return rows.order_by("expression__date", "number")


def hearings(bill: Bill) -> list[Hearing]:
    """The sessions that look at a bill, in time."""
    rows = Hearing.public_rows().filter(bill=bill)
    return sorted(rows, key=lambda row: (row.begins, row.number))


def hearings_of(jurisdiction: Jurisdiction) -> list[Hearing]:
    """The sessions that look at any bill of a place, in time."""
    rows = Hearing.public_rows().filter(bill__jurisdiction=jurisdiction)
    return sorted(rows, key=lambda row: (row.begins, row.bill.code, row.number))


def bills_in(session: Session) -> "QuerySet[Hearing]":
    """The bills that a session looks at, but for those taken off."""
    return Hearing.public_rows().filter(session=session, cancelled_on=None).order_by("bill__code")


def on_topic(rows: "QuerySet[Bill]", topic: str) -> "QuerySet[Bill]":
    """Those of ``rows`` on a subject. It is a list in a JSON column, which databases do not filter alike."""
    known = rows.order_by().values_list("pk", "topics")
    return rows.filter(pk__in=[pk for pk, found in known if topic in found])


def by_sponsor(rows: "QuerySet[Bill]", name: str) -> "QuerySet[Bill]":
    """Those of ``rows`` that a deputy proposes, by the name in addresses."""
    known = rows.order_by().values_list("pk", "sponsors")
    return rows.filter(pk__in=[pk for pk, found in known if name in {sponsor_slug(row["name"]) for row in found}])


def fates(bill: Bill) -> "QuerySet[Fate]":
    """The answers on a bill, the newest first."""
    return Fate.public_rows().filter(bill=bill).order_by("-number")


def steps(rows: "QuerySet[Bill]") -> "QuerySet[BillStep]":
    """The steps of these bills, the newest first."""
    return BillStep.public_rows().filter(bill__in=rows.order_by().values("pk")).order_by("-on", "-pk")
