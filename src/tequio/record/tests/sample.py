"""A public model for the record's own tests: its table exists in the test database only."""

from decimal import Decimal
from typing import Any

from django.db import models

from tequio.record.models import Recorded
from tequio.record.state import state_of


class Thing(Recorded):
    """Something public with one column of each sort and a holder whose name may be erased."""

    subject = "thing"

    place = models.CharField(max_length=40, default="valle")
    number = models.PositiveIntegerField()
    title = models.TextField("título")
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal("10.50"))
    since = models.DateField(null=True)
    open = models.BooleanField(default=True)
    tags = models.JSONField(default=list)
    holder = models.TextField(default="")
    named = models.BooleanField(default=False)

    class Meta:
        app_label = "record_sample"

    def __str__(self) -> str:
        return self.title

    def subject_key(self) -> str:
        return f"{self.place}/thing/{self.number}"

    def public_state(self) -> dict[str, Any]:
        return state_of(self, "number", "title", "amount", "since", "open", "tags", "named")

    def hidden_state(self) -> dict[str, str]:
        return {"holder": self.holder} if self.named else {}

    def is_public(self) -> bool:
        return self.open

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Thing]":
        return cls.objects.filter(open=True)
