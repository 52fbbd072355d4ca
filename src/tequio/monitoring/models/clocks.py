"""By when a plan's committee does what, and how long after the plan somebody looks again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Clocks(Recorded):
    """The terms that a plan sets for itself. None, or no months, means the installation's (``docs/settings.md``).

    ``answer_days`` working days to answer an observation, ``sight_days`` working days to look at one that is held,
    ``escalate_days`` days without a report or a decision until the secretariat hears, ``check_months`` the months after
    the plan's end at which its commitments are checked. What a look and the reply to it may take stands on ``Committee``.
    """

    subject = "clocks"

    SIGHT_DAYS = 3

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="clocks")
    answer_days = models.PositiveSmallIntegerField(_("días hábiles para responder"), null=True, blank=True)
    sight_days = models.PositiveSmallIntegerField(_("días hábiles para decidir si se ve"), null=True, blank=True)
    escalate_days = models.PositiveSmallIntegerField(_("días para avisar al Secretariado"), null=True, blank=True)
    check_months = models.JSONField(_("meses después del plan"), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.plan}"

    @property
    def days_to_answer(self) -> int:
        """Working days to answer an observation."""
        return settings.OBSERVATION_ANSWER_DAYS if self.answer_days is None else self.answer_days

    @property
    def days_to_see(self) -> int:
        """Working days for a look at what is held, and for the second look that an appeal asks for."""
        return self.SIGHT_DAYS if self.sight_days is None else self.sight_days

    @property
    def days_to_escalate(self) -> int:
        """Days late, or without a decision, until the secretariat hears."""
        return settings.ESCALATE_DAYS if self.escalate_days is None else self.escalate_days

    @property
    def months_to_check(self) -> list[int]:
        """Months after the plan's end, rising."""
        return sorted(self.check_months or settings.CHECK_MONTHS)

    def subject_key(self) -> str:
        return f"{self.plan.jurisdiction.slug}/clocks/{self.plan.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "plan", "answer_days", "sight_days", "escalate_days", "check_months")

    def is_public(self) -> bool:
        return self.plan.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Clocks]":
        return cls.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related("plan__jurisdiction")


def clocks_of(plan: Plan) -> Clocks:
    """The plan's terms, its own or the installation's. Read along with ``select_related("clocks")`` they cost no query."""
    try:
        return plan.clocks
    except Clocks.DoesNotExist:
        return Clocks(plan_id=plan.pk)
