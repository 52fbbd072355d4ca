"""What anybody observes about a commitment, how the committee answers, and what was moderated."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.i18n import I18nTextField
from tequio.documents.models import Blob
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Observation(Recorded):
    """ "This does not match what I see", about a commitment, one of its activities or a piece of its evidence.

    Private until its author confirms it (``number`` is null); from then on its number, object, dates and clock are
    public, whatever happens to its words: nobody can make one vanish. ``text`` and, where the author ``named`` it,
    ``name`` stand in the record as erasable values while they are shown. ``email`` is for letters to the author alone.
    ``moderation`` ``[{"what", "part", "rule", "reason", "on", "by"}]`` is its public log, never with the hidden words;
    ``by`` is the key of a role.
    """

    subject = "observation"

    class Sight(models.TextChoices):
        HELD = "held", _("En revisión")
        SHOWN = "shown", _("A la vista")
        HIDDEN = "hidden", _("Ocultada")
        WITHDRAWN = "withdrawn", _("Retirada por quien la escribió")

    class Photo(models.TextChoices):
        NONE = "none", _("Sin foto")
        WAITING = "waiting", _("En revisión")
        SHOWN = "shown", _("A la vista")
        HIDDEN = "hidden", _("Ocultada")

    class Outcome(models.TextChoices):
        REOPENS = "reopens", _("Se reabre la verificación")
        NOTED = "noted", _("Ya se tomó en cuenta")
        DECLINED = "declined", _("No procede")
        FORWARDED = "forwarded", _("Pasa a la institución")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="observations")
    number = models.PositiveIntegerField(null=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="observations")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="observations")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="observations")
    text = models.TextField(_("qué viste"), max_length=3000)
    language = models.CharField(max_length=5, default="es")
    seen_on = models.DateField(_("cuándo lo viste"), null=True, blank=True)
    place = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    photo = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    photo_sight = models.CharField(_("foto"), max_length=10, choices=Photo.choices, default=Photo.NONE)
    name = models.CharField(_("nombre"), max_length=120, blank=True)
    named = models.BooleanField(_("firmada"), default=False)
    email = models.EmailField(blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    written = models.DateTimeField(auto_now_add=True)
    sight = models.CharField(_("a la vista"), max_length=10, choices=Sight.choices, default=Sight.HELD)
    published_on = models.DateField(_("recibida"), null=True, blank=True)
    due = models.DateField(_("se responde a más tardar"), null=True, blank=True)
    outcome = models.CharField(_("respuesta"), max_length=10, choices=Outcome.choices, blank=True)
    answer = I18nTextField(_("lo que respondió el Comité"), blank=True)
    answered_on = models.DateField(_("respondida"), null=True, blank=True)
    answered_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    comment = I18nTextField(_("lo que dice la institución"), blank=True)
    commented_on = models.DateField(null=True, blank=True)
    commented_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    moderation = models.JSONField(_("moderación"), default=list, blank=True)
    moderated_on = models.DateField(_("moderada"), null=True, blank=True)
    appeal = models.TextField(blank=True)
    appealed_on = models.DateField(_("apelada"), null=True, blank=True)
    reviewed_on = models.DateField(_("apelación resuelta"), null=True, blank=True)

    class Meta:
        ordering = ["-published_on", "-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="observation_number")]
        indexes = [models.Index(fields=["commitment", "-number"], name="observation_commitment")]

    def __str__(self) -> str:
        return str(_("Observación %(number)s") % {"number": self.number or "·"})

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/observation/{self.number}"

    def public_state(self) -> dict[str, Any]:
        shows_photo = self.photo_sight == self.Photo.SHOWN
        return state_of(
            self,
            *("number", "commitment", "activity", "evidence", "language", "seen_on", "photo_sight", "named", "sight"),
            *("published_on", "due", "outcome", "answer", "answered_on", "answered_by"),
            *("comment", "commented_on", "commented_by", "moderation", "moderated_on", "appealed_on", "reviewed_on"),
            place=self.place_id,
            photo=self.photo_id if shows_photo else None,
        )

    def hidden_state(self) -> dict[str, str]:
        if self.sight != self.Sight.SHOWN:
            return {}
        return {"text": self.text, **({"name": self.name} if self.public_name else {})}

    def is_public(self) -> bool:
        return self.published_on is not None and self.commitment.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Observation]":
        return cls.objects.filter(
            published_on__isnull=False, commitment__status=Commitment.Status.PUBLISHED
        ).select_related(
            *(
                "jurisdiction",
                "commitment__jurisdiction",
                "activity__jurisdiction",
                "evidence__commitment__jurisdiction",
            ),
            *("answered_by__jurisdiction", "commented_by__jurisdiction"),
        )

    @property
    def is_shown(self) -> bool:
        """Whether anybody may read its words."""
        return self.sight == self.Sight.SHOWN

    @property
    def public_name(self) -> str:
        """The author's name where they asked for it to be public, else an empty text."""
        return self.name.strip() if self.named and self.is_shown else ""

    @property
    def shows_photo(self) -> bool:
        """Whether anybody may see its photo."""
        return self.is_shown and self.photo_sight == self.Photo.SHOWN

    @property
    def awaits_answer(self) -> bool:
        """Whether the committee's clock is running; it stops for what was hidden or taken back."""
        return self.answered_on is None and self.sight in (self.Sight.SHOWN, self.Sight.HELD)

    @property
    def awaits_review(self) -> bool:
        """Whether its author appealed and a second member has not decided yet."""
        appealed = self.appealed_on is not None and self.reviewed_on is None
        return appealed and self.sight != self.Sight.WITHDRAWN

    @property
    def is_flagged(self) -> bool:
        """Whether the secretariat asked the committee to look and no member has answered that."""
        return bool(self.moderation) and self.moderation[-1]["what"] == "flagged"

    @property
    def needs_a_look(self) -> bool:
        """Whether a member must decide what is shown of it."""
        alive = self.sight in (self.Sight.SHOWN, self.Sight.HELD)
        waits = self.sight == self.Sight.HELD or self.photo_sight == self.Photo.WAITING or self.is_flagged
        return alive and waits

    def clock(self, today: dt.date) -> str:
        """How the answer stands against its date: ``on_time``, ``late``, ``waiting``, ``overdue`` or ``none``."""
        if self.answered_on is not None:
            return "late" if self.due and self.answered_on > self.due else "on_time"
        if not self.awaits_answer:
            return "none"
        return "overdue" if self.due and self.due < today else "waiting"


class Trace(models.Model):
    """That somebody sent something: a salted hash of an address, kept for 24 hours to hold back floods."""

    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["digest", "at"], name="trace_digest")]

    def __str__(self) -> str:
        return self.digest[:12]
