"""Reads about co-creation. Every list costs the same number of queries, whatever its length."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from rapidfuzz import fuzz

from tequio.cocreation.models import (
    Batch,
    Call,
    Comment,
    Contribution,
    Credit,
    DraftVersion,
    JointDraft,
    Member,
    Problem,
    Response,
    Said,
    Table,
    Translation,
)
from tequio.commitments.models import Commitment
from tequio.common.i18n import versions
from tequio.legaltext import origin
from tequio.places.models import Jurisdiction
from tequio.search.words import STOP, fold, stem, tokens
from tequio.vocabularies import terms

ALIVE = (Said.Sight.SHOWN, Said.Sight.HELD)
ALIKE = (
    58  # of 100: from here on a person is asked whether two problems are the same one; found by hand on made-up pairs
)
COMPARED = 2000  # problems that a new one is compared with, the newest first
ROLE = ("jurisdiction", "office", "organisation__jurisdiction", "person")


def _role(path: str) -> tuple[str, ...]:
    return tuple(f"{path}__{name}" for name in ROLE)


def calls(jurisdiction: Jurisdiction) -> "QuerySet[Call]":
    """The public calls, the newest first."""
    return Call.public_rows().filter(jurisdiction=jurisdiction).order_by("-number")


def problems(jurisdiction: Jurisdiction) -> "QuerySet[Problem]":
    """Every public problem, the newest first."""
    return Problem.public_rows().filter(jurisdiction=jurisdiction).select_related("place").order_by("-number")


def contributions(jurisdiction: Jurisdiction) -> "QuerySet[Contribution]":
    """Every public contribution, the newest first."""
    rows = Contribution.public_rows().filter(jurisdiction=jurisdiction)
    rows = rows.select_related(
        "place", "call__plan", "answer__batch", *_role("entered_by"), *_role("answer__drafted_by")
    )
    return rows.order_by("-number")


def tables(jurisdiction: Jurisdiction) -> "QuerySet[Table]":
    """Every public table."""
    rows = Table.public_rows().filter(jurisdiction=jurisdiction)
    return rows.select_related("call__plan", "body", *_role("facilitator")).order_by("number")


def drafts(jurisdiction: Jurisdiction) -> "QuerySet[JointDraft]":
    """Every public draft."""
    rows = JointDraft.public_rows().filter(jurisdiction=jurisdiction)
    return rows.select_related("commitment", "call__plan").order_by("-number")


def members(table: Table) -> "QuerySet[Member]":
    """Who sits at a table, confirmed and not gone."""
    rows = Member.public_rows().filter(table=table, sight__in=ALIVE).select_related("account")
    return rows.order_by("sector", "number")


def roster(rows: Iterable[Member]) -> list[dict[str, Any]]:
    """A table's members by sector: the sector in words, how many, and those whose names are public."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        told = found.setdefault(row.sector, {"sector": terms.label("sector", row.sector), "count": 0, "named": []})
        told["count"] += 1
        if row.signature:
            told["named"].append(row.signature)
    return [found[key] for key in terms.keys("sector") if key in found]


# --- What is said about a thing -----------------------------------------------------------------------------------


def comments_on(about: Problem | Contribution | JointDraft) -> "QuerySet[Comment]":
    """The public comments of the first level, the newest first, each with its ``answers`` in their order: two queries."""
    name = {"problem": "problem", "contribution": "contribution", "jointdraft": "draft"}[about.subject]
    replies = Prefetch("replies", Comment.public_rows().order_by("number"), to_attr="answers")
    return Comment.public_rows().filter(**{name: about}, parent=None).order_by("-number").prefetch_related(replies)


def comments_by_part(draft: JointDraft, most: int) -> tuple[dict[str, list[Comment]], dict[str, int]]:
    """The newest comments of each part of a draft, ``most`` of each at most, and how many each part has."""
    rows = comments_on(draft)
    place = Window(RowNumber(), partition_by=F("field"), order_by=F("number").desc())
    found: dict[str, list[Comment]] = {}
    for row in rows.annotate(place=place).filter(place__lte=most):
        found.setdefault(row.field, []).append(row)
    counts = rows.order_by().prefetch_related(None).values_list("field").annotate(n=Count("pk"))
    return found, dict(counts.values_list("field", "n"))


