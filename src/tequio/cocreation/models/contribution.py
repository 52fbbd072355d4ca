"""Contributions, what is said about them, and their translations."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models.call import Call
from tequio.cocreation.models.problem import Problem
from tequio.cocreation.models.said import Said
from tequio.cocreation.models.table import Table
from tequio.people.models import Role
from tequio.places.models import Municipality


class Contribution(Said):
    """A proposal to the call, from wherever it came. It closes only with a released ``answer``.

    ``kind``: by a person for themselves, for an ``organisation``, or through an assistant (``entered_by``). ``minutes`` is
    the key in the record of the minutes, or of their entry, that prove it; ``received_on`` the day it was received, from
    which the clock of the answer runs. ``wordings`` ``[{"title", "text", "on"}]`` are its former wordings, oldest first:
    both stay readable. ``backers`` counts confirmed supports; ``counted`` is what the record knows of them.
    """

    subject = "contribution"
    WORDS: ClassVar[tuple[str, ...]] = ("title", "text")

    class Source(models.TextChoices):
        WEB = "web", _("Por este portal")
        TABLE = "table", _("En una mesa")
        LAB = "lab", _("En un laboratorio itinerante")
        MAIL = "mail", _("Por correo")
        PAPER = "paper", _("En papel")

    class Kind(models.TextChoices):
        PERSON = "person", _("A título personal")
        ORGANISATION = "organisation", _("Por una organización")
        ASSISTED = "assisted", _("Con ayuda de alguien")

    call = models.ForeignKey(Call, models.PROTECT, related_name="contributions")
    table = models.ForeignKey(Table, models.PROTECT, null=True, blank=True, related_name="contributions")
    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="contributions")
    source = models.CharField(_("de dónde vino"), max_length=10, choices=Source.choices, default=Source.WEB)
    kind = models.CharField(_("a nombre de quién"), max_length=14, choices=Kind.choices, default=Kind.PERSON)
    title = models.CharField(_("la propuesta en una línea"), max_length=200)
    text = models.TextField(_("en qué consiste"), max_length=5000)
    place = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.CharField(_("la minuta que lo prueba"), max_length=200, blank=True)
    sheet = models.CharField(_("código de la hoja"), max_length=60, blank=True)
    entered_by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField(_("llegó"), null=True, blank=True)
    wordings = models.JSONField(default=list, blank=True)
    due = models.DateField(_("se responde a más tardar"), null=True, blank=True)
    answer = models.ForeignKey(
        "cocreation.Response", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    closed_on = models.DateField(_("respondida"), null=True, blank=True, editable=False)
    review = models.TextField(blank=True)
    review_asked_on = models.DateField(_("se pidió revisar la respuesta"), null=True, blank=True)
    review_due = models.DateField(_("se revisa a más tardar"), null=True, blank=True)
    backers = models.PositiveIntegerField(default=0, editable=False)
    counted = models.PositiveIntegerField(_("apoyos"), default=0, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="contribution_number"),
            models.UniqueConstraint(
                fields=["jurisdiction", "sheet"], name="contribution_sheet", condition=~Q(sheet="")
            ),
            # Nothing closes without a decision: the answer itself cannot be stored without its reason.
            models.CheckConstraint(
                condition=Q(closed_on=None, answer=None) | Q(closed_on__isnull=False, answer__isnull=False),
                name="contribution_closes_with_an_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-counted", "-number"], name="contribution_counted"),
            # All that clocks and the queue of answers count and sort by, so that they need not read the words.
            models.Index(
                fields=["jurisdiction", "closed_on", "due", "number", "sight", "published_on"], name="contribution_due"
            ),
            models.Index(
                fields=["jurisdiction"], name="contribution_review", condition=Q(review_asked_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(_("Aportación %(number)s") % {"number": self.number or "·"})

    def public_state(self) -> dict[str, Any]:
        return self.facts(
            *("source", "kind", "minutes", "sheet", "entered_by", "received_on", "due", "closed_on"),
            *("review_asked_on", "review_due"),
            call=self.call.number,
            table=self.table.number if self.table else None,
            problem=self.problem.number if self.problem else None,
            place=self.place_id,
            answer=self.answer.number if self.answer else None,
            wordings=len(self.wordings) or None,
            counted=self.counted or None,
            files=[one.state() for one in self.attachments.all()] if self.pk else [],
        )

    def words(self) -> dict[str, str]:
        former = {
            f"{name}_{n}": row[name]
            for n, row in enumerate(self.wordings, 1)
            for name in ("title", "text")
            if row.get(name)
        }
        return {**super().words(), **former}

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Contribution]":
        rows = cls.objects.filter(published_on__isnull=False)
        related = ("jurisdiction", "call", "table", "problem", "answer", "entered_by__jurisdiction")
        return rows.select_related(*related).prefetch_related("attachments")

    @property
    def awaits_answer(self) -> bool:
        """Whether it is owed an answer. Hiding its words does not close it; only its author's withdrawal ends the clock."""
        return self.closed_on is None and self.published_on is not None and self.sight != self.Sight.WITHDRAWN

    @property
    def awaits_second_answer(self) -> bool:
        """Whether its author asked for a review of the answer and no second one was released."""
        return self.review_asked_on is not None and self.answer is not None and self.answer.number == 1

    def clock(self, today: dt.date) -> str:
        """How the answer stands against its date: ``on_time``, ``late``, ``waiting``, ``overdue`` or ``none``."""
        if self.awaits_second_answer:
            return "overdue" if self.review_due and self.review_due < today else "reviewing"
        if self.closed_on is not None:
            first = self.due is not None and self.closed_on > self.due
            return "late" if first else "on_time"
        if not self.awaits_answer:
            return "none"
        return "overdue" if self.due and self.due < today else "waiting"


class Translation(Said):
    """A contribution in another language, by somebody who knows it. The original stays beside it."""

    subject = "translation"
    WORDS: ClassVar[tuple[str, ...]] = ("title", "text")

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="translations")
    tongue = models.CharField(_("lengua"), max_length=60)
    title = models.CharField(_("la propuesta en una línea"), max_length=200)
    text = models.TextField(_("traducción"), max_length=5000)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="translation_number")]

    def __str__(self) -> str:
        return str(_("Traducción %(number)s") % {"number": self.number or "·"})

    def public_state(self) -> dict[str, Any]:
        return self.facts("tongue", contribution=self.contribution.number)

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Translation]":
        return cls.objects.filter(published_on__isnull=False).select_related("jurisdiction", "contribution")


class Comment(Said):
    """A comment on a problem, a contribution, or one ``field`` of a draft; ``parent`` only on the first level."""

    subject = "comment"

    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="comments")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, blank=True, related_name="comments")
    draft = models.ForeignKey("cocreation.JointDraft", models.PROTECT, null=True, blank=True, related_name="comments")
    field = models.CharField(_("parte del borrador"), max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    text = models.TextField(_("comentario"), max_length=2000)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="comment_number")]

    def __str__(self) -> str:
        return str(_("Comentario %(number)s") % {"number": self.number or "·"})

    @property
    def about(self) -> Any:
        """What is commented on."""
        return self.contribution or self.problem or self.draft

    def public_state(self) -> dict[str, Any]:
        return self.facts(
            "field",
            problem=self.problem.number if self.problem else None,
            contribution=self.contribution.number if self.contribution else None,
            draft=self.draft.number if self.draft else None,
            parent=self.parent.number if self.parent else None,
        )

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Comment]":
        rows = cls.objects.filter(published_on__isnull=False)
        return rows.select_related("jurisdiction", "problem", "contribution", "draft", "parent")
