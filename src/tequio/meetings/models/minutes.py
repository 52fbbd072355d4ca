"""The minutes of a session: what was said as it was wished to be recorded, the corrections asked for, the frozen text."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.documents.models import Blob
from tequio.meetings.models.agenda import AgendaItem
from tequio.meetings.models.attendance import Attendance
from tequio.meetings.models.body import Seat
from tequio.meetings.models.session import Session
from tequio.people.models import Organisation
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.vocabularies import terms


class Minutes(Recorded):
    """The minutes of a session. That they are owed, and since when, is public from the day the session was held; their
    words once they are approved.

    ``draft`` is what is being written, ``{"items": {agenda number: {"entries": […], "agreements": […]}}}`` (``drafting``);
    ``revision`` counts its saves. When the review opens it becomes rows of ``MinutesEntry`` and ``Agreement``. Frozen
    once approved: ``pdf`` is the document, ``entries_root`` the SHA-256 of the entries in the canonical form that it prints.
    """

    subject = "minutes"

    class State(models.TextChoices):
        DRAFT = "draft", _("En redacción")
        REVIEW = "review", _("En revisión de quienes asistieron")
        APPROVED = "approved", _("Aprobada")

    session = models.OneToOneField(Session, models.PROTECT, related_name="minutes")
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.DRAFT)
    due = models.DateField(_("se aprueba a más tardar"), null=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    review_from = models.DateField(_("revisión desde"), null=True, blank=True)
    review_until = models.DateField(_("correcciones hasta"), null=True, blank=True)
    approved_on = models.DateField(_("aprobada el"), null=True, blank=True)
    pdf = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    entries_root = models.CharField(_("huella de lo asentado"), max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return str(_("Acta de %(session)s") % {"session": self.session})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.session.jurisdiction

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED

    def days_late(self, today: dt.date) -> int:
        """Days after ``due`` on which it was approved, or until today while it is not; 0 when on time."""
        if self.due is None:
            return 0
        return max(0, ((self.approved_on or today) - self.due).days)

    def subject_key(self) -> str:
        return f"{self.session.jurisdiction.slug}/minutes/{self.session.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("session", "state", "due", "review_from", "review_until", "approved_on", "entries_root"),
            pdf=self.pdf_id,
        )

    def is_public(self) -> bool:
        return self.due is not None

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Minutes]":
        return cls.objects.filter(due__isnull=False).select_related("session__jurisdiction")


class MinutesEntry(Recorded):
    """What somebody wished to be recorded under an item of the agenda. Public when the minutes are approved.

    ``text`` and, where its author agreed (``named``), ``name`` stand in the record as erasable values. ``attendance``
    ties it in private to the person present, so that speech can be counted by sector and gender.
    """

    subject = "entry"

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Intervención")
        CONTRIBUTION = "contribution", _("Aportación")
        NOTE = "note", _("Nota")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="entries")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("tipo"), max_length=15, choices=Kind.choices)
    attendance = models.ForeignKey(Attendance, models.SET_NULL, null=True, blank=True, related_name="entries")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    name = models.CharField(_("nombre"), max_length=150, blank=True)
    named = models.BooleanField(_("con nombre público"), default=False)
    text = models.TextField(_("texto"), max_length=5000)
    erased_on = models.DateField(_("texto retirado el"), null=True, blank=True)

    class Meta:
        ordering = ["order", "number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="entry_number")]

    def __str__(self) -> str:
        return str(_("Asiento %(number)s del acta") % {"number": self.number})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.minutes.session.jurisdiction

    @property
    def sector_label(self) -> str:
        return terms.label("sector", self.sector) if self.sector else ""

    @property
    def public_name(self) -> str:
        return self.name if self.named else ""

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/entry/{self.minutes.session.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("minutes", "number", "item", "order", "kind", "seat", "organisation", "sector", "named", "erased_on"),
        )

    def hidden_state(self) -> dict[str, str]:
        return {
            **({"text": self.text} if self.text else {}),
            **({"name": self.name} if self.public_name else {}),
        }

    def is_public(self) -> bool:
        return self.minutes.is_approved

    @classmethod
    def public_rows(cls) -> "models.QuerySet[MinutesEntry]":
        return cls.objects.filter(minutes__state=Minutes.State.APPROVED).select_related(
            *("minutes__session__jurisdiction", "item__jurisdiction", "seat__body__jurisdiction"),
            "organisation__jurisdiction",
        )


class Correction(Recorded):
    """What somebody who was present asks to be corrected in minutes under review, and the answer, with its reason.
    Public when the minutes are approved; its words are erasable."""

    subject = "minutes_correction"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Se corrigió")
        DECLINED = "declined", _("No se corrigió")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()
    entry = models.ForeignKey(MinutesEntry, models.PROTECT, null=True, blank=True, related_name="corrections")
    attendance = models.ForeignKey(Attendance, models.SET_NULL, null=True, blank=True, related_name="corrections")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="corrections")
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    text = models.TextField(_("qué hay que corregir"), max_length=2000)
    asked_on = models.DateField(_("pedida el"))
    answer = models.CharField(_("respuesta"), max_length=10, choices=Answer.choices, blank=True)
    reason = models.TextField(_("motivo"), max_length=2000, blank=True)
    answered_on = models.DateField(_("respondida el"), null=True, blank=True)

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="correction_number")]

    def __str__(self) -> str:
        return str(_("Corrección %(number)s") % {"number": self.number})

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.minutes.session.jurisdiction

    @property
    def sector_label(self) -> str:
        return terms.label("sector", self.sector) if self.sector else ""

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/minutes_correction/{self.minutes.session.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self, *("minutes", "number", "entry", "seat", "sector", "asked_on", "answer", "reason", "answered_on")
        )

    def hidden_state(self) -> dict[str, str]:
        return {"text": self.text} if self.text else {}

    def is_public(self) -> bool:
        return self.minutes.is_approved

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Correction]":
        return cls.objects.filter(minutes__state=Minutes.State.APPROVED).select_related(
            "minutes__session__jurisdiction",
            "entry__minutes__session__jurisdiction",
            "seat__body__jurisdiction",
        )
