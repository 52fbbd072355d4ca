"""A public problem, as whoever suffers it tells it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models.call import Call
from tequio.cocreation.models.said import Said
from tequio.documents.models import Blob
from tequio.places.models import Municipality


class Problem(Said):
    """What is wrong, who suffers it, where, since when and why; proposed by anybody, with or without a call.

    ``links`` are addresses of evidence, one a line. Duplicates are merged in public: ``merged_into`` keeps both readable,
    and can be undone. ``backers`` counts confirmed supports; ``counted``, what the record knows of them, is what pages show.
    """

    subject = "problem"
    WORDS: ClassVar[tuple[str, ...]] = ("title", "text", "who", "since", "causes", "links", "environment", "outlook")

    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="problems")
    title = models.CharField(_("el problema en una línea"), max_length=200)
    text = models.TextField(_("qué pasa"), max_length=3000)
    who = models.CharField(_("quién lo padece"), max_length=400, blank=True)
    place = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.CharField(_("desde cuándo"), max_length=120, blank=True)
    causes = models.TextField(_("por qué pasa"), max_length=2000, blank=True)
    links = models.TextField(_("enlaces de evidencia"), max_length=1500, blank=True)
    sdg_targets = models.JSONField(_("metas de los ODS"), default=list, blank=True)
    environment = models.TextField(_("efectos en el ambiente"), max_length=1500, blank=True)
    outlook = models.TextField(_("qué pasará si nada cambia"), max_length=1500, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    merged_on = models.DateField(_("unido"), null=True, blank=True)
    backers = models.PositiveIntegerField(default=0, editable=False)
    counted = models.PositiveIntegerField(_("apoyos"), default=0, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="problem_number")]
        indexes = [models.Index(fields=["jurisdiction", "-counted", "-number"], name="problem_counted")]

    def __str__(self) -> str:
        return str(_("Problema %(number)s") % {"number": self.number or "·"})

    def public_state(self) -> dict[str, Any]:
        return self.facts(
            *("sdg_targets", "merged_on"),
            call=self.call.number if self.call else None,
            place=self.place_id,
            merged_into=self.merged_into.number if self.merged_into else None,
            counted=self.counted or None,
            files=[one.state() for one in self.attachments.all()] if self.pk else [],
        )

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Problem]":
        rows = cls.objects.filter(published_on__isnull=False)
        return rows.select_related("jurisdiction", "call", "merged_into").prefetch_related("attachments")


class Attachment(models.Model):
    """A file that somebody hung on a problem or a contribution. Part of its state; nobody sees it before a look at it."""

    class Sight(models.TextChoices):
        WAITING = "waiting", _("En revisión")
        SHOWN = "shown", _("A la vista")
        HIDDEN = "hidden", _("Ocultada")

    problem = models.ForeignKey(Problem, models.CASCADE, null=True, blank=True, related_name="attachments")
    contribution = models.ForeignKey(
        "cocreation.Contribution", models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    sight = models.CharField(max_length=10, choices=Sight.choices, default=Sight.WAITING)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return (self.blob_id or "·")[:12]

    @property
    def is_shown(self) -> bool:
        """Whether anybody may open it."""
        return self.sight == self.Sight.SHOWN and self.blob_id is not None

    def state(self) -> dict[str, Any]:
        return {"sight": self.sight, **({"sha256": self.blob_id} if self.is_shown and self.blob_id else {})}


class Support(models.Model):
    """That an address supports something that ``about`` gives and that counts its ``backers``. Private; uncounted until it
    is confirmed.

    ``digest`` is a salted hash, so that one address counts once; the address itself is kept only until it is confirmed.
    """

    digest = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="es")
    written = models.DateTimeField(auto_now_add=True)
    confirmed = models.BooleanField(default=False)

    subject: ClassVar[str]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def about(self) -> Any:
        """What is supported."""
        raise NotImplementedError


class Backing(Support):
    """Support of a problem or a contribution."""

    subject = "backing"

    problem = models.ForeignKey(Problem, models.CASCADE, null=True, blank=True, related_name="backings")
    contribution = models.ForeignKey(
        "cocreation.Contribution", models.CASCADE, null=True, blank=True, related_name="backings"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "digest"], name="backing_of_problem"),
            models.UniqueConstraint(fields=["contribution", "digest"], name="backing_of_contribution"),
        ]

    @property
    def about(self) -> Any:
        """What is supported."""
        return self.problem or self.contribution
