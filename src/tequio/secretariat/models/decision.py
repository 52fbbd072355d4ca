"""What was put to a body, and what became of it."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.meetings.models import AgendaItem, Body, Session
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.secretariat import deciding
from tequio.secretariat.models.decision_rules import DecisionRules, Matter


class Decision(Recorded):
    """A question that a body decides in a session, by the version of its rules that was in force when it was opened.

    ``about`` is the key of what is decided, where it is something of this portal: what a passed decision does to it, the
    app that it belongs to says (``effects``). ``outcome`` is ``deciding.Outcome.data`` with, under ``table``, who of each
    seat was there and what their seat did. In the record a decision is a *resolution*: the Follow-up Committee's
    verifications are called decisions there.
    """

    subject = "resolution"

    class Method(models.TextChoices):
        CONSENSUS = deciding.CONSENSUS, _("Por consenso")
        VOTE = deciding.VOTE, _("Por votación")

    class BallotKind(models.TextChoices):
        RECORDED = deciding.RECORDED, _("A la vista")
        SECRET = deciding.SECRET, _("Secreta")

    class State(models.TextChoices):
        OPEN = "open", _("Se está decidiendo")
        PASSED = "passed", _("Pasó")
        FAILED = "failed", _("No pasó")
        WITHDRAWN = "withdrawn", _("Se retiró")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="resolutions")
    number = models.PositiveIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="decisions")
    session = models.ForeignKey(Session, models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="decisions")
    rules = models.ForeignKey(DecisionRules, models.PROTECT, related_name="decisions")
    question = I18nCharField(_("pregunta"), max_length=300)
    text = I18nTextField(_("qué significa"), blank=True)
    matter = models.CharField(_("asunto"), max_length=20, choices=Matter.choices, default=Matter.OTHER)
    about = models.CharField(_("sobre qué"), max_length=200, blank=True)
    method = models.CharField(_("cómo se decide"), max_length=10, choices=Method.choices)
    ballot = models.CharField(_("votación"), max_length=10, choices=BallotKind.choices)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField(_("abierta el"))
    voting_since = models.DateField(_("se vota desde"), null=True, blank=True)
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)
    outcome = models.JSONField(_("resultado"), default=dict, blank=True)
    reason = models.TextField(_("por qué se retiró"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="resolution_number")]
        indexes = [
            models.Index(fields=["session", "number"], name="resolution_session"),
            models.Index(fields=["about"], name="resolution_about"),
        ]

    def __str__(self) -> str:
        return str(_("Decisión %(number)s") % {"number": self.number})

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_secret(self) -> bool:
        return self.ballot == self.BallotKind.SECRET

    @property
    def is_voted(self) -> bool:
        """Whether it is put to the vote; else it is sought by consensus."""
        return self.method == self.Method.VOTE

    @property
    def day(self) -> dt.date:
        """The day whose seats, holders and delegations count: that of its session."""
        return self.session.day

    @property
    def colour(self) -> str:
        """The light of its state; an open one has the light of what is being looked at."""
        return {"open": "blue", "passed": "green", "failed": "red"}.get(self.state, "grey")

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/resolution/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "body", "session", "item", "rules", "question", "text", "matter", "about", "method", "ballot"),
            *("state", "opened_on", "voting_since", "closed_on", "outcome", "reason"),
        )

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Decision]":
        return cls.objects.select_related(
            *("jurisdiction", "body__jurisdiction", "session__jurisdiction", "item__jurisdiction"),
            "rules__body__jurisdiction",
        )
