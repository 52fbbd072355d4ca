"""Work tables: who sits at them, what they make, and what they ask of experts."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models.call import Call
from tequio.cocreation.models.problem import Problem
from tequio.cocreation.models.said import Said
from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.meetings.models import Body
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Table(Recorded):
    """A table of a call, with the problems it takes up and whoever facilitates it.

    ``products`` ``[{"title": {es, en}, "url", "on"}]``. Its sessions and minutes are those of its body in ``meetings``.
    """

    subject = "worktable"

    call = models.ForeignKey(Call, models.PROTECT, related_name="tables")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("número"))
    title = I18nCharField(_("nombre de la mesa"), max_length=200)
    summary = I18nTextField(_("de qué se ocupa"), blank=True)
    facilitator = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="worktables")
    products = models.JSONField(_("productos"), default=list, blank=True)
    problems = models.ManyToManyField(Problem, related_name="tables", blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="worktable_number")]

    def __str__(self) -> str:
        return str(self.title)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/worktable/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "title", "summary", "facilitator", "body", "products"),
            call=self.call.number,
            problems=[row.number for row in self.problems.all()] if self.pk else [],
        )

    def is_public(self) -> bool:
        return self.call.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Table]":
        rows = cls.objects.filter(call__status=Call.Status.PUBLISHED)
        return rows.select_related(
            "jurisdiction", "call", "facilitator__jurisdiction", "body__jurisdiction"
        ).prefetch_related("problems")


class Member(Said):
    """Somebody at a table. Joining asks for a name, a contact and a sector (standards TQ-9); the name is public by consent."""

    subject = "tablemember"
    WORDS: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(Table, models.PROTECT, related_name="members")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="tablemember_number")]

    def __str__(self) -> str:
        return str(_("Integrante %(number)s") % {"number": self.number or "·"})

    def public_state(self) -> dict[str, Any]:
        return self.facts(table=self.table.number)

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Member]":
        return cls.objects.filter(published_on__isnull=False).select_related("jurisdiction", "table")


class FeedbackRequest(Recorded):
    """A question of a table to somebody who knows, with the answer when it comes."""

    subject = "feedback"

    table = models.ForeignKey(Table, models.PROTECT, related_name="feedback")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("número"))
    question = I18nTextField(_("pregunta"))
    asked_of = models.CharField(_("a quién se preguntó"), max_length=200)
    asked_on = models.DateField(_("se preguntó"))
    due = models.DateField(_("se espera a más tardar"), null=True, blank=True)
    answer = I18nTextField(_("respuesta"), blank=True)
    url = models.URLField(_("documento"), blank=True)
    answered_on = models.DateField(_("respondió"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="feedback_number")]

    def __str__(self) -> str:
        return str(_("Consulta %(number)s") % {"number": self.number})

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/feedback/{self.number}"

    def public_state(self) -> dict[str, Any]:
        names = ("number", "question", "asked_of", "asked_on", "due", "answer", "url", "answered_on")
        return state_of(self, *names, table=self.table.number)

    def is_public(self) -> bool:
        return self.table.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[FeedbackRequest]":
        rows = cls.objects.filter(table__call__status=Call.Status.PUBLISHED)
        return rows.select_related("jurisdiction", "table__call")
