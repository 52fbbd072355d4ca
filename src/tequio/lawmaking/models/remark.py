"""What anybody says of a bill, and what became of it."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models import Said, Support
from tequio.common.dates import add_working_days
from tequio.common.i18n import I18nTextField
from tequio.lawmaking.models.bill import Bill
from tequio.legaltext.models import Anchor
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Fate(Recorded):
    """What became of one remark, or of several that say the same, with a reason: public, once for all of them.

    ``decision`` is a key of ``DECISIONS``. ``count`` is how many remarks it answers.
    """

    subject = "fate"

    class Decision(models.TextChoices):
        TAKEN = "taken", _("Se tomó en cuenta")
        PARTLY = "partly", _("Se tomó en cuenta en parte")
        NOT_TAKEN = "not_taken", _("No se tomó en cuenta")
        OUT_OF_SCOPE = "out_of_scope", _("No trata de esta iniciativa")

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="fates")
    number = models.PositiveIntegerField()
    decision = models.CharField(_("en qué quedó"), max_length=14, choices=Decision.choices)
    reason = I18nTextField(_("por qué"))
    on = models.DateField(_("respondida"))
    by = models.ForeignKey(Role, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(_("cuántas responde"), default=1)

    class Meta:
        ordering = ["bill", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bill", "number"], name="fate_number"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(reason="{}"), name="fate_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.get_decision_display())

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.bill.jurisdiction

    def subject_key(self) -> str:
        return f"{self.bill.jurisdiction.slug}/fate/{self.bill.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "bill", "number", "decision", "reason", "on", "by", "count")

    def is_public(self) -> bool:
        return self.bill.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Fate]":
        return cls.objects.filter(bill__status=Bill.Status.PUBLISHED).select_related(
            "bill__jurisdiction", "by__jurisdiction"
        )


class Remark(Said):
    """A comment on a bill or one of its provisions, other words for a provision, an answer to a question, or a reply.

    ``anchor`` is where it stands; without one it is about the whole. ``wording`` are the words proposed instead of
    ``base``, the provision's text then. ``question`` is the number of the question that it answers. ``stance``
    is empty where its author did not want to say. ``fate`` closes it,
    with ``closed_on``; replies are owed none. ``told_step`` is the last step of the bill, and ``told_fate`` whether the answer,
    that its author had a letter about; both private.
    """

    subject = "remark"
    WORDS: ClassVar[tuple[str, ...]] = ("text", "wording")

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comentario")
        WORDING = "wording", _("Otras palabras")
        ANSWER = "answer", _("Respuesta a una pregunta")
        REPLY = "reply", _("Réplica")

    class Stance(models.TextChoices):
        FOR = "for", _("A favor")
        AGAINST = "against", _("En contra")

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="remarks")
    kind = models.CharField(_("qué es"), max_length=10, choices=Kind.choices)
    anchor = models.ForeignKey(Anchor, models.PROTECT, null=True, blank=True, related_name="remarks")
    place_label = models.CharField(_("dónde"), max_length=200, blank=True)
    question = models.PositiveSmallIntegerField(_("pregunta"), null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    stance = models.CharField(_("a favor o en contra"), max_length=8, choices=Stance.choices, blank=True)
    text = models.TextField(_("comentario"), max_length=3000, blank=True)
    wording = models.TextField(_("como debería decir"), max_length=8000, blank=True)
    base = models.TextField(_("como dice"), blank=True)
    place = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField(_("se responde a más tardar"), null=True, blank=True)
    fate = models.ForeignKey(Fate, models.PROTECT, null=True, blank=True, editable=False, related_name="remarks")
    closed_on = models.DateField(_("respondida"), null=True, blank=True, editable=False)
    backers = models.PositiveIntegerField(default=0, editable=False)
    counted = models.PositiveIntegerField(_("apoyos"), default=0, editable=False)
    told_step = models.PositiveSmallIntegerField(default=0, editable=False)
    told_fate = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "number"], name="remark_number"),
            models.CheckConstraint(
                condition=Q(closed_on=None, fate=None) | Q(closed_on__isnull=False, fate__isnull=False),
                name="remark_closes_with_a_fate",
            ),
        ]
        indexes = [
            models.Index(fields=["bill", "-backers", "-number"], name="remark_backers"),
            models.Index(fields=["bill", "closed_on", "due"], name="remark_due"),
        ]

    def __str__(self) -> str:
        return str(_("Opinión %(number)s") % {"number": self.number or "·"})

    def public_state(self) -> dict[str, Any]:
        return self.facts(
            *("kind", "place_label", "question", "due", "closed_on"),
            bill=self.bill.code,
            lineage=self.anchor.lineage.key if self.anchor else None,
            parent=self.parent.number if self.parent else None,
            place=self.place_id,
            fate=self.fate.number if self.fate else None,
            counted=self.counted or None,
            stance=self.stance or None,
        )

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Remark]":
        rows = cls.objects.filter(published_on__isnull=False)
        return rows.select_related("jurisdiction", "bill__jurisdiction", "anchor__lineage", "parent", "fate")

    def begin(self, today: dt.date) -> None:
        last = self.bill.steps.order_by("number").last()
        self.told_step = last.number if last else 0  # nobody hears of what happened before they spoke
        if self.kind != self.Kind.REPLY:
            self.due = add_working_days(today, self.bill.answer_days)

    @property
    def title_line(self) -> str:
        words = self.text or self.wording
        return words if self.is_shown and words else str(self)

    @property
    def awaits_answer(self) -> bool:
        """Whether it is owed an answer. Hiding its words does not close it; only its author's withdrawal ends the clock."""
        owed = self.kind != self.Kind.REPLY and self.published_on is not None
        return owed and self.closed_on is None and self.sight != self.Sight.WITHDRAWN

    def clock(self, today: dt.date) -> str:
        """How the answer stands against its date: ``on_time``, ``late``, ``waiting``, ``overdue`` or ``none``."""
        if self.closed_on is not None:
            return "late" if self.due and self.closed_on > self.due else "on_time"
        if not self.awaits_answer:
            return "none"
        return "overdue" if self.due and self.due < today else "waiting"


class Endorsement(Support):
    """Support of a remark."""

    subject = "endorsement"

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="endorsements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remark", "digest"], name="endorsement_once")]

    @property
    def about(self) -> Remark:
        return self.remark
