"""What can be found: one row per object and language of the reader. The index of words beside it is the engine's."""

from django.db import models


class Entry(models.Model):
    """A public object as the search page shows it.

    ``key`` is the object's key in the record. ``language`` is the reader's; ``text_language`` the language the text
    is in,
    which differs where no translation exists. ``weight`` multiplies the rank (1 is usual). Kept by ``search.index``
    only.
    """

    jurisdiction = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    text_language = models.CharField(max_length=2)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    title = models.TextField()
    body = models.TextField(blank=True)
    day = models.DateField(null=True, blank=True)
    weight = models.FloatField(default=1.0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="entry_key")]
        indexes = [models.Index(fields=["jurisdiction", "language", "kind"], name="entry_place")]

    def __str__(self) -> str:
        return self.title


class Cursor(models.Model):
    """How far in the record the index has come; one row."""

    position = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return str(self.position)
