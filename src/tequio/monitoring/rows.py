"""A commitment and its activities with where they stand, as the board and the pages of commitments show them."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tequio.commitments.deadlines import Deadline
from tequio.commitments.models import Activity, Commitment, Support
from tequio.common.i18n import best, versions
from tequio.monitoring.lights import Rollup, Standing
from tequio.vocabularies import terms


@dataclass(frozen=True)
class Step:
    """An activity with where it stands."""

    activity: Activity
    standing: Standing
    deadline: Deadline

    @property
    def calendar_word(self) -> str:
        """What the calendar says of the step in words, where it needs attention or is done; else an empty text."""
        loud = ("due_soon", "overdue", "done_on_time", "done_late")
        schedule = self.standing.schedule
        return terms.label("schedule_state", schedule) if schedule in loud else ""

    @property
    def calendar_colour(self) -> str:
        """The colour of that word's tag."""
        return {"due_soon": "amber", "overdue": "red", "done_late": "amber"}.get(self.standing.schedule, "green")


@dataclass(frozen=True)
class Row:
    """A commitment with where it stands, as the board shows it."""

    commitment: Commitment
    steps: tuple[Step, ...]
    rollup: Rollup
    evidence: int
    supporters: tuple[Support, ...]

    @property
    def branch(self) -> str:
        """The branch of the State in words."""
        return terms.label("branch", self.commitment.branch) if self.commitment.branch else ""

    @property
    def unnamed(self) -> int:
        """How many activities the source counts and does not name."""
        return max((self.commitment.activity_count or 0) - len(self.steps), 0)

    @cached_property
    def next_step(self) -> Step | None:
        """The earliest step with a date for which the institution still owes something; none where nobody knows how
        the plan went on."""
        if not self.rollup.told:
            return None
        waiting = [s for s in self.steps if s.deadline.due and s.standing.is_owed]
        return min(waiting, key=lambda s: s.deadline.due or dt.date.max, default=None)

    @property
    def has_facts(self) -> bool:
        """Whether the card has anything to say beneath its lights."""
        c = self.commitment
        return bool(c.end or self.evidence or c.flags or (self.steps and self.rollup.told) or self.level)

    @cached_property
    def levels(self) -> list[dict[str, Any]]:
        """What reports say: a level or a range of levels, in our words beside the source's."""
        return [described(item) for item in self.commitment.assessments]

    @cached_property
    def level(self) -> dict[str, Any] | None:
        """The first report that gives a level."""
        return next((level for level in self.levels if level["low"]), None)

    @property
    def suggestion(self) -> str:
        """The level of completion that the verified activities suggest, in words."""
        key = self.rollup.suggestion(self.evidence)
        return terms.label("completion", key) if key else ""

    @property
    def proactive(self) -> bool:
        """Whether the institution proposed it by itself; such commitments stay out of the plan's headline (§6.3)."""
        return self.commitment.origin == "proactive"

    @property
    def promise(self) -> Any:
        """What was promised, in two languages; the problem where the source keeps only that."""
        return self.commitment.action if versions(self.commitment.action) else self.commitment.problem


def described(item: dict[str, Any]) -> dict[str, Any]:
    """An assessment with its level and its author in words: "De limitado a sustancial", "Informe de fin de compromiso"."""
    low, high = item.get("low", ""), item.get("high", "")
    word = terms.label("completion", low) if low else ""
    if high and high != low:
        values = {"low": word.lower(), "high": terms.label("completion", high).lower()}
        word = _("De %(low)s a %(high)s") % values
    by = item.get("by", "")
    ours = REPORTS.get(best(by)[0].lower())
    return {**item, "word": word, "low": low, "high": high, "by": ours or by, "in_our_words": ours is not None}


# How sources call the reports of OGP, in their own languages.
REPORTS = {
    "end-of-commitment report": _lazy("Informe de fin de compromiso"),
    "irm (progress report)": _lazy("Mecanismo de Revisión Independiente, a media vigencia"),
    "irm (end of term)": _lazy("Mecanismo de Revisión Independiente, al fin del periodo"),
}
