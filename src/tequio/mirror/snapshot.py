"""One moment of the database for a whole copy, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Max

from tequio.record.models import Act, Checkpoint, Leaf
from tequio.witnesses.models import Cosignature

Head = tuple[int | None, ...]


def head() -> Head:
    """What the record has come to: last position, act, seal and confirmation."""
    return (
        Leaf.objects.aggregate(n=Max("position"))["n"],
        *(model.objects.aggregate(n=Max("pk"))["n"] for model in (Act, Checkpoint, Cosignature)),
    )


@contextmanager
def snapshot() -> Iterator[None]:
    """Every read inside sees the database as the first one did. Writers go on; nothing is written here."""
    if connection.in_atomic_block:  # whoever calls has a transaction already
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Not Django's: its transactions begin with the lock of writers.
            cursor.execute("BEGIN DEFERRED")
            try:
                head()
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
