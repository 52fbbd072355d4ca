"""Conversations, their short statements, the private votes on them, and the results that are published."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField, I18nTextField
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of

LONGEST = 140  # characters of a statement: one idea
MOST_STATEMENTS = 300  # in a conversation; nobody reads more, and a result stays a small file


class Conversation(Recorded):
    """A question on which people vote short statements, from ``opens`` to ``closes`` (both days included).

    ``about`` is the key, as in the record, of what it hangs on (empty: only on the jurisdiction). ``entry`` says who may
    vote, ``proposers`` who may add statements. ``minimum`` is the least number of people of whom anything is told: no
    smaller group is shown, and no result moves by fewer (decision 0026).
    """

    subject = "conversation"

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        OPEN = "open", _("Publicada")
        CLOSED = "closed", _("Cerrada")

    class Entry(models.TextChoices):
        ANYBODY = "anybody", _("Quien quiera, sin dar ningún dato")
        CONFIRMED = "confirmed", _("Quien confirme su correo: un correo, una persona")

    class Proposers(models.TextChoices):
        ANYBODY = "anybody", _("Quien participa puede proponer frases")
        ORGANISERS = "organisers", _("Solo quien organiza escribe frases")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="conversations")
    number = models.PositiveIntegerField(_("número"))
    status = models.CharField(_("estado"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    question = I18nCharField(_("pregunta"), max_length=200)
    text = I18nTextField(_("contexto"), blank=True)
    rules = I18nTextField(_("reglas propias"), blank=True)
    about = models.CharField(_("sobre"), max_length=200, blank=True)
    opens = models.DateField(_("abre"))
    closes = models.DateField(_("cierra"))
    entry = models.CharField(_("quién vota"), max_length=12, choices=Entry.choices, default=Entry.ANYBODY)
    proposers = models.CharField(
        _("quién propone frases"), max_length=12, choices=Proposers.choices, default=Proposers.ANYBODY
    )
    minimum = models.PositiveSmallIntegerField(_("grupo más chico que se muestra"), default=5)
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["jurisdiction", "number"], name="conversation_number")]
        indexes = [models.Index(fields=["about"], name="conversation_about")]

    def __str__(self) -> str:
        return str(self.question)

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/conversation/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("number", "status", "question", "text", "rules", "about", "opens", "closes", "entry", "proposers"),
            *("minimum", "closed_on"),
        )

    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Conversation]":
        return cls.objects.exclude(status=cls.Status.DRAFT).select_related("jurisdiction")

    def is_open_on(self, day: dt.date) -> bool:
        """Whether people may vote on that day."""
        return self.status == self.Status.OPEN and self.opens <= day <= self.closes


class Participant(models.Model):
    """Somebody who votes in one conversation. Private, and nobody knows who: ``key`` is a keyed hash of the random word in
    their cookie, or of the address that they confirmed. It is emptied some time after the conversation closes.

    ``voted`` is when they last voted, ``ahead`` a number by chance that gives them their own order of statements.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    key = models.CharField(max_length=64, blank=True)
    ahead = models.PositiveIntegerField(default=0)
    voted = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "key"], condition=~models.Q(key=""), name="opinion_participant"
            )
        ]
        indexes = [models.Index(fields=["conversation", "voted"], name="opinion_voted")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Statement(Recorded):
    """One idea that can be voted. Private (``number`` is null) until somebody who moderates has looked at it.

    ``text`` and ``translation`` (into the other language) stand in the record as erasable values while they are shown: the
    words are somebody's. What was refused or hidden keeps number, rule and reason in public, never its words.
    """

    subject = "statement"

    class Origin(models.TextChoices):
        SEEDED = "seeded", _("De quien organiza")
        PROPOSED = "proposed", _("Propuesta por quien participa")

    class Sight(models.TextChoices):
        HELD = "held", _("En revisión")
        SHOWN = "shown", _("A la vista")
        REFUSED = "refused", _("No se publicó")
        HIDDEN = "hidden", _("Ocultada")

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField(_("número"), null=True, editable=False)
    text = models.CharField(_("frase"), max_length=LONGEST)
    language = models.CharField(_("idioma"), max_length=5, default="es")
    translation = models.CharField(_("en el otro idioma"), max_length=200, blank=True)
    origin = models.CharField(_("origen"), max_length=10, choices=Origin.choices)
    sight = models.CharField(_("a la vista"), max_length=10, choices=Sight.choices, default=Sight.HELD)
    rule = models.CharField(_("regla"), max_length=20, blank=True)
    reason = models.CharField(_("motivo"), max_length=500, blank=True)
    decided_on = models.DateField(_("decidida el"), null=True, blank=True)
    proposer = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    written = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["conversation", "number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="statement_number")]

    def __str__(self) -> str:
        return str(_("Frase %(number)s") % {"number": self.number or "·"})

    def subject_key(self) -> str:
        return f"{self.conversation.jurisdiction.slug}/statement/{self.conversation.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "conversation", "number", "language", "origin", "sight", "rule", "reason", "decided_on")

    def hidden_state(self) -> dict[str, str]:
        if self.sight != self.Sight.SHOWN:
            return {}
        return {"text": self.text, **({"translation": self.translation} if self.translation else {})}

    def is_public(self) -> bool:
        return self.number is not None and self.conversation.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Statement]":
        rows = cls.objects.filter(number__isnull=False).exclude(conversation__status=Conversation.Status.DRAFT)
        return rows.select_related("conversation__jurisdiction")

    def said_in(self, language: str) -> tuple[str, str]:
        """The words for a reader of ``language`` ("es", "en"), and the language that they are in."""
        if language != self.language and self.translation:
            return self.translation, language
        return self.text, self.language


class Vote(models.Model):
    """What one participant thinks of one statement: 1 agrees, -1 disagrees, 0 passes. Private for ever."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "statement"], name="opinion_vote")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Result(Recorded):
    """What the votes of a conversation showed at a moment, computed by ``groups`` and published without any person.

    ``people`` voted, of whom ``grouped`` voted enough to be in one of the groups shown, ``votes`` in all. ``file`` is the
    published canonical JSON with the counts of each statement; ``fingerprint`` its SHA-256, which the record seals.
    ``until`` (when the newest vote counted was cast) and ``axes`` (``tally.axes``) are private.
    """

    subject = "opinions"

    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="results")
    number = models.PositiveIntegerField(_("número"))
    counted_on = models.DateField(_("contado el"))
    is_final = models.BooleanField(_("resultado final"), default=False)
    people = models.PositiveIntegerField(_("personas"))
    grouped = models.PositiveIntegerField(_("personas en los grupos"))
    votes = models.PositiveIntegerField(_("votos"))
    sizes = models.JSONField(_("tamaño de cada grupo"), default=list)
    file = models.TextField(blank=True)
    fingerprint = models.CharField(_("huella del archivo"), max_length=64)
    until = models.DateTimeField(null=True, blank=True)
    axes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["conversation", "-number"]
        constraints = [models.UniqueConstraint(fields=["conversation", "number"], name="opinion_result_number")]

    def __str__(self) -> str:
        return str(_("Resultado %(number)s") % {"number": self.number})

    def subject_key(self) -> str:
        return f"{self.conversation.jurisdiction.slug}/opinions/{self.conversation.number}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("conversation", "number", "counted_on", "is_final", "people", "grouped", "votes", "sizes"),
            "fingerprint",
        )

    def is_public(self) -> bool:
        return self.conversation.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Result]":
        return cls.objects.exclude(conversation__status=Conversation.Status.DRAFT).select_related(
            "conversation__jurisdiction"
        )
