"""A text on its way in: its source, the structure found in it, and what a person still has to settle."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.legaltext.models.texts import Expression
from tequio.people.models import Role


class Import(models.Model):
    """The working copy of a draft version. Private; it stays after publication to tell where the text came from.

    ``name`` and ``sha256`` are of the file that came; ``source`` is the plain text read in it, ``tree`` the structure
    (``stored.pack``), ``before`` the tree one step ago. ``settled`` are the doubts that a person answered (``[{"key", "how",
    "on", "by"}]``), ``verdicts`` their answers on how a provision carries on another (``{new path: {"kind", "old": [paths],
    "by"}}``). ``revision`` counts the changes.
    """

    expression = models.OneToOneField(Expression, models.CASCADE, related_name="draft")
    profile = models.CharField(_("qué clase de texto es"), max_length=20, default="law")
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    tree = models.JSONField(default=dict)
    before = models.JSONField(null=True, blank=True)
    settled = models.JSONField(default=list, blank=True)
    verdicts = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    started = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or str(self.expression)