def translations_of(contribution: Contribution) -> "QuerySet[Translation]":
    """The translations that anybody may read."""
    rows = Translation.public_rows().filter(contribution=contribution, sight=Said.Sight.SHOWN)
    return rows.order_by("number")


def answers_to(contribution: Contribution) -> "QuerySet[Response]":
    """The released answers, the first and the one after a review."""
    rows = Response.public_rows().filter(contribution=contribution)
    return rows.select_related(*_role("drafted_by")).order_by("number")


def credits_of(draft: JointDraft | None = None, contribution: Contribution | None = None) -> "QuerySet[Credit]":
    """The lines of the ledger of a draft or of a contribution, with what pages show of them."""
    rows = Credit.public_rows().select_related(
        "draft__commitment__jurisdiction", "draft__jurisdiction", "contribution__table", "contribution__problem"
    )
    if draft is not None:
        rows = rows.filter(draft=draft)
    if contribution is not None:
        rows = rows.filter(contribution=contribution)
    return rows.order_by("number")


def ledger(jurisdiction: Jurisdiction) -> "QuerySet[Credit]":
    """Who brought what to which commitment, the newest first."""
    return credits_of().filter(jurisdiction=jurisdiction).order_by("-number")


def versions_of(draft: JointDraft) -> "QuerySet[DraftVersion]":
    """Its versions, the newest first."""
    rows = DraftVersion.public_rows().filter(draft=draft).select_related(*_role("made_by"))
    return rows.order_by("-number")


# --- Clocks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """How contributions are answered: all of them, answered on time and late, waiting in time and overdue."""

    total: int
    on_time: int
    late: int
    waiting: int
    overdue: int

    @property
    def late_in_all(self) -> int:
        """Answered late, or not yet although the date is past."""
        return self.late + self.overdue


def owed() -> Q:
    """What waits for a first answer or, after a review was asked for, for a second one. Hidden ones too."""
    first = Q(closed_on=None) & ~Q(sight=Said.Sight.WITHDRAWN)
    # The second as a list of their own: joined with the answers, no index would serve the first.
    second = Contribution.objects.filter(review_asked_on__isnull=False, answer__number=1)
    return first | Q(pk__in=second.order_by().values("pk"))


def _waits(today: dt.date) -> tuple[Q, Q]:
    first = Q(closed_on=None) & ~Q(sight=Said.Sight.WITHDRAWN)
    return first & Q(due__gte=today), first & Q(due__lt=today)


def state_filter(state: str, today: dt.date) -> Q:
    """The contributions in a state that readers may ask for; all of them for anything else."""
    waiting, overdue = _waits(today)
    return {
        "esperando": waiting,
        "vencida": overdue,
        "a-tiempo": Q(closed_on__lte=F("due")),
        "tarde": Q(closed_on__gt=F("due")),
        "incorporada": Q(answer__decision__in=("accepted", "accepted_partly")),
        "no-incorporada": Q(answer__decision__in=("not_accepted", "out_of_scope", "merged")),
        "pospuesta": Q(answer__decision="postponed"),
        "oculta": Q(moderated_on__isnull=False),
    }.get(state, Q())


def clock_of(rows: "QuerySet[Contribution]", today: dt.date) -> Clock:
    """Counts in one query."""
    waiting, overdue = _waits(today)
    bare = rows.order_by().select_related(None).prefetch_related(None)
    return Clock(
        **bare.aggregate(
            total=Count("pk"),
            on_time=Count("pk", filter=Q(closed_on__lte=F("due"))),
            late=Count("pk", filter=Q(closed_on__gt=F("due"))),
            waiting=Count("pk", filter=waiting),
            overdue=Count("pk", filter=overdue),
        )
    )


def by_decision(rows: "QuerySet[Contribution]") -> list[dict[str, Any]]:
    """How many contributions each decision got, in the order of the list."""
    bare = rows.order_by().select_related(None).prefetch_related(None)
    found = dict(
        bare.filter(answer__isnull=False, closed_on__isnull=False)  # the same rows; the second has an index
        .values_list("answer__decision")
        .annotate(n=Count("pk"))
        .values_list("answer__decision", "n")
    )
    scheme = "contribution_decision"
    return [{"label": terms.label(scheme, key), "count": found[key]} for key in terms.keys(scheme) if key in found]


