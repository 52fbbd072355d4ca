"""A motion of the committee and the ballots on it: private until it becomes a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Evidence
from tequio.common.i18n import I18nTextField
from tequio.monitoring.models.decision import Decision, Vote
from tequio.monitoring.models.track import STATE_LIGHT, State
from tequio.people.models import Role


class Motion(models.Model):
    """What a member proposes that the committee decide. One may be open for each activity.

    It ends as a decision, without a majority, or withdrawn; what ended without effect stays on file.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("Se está votando")
        DECIDED = "decided", _("Se decidió")
        NO_MAJORITY = "no_majority", _("No hubo mayoría")
        WITHDRAWN = "withdrawn", _("Se retiró")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField()
    result = models.CharField(_("qué se propone"), max_length=20, choices=Decision._meta.get_field("result").choices)
    reason = I18nTextField(_("motivo"))
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+")
    opened_by = models.ForeignKey(Role, models.PROTECT, related_name="motions")
    opened_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="motion")

    class Meta:
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="motion_number"),
            models.UniqueConstraint(fields=["activity"], condition=models.Q(outcome="open"), name="motion_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.get_result_display()}"

    @property
    def colour(self) -> str:
        """The light that it would light."""
        return STATE_LIGHT[State(self.result)]

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN


class Ballot(models.Model):
    """One member's vote on a motion; the member may change it while the motion is open."""

    motion = models.ForeignKey(Motion, models.CASCADE, related_name="ballots")
    role = models.ForeignKey(Role, models.PROTECT, related_name="ballots")
    vote = models.CharField(max_length=10, choices=Vote.choices)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["role__number"]
        constraints = [models.UniqueConstraint(fields=["motion", "role"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.motion} · {self.role}"
