"""What the committee decided on an activity."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment
from tequio.common.i18n import I18nTextField
from tequio.monitoring.models.track import STATE_LIGHT, State
from tequio.people.models import Role
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Vote(models.TextChoices):
    """How a member votes. Whoever abstains takes part, and helps no majority."""

    FOR = "for", _("A favor")
    AGAINST = "against", _("En contra")
    ABSTAIN = "abstain", _("Abstención")


class Decision(Recorded):
    """A decision of the committee on an activity. Nobody edits it; it may be annulled with a public reason.

    ``evidence`` ``[{"key", "title": {es, en}, "url", "sha256", "captured"}]`` is the list looked at, as it was on that day;
    ``ballots`` ``[{"role", "vote"}]`` how each member voted, ``looks`` the keys of the independent looks it stands on.
    """

    subject = "decision"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    result = models.CharField(
        _("resultado"),
        max_length=20,
        choices=[(s.value, s.label) for s in (State.VERIFIED, State.OBSERVED, State.REJECTED, State.REOPENED)],
    )
    on = models.DateField(_("fecha"))
    members = models.ManyToManyField(Role, blank=True, related_name="decisions")
    votes_for = models.PositiveSmallIntegerField(_("a favor"), default=0)
    votes_against = models.PositiveSmallIntegerField(_("en contra"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstenciones"), default=0)
    quorum = models.PositiveSmallIntegerField(default=0)
    ballots = models.JSONField(_("votos"), default=list, blank=True)
    looks = models.JSONField(_("miradas"), default=list, blank=True)
    reason = I18nTextField(_("motivo"))
    evidence = models.JSONField(default=list, blank=True)
    minute = models.CharField(_("minuta"), max_length=300, blank=True)
    reply = I18nTextField(_("respuesta de la institución"), blank=True)
    reply_on = models.DateField(null=True, blank=True)
    reply_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="decision_replies")
    annulled_on = models.DateField(null=True, blank=True)
    annulled_reason = I18nTextField(blank=True)

    class Meta:
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="decision_number")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.get_result_display()}"

    @property
    def colour(self) -> str:
        """The light that this decision lit."""
        return STATE_LIGHT[State(self.result)]

    @property
    def cast_votes(self) -> list[tuple[Role | None, str]]:
        """How each member voted, in words; empty for a decision that a source tells only by its sums."""
        members = {str(role.number): role for role in self.members.all()}
        return [(members.get(row["role"].rsplit("/", 1)[1]), str(Vote(row["vote"]).label)) for row in self.ballots]

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/decision/{self.activity.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        members = sorted(role.subject_key() for role in self.members.all()) if self.pk else []
        return state_of(
            self,
            *("activity", "number", "result", "on", "votes_for", "votes_against", "abstentions", "quorum", "reason"),
            *(
                "ballots",
                "looks",
                "evidence",
                "minute",
                "reply",
                "reply_on",
                "reply_by",
                "annulled_on",
                "annulled_reason",
            ),
            members=members,
        )

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Decision]":
        return (
            cls.objects.filter(activity__commitment__status=Commitment.Status.PUBLISHED)
            .select_related("activity__jurisdiction", "reply_by__jurisdiction")
            .prefetch_related("members__jurisdiction")
        )
