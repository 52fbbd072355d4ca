"""Who follows what, what has been sent, and an index of the record by followed thing. All private: nothing of it is public."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.people.models import Person
from tequio.places.models import Jurisdiction


class Frequency(models.TextChoices):
    """How often mail comes. It gathers what happened since the last one."""

    NOW = "now", _("Al momento")
    DAILY = "daily", _("Una vez al día, por la mañana")
    WEEKLY = "weekly", _("Una vez a la semana, los lunes")


class Follower(models.Model):
    """Somebody who follows things in a jurisdiction: an account, or an address that its owner confirmed.

    ``cursor`` is the position of the record up to which mail was written; ``due`` when the next one may be (null: not
    before something happens); ``read_to`` the position up to which the person has read their notices on the portal.
    ``refusals`` counts how often in a row the mail server refused the address; ``stopped`` says since when we stopped.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="es")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    cursor = models.BigIntegerField(default=-1)
    read_to = models.BigIntegerField(default=-1)
    due = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    stopped = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "email"], condition=~models.Q(email=""), name="follower_email"
            ),
            models.UniqueConstraint(fields=["jurisdiction", "account"], name="follower_account"),
            models.CheckConstraint(
                condition=models.Q(account__isnull=False) ^ ~models.Q(email=""), name="follower_account_or_email"
            ),
        ]
        indexes = [models.Index(fields=["due"], name="follower_due")]

    def __str__(self) -> str:
        return f"follower {self.pk}"

    @property
    def address(self) -> str:
        """Where the mail goes."""
        return self.account.email if self.account else self.email


class Follow(models.Model):
    """A thing that somebody follows, by its key in the record; what happened up to position ``since`` is not told.

    With a ``frequency`` of its own it has its own ``cursor`` and ``due``, meant as the follower's; without, it goes along
    with the rest.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="follows")
    key = models.CharField(max_length=200)
    since = models.BigIntegerField(default=-1)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, blank=True)
    cursor = models.BigIntegerField(default=-1)
    due = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "key"], name="follow_once")]
        indexes = [models.Index(fields=["key"], name="follow_key"), models.Index(fields=["due"], name="follow_due")]

    def __str__(self) -> str:
        return self.key


class Request(models.Model):
    """An address that somebody wrote to follow a thing, until its owner says yes; removed after ``follows.KEPT``."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    email = models.EmailField()
    key = models.CharField(max_length=200)
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    language = models.CharField(max_length=5)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"request {self.pk}"


class Happening(models.Model):
    """The act at ``position`` matters to whoever follows ``key``; ``about`` is the thing that it is told under.

    An index of the record, written from it and able to be written again.
    """

    position = models.BigIntegerField()
    key = models.CharField(max_length=200)
    about = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "position"], name="happening_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.key}"


class Mark(models.Model):
    """How far a piece of work has come: a position of the record, or a day as its ordinal."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Delivery(models.Model):
    """A mail to be sent, and what became of it. It is written before anything leaves (docs/decisions/0015).

    ``once`` names what it tells to whom; being unique, it keeps a second process from telling it again. A digest tells
    the acts after ``start`` up to ``end`` on the followed ``keys``, all of them
    where none is named. No address stands here: when a follower goes, the row stays and says nobody.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("En espera")
        SENDING = "sending", _("Sin confirmar")
        SENT = "sent", _("Entregado al servidor de correo")
        REFUSED = "refused", _("Rechazado")
        DROPPED = "dropped", _("Ya no hacía falta")

    class Kind(models.TextChoices):
        DIGEST = "digest", _("Avisos")
        REMINDER = "reminder", _("Recordatorio")

    jurisdiction = models.ForeignKey(Jurisdiction, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    follower = models.ForeignKey(Follower, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    once = models.CharField(max_length=80, unique=True)
    start = models.BigIntegerField(default=-1)
    end = models.BigIntegerField(default=-1)
    keys = models.JSONField(default=list, blank=True)
    acts = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=models.Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["jurisdiction", "-created"], name="delivery_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.once}"


class Told(models.Model):
    """The act at ``position`` was told by this mail and matters to something else that the person follows at another pace:
    that one does not tell it again."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="+")
    position = models.BigIntegerField()
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "position"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.follower_id}"


class Reminded(models.Model):
    """A reminder that a person gets once: ``key`` holds the thing, the threshold and the date it is due.

    ``words`` and ``about`` are texts in both languages ``{es, en}``; ``url`` an address without language.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=200)
    words = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    delivery = models.ForeignKey(Delivery, models.SET_NULL, null=True, blank=True, related_name="reminders")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="reminded_once")]

    def __str__(self) -> str:
        return self.key
