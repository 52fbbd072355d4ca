"""The open call for volunteers of the Follow-up Committee, who answered it, and the places that the lottery gave."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Call(Recorded):
    """An open call: when it is open (first and last day, in the jurisdiction's time), how many places, for how long.

    ``strata`` are data: ``[{"key", "label": {es, en}, "categories": [{"key", "label": {es, en}, "places": 2}, …]}]``;
    ``places`` of a category is the least number of members that it gets. ``quotas`` are those in force since closing
    (``[{"dimension", "category", "places"}]``): the published ones, lowered by the formula where too few came.
    ``fingerprint`` is the SHA-256 of ``file``, the published list of numbers and categories; ``root`` and ``root_size``
    are those of the first seal of the record that covers the closing.
    """

    subject = "call"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicada")
        CLOSED = "closed", _("Cerrada")
        DRAWN = "drawn", _("Sorteada")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="calls")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField(_("número"))
    status = models.CharField(_("estado"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    title = I18nCharField(_("título"), max_length=200)
    text = I18nTextField(_("texto"), blank=True)
    terms = I18nTextField(_("condiciones del encargo"), blank=True)
    opens = models.DateField(_("abre"))
    closes = models.DateField(_("cierra"))
    places = models.PositiveSmallIntegerField(_("lugares"))
    alternates = models.PositiveSmallIntegerField(_("suplentes"))
    answer_days = models.PositiveSmallIntegerField(_("días para aceptar"), default=7)
    term_start = models.DateField(_("empieza el encargo"))
    term_end = models.DateField(_("termina el encargo"))
    strata = models.JSONField(_("grupos y lugares"), default=list, blank=True)
    outside_source = models.CharField(_("dato externo"), max_length=300, blank=True)
    commitment = models.CharField(_("huella de la semilla"), max_length=64, blank=True)
    volunteers = models.PositiveIntegerField(_("personas voluntarias"), default=0)
    counts = models.JSONField(_("voluntarias por grupo"), default=list, blank=True)
    quotas = models.JSONField(_("lugares en vigor"), default=list, blank=True)
    file = models.TextField(blank=True)
    fingerprint = models.CharField(_("huella del archivo"), max_length=64, blank=True)
    root = models.CharField(_("raíz del registro"), max_length=64, blank=True)
    root_size = models.PositiveBigIntegerField(_("actos bajo la raíz"), default=0)
    outside = models.CharField(_("valor del dato externo"), max_length=120, blank=True)
    seed = models.CharField(_("semilla revelada"), max_length=64, blank=True)
    members = models.JSONField(_("integrantes por sorteo"), default=list, blank=True)
    reserves = models.JSONField(_("suplentes en orden"), default=list, blank=True)

    class Meta:
        ordering = ["jurisdiction", "-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="call_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/call/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("plan", "number", "status", "title", "text", "terms", "opens", "closes", "places", "alternates"),
            *(
                "answer_days",
                "term_start",
                "term_end",
                "strata",
                "outside_source",
                "commitment",
                "volunteers",
                "counts",
            ),
            *("quotas", "fingerprint", "root", "root_size", "outside", "seed", "members", "reserves"),
        )

    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT and self.plan.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Call]":
        return (
            cls.objects.filter(plan__status=Plan.Status.PUBLISHED)
            .exclude(status=cls.Status.DRAFT)
            .select_related("jurisdiction", "plan__jurisdiction")
        )

    def is_open_on(self, day: dt.date) -> bool:
        """Whether people may volunteer on that day."""
        return self.status == self.Status.PUBLISHED and self.opens <= day <= self.closes


class Seed(models.Model):
    """The secret of a call until its draw. Private; its SHA-256 is the call's ``commitment``."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="secret")
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.call_id}"


class Volunteer(models.Model):
    """Somebody who answered a call. Private: contact and reasons never leave this table; ``number`` is what the public
    sees, given by chance at closing. ``answers`` holds what the person chose to tell: ``{dimension: category}``."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="people")
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    confirmed = models.BooleanField(default=False)
    number = models.PositiveIntegerField(null=True, blank=True)
    came = models.DateTimeField()

    class Meta:
        ordering = ["came", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "email"], condition=~models.Q(email=""), name="volunteer_email"),
            models.UniqueConstraint(fields=["call", "phone"], condition=~models.Q(phone=""), name="volunteer_phone"),
            models.UniqueConstraint(fields=["call", "number"], name="volunteer_number"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Seat(Recorded):
    """What the lottery gave to a number: a place as member, or a turn among the alternates (``order`` from 1).

    ``stands_for`` is the number whose place an alternate takes. ``name`` is kept only where the person agreed to
    publish it; it stands in the record as an erasable value.
    """

    subject = "seat"

    class Status(models.TextChoices):
        WAITING = "waiting", _("En espera")
        ASKED = "asked", _("Se le preguntó")
        ACCEPTED = "accepted", _("Aceptó")
        DECLINED = "declined", _("No aceptó")
        UNANSWERED = "unanswered", _("No respondió a tiempo")
        LEFT = "left", _("Dejó el lugar")

    call = models.ForeignKey(Call, models.PROTECT, related_name="seats")
    number = models.PositiveIntegerField(_("número sorteado"))
    is_alternate = models.BooleanField(_("suplente"), default=False)
    order = models.PositiveSmallIntegerField(_("orden"))
    status = models.CharField(_("estado"), max_length=12, choices=Status.choices)
    answer_by = models.DateField(_("responde a más tardar"), null=True, blank=True)
    answered_on = models.DateField(_("respondió"), null=True, blank=True)
    left_on = models.DateField(_("dejó el lugar"), null=True, blank=True)
    stands_for = models.PositiveIntegerField(_("en lugar del número"), null=True, blank=True)
    named = models.BooleanField(_("publica su nombre"), default=False)
    name = models.CharField(_("nombre"), max_length=150, blank=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="seats")
    volunteer = models.ForeignKey(Volunteer, models.SET_NULL, null=True, blank=True, related_name="seats")

    class Meta:
        ordering = ["call", "is_alternate", "order"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="seat_number")]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"

    def subject_key(self) -> str:
        return f"{self.call.jurisdiction.slug}/seat/{self.call.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("call", "number", "is_alternate", "order", "status", "answer_by", "answered_on", "left_on"),
            *("stands_for", "named", "role"),
        )

    def hidden_state(self) -> dict[str, str]:
        return {"name": self.name} if self.named and self.name else {}

    def is_public(self) -> bool:
        return self.call.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Seat]":
        return cls.objects.filter(call__plan__status=Plan.Status.PUBLISHED).select_related(
            "call__jurisdiction", "call__plan__jurisdiction", "role__jurisdiction"
        )
