"""Allies who watch the record grow: who they are, what they signed, what they refused; and the logs that we watch."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.record.core.cosignature import WitnessKey
from tequio.record.log_acts import PLACE
from tequio.record.models import Checkpoint, Recorded
from tequio.record.state import state_of


class Witness(Recorded):
    """An ally that confirms the log's seals with a key of its own. ``kind`` mirror: it also holds every entry and file.

    ``vkey`` is its public key as a line (C2SP); ``url`` where its server takes checkpoints, empty for one that comes by
    itself. It belongs to the log and so to no jurisdiction. ``tried`` is when its server was last asked; private.
    """

    subject = "witness"

    class Kind(models.TextChoices):
        WITNESS = "witness", _("Testigo")
        MIRROR = "mirror", _("Espejo")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("organización"), max_length=200)
    sector = models.CharField(_("sector"), max_length=40)
    kind = models.CharField(_("qué hace"), max_length=10, choices=Kind.choices, default=Kind.WITNESS)
    vkey = models.CharField(_("llave pública"), max_length=300, unique=True)
    url = models.URLField(_("dirección de su servidor"), blank=True, max_length=300)
    since = models.DateField(_("desde"))
    until = models.DateField(_("hasta"), null=True, blank=True)
    tried = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> WitnessKey:
        return WitnessKey.parse(self.vkey)

    def subject_key(self) -> str:
        return f"{PLACE}/witness/{self.slug}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "slug", "name", "sector", "kind", "vkey", "url", "since", "until")

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Witness]":
        return cls.objects.all()


class Cosignature(models.Model):
    """That a witness confirmed a seal at ``time`` (seconds since 1970, its own clock). ``line`` verifies under its key."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    time = models.BigIntegerField()
    line = models.CharField(max_length=500)
    received = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="cosignature_once")]

    def __str__(self) -> str:
        return f"{self.witness} {self.checkpoint}"

    @property
    def at(self) -> dt.datetime:
        """When the witness signed."""
        return dt.datetime.fromtimestamp(self.time, dt.UTC)


class Refusal(models.Model):
    """A seal that a witness refused, with what it answered. Kept as evidence and shown."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="refusals")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="refusals")
    status = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="refusal_once")]

    def __str__(self) -> str:
        return f"{self.witness} {self.status}"


class Alarm(models.Model):
    """That whoever runs the installation was told: too few witnesses have confirmed since ``since``."""

    since = models.DateTimeField(unique=True)
    told = models.DateTimeField()

    def __str__(self) -> str:
        return self.since.isoformat()


class WatchedLog(models.Model):
    """Another log that this installation watches: the largest tree of it that we have signed."""

    origin = models.CharField(max_length=200, unique=True)
    name = models.CharField(_("de quién es"), max_length=200)
    vkey = models.CharField(_("llave pública"), max_length=300)
    size = models.BigIntegerField(default=0)
    root = models.CharField(max_length=64, blank=True)
    signed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["origin"]

    def __str__(self) -> str:
        return self.origin
