"""What people can follow in co-creation, and who is reminded of what is owed."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.cocreation import queries
from tequio.cocreation.models import Comment, Contribution, Credit, JointDraft, Problem, Table
from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.notices import reminders, topics
from tequio.notices.reminders import Reminder
from tequio.opinions import waiting as opinions
from tequio.record.queries import Told
from tequio.record.subjects import url
from tequio.vocabularies import terms

BEFORE = (2, 7)  # days before the last day to answer


def _of(model: Any, on: str, *paths: str) -> Any:
    place, _subject, name = on.split("/", 2)
    first = name.split(".")[0]
    rows = model.objects.filter(jurisdiction__slug=place, number=int(first) if first.isdecimal() else -1)
    return rows.values_list(*paths).first()


def problem_keys(on: str) -> list[str]:
    """The problem, and its call."""
    place = on.split("/")[0]
    found = _of(Problem, on, "call__number")
    return [on, *([f"{place}/process/{found[0]}"] if found and found[0] else [])]


def contribution_keys(on: str) -> list[str]:
    """The contribution that the key begins with, its problem and its call."""
    place, _subject, name = on.split("/", 2)
    mine = f"{place}/contribution/{name.split('.')[0]}"
    found = _of(Contribution, on, "problem__number", "call__number")
    if found is None:
        return [mine]
    problem = [f"{place}/problem/{found[0]}"] if found[0] else []
    return [mine, *problem, f"{place}/process/{found[1]}"]


def comment_keys(on: str) -> list[str]:
    """What is commented on."""
    place = on.split("/")[0]
    found = _of(Comment, on, "problem__number", "contribution__number", "draft__number")
    names = ("problem", "contribution", "jointdraft")
    return [f"{place}/{name}/{number}" for name, number in zip(names, found or (), strict=False) if number]


def draft_keys(on: str) -> list[str]:
    """The draft that the key begins with, its call, and the commitment it became."""
    place, _subject, name = on.split("/", 2)
    found = _of(JointDraft, on, "call__number", "code")
    more = [f"{place}/process/{found[0]}"] if found else []
    if found and found[1]:
        more.append(f"{place}/commitment/{found[1]}")
    return [f"{place}/jointdraft/{name.split('.')[0]}", *more]


def credit_keys(on: str) -> list[str]:
    """The draft and the contribution that a line of the ledger joins."""
    place = on.split("/")[0]
    found = _of(Credit, on, "draft__number", "contribution__number")
    return [f"{place}/jointdraft/{found[0]}", f"{place}/contribution/{found[1]}"] if found else []


def table_keys(on: str) -> list[str]:
    """The table, and its call."""
    found = _of(Table, on, "call__number")
    return [on, *([f"{on.split('/')[0]}/process/{found[0]}"] if found else [])]


def answer_words(told: Told) -> str:
    """The decision and its reason, whole."""
    state = told.entry.get("state", {})
    parts = (
        terms.label("contribution_decision", state.get("decision", "")),
        terms.label("response_reason", state.get("reason", "")),
        best(state.get("text"))[0],
    )
    return ". ".join(filter(None, parts))


def register() -> None:
    # Opinion groups lie beside notices and cannot tell them themselves.
    topics.register("conversation", opinions.keys, followed=True)
    topics.register("opinions", opinions.keys)
    topics.register("process", lambda on: [on], followed=True)
    topics.register("problem", problem_keys, followed=True)
    topics.register("contribution", contribution_keys, followed=True)
    topics.register("response", contribution_keys, text=answer_words)
    topics.register("comment", comment_keys)
    topics.register("jointdraft", draft_keys, followed=True)
    topics.register("draftversion", draft_keys)
    topics.register("credit", credit_keys)
    topics.register("worktable", table_keys, followed=True)
    reminders.register(to_answer)


def to_answer(today: dt.date) -> Iterator[Reminder]:
    """For each contribution without an answer: 7 and 2 days before its last day, and when that is past; to the secretariat."""
    rows = Contribution.public_rows().filter(queries.owed())
    far = today + dt.timedelta(days=BEFORE[-1])
    for row in rows.filter(Q(due__lte=far) | Q(review_due__lte=far)).iterator(chunk_size=500):
        due = (row.review_due if row.awaits_second_answer else row.due) or today
        left = (due - today).days
        if left > BEFORE[-1]:
            continue
        threshold = "late" if left < 0 else str(next(days for days in BEFORE if left <= days))
        with translation.override("es"):
            address = url(row.subject_key())
        yield Reminder(
            key=f"{row.subject_key()}:{threshold}:{due.isoformat()}",
            jurisdiction=row.jurisdiction,
            about=row.call.title,
            words=partial(_words, row.number or 0, due, left),
            url=address,
            due=due,
        )


def _words(number: int, due: dt.date, left: int) -> str:
    said = {"number": number, "day": in_words(due), "n": abs(left)}
    if left < 0:
        late = ngettext(
            "La aportación %(number)s debía responderse el %(day)s, hace %(n)s día",
            "La aportación %(number)s debía responderse el %(day)s, hace %(n)s días",
            -left,
        )
        return late % said
    if left == 0:
        return _("La aportación %(number)s se responde hoy a más tardar") % said
    return _("La aportación %(number)s se responde a más tardar el %(day)s") % said
