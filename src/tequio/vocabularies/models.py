"""Lists of terms with labels in two languages. What a list says may change; a term once used stays readable."""

from django.db import models


class Term(models.Model):
    """A term of a list (``scheme``). ``basis``: P published by OGP or an authority, R practice, T of this system.

    ``aliases`` are words under which other sources know it.
    """

    scheme = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    label_es = models.CharField(max_length=400)
    label_en = models.CharField(max_length=400)
    group = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=1, default="P")
    aliases = models.JSONField(default=list, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "order", "key"]
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="term_key")]

    def __str__(self) -> str:
        return self.label_es
