"""Lists of terms with labels in two languages. What a list says may change; a term once used stays readable."""

import datetime as dt

from django.db import models


class Term(models.Model):
    """A term of a list (``scheme``). ``basis``: P published by OGP or an authority, R practice, T of this system.

    ``aliases`` are words under which other sources know it. ``details`` holds what a rule needs beside the words,
    such as
    the intervals of a threshold preset or the due date of an obligation. ``changed_here`` marks a term that this
    installation's administrator wrote: a new release leaves it as it is.
    """

    scheme = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    label_es = models.CharField(max_length=400)
    label_en = models.CharField(max_length=400)
    group = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=1, default="P")
    aliases = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=dict, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    changed_here = models.BooleanField(default=False)

    class Meta:
        ordering = ["scheme", "order", "key"]
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="term_key")]

    def __str__(self) -> str:
        return self.label_es

    @property
    def is_government(self) -> bool:
        """For a sector: whether it stands on the government's side when seats and votes are counted (standards §1)."""
        return bool(self.details.get("is_government"))

    def in_force(self, on: dt.date) -> bool:
        """Whether the term may be chosen on that day; a retired one can still be read."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)
