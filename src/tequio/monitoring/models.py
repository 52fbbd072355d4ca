"""What institutions say, what citizens verified: reports, decisions, the committee, and where each activity stands."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.i18n import I18nTextField
from tequio.people.models import Role
from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of

PUBLISHED = Commitment.Status.PUBLISHED


class Said(models.TextChoices):
    """How far along the lead institution says that an activity is. No report at all is no value here."""

    NOT_STARTED = "not_started", _("Sin iniciar")
    IN_PROCESS = "in_process", _("En proceso")
    COMPLETE = "complete", _("Cumplida")


class State(models.TextChoices):
    """Where an activity stands in verification (standards §6.2)."""

    PENDING = "pending", _("Pendiente de reporte")
    REPORTED = "reported", _("Reportada")
    UNDER_REVIEW = "under_review", _("En verificación")
    VERIFIED = "verified", _("Verificada")
    OBSERVED = "observed", _("Observada")
    REJECTED = "rejected", _("No acreditada")
    REOPENED = "reopened", _("Reabierta")


# The look of each state of the five of design §5; a pending activity's depends on its date (``lights``).
STATE_LIGHT = {
    State.VERIFIED: "green",
    State.REPORTED: "blue",
    State.UNDER_REVIEW: "blue",
    State.REOPENED: "blue",
    State.OBSERVED: "amber",
    State.REJECTED: "red",
}


class Committee(Recorded):
    """The Follow-up Committee of a plan and its rules. Members are dated roles of kind ``committee``.

    ``quorum`` members must take part in a decision; more than ``majority`` percent of those who take part must be in
    favour, so an abstention helps nobody; ``looks`` independent verifications come before it.
    """

    subject = "committee"

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="committee")
    members = models.ManyToManyField(Role, blank=True, related_name="committees")
    quorum = models.PositiveSmallIntegerField(default=3)
    majority = models.PositiveSmallIntegerField(default=50)
    looks = models.PositiveSmallIntegerField(default=2)
    rules = I18nTextField(_("reglas"), blank=True)

    def __str__(self) -> str:
        return f"{self.plan}"

    def subject_key(self) -> str:
        return f"{self.plan.jurisdiction.slug}/committee/{self.plan.number}"

    def public_state(self) -> dict[str, Any]:
        members = sorted(role.subject_key() for role in self.members.all()) if self.pk else []
        return state_of(self, "plan", "quorum", "majority", "looks", "rules", members=members)

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


class Track(Recorded):
    """Where an activity stands: the state of verification and what its institution said last.

    An activity without a track has no report and no verification: state ``pending``.
    """

    subject = "track"

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="track")
    state = models.CharField(max_length=20, choices=State.choices, default=State.PENDING)
    said = models.CharField(max_length=20, choices=Said.choices, blank=True)
    said_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.activity}: {self.state}"

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/track/{self.activity.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "activity", "state", "said", "said_on", "decided_on")

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Track]":
        return cls.objects.filter(activity__commitment__status=PUBLISHED).select_related("activity__jurisdiction")


class Report(Recorded):
    """An institution's report on an activity, with its evidence."""

    subject = "report"

    class Cut(models.TextChoices):
        FIRST = "first", _("Primer avance")
        SECOND = "second", _("Segundo avance")
        FINAL = "final", _("Resultado final")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    said = models.CharField(_("avance"), max_length=20, choices=Said.choices)
    cut = models.CharField(_("corte"), max_length=10, choices=Cut.choices, blank=True)
    text = I18nTextField(_("qué se hizo"), blank=True)
    on = models.DateField(_("fecha"))
    by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="reports")
    by_words = models.CharField(max_length=250, blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="reports")

    class Meta:
        ordering = ["activity", "number"]
        constraints = [models.UniqueConstraint(fields=["activity", "number"], name="report_number")]

    def __str__(self) -> str:
        return f"{self.activity} · {self.number}"

    @property
    def public_evidence(self) -> list[Evidence]:
        """The evidence that anybody may see."""
        return [piece for piece in self.evidence.all() if not piece.personal_data]

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/report/{self.activity.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        # Evidence held back for personal data is not named here, so that nothing of it reaches the record.
        pieces = [piece.subject_key() for piece in self.public_evidence] if self.pk else []
        return state_of(
            self, "activity", "number", "said", "cut", "text", "on", "by", "by_words", evidence=sorted(pieces)
        )

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Report]":
        return (
            cls.objects.filter(activity__commitment__status=PUBLISHED)
            .select_related("activity__jurisdiction", "by__jurisdiction")
            .prefetch_related("evidence__commitment__jurisdiction")
        )


class Decision(Recorded):
    """A decision of the committee on an activity. Nobody edits it; it may be annulled with a public reason.

    ``evidence`` ``[{"key", "title": {es, en}, "url", "sha256", "captured"}]`` is the list looked at, as it was on that day.
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

    def subject_key(self) -> str:
        return f"{self.activity.jurisdiction.slug}/decision/{self.activity.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        members = sorted(role.subject_key() for role in self.members.all()) if self.pk else []
        return state_of(
            self,
            *("activity", "number", "result", "on", "votes_for", "votes_against", "abstentions", "quorum", "reason"),
            *("evidence", "minute", "reply", "reply_on", "reply_by", "annulled_on", "annulled_reason"),
            members=members,
        )

    def is_public(self) -> bool:
        return self.activity.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Decision]":
        return (
            cls.objects.filter(activity__commitment__status=PUBLISHED)
            .select_related("activity__jurisdiction", "reply_by__jurisdiction")
            .prefetch_related("members__jurisdiction")
        )
