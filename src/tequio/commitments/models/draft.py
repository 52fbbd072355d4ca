"""Work in progress, private until published."""

import datetime as dt

from django.conf import settings
from django.db import models

from tequio.commitments.models.commitment import Commitment
from tequio.plans.models import Plan


class Draft(models.Model):
    """A plan's or a commitment's working copy, in the form of the plan document.

    ``revision`` grows with each save; a form that was opened on an older one is told so and nothing is overwritten.
    Exactly one of the two: ``commitment`` null and ``kind`` ``plan`` (the plan's own fields), or a commitment's draft
    (``commitment`` null while the commitment has never been published).

    ``discarded`` is when somebody threw it away. For ``UNDO`` it can be taken up again; then ``actions.purge_discarded``
    deletes it, and with it a plan or commitment that was never public.
    """

    UNDO = dt.timedelta(days=30)

    class Kind(models.TextChoices):
        PLAN = "plan"
        COMMITMENT = "commitment"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="drafts")
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, blank=True, related_name="drafts")
    document = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    edited = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    discarded = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-edited"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def lasts_until(self) -> dt.datetime | None:
        """Until when a discarded draft can be taken up again."""
        return self.discarded + self.UNDO if self.discarded else None
