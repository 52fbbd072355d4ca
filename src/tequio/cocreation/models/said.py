"""What anybody says in co-creation: what all of it has in common."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Said(Recorded):
    """Something said by anybody, private until its author confirms it (``number`` is null).

    From then on its number and dates are public, whatever happens to its words: nobody can make one vanish. ``WORDS``
    names the columns that hold its words; while they are in sight they stand in the record as erasable values, and so do
    ``name`` (where its author ``named`` it) and ``organisation``. ``email`` is for letters to the author alone.
    ``moderation`` ``[{"what", "rule", "reason", "on", "by"}]`` is its public log, never with the hidden words.
    """

    WORDS: ClassVar[tuple[str, ...]] = ("text",)
    FACTS: ClassVar[tuple[str, ...]] = (
        *("number", "language", "named", "sector", "sight", "published_on"),
        *("moderation", "moderated_on", "appealed_on", "reviewed_on"),
    )

    class Sight(models.TextChoices):
        HELD = "held", _("En revisión")
        SHOWN = "shown", _("A la vista")
        HIDDEN = "hidden", _("Ocultada")
        WITHDRAWN = "withdrawn", _("Retirada por quien la escribió")

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("número"), null=True, editable=False)
    name = models.CharField(_("nombre"), max_length=120, blank=True)
    named = models.BooleanField(_("firmada"), default=False)
    organisation = models.CharField(_("organización"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=40, blank=True)
    email = models.EmailField(blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("idioma"), max_length=5, default="es")
    written = models.DateTimeField(auto_now_add=True)
    sight = models.CharField(_("a la vista"), max_length=10, choices=Sight.choices, default=Sight.HELD)
    published_on = models.DateField(_("recibida"), null=True, blank=True)
    moderation = models.JSONField(_("moderación"), default=list, blank=True)
    moderated_on = models.DateField(_("moderada"), null=True, blank=True)
    appeal = models.TextField(blank=True)
    appealed_on = models.DateField(_("apelada"), null=True, blank=True)
    reviewed_on = models.DateField(_("apelación resuelta"), null=True, blank=True)

    class Meta:
        abstract = True

    def subject_key(self) -> str:
        return f"{self.jurisdiction.slug}/{self.subject}/{self.number}"

    def facts(self, *names: str, **more: Any) -> dict[str, Any]:
        """What everything said tells in public, and ``names`` of its own."""
        return state_of(self, *self.FACTS, *names, **more)

    def words(self) -> dict[str, str]:
        """Its words by column, empty ones left out."""
        return {name: str(getattr(self, name)) for name in self.WORDS if str(getattr(self, name)).strip()}

    def hidden_state(self) -> dict[str, str]:
        if not self.is_shown:
            return {}
        more = {"name": self.public_name, "organisation": self.organisation.strip()}
        return {**self.words(), **{key: value for key, value in more.items() if value}}

    def begin(self, today: dt.date) -> None:
        """What begins with its confirmation: a subclass sets its clock here."""

    def is_public(self) -> bool:
        return self.published_on is not None

    @property
    def is_shown(self) -> bool:
        """Whether anybody may read its words."""
        return self.sight == self.Sight.SHOWN

    @property
    def is_alive(self) -> bool:
        """Neither hidden nor taken back."""
        return self.sight in (self.Sight.SHOWN, self.Sight.HELD)

    @property
    def public_name(self) -> str:
        """The author's name where they asked for it to be public, else an empty text."""
        return self.name.strip() if self.named and self.is_shown else ""

    @property
    def signature(self) -> str:
        """The public name and the organisation, as far as they are public."""
        shown = self.organisation.strip() if self.is_shown else ""
        return ", ".join(filter(None, (self.public_name, shown)))

    @property
    def awaits_review(self) -> bool:
        """Whether its author appealed and a second person has not decided yet."""
        appealed = self.appealed_on is not None and self.reviewed_on is None
        return appealed and self.sight != self.Sight.WITHDRAWN

    @property
    def needs_a_look(self) -> bool:
        """Whether somebody must decide what is shown of it."""
        return self.sight == self.Sight.HELD

    @property
    def title_line(self) -> str:
        """What lists call it: its title or first words while they are in sight, else its number."""
        title = getattr(self, "title", "") or getattr(self, "text", "")
        return str(title) if self.is_shown and title else str(self)
