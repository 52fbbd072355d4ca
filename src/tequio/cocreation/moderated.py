"""What co-creation puts into the one queue and the public register of moderation."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse

from tequio.cocreation import tokens
from tequio.cocreation.models import (
    Attachment,
    Backing,
    Comment,
    Contribution,
    Member,
    Problem,
    Said,
    Translation,
)
from tequio.cocreation.words import SORTS, THINGS, line_words
from tequio.common.moderation import rule_words
from tequio.people import moderated
from tequio.people.moderated import Moderated, Waiting
from tequio.places.models import Jurisdiction

MOST = 500  # lines of one sort that the queue or the register shows; beyond, the oldest first and the newest first


def page_of(said: Any) -> str:
    """The public page where something said, or what is supported, stands."""
    return tokens.sorts[said.subject].page(said)


def _page(said: Any) -> str:
    place = (said.about if isinstance(said, Backing) else said).jurisdiction.slug
    if isinstance(said, Backing):
        said = said.about
    if isinstance(said, Translation):
        said = said.contribution
    if isinstance(said, Comment):
        if said.draft is not None:
            return reverse("cocreation:draft", args=[place, said.draft.number])
        said = said.contribution or said.problem or said
    if isinstance(said, Member):
        return reverse("cocreation:table", args=[place, said.table.number])
    name = "problem" if isinstance(said, Problem) else "contribution"
    return reverse(f"cocreation:{name}", args=[place, said.number])


def waiting(model: Any, jurisdiction: Jurisdiction) -> Iterator[Waiting]:
    """What of one sort somebody must look at, or decide again."""
    files = Q(attachments__sight=Attachment.Sight.WAITING) & ~Q(sight=Said.Sight.WITHDRAWN)
    wanted = Q(sight=Said.Sight.HELD) | (Q(appealed_on__isnull=False, reviewed_on=None) & ~Q(sight="withdrawn"))
    wanted |= files if model in (Problem, Contribution) else Q()
    rows = model.public_rows().filter(wanted, jurisdiction=jurisdiction).distinct().order_by("number")
    for row in rows[:MOST]:
        since = row.appealed_on if row.awaits_review else row.published_on
        lines = [line for line in row.moderation if line.get("rule")]
        url = reverse("cocreation:moderate", args=[jurisdiction.slug, row.subject, row.number])
        yield Waiting(str(row), url, since or dt.date.min, rule_words(lines[-1]["rule"]) if lines else "")


def register(model: Any, jurisdiction: Jurisdiction) -> Iterator[Moderated]:
    """Each line of the log of what was hidden at some time."""
    rows = model.public_rows().filter(moderated_on__isnull=False, jurisdiction=jurisdiction)
    for row in rows.order_by("-moderated_on", "-number")[:MOST]:
        for line in row.moderation:
            on = dt.date.fromisoformat(line["on"])
            rule = rule_words(line["rule"]) if line.get("rule") else ""
            yield Moderated(str(row), page_of(row), line_words(line), on, rule, line.get("reason", ""))


RELATED: dict[Any, tuple[str, ...]] = {
    Problem: ("jurisdiction", "call"),
    Contribution: ("jurisdiction", "call__plan", "table", "problem", "answer", "entered_by__jurisdiction"),
    Comment: ("jurisdiction", "problem", "contribution", "draft", "parent"),
    Translation: ("jurisdiction", "contribution"),
    Member: ("jurisdiction", "table__call"),
    Backing: ("problem__jurisdiction", "contribution__jurisdiction", "contribution__call"),
}


def register_sorts(*sorts: tokens.Sort) -> None:
    """Adds sorts of things that people write: their links, letters and author's pages, and their moderation."""
    tokens.register(*sorts)
    for sort in sorts:
        if issubclass(sort.model, Said):
            known = moderated.Source(
                sort.model.subject, sort.label, partial(waiting, sort.model), partial(register, sort.model)
            )
            moderated.register(known)


def register_all() -> None:
    """Adds each sort of thing that people write in co-creation."""
    register_sorts(
        *(
            tokens.Sort(model, THINGS[model.subject], _page, related, SORTS.get(model.subject, ""))
            for model, related in RELATED.items()
        )
    )
