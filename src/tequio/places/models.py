"""Where a plan applies: jurisdictions (a state, a municipality, a country) and the municipalities of Mexico."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tequio.common.i18n import I18nCharField
from tequio.record.models import Recorded
from tequio.record.state import state_of


class Jurisdiction(Recorded):
    """A territory with its own plans, people and pages, kept strictly apart from every other one.

    ``code`` is INEGI's: two digits for a state, five for a municipality, empty elsewhere.
    """

    subject = "jurisdiction"

    class Kind(models.TextChoices):
        COUNTRY = "country", _("País")
        STATE = "state", _("Estado")
        MUNICIPALITY = "municipality", _("Municipio")
        OTHER = "other", _("Otro")

    slug = models.SlugField(unique=True, max_length=60)
    name = I18nCharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=5, blank=True)
    country = models.CharField(max_length=2, default="MX")
    time_zone = models.CharField(max_length=60, default="America/Mexico_City")
    is_practice = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return str(self.name)

    def subject_key(self) -> str:
        return f"{self.slug}/jurisdiction/{self.slug}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "slug", "name", "kind", "code", "country", "time_zone", "is_practice", "order")

    def is_public(self) -> bool:
        return True

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Jurisdiction]":
        return cls.objects.all()


class Municipality(models.Model):
    """A municipality of Mexico with INEGI's five-digit code. Reference data, loaded from ``places/data``."""

    code = models.CharField(primary_key=True, max_length=5)
    name = models.CharField(max_length=120)
    state_code = models.CharField(max_length=2, db_index=True)
    state_name = models.CharField(max_length=60)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name}, {self.state_name}"
