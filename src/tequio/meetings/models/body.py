"""Who meets: bodies, the seats in them, and who occupies each seat through time."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.documents.models import Blob
from tequio.people.models import Office, Organisation, Person, Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of
from tequio.vocabularies import terms


class Body(Recorded):
    """A group that meets: the local technical secretariat, a work table, a committee. Public from its first day.

    ``notice_days`` before an ordinary session (``notice_days_extraordinary`` before any other) its invitation, agenda
    and documents must be out; ``minutes_days`` working days after it the minutes must be approved (TQ-3), of which those
    present have ``review_days`` to ask for corrections. Counts of people under ``small_group`` are never shown.
    """

    subject = "body"

    class Kind(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariado Técnico Local")
        TABLE = "table", _("Mesa de trabajo")
        COMMITTEE = "committee", _("Comité")
        OTHER = "other", _("Otro órgano")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="bodies")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    name = I18nCharField(_("nombre"), max_length=200)
    purpose = I18nTextField(_("para qué existe"), blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="tables")
    founded_on = models.DateField(_("fecha de instalación"), null=True, blank=True)
    founding_act = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    founding_url = models.URLField(_("acta de instalación"), max_length=500, blank=True)
    rules_document = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    rules_url = models.URLField(_("lineamientos de operación"), max_length=500, blank=True)
    rules_on = models.DateField(_("lineamientos publicados"), null=True, blank=True)
    starts = models.DateField(_("trabaja desde"), null=True, blank=True)
    ends = models.DateField(_("trabaja hasta"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("días de anticipación"), default=5)
    notice_days_extraordinary = models.PositiveSmallIntegerField(_("días de anticipación, extraordinarias"), default=2)
    review_days = models.PositiveSmallIntegerField(_("días hábiles para pedir correcciones"), default=3)
    minutes_days = models.PositiveSmallIntegerField(_("días hábiles para aprobar el acta"), default=10)
    small_group = models.PositiveSmallIntegerField(_("grupo más pequeño que se cuenta"), default=5)

    class Meta:
        ordering = ["jurisdiction", "kind", "slug"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "slug"], name="body_slug")]

    def __str__(self) -> str:
        return str(self.name)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/body/{self.slug}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("slug", "kind", "name", "purpose", "parent", "founded_on", "founding_url", "rules_url", "rules_on"),
            *("starts", "ends", "notice_days", "notice_days_extraordinary", "review_days", "minutes_days"),
            "small_group",
            founding_act=self.founding_act_id,
            rules_document=self.rules_document_id,
        )

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Body]":
        return cls.objects.select_related("jurisdiction", "parent__jurisdiction")

    def notice_for(self, kind: str) -> int:
        """Days before a session of ``kind`` on which its invitation must be out."""
        return self.notice_days if kind == "ordinary" else self.notice_days_extraordinary


class Capacity(models.TextChoices):
    """In what capacity somebody occupies a seat or comes to a session."""

    HEAD = "head", _("Titular")
    LIAISON = "liaison", _("Enlace operativo")
    ALTERNATE = "alternate", _("Suplente")
    GUEST = "guest", _("Participante")


class Seat(Recorded):
    """A place at the table: of a sector, and of an organisation or one of its offices where there is one.

    ``citizen_council`` marks a seat of the citizens' council of an institution (the participation committee of an
    anti-corruption system): it does not count as government, whatever its sector (standards §1).
    """

    subject = "bodyseat"

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    name = I18nCharField(_("lugar"), max_length=200)
    sector = models.CharField(_("sector"), max_length=40)
    citizen_council = models.BooleanField(_("consejo ciudadano"), default=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="seats")
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="seats")
    since = models.DateField(_("desde"), null=True, blank=True)
    until = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        ordering = ["body", "number"]
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="meeting_seat_number")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.body.jurisdiction

    @property
    def sector_label(self) -> str:
        return terms.label("sector", self.sector)

    @property
    def is_government(self) -> bool:
        """On whose side the seat counts when presence, speech and votes are compared."""
        return terms.is_government(self.sector) and not self.citizen_council

    def exists_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def subject_key(self) -> str:
        return f"{self.body.jurisdiction.slug}/bodyseat/{self.body.slug}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("body", "number", "name", "sector", "citizen_council", "organisation", "office", "since", "until"),
        )

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Seat]":
        return cls.objects.select_related(
            "body__jurisdiction", "organisation__jurisdiction", "office__organisation__jurisdiction"
        )


class SeatHolder(Recorded):
    """Who occupies a seat, in which capacity, between two dates. A row without a person is a public vacancy.

    The holder acts through ``role`` (a ``people.Role`` of kind ``seat_head`` or ``seat_liaison``), which also says
    whether their name is public; ``person`` stands alone for those who need no account. ``note`` is the founding
    act or letter that names them.
    """

    subject = "holder"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holders")
    number = models.PositiveSmallIntegerField()
    capacity = models.CharField(_("calidad"), max_length=10, choices=Capacity.choices)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="seats_held")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="seats_held")
    named = models.BooleanField(_("con nombre público"), default=False)
    since = models.DateField(_("desde"), null=True, blank=True)
    until = models.DateField(_("hasta"), null=True, blank=True)
    note = models.CharField(_("sustento"), max_length=300, blank=True)

    class Meta:
        ordering = ["seat", "number"]
        constraints = [models.UniqueConstraint(fields=["seat", "number"], name="holder_number")]

    def __str__(self) -> str:
        return f"{self.seat} · {self.get_capacity_display()}"

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.seat.body.jurisdiction

    @property
    def is_vacant(self) -> bool:
        return self.role_id is None and self.person_id is None

    @property
    def holder(self) -> Person | None:
        """The human being, for work pages only."""
        return self.person or (self.role.person if self.role else None)

    @property
    def public_name(self) -> str:
        """The holder's name where it is public, else an empty text."""
        if self.role:
            return self.role.public_name
        return self.person.name if self.person and self.named else ""

    def holds_on(self, day: dt.date) -> bool:
        """Whether somebody occupies the seat through this row on that day."""
        covers = (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
        return covers and not self.is_vacant

    def subject_key(self) -> str:
        return f"{self.seat.body.jurisdiction.slug}/holder/{self.seat.body.slug}.{self.seat.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("seat", "number", "capacity", "role", "named", "since", "until", "note"),
            vacant=self.is_vacant,
        )

    def hidden_state(self) -> dict[str, str]:
        return {"name": self.person.name} if self.person and self.named and not self.role_id else {}

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[SeatHolder]":
        return cls.objects.select_related("seat__body__jurisdiction", "role__jurisdiction", "role__person", "person")
