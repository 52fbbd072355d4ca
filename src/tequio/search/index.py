"""Keeps the index in line with the objects: by key, from the record's positions, or all anew."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from django.db import transaction

from tequio.search import engine
from tequio.search.models import Cursor, Entry
from tequio.search.sources import Item, sources

BATCH = 200

Fetch = Callable[[int], tuple[Iterable[str], int]]


def index(keys: Iterable[str]) -> int:
    """Writes what the sources say now about these objects; one that is no longer public goes.

    Returns how many entries were written.
    """
    wanted = iter(dict.fromkeys(keys))
    written = 0
    while batch := list(islice(wanted, BATCH)):
        written += _replace(batch)
    return written


def catch_up(fetch: Fetch) -> int:
    """Indexes what changed since the last time. Returns how many objects.

    ``fetch(position)`` gives the keys of the objects touched after that position of the record and the position they
    reach; the same position when there is nothing new. Position and entries are written together, so an interrupted run
    goes on where it stopped.
    """
    count = 0
    while True:
        with transaction.atomic():
            cursor = _locked()
            keys, position = fetch(cursor.position)
            if position <= cursor.position:
                return count
            keys = list(dict.fromkeys(keys))
            index(keys)
            cursor.position = position
            cursor.save(update_fields=["position"])
        count += len(keys)


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Writes everything anew and takes away what has no object any more. Returns how many entries.

    The page can be used meanwhile. ``progress`` hears how many objects are done.
    """
    seen: set[str] = set()
    written = 0
    for source in sources():
        keys = iter(source.keys())
        while batch := [key for key in islice(keys, BATCH) if key not in seen]:
            written += _replace(batch)
            seen.update(batch)
            if progress:
                progress(len(seen))
    stale = [pk for pk, key in Entry.objects.values_list("pk", "key").iterator() if key not in seen]
    for start in range(0, len(stale), BATCH):
        with transaction.atomic():
            _remove(stale[start : start + BATCH])
    return written


def _locked() -> Cursor:
    """The one row whose lock lets a single writer at a time change the index."""
    Cursor.objects.get_or_create(pk=1)
    return Cursor.objects.select_for_update().get(pk=1)


def _remove(pks: Sequence[int]) -> None:
    engine.remove(pks)
    Entry.objects.filter(pk__in=pks).delete()


@transaction.atomic
def _replace(keys: Sequence[str]) -> int:
    _locked()
    entries: dict[tuple[str, str], Entry] = {}
    for source in sources():
        mine = [key for key in keys if _subject(key) in source.subjects]
        for item in source.entries(mine) if mine else ():
            if item.key not in mine:
                raise ValueError(f"source {source.kind!r} gave {item.key!r}, which was not asked for")
            entries[item.key, item.language] = _entry(source.kind, item)
    _remove(list(Entry.objects.filter(key__in=keys).values_list("pk", flat=True)))
    engine.add(Entry.objects.bulk_create(entries.values()))
    return len(entries)


def _subject(key: str) -> str:
    parts = key.split("/")
    return parts[1] if len(parts) > 1 else ""


def _entry(kind: str, item: Item) -> Entry:
    return Entry(
        kind=kind,
        key=item.key,
        jurisdiction=item.jurisdiction,
        language=item.language,
        text_language=item.text_language or item.language,
        url=item.url,
        title=_plain(item.title),
        body=_plain(item.body),
        day=item.day,
        weight=item.weight,
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
