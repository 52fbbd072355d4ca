"""Who came to a session. Private: only counts by sector and the presence of seats leave this table."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.meetings.models.body import Capacity, Seat, SeatHolder
from tequio.meetings.models.session import Session
from tequio.people.models import Organisation, Person
from tequio.vocabularies import terms


class Attendance(models.Model):
    """One person at one session. No row of it is ever public, nor its name or contact.

    For a seat, ``seat`` and ``holder`` say for whom and ``capacity`` in which quality. Whoever says so with the
    session's QR code and no account counts for the seat only once the secretariat ``confirmed`` it; a guest counts at
    once. ``code`` is the printed sheet's line, so that a sheet entered twice counts once. ``gender`` only where given.
    ``told_at``: when the letter left that asks them to read the minutes.
    """

    class Mode(models.TextChoices):
        ROOM = "room", _("En la sala")
        REMOTE = "remote", _("A distancia")

    class How(models.TextChoices):
        QR = "qr", _("Con el código QR")
        SHEET = "sheet", _("Hoja impresa")
        HAND = "hand", _("A mano")

    class Gender(models.TextChoices):
        WOMAN = "woman", _("Mujer")
        MAN = "man", _("Hombre")
        OTHER = "other", _("Otra identidad")

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendees")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="attendances")
    holder = models.ForeignKey(SeatHolder, models.PROTECT, null=True, blank=True, related_name="attendances")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("nombre"), max_length=150, blank=True)
    email = models.EmailField(_("correo, para recibir el acta"), blank=True)
    group = models.CharField(_("organización o colectivo"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=40)
    gender = models.CharField(_("género"), max_length=10, choices=Gender.choices, blank=True)
    capacity = models.CharField(_("calidad"), max_length=10, choices=Capacity.choices, default=Capacity.GUEST)
    mode = models.CharField(_("cómo asiste"), max_length=10, choices=Mode.choices, default=Mode.ROOM)
    how = models.CharField(_("registro"), max_length=10, choices=How.choices)
    code = models.CharField(_("renglón de la hoja"), max_length=12, blank=True)
    confirmed = models.BooleanField(_("confirmada"), default=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "holder"], name="attendance_holder"),
            models.UniqueConstraint(fields=["session", "code"], name="attendance_code", condition=~models.Q(code="")),
        ]

    def __str__(self) -> str:
        return str(self.seat or self.sector_label)

    @property
    def sector_label(self) -> str:
        return terms.label("sector", self.sector)

    @property
    def counts(self) -> bool:
        """Whether it counts: a guest at once, somebody for a seat when the secretariat has seen them."""
        return self.seat_id is None or self.confirmed

    @property
    def is_government(self) -> bool:
        return self.seat.is_government if self.seat else terms.is_government(self.sector)
