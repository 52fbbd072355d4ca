"""The record's tables, and the base of every model whose rows the public sees."""

from typing import Any

from django.conf import settings
from django.db import models


class Recorded(models.Model):
    """A public object: each change of it is an act in the record.

    A subclass declares ``subject`` and the methods below. ``rev`` counts the object's acts (0: private, never
    recorded) and ``tip`` is the leaf hash of the last one, so that every object is a hash chain of its own.
    """

    subject: str

    rev = models.PositiveIntegerField(default=0, editable=False)
    tip = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def subject_key(self) -> str:
        """``<jurisdiction>/<subject>/<name>``: ASCII, unique, the same for ever."""
        raise NotImplementedError

    def public_state(self) -> dict[str, Any]:
        """The after-image: every public column, in the canonical profile."""
        raise NotImplementedError

    def hidden_state(self) -> dict[str, str]:
        """Personal values that may be erased later; they enter the record as salted commitments only."""
        return {}

    def is_public(self) -> bool:
        """Whether anybody may see this row."""
        raise NotImplementedError

    @classmethod
    def public_rows(cls) -> "models.QuerySet[Any]":
        """All rows that anybody may see, with the related rows that ``public_state`` needs."""
        raise NotImplementedError


class Act(models.Model):
    """One public act. Insert-only: triggers refuse UPDATE and DELETE. ``entry`` is the leaf's bytes, never re-encoded.

    The other columns repeat what the entry says, for lists; ``record.verify`` compares them.
    """

    jurisdiction = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60)
    on = models.CharField(max_length=200)
    rev = models.PositiveIntegerField()
    at = models.DateTimeField()
    entry = models.BinaryField()
    leaf = models.CharField(max_length=64)

    # What opens its commitment to whoever acts, while the request lasts: for their receipt. Not stored.
    who: "tuple[bytes, str] | None" = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "rev"], name="act_on_rev")]
        indexes = [models.Index(fields=["jurisdiction", "-id"], name="act_jurisdiction")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.rev}"


class Leaf(models.Model):
    """The place of an act in the tree. Insert-only. Apart from ``Act`` so that numbering changes no act."""

    position = models.BigIntegerField(primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="numbered")
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.position)


class Tile(models.Model):
    """Up to 256 hashes of one level of the tree, as C2SP lays them out; a narrower tile is a prefix of it."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_place")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """A signed statement of the tree's size and root. Insert-only.

    A C2SP checkpoint carries no time, so ``time_signature`` binds ``made`` to the note (base64, see ``publish``).
    """

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    made = models.DateTimeField()
    time_signature = models.CharField(max_length=88)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class Receipt(models.Model):
    """The log's signed promise to whoever acted (``core.receipt``). Private: only its owner sees it.

    ``salt`` and ``email`` open the act's commitment to the person; deleted, nobody can show any more who it was.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="receipts")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+")
    note = models.TextField()
    salt = models.BinaryField(null=True)
    email = models.EmailField(blank=True)
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.act_id}"


class Disclosure(models.Model):
    """An erasable value beside its commitment. Erasing deletes value and salt; the commitment in the leaf stays."""

    on = models.CharField(max_length=200)
    rev = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    commitment = models.CharField(max_length=80)
    salt = models.BinaryField(null=True)
    value = models.TextField(blank=True)
    erased = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "rev", "field"], name="disclosure_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.field}"
