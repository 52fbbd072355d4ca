"""A session of a body, from its draft to the day it was held."""

import datetime as dt
import zoneinfo
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField
from tequio.meetings.models.body import Body, Seat
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Session(Recorded):
    """A meeting of a body. A draft is private; from its invitation on (``called``) it is public.

    ``number`` counts the sessions of the jurisdiction and stands in addresses. ``services`` are keys of ``Service``.
    ``attendance`` is the public count, computed when the session closes or its sheet is corrected: ``{"seats":
    [{"seat", "head", "liaison", "alternate"}], "sectors": {key: people}, "guests": {…}}``, with small groups left out
    (``queries.counted``). Times are aware; the jurisdiction's time zone says the day.
    """

    subject = "session"

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinaria")
        EXTRAORDINARY = "extraordinary", _("Extraordinaria")
        RESULTS = "results", _("De resultados")
        TABLE = "table", _("Mesa de trabajo")
        LAB = "lab", _("Laboratorio itinerante")

    class Mode(models.TextChoices):
        ROOM = "room", _("En persona")
        REMOTE = "remote", _("A distancia")
        BOTH = "both", _("En persona y a distancia")

    class State(models.TextChoices):
        DRAFT = "draft", _("En preparación")
        CALLED = "called", _("Convocada")
        OPEN = "open", _("En curso")
        HELD = "held", _("Celebrada")
        CANCELLED = "cancelled", _("Cancelada")

    class Service(models.TextChoices):
        SIGN_LANGUAGE = "sign_language", _("Lengua de Señas Mexicana")
        CHILDCARE = "childcare", _("Cuidado de niñas y niños")
        WIXARIKA = "wixarika", _("Interpretación al wixárika")
        NAHUATL = "nahuatl", _("Interpretación al náhuatl")
        STEP_FREE = "step_free", _("Entrada sin escalones")
        TRANSPORT = "transport", _("Apoyo para el transporte")
        CAPTIONS = "captions", _("Subtítulos en vivo")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="sessions")
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    title = I18nCharField(_("título"), max_length=200)
    starts_at = models.DateTimeField(_("empieza"))
    ends_at = models.DateTimeField(_("termina"))
    mode = models.CharField(_("modalidad"), max_length=10, choices=Mode.choices, default=Mode.ROOM)
    place = models.CharField(_("lugar"), max_length=300, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    link = models.URLField(_("enlace para entrar"), max_length=500, blank=True)
    services = models.JSONField(_("servicios que se ofrecen"), default=list, blank=True)
    facilitator = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="sessions_facilitated")
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.DRAFT)
    invited_on = models.DateField(_("convocada el"), null=True, blank=True)
    opened_at = models.DateTimeField(_("empezó"), null=True, blank=True)
    closed_at = models.DateTimeField(_("terminó"), null=True, blank=True)
    cancelled_reason = models.TextField(_("por qué se canceló"), max_length=1000, blank=True)
    attendance = models.JSONField(_("asistencia"), default=dict, blank=True)

    class Meta:
        ordering = ["-starts_at", "-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="session_number")]
        indexes = [models.Index(fields=["jurisdiction", "-starts_at"], name="session_starts")]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.jurisdiction.time_zone)

    @property
    def day(self) -> dt.date:
        """The day it is for, where the jurisdiction is."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def is_called(self) -> bool:
        """Whether its invitation went out, whatever became of it."""
        return self.state != self.State.DRAFT

    @property
    def invite_by(self) -> dt.date:
        """The last day on which its invitation is on time, by the rule of its body."""
        return self.day - dt.timedelta(days=self.body.notice_for(self.kind))

    @property
    def invited_late(self) -> bool:
        """Whether the invitation went out after ``invite_by``: said in public, it forbids nothing."""
        return self.invited_on is not None and self.invited_on > self.invite_by

    @property
    def service_labels(self) -> list[str]:
        return [str(self.Service(key).label) for key in self.services if key in self.Service.values]

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/session/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "body", "kind", "title", "starts_at", "ends_at", "mode", "place", "link", "services"),
            *("facilitator", "state", "invited_on", "opened_at", "closed_at", "cancelled_reason", "attendance"),
            municipality=self.municipality_id,
        )

    def is_public(self) -> bool:
        return self.is_called

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Session]":
        return cls.objects.exclude(state=cls.State.DRAFT).select_related(
            "jurisdiction", "body__jurisdiction", "facilitator__body__jurisdiction", "municipality"
        )
