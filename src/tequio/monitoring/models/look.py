"""A look: what one committee member sees in a report, alone and before knowing what the others saw."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment
from tequio.common.i18n import I18nTextField
from tequio.monitoring.models.report import Report
from tequio.people.models import Role
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Result(models.TextChoices):
    """What a member concludes from the evidence."""

    FULFILS = "fulfils", _("Sí cumple")
    PARTLY = "partly", _("Cumple en parte")
    DOES_NOT = "does_not", _("No cumple")


class Shows(models.TextChoices):
    """Whether a piece of evidence shows what it says."""

    YES = "yes", _("Sí")
    PARTLY = "partly", _("En parte")
    NO = "no", _("No")


# The colour in which a result is told beside its word.
RESULT_LIGHT = {Result.FULFILS: "green", Result.PARTLY: "amber", Result.DOES_NOT: "red"}


class Look(Recorded):
    """One member's look at a report. Private, for everybody else, until all of its round are done; then public for ever.

    A *round* is one sharing out of a report among members: each review begins one. ``checklist``
    ``[{"key": evidence, "opened": bool, "shows": key of Shows, "note": text}]`` has an entry for each piece.
    ``status`` and ``due`` say how the work goes and never leave the committee.
    """

    subject = "look"

    class Status(models.TextChoices):
        ASSIGNED = "assigned", _("Pendiente")
        DONE = "done", _("Hecha")
        PASSED = "passed", _("La pasó a otra persona")
        MOVED = "moved", _("Se reasignó por falta de tiempo")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="looks")
    report = models.ForeignKey(Report, models.PROTECT, related_name="looks")
    number = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(_("ronda"), default=1)
    role = models.ForeignKey(Role, models.PROTECT, related_name="looks")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASSIGNED)
    assigned_on = models.DateField(_("se repartió"))
    due = models.DateField(_("para"))
    result = models.CharField(_("lo que concluye"), max_length=10, choices=Result.choices, blank=True)
    checklist = models.JSONField(_("pieza por pieza"), default=list, blank=True)
    reason = I18nTextField(_("motivo"), blank=True)
    done_on = models.DateField(_("fecha"), null=True, blank=True)
    revealed = models.BooleanField(default=False)

    class Meta:
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="look_number")]
        indexes = [models.Index(fields=["role", "status"], name="look_waiting")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"

    @property
    def colour(self) -> str:
        """The colour of its result; grey before it is done."""
        return RESULT_LIGHT[Result(self.result)] if self.result else "grey"

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/look/{self.activity.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self, *("activity", "report", "number", "round", "role", "result", "checklist", "reason", "done_on")
        )

    def is_public(self) -> bool:
        return self.revealed and self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Look]":
        return cls.objects.filter(
            revealed=True, activity__commitment__status=Commitment.Status.PUBLISHED
        ).select_related("activity__jurisdiction", "report__activity__jurisdiction", "role__jurisdiction")