def to_answer(jurisdiction: Jurisdiction) -> "QuerySet[Contribution]":
    """The response queue: what is owed an answer, due soonest first."""
    return contributions(jurisdiction).filter(owed()).order_by("due", "number")


def held_answers(jurisdiction: Jurisdiction) -> "QuerySet[Response]":
    """Answers written and not released, of contributions that are still owed one."""
    rows = Response.objects.filter(released_on=None, contribution__jurisdiction=jurisdiction)
    rows = rows.exclude(contribution__sight=Said.Sight.WITHDRAWN)
    return rows.select_related("contribution__jurisdiction", "contribution__call", "batch").order_by(
        "contribution__number"
    )


def batches(jurisdiction: Jurisdiction) -> "QuerySet[Batch]":
    """The batches that were released, the newest first."""
    return Batch.public_rows().filter(jurisdiction=jurisdiction).order_by("-released_on", "-number")


# --- Alike --------------------------------------------------------------------------------------------------------


def stems(text: str) -> str:
    """The stems of a text's telling words, in order, to compare two texts by."""
    words = [token.text for token in tokens(text)]
    return " ".join(stem(word, "es") for word in words if fold(word) not in STOP)


def alike(problem: Problem, most: int = 5) -> list[tuple[Problem, int]]:
    """Problems that may be the same one, with how alike they are (0 to 100), the most alike first. A person decides."""
    mine = stems(f"{problem.title} {problem.text}"), stems(problem.title)
    rows = problems(problem.jurisdiction).filter(sight=Said.Sight.SHOWN, merged_into=None).exclude(pk=problem.pk)
    found = []
    for other in rows[:COMPARED]:
        title = stems(other.title)
        score = max(
            fuzz.token_sort_ratio(mine[1], title),
            fuzz.token_set_ratio(mine[0], stems(f"{other.title} {other.text}")) * 0.9,
        )
        if problem.place_id and problem.place_id == other.place_id:
            score += 5
        if score >= ALIKE:
            found.append((other, min(100, round(score))))
    return sorted(found, key=lambda pair: (-pair[1], pair[0].number or 0))[:most]


@dataclass(frozen=True)
class Suggestion:
    """Words of a part of a draft that a contribution had too; a person confirms."""

    field: str
    words: str


def suggested_words(draft: JointDraft, contribution: Contribution) -> list[Suggestion]:
    """The words of the draft's newest version that the contribution brought: runs of at least two telling words."""
    current = draft.versions.filter(number=draft.version).first()
    if current is None or not contribution.is_shown:
        return []
    said = origin.Proposal("", "", f"{contribution.title}. {contribution.text}")
    found = []
    for field, value in current.fields.items():
        words = versions(value).get("es", "")
        found += [Suggestion(field, one.words) for one in origin.credit("", words, [said]) if one.side == origin.NEW]
    return found


# --- The thread ---------------------------------------------------------------------------------------------------


def thread_of(commitment: Commitment) -> dict[str, Any] | None:
    """Where a commitment comes from: its draft, the lines of the ledger, the problems; None where nothing is known."""
    draft = JointDraft.public_rows().filter(commitment=commitment).order_by("number").first()
    if draft is None:
        return None
    lines = list(credits_of(draft=draft))
    several = {line.contribution.problem for line in lines if line.contribution.problem is not None}
    return {
        "draft": draft,
        "lines": lines,
        "contributions": sorted({line.contribution for line in lines}, key=lambda one: one.number or 0),
        "problems": sorted(several, key=lambda one: one.number or 0),
    }


def commitments_of(problem: Problem) -> list[JointDraft]:
    """The drafts that contributions to a problem fed, with their commitments."""
    rows = JointDraft.public_rows().filter(credits__contribution__problem=problem)
    return list(rows.select_related("commitment__jurisdiction").distinct().order_by("number"))


def last_number(model: Any, jurisdiction: Jurisdiction) -> int:
    """The highest number given so far."""
    return int(model.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0)
