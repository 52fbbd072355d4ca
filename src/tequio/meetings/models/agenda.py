"""What a session is about: its agenda, whoever proposed each item, and its documents."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.documents.models import Blob
from tequio.meetings.models.body import Body, Seat
from tequio.meetings.models.session import Session
from tequio.people.models import Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.vocabularies import terms


class AgendaItem(Recorded):
    """A subject for a session of a body.

    Proposed by a seat it is public from that day (``proposed_on``), in no session yet; the secretariat puts it into one
    (``accepted``) or declines it with a reason. What the secretariat writes itself into a draft session is public with
    the session. ``sector`` is the proposer's, kept as it was. ``follows`` is the agreement that comes back because it
    is due. ``begun_at`` is when the session last turned to it: the item with the newest one is being dealt with.
    """

    subject = "agenda"

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Propuesto")
        ACCEPTED = "accepted", _("En el orden del día")
        DECLINED = "declined", _("No entró")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="agenda_items")
    number = models.PositiveIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="agenda_items")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("orden"), default=0)
    title = models.CharField(_("tema"), max_length=200)
    text = models.TextField(_("de qué se trata"), max_length=3000, blank=True)
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.ACCEPTED)
    proposed_on = models.DateField(_("propuesto el"), null=True, blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="items_proposed")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(_("sector de quien lo propone"), max_length=40, blank=True)
    by_role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.ForeignKey(
        "meetings.Agreement", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    reason = models.TextField(_("por qué no entró"), max_length=1000, blank=True)
    answered_on = models.DateField(_("respondido el"), null=True, blank=True)
    begun_at = models.DateTimeField(_("se empezó a tratar"), null=True, blank=True)

    class Meta:
        ordering = ["order", "number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="agenda_number")]
        indexes = [models.Index(fields=["session", "order"], name="agenda_session")]

    def __str__(self) -> str:
        return self.title

    @property
    def sector_label(self) -> str:
        return terms.label("sector", self.sector) if self.sector else ""

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/agenda/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "body", "order", "title", "text", "state", "proposed_on", "seat", "organisation", "sector"),
            *("reason", "answered_on", "follows", "begun_at"),
            session=self.session if self.session and self.session.is_public() else None,
        )

    def is_public(self) -> bool:
        return self.proposed_on is not None or (self.session is not None and self.session.is_public())

    @classmethod
    def public_rows(cls) -> "models.QuerySet[AgendaItem]":
        return cls.objects.filter(
            Q(proposed_on__isnull=False) | (Q(session__isnull=False) & ~Q(session__state=Session.State.DRAFT))
        ).select_related(
            *("jurisdiction", "body__jurisdiction", "session__jurisdiction", "seat__body__jurisdiction"),
            *("organisation__jurisdiction", "follows__jurisdiction"),
        )


class SessionDocument(Recorded):
    """A document for a session, or what came of it (``is_result``: presentation, results, log of comments)."""

    subject = "session_document"

    session = models.ForeignKey(Session, models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="documents")
    title = models.CharField(_("título"), max_length=200)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("dirección"), max_length=500, blank=True)
    published_on = models.DateField(_("publicado el"), null=True, blank=True)
    is_result = models.BooleanField(_("resultado de la sesión"), default=False)

    class Meta:
        ordering = ["session", "number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="session_document_number")]

    def __str__(self) -> str:
        return self.title

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.session.jurisdiction

    @property
    def is_late(self) -> bool:
        """Whether it came after the day on which the documents of its session had to be out; results never do."""
        late: dt.date | None = self.published_on
        return not self.is_result and late is not None and late > self.session.invite_by

    def subject_key(self) -> str:
        return f"{self.session.jurisdiction.slug}/session_document/{self.session.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self, *("session", "number", "item", "title", "url", "published_on", "is_result"), blob=self.blob_id
        )

    def is_public(self) -> bool:
        return self.published_on is not None and self.session.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[SessionDocument]":
        return (
            cls.objects.filter(published_on__isnull=False)
            .exclude(session__state=Session.State.DRAFT)
            .select_related("session__jurisdiction", "session__body", "item__jurisdiction")
        )
