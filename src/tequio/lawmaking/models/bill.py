"""A bill and its way through the congress."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.documents.models import Blob
from tequio.legaltext.models import Expression, Work
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Stage(models.TextChoices):
    """Where a bill stands, in the order in which it happens; the last two end it."""

    INITIATIVE = "initiative", _("Iniciativa")
    COMMITTEE = "committee", _("En comisión")
    OPINION = "opinion", _("Dictamen")
    PLENARY = "plenary", _("Pleno")
    DECREE = "decree", _("Decreto")
    REJECTED = "rejected", _("Rechazada")
    EXPIRED = "expired", _("Caducó")


LIVE = (Stage.INITIATIVE, Stage.COMMITTEE, Stage.OPINION, Stage.PLENARY)


class Bill(Recorded):
    """An initiative of law that anybody may speak about. Private while it is a draft.

    ``work`` is its text in the engine, ``law`` the text in force that it would change. ``sponsors`` ``[{"name", "group"}]``
    are deputies in their office. ``plain_title`` and ``summary`` (what changes for whom, a line each) say it as people
    speak. A video (an address) needs captions and a ``transcript``. ``questions`` ``[{"n", "text": {es, en}}]`` are what its
    sponsors ask people. People may speak from ``opens`` to ``closes``; each remark is answered within ``answer_days``
    working days.
    """

    subject = "bill"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHED = "published", _("Publicada")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="bills")
    code = models.SlugField(_("clave"), max_length=60)
    number = models.CharField(_("número en el Congreso"), max_length=40, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(_("título técnico"), max_length=500)
    plain_title = I18nCharField(_("título en palabras llanas"), max_length=140, blank=True)
    summary = I18nTextField(_("qué cambia y para quién"), blank=True)
    sponsors = models.JSONField(_("quién la propone"), default=list, blank=True)
    commission = models.CharField(_("comisión que la estudia"), max_length=200, blank=True)
    topics = models.JSONField(_("temas"), default=list, blank=True)
    work = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="bills")
    law = models.ForeignKey(Work, models.PROTECT, null=True, blank=True, related_name="bills_changing")
    video_url = models.URLField(_("video"), max_length=500, blank=True)
    film = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("video"))
    film_seconds = models.PositiveIntegerField(_("cuánto dura el video"), null=True, blank=True)
    poster = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    captioned = models.BooleanField(_("el video tiene subtítulos"), default=False)
    captions = I18nTextField(_("subtítulos"), blank=True)
    transcript = I18nTextField(_("lo que dice el video"), blank=True)
    questions = models.JSONField(_("preguntas"), default=list, blank=True)
    stage = models.CharField(_("etapa"), max_length=12, choices=Stage.choices, default=Stage.INITIATIVE)
    opens = models.DateField(_("se puede opinar desde"), null=True, blank=True)
    closes = models.DateField(_("se puede opinar hasta"), null=True, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("días hábiles para responder"), default=15)
    published_on = models.DateField(_("publicada"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-published_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "code"], name="bill_code")]

    def __str__(self) -> str:
        return self.number or self.title

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/bill/{self.code}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("code", "number", "title", "plain_title", "summary", "sponsors", "commission", "topics", "video_url"),
            *(
                "film",
                "film_seconds",
                "poster",
                "captions",
                "transcript",
                "questions",
                "captioned",
                "stage",
                "opens",
                "closes",
                "answer_days",
                "published_on",
            ),
            work=self.work.code if self.work else None,
            law=self.law.code if self.law else None,
        )

    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Bill]":
        return cls.objects.filter(status=cls.Status.PUBLISHED).select_related(
            "jurisdiction", "work", "law", "film", "poster"
        )

    @property
    def is_live(self) -> bool:
        """Whether it may still become law."""
        return self.stage in LIVE

    def is_open(self, today: dt.date) -> bool:
        """Whether people may speak about it today."""
        begun = self.opens is not None and self.opens <= today
        return self.is_public() and self.is_live and begun and (self.closes is None or today <= self.closes)

    @property
    def has_video(self) -> bool:
        return bool(self.video_url) or self.film_id is not None


class BillStep(Recorded):
    """A step of a bill: on which day it came to a stage, in words, with the text of that step where there is one."""

    subject = "bill-step"

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    stage = models.CharField(_("etapa"), max_length=12, choices=Stage.choices)
    on = models.DateField(_("fecha"))
    words = I18nTextField(_("qué pasó"), blank=True)
    expression = models.ForeignKey(Expression, models.PROTECT, null=True, blank=True, related_name="bill_steps")
    source_url = models.URLField(_("dónde consta"), max_length=500, blank=True)

    class Meta:
        ordering = ["bill", "on", "number"]
        constraints = [models.UniqueConstraint(fields=["bill", "number"], name="bill_step_number")]

    def __str__(self) -> str:
        return str(self.get_stage_display())

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.bill.jurisdiction

    def subject_key(self) -> str:
        return f"{self.bill.jurisdiction.slug}/bill-step/{self.bill.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "bill", "number", "stage", "on", "words", "expression", "source_url")

    def is_public(self) -> bool:
        return self.bill.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[BillStep]":
        return cls.objects.filter(bill__status=Bill.Status.PUBLISHED).select_related(
            "bill__jurisdiction", "expression__work__jurisdiction"
        )
