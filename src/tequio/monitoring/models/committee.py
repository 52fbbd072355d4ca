"""The Follow-up Committee, its rules, and what its members declare."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nTextField
from tequio.people.models import Role
from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Committee(Recorded):
    """The Follow-up Committee of a plan and its rules. Members are dated roles of kind ``committee``.

    ``quorum`` members must take part in a decision; more than ``majority`` percent of those who take part must be in
    favour, so an abstention helps nobody; ``looks`` independent verifications come before it, each within ``look_days``
    working days, and the institution has ``reply_days`` working days to answer them. None means the usual number.
    """

    subject = "committee"

    LEAST_LOOKS, LOOK_DAYS, REPLY_DAYS = 2, 10, 5

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="committee")
    members = models.ManyToManyField(Role, blank=True, related_name="committees")
    quorum = models.PositiveSmallIntegerField(default=3)
    majority = models.PositiveSmallIntegerField(default=50)
    looks = models.PositiveSmallIntegerField(default=2)
    look_days = models.PositiveSmallIntegerField(_("días hábiles para mirar"), null=True, blank=True)
    reply_days = models.PositiveSmallIntegerField(_("días hábiles para responder"), null=True, blank=True)
    rules = I18nTextField(_("reglas"), blank=True)

    def __str__(self) -> str:
        return f"{self.plan}"

    @property
    def needed_looks(self) -> int:
        """How many looks a decision stands on: never fewer than two, whatever was stored before that was a rule."""
        return max(self.LEAST_LOOKS, self.looks)

    @property
    def days_to_look(self) -> int:
        """Working days that a member has for a look."""
        return self.LOOK_DAYS if self.look_days is None else self.look_days

    @property
    def days_to_reply(self) -> int:
        """Working days that the institution has to answer the looks before the committee may decide."""
        return self.REPLY_DAYS if self.reply_days is None else self.reply_days

    def subject_key(self) -> str:
        return f"{self.plan.jurisdiction.slug}/committee/{self.plan.number}"

    def public_state(self) -> dict[str, Any]:
        members = sorted(role.subject_key() for role in self.members.all()) if self.pk else []
        return state_of(
            self, "plan", "quorum", "majority", "looks", "look_days", "reply_days", "rules", members=members
        )

    def is_public(self) -> bool:
        return self.plan.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Committee]":
        return (
            cls.objects.filter(plan__status=Plan.Status.PUBLISHED)
            .select_related("plan__jurisdiction")
            .prefetch_related("members__jurisdiction")
        )


class ConflictDeclaration(Recorded):
    """A committee member's dated statement on conflicts of interest; ``organisations`` and ``commitments`` it names are
    lists of subject keys on which the member takes no part."""

    subject = "conflict"

    role = models.ForeignKey(Role, models.PROTECT, related_name="conflict_declarations")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="conflict_declarations")
    number = models.PositiveSmallIntegerField()
    signed_on = models.DateField(_("fecha"))
    none_declared = models.BooleanField(_("sin conflicto"), default=False)
    organisations = models.JSONField(default=list, blank=True)
    commitments = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="conflict_number")]

    def __str__(self) -> str:
        return f"{self.role} · {self.signed_on}"

    def subject_key(self) -> str:
        return f"{self.plan.jurisdiction.slug}/conflict/{self.plan.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "role", "plan", "number", "signed_on", "none_declared", "organisations", "commitments")

    def is_public(self) -> bool:
        return self.plan.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[ConflictDeclaration]":
        return cls.objects.filter(plan__status=Plan.Status.PUBLISHED).select_related(
            "plan__jurisdiction", "role__jurisdiction"
        )
