"""Itinerant innovation labs: their route, how people were called, who came in counts, and the sheets they filled in."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models import Call, Contribution
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.documents.models import Blob
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Lab(Recorded):
    """A lab that travels from stop to stop. What people write there becomes contributions to its ``call``.

    ``promised_people`` and ``promised_places`` are the reach promised when it was published (people; municipalities), never
    changed afterwards. ``minimum`` is the least number of people that is told of any group. ``opening`` counts how often the
    links for capturing were renewed: those of an older opening no longer work.
    """

    subject = "lab"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicado")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="labs")
    number = models.PositiveIntegerField(_("número"))
    status = models.CharField(_("estado"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    title = I18nCharField(_("título"), max_length=200)
    text = I18nTextField(_("de qué se trata"), blank=True)
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="labs")
    promised_people = models.PositiveIntegerField(_("personas que se prometió alcanzar"), default=0)
    promised_places = models.PositiveIntegerField(_("municipios que se prometió visitar"), default=0)
    minimum = models.PositiveSmallIntegerField(_("número más chico que se muestra"), default=5)
    facilitators = models.ManyToManyField(Role, blank=True, related_name="labs")
    opening = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="lab_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/lab/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "status", "title", "text", "call", "promised_people", "promised_places", "minimum"),
            facilitators=sorted(role.subject_key() for role in self.facilitators.all()) if self.pk else [],
        )

    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Lab]":
        rows = cls.objects.filter(status=cls.Status.PUBLISHED).select_related("jurisdiction", "call__jurisdiction")
        return rows.prefetch_related("facilitators__jurisdiction")


class Stop(Recorded):
    """A day of a lab in a place. ``attended`` and ``groups`` are what may be told of who came: the counts themselves stay in
    ``Attendance``; ``few`` says that fewer than the lab's minimum came."""

    subject = "stop"

    class Status(models.TextChoices):
        PLANNED = "planned", _("Por hacerse")
        HELD = "held", _("Se hizo")
        CANCELLED = "cancelled", _("Se canceló")

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="stops")
    number = models.PositiveSmallIntegerField(_("número"))
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("lugar"), max_length=200)
    day = models.DateField(_("día"))
    hours = models.CharField(_("horario"), max_length=60, blank=True)
    services = models.CharField(_("qué ofrece"), max_length=300, blank=True)
    status = models.CharField(_("estado"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    attended = models.PositiveIntegerField(_("asistieron"), null=True, blank=True)
    few = models.BooleanField(_("asistieron menos que el mínimo"), default=False)
    groups = models.JSONField(_("asistencia por grupo"), default=dict, blank=True)

    class Meta:
        ordering = ["lab", "day", "number"]
        constraints = [models.UniqueConstraint(fields=["lab", "number"], name="stop_number")]

    def __str__(self) -> str:
        return f"{self.where}, {self.day:%d/%m/%Y}"

    @property
    def where(self) -> str:
        """The municipality, or the place where it has none."""
        return self.municipality.name if self.municipality else self.place

    def subject_key(self) -> str:
        return f"{self.lab.jurisdiction.slug}/stop/{self.lab.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("lab", "number", "place", "day", "hours", "services", "status", "reason", "attended", "few", "groups"),
            municipality=self.municipality_id,
        )

    def is_public(self) -> bool:
        return self.lab.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Stop]":
        return cls.objects.filter(lab__status=Lab.Status.PUBLISHED).select_related("lab__jurisdiction", "municipality")


class Attendance(models.Model):
    """How many of a group came to a stop. Private: a count may be so small that it names somebody."""

    stop = models.ForeignKey(Stop, models.CASCADE, related_name="counts")
    group = models.CharField(max_length=30)  # a key of ``attendance.GROUPS``
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stop", "group"], name="attendance_group")]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.group}"


class Outreach(Recorded):
    """How people were told of a lab: a channel, whom it should reach and how many it did. ``stop`` is null for all stops."""

    subject = "outreach"

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="outreach")
    number = models.PositiveSmallIntegerField(_("número"))
    stop = models.ForeignKey(Stop, models.PROTECT, null=True, blank=True, related_name="outreach")
    day = models.DateField(_("día"))
    channel = models.CharField(_("por dónde"), max_length=120)
    audience = models.CharField(_("a quién"), max_length=200, blank=True)
    promised = models.PositiveIntegerField(_("personas que se esperaba alcanzar"))
    achieved = models.PositiveIntegerField(_("personas que se alcanzaron"), null=True, blank=True)
    how = models.CharField(_("cómo se contó"), max_length=200, blank=True)
    url = models.URLField(_("prueba"), max_length=500, blank=True)

    class Meta:
        ordering = ["lab", "day", "number"]
        constraints = [models.UniqueConstraint(fields=["lab", "number"], name="outreach_number")]

    def __str__(self) -> str:
        return self.channel

    def subject_key(self) -> str:
        return f"{self.lab.jurisdiction.slug}/outreach/{self.lab.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self, "lab", "number", "stop", "day", "channel", "audience", "promised", "achieved", "how", "url"
        )

    def is_public(self) -> bool:
        return self.lab.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Outreach]":
        return cls.objects.filter(lab__status=Lab.Status.PUBLISHED).select_related(
            "lab__jurisdiction", "stop__lab__jurisdiction"
        )


class Sheet(models.Model):
    """A printed sheet with its code, and what was written on it. Private: what it says becomes a contribution, and that is
    what the public sees, with ``name`` and ``email``, which do not stay here. ``fingerprint`` is that of its contents, by which
    the same sheet sent again is known. ``fault`` says why it is no contribution yet."""

    lab = models.ForeignKey(Lab, models.PROTECT, related_name="sheets")
    code = models.CharField(max_length=12, unique=True)
    order = models.PositiveIntegerField()
    stop = models.ForeignKey(Stop, models.PROTECT, null=True, blank=True, related_name="sheets")
    fingerprint = models.CharField(max_length=64, blank=True)
    entered = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=5000, blank=True)
    name = models.CharField(max_length=120, blank=True)
    named = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    photo = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="+")
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["lab", "order"]
        constraints = [models.UniqueConstraint(fields=["lab", "order"], name="sheet_order")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_entered(self) -> bool:
        return self.entered is not None
