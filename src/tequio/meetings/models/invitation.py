"""Whom an invitation goes to. Private."""

from django.db import models

from tequio.meetings.models.session import Session
from tequio.people.models import Person


class Invitation(models.Model):
    """The invitation to a session for one person; sent at most once (``sent`` is set before the mail leaves)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sent = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="invitation_person")]

    def __str__(self) -> str:
        return f"{self.session_id}"
