"""When a bill is looked at: a session of a commission or of the plenary."""

import datetime as dt
import zoneinfo
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nTextField, best
from tequio.lawmaking.models.bill import Bill
from tequio.meetings.models import Session
from tequio.places.models import Jurisdiction
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Hearing(Recorded):
    """A session that looks at a bill.

    Either ``session``, one that is called in this portal: then its day, hour and place are the session's and move with it;
    or, where the congress calls it elsewhere, ``title`` (who meets), ``starts_at``, ``place`` and ``link`` of its own. One
    that does not take place stays in sight with the day on which that was said (``cancelled_on``) and why.
    """

    subject = "hearing"

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="hearings")
    number = models.PositiveSmallIntegerField()
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="bill_hearings")
    title = models.CharField(_("quién se reúne"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("empieza"), null=True, blank=True)
    ends_at = models.DateTimeField(_("termina"), null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=300, blank=True)
    link = models.URLField(_("dónde verla"), max_length=500, blank=True)
    words = I18nTextField(_("qué se va a ver"), blank=True)
    cancelled_on = models.DateField(_("se canceló"), null=True, blank=True)
    reason = models.TextField(_("por qué"), max_length=1000, blank=True)

    class Meta:
        ordering = ["bill", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bill", "number"], name="hearing_number"),
            models.UniqueConstraint(fields=["bill", "session"], name="hearing_once"),
            models.CheckConstraint(
                condition=Q(session__isnull=False) | Q(starts_at__isnull=False), name="hearing_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.bill.jurisdiction

    def subject_key(self) -> str:
        return f"{self.bill.jurisdiction.slug}/hearing/{self.bill.code}.{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(
            self,
            *("bill", "number", "session", "title", "starts_at", "ends_at", "place", "link", "words"),
            *("cancelled_on", "reason"),
        )

    def is_public(self) -> bool:
        return self.bill.is_public()

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Hearing]":
        return cls.objects.filter(bill__status=Bill.Status.PUBLISHED).select_related(
            "bill__jurisdiction", "session__jurisdiction", "session__body__jurisdiction", "session__municipality"
        )

    @property
    def begins(self) -> dt.datetime:
        """When it begins; aware."""
        if self.session is not None:
            return self.session.starts_at
        return self.starts_at or dt.datetime.max.replace(tzinfo=dt.UTC)  # never: hearing_has_a_day

    @property
    def ends(self) -> dt.datetime:
        """When it ends; where nobody says, an hour after it begins."""
        at = self.session.ends_at if self.session is not None else self.ends_at
        return at or self.begins + dt.timedelta(hours=1)

    @property
    def day(self) -> dt.date:
        """Its day, where the jurisdiction is."""
        return self.begins.astimezone(zoneinfo.ZoneInfo(self.jurisdiction.time_zone)).date()

    @property
    def who(self) -> str:
        """Who meets."""
        if self.session is not None:
            return best(self.session.body.name)[0]
        return self.title or self.bill.commission

    @property
    def where(self) -> str:
        """The room, as far as it is known."""
        if self.session is None:
            return self.place
        town = self.session.municipality.name if self.session.municipality else ""
        return ", ".join(filter(None, (self.session.place, str(town))))

    @property
    def watch(self) -> str:
        """Where it can be seen from afar."""
        return self.session.link if self.session is not None else self.link

    @property
    def is_off(self) -> bool:
        """Whether it was said not to take place, here or where the session is called."""
        off = self.session is not None and self.session.state == Session.State.CANCELLED
        return off or self.cancelled_on is not None

    @property
    def page(self) -> str:
        """Its own page, where it has one; else its place on the bill's."""
        slug = self.jurisdiction.slug
        if self.session is not None:
            return reverse("meetings:session", args=[slug, self.session.number])
        return reverse("lawmaking:bill", args=[slug, self.bill.code]) + f"#sesion-{self.number}"
