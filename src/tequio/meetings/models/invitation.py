"""Whom an invitation goes to. Private."""

from django.db import models

from tequio.meetings.models.session import Session
from tequio.people.models import Person


class Invitation(models.Model):
    """What a person who is invited has to hear of a session: that it was called, then that it changed or was cancelled.

    Each is sent at most once (``sent`` is set before the mail leaves); what is new takes the place of what was said.
    """

    class About(models.TextChoices):
        CALLED = "called", "called"
        CHANGED = "changed", "changed"
        CANCELLED = "cancelled", "cancelled"

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    about = models.CharField(max_length=10, choices=About.choices, default=About.CALLED)
    sent = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="invitation_person")]

    def __str__(self) -> str:
        return f"{self.session_id}"
