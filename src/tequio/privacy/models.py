"""Requests about one's own personal data (ARCO rights: access, rectification, cancellation, opposition)."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nTextField
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class DataRequest(Recorded):
    """Somebody asks about their own data. Private until confirmed by e-mail (``number`` is null).

    In public: its number, right, dates and outcome with the legal basis; never who asked or about what. ``words``,
    ``name`` and ``email`` are for whoever decides and go some time after the end (``actions.forget``). ``erased``
    counts the values that its decision took out of the record.
    """

    subject = "data-request"

    class Right(models.TextChoices):
        ACCESS = "access", _("Saber qué datos míos tienen")
        CORRECTION = "correction", _("Corregir un dato")
        ERASURE = "erasure", _("Borrar un dato")
        OBJECTION = "objection", _("Que dejen de usar un dato")

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Procede")
        PARTLY = "partly", _("Procede en parte")
        REFUSED = "refused", _("No procede")
        WITHDRAWN = "withdrawn", _("La retiró quien la hizo")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="data_requests")
    number = models.PositiveIntegerField(_("número"), null=True, editable=False)
    right = models.CharField(_("qué pide"), max_length=12, choices=Right.choices)
    words = models.TextField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="es")
    written = models.DateTimeField(auto_now_add=True)
    received_on = models.DateField(_("recibida"), null=True, blank=True)
    due = models.DateField(_("se decide a más tardar"), null=True, blank=True)
    outcome = models.CharField(_("decisión"), max_length=10, choices=Outcome.choices, blank=True)
    basis = models.TextField(_("fundamento legal"), blank=True)
    reason = I18nTextField(_("motivo"), blank=True)
    decided_on = models.DateField(_("decidida"), null=True, blank=True)
    decided_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    erased = models.PositiveIntegerField(_("datos borrados"), default=0)
    letter = models.TextField(blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="data_request_number")]

    def __str__(self) -> str:
        return str(_("Solicitud %(number)s") % {"number": self.number or "·"})

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/data-request/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "right", "received_on", "due", "outcome", "basis", "reason", "decided_on", "decided_by"),
            erased=self.erased or None,
        )

    def is_public(self) -> bool:
        return self.received_on is not None

    @classmethod
    def public_rows(cls) -> "models.QuerySet[DataRequest]":
        return cls.objects.filter(received_on__isnull=False).select_related("jurisdiction", "decided_by__jurisdiction")

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its decision."""
        return self.received_on is not None and not self.outcome

    def clock(self, today: dt.date) -> str:
        """How the decision stands against its date: ``on_time``, ``late``, ``waiting``, ``overdue`` or ``none``."""
        if self.decided_on is not None and self.outcome != self.Outcome.WITHDRAWN:
            return "late" if self.due and self.decided_on > self.due else "on_time"
        if not self.is_open:
            return "none"
        return "overdue" if self.due and self.due < today else "waiting"


class LegalTerms(Recorded):
    """What the law of the place gives: days to decide and the text that says so. Data, not constants: counsel confirms them.

    Without a row the page says that nobody has written it down yet, and the clock runs with ``DAYS``.
    """

    subject = "data-terms"
    DAYS = 20

    jurisdiction = models.OneToOneField(Jurisdiction, models.PROTECT, related_name="data_terms")
    days = models.PositiveSmallIntegerField(_("días hábiles para decidir"), default=DAYS)
    law = I18nTextField(_("qué ley lo dice"), blank=True)
    contact = models.CharField(_("a quién acudir"), max_length=300, blank=True)

    def __str__(self) -> str:
        return str(_("Plazos de datos personales"))

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/data-terms/1"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "days", "law", "contact")

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[LegalTerms]":
        return cls.objects.select_related("jurisdiction")
