"""Which acts of the public record matter to whoever follows a thing.

An app registers each sort of object of its own: ``register("report", keys, text=words)``. ``keys(on)`` gives, from the
object's key, the keys under which its acts are told, the most particular first; ``text(told)`` what an act says in words
for a mail, in the active language. The index of happenings follows the record position by position.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tequio.common.i18n import best
from tequio.notices.models import Follow, Follower, Frequency, Happening, Mark
from tequio.record.models import Act, Leaf
from tequio.record.queries import Told

BATCH = 500
MARK = "topics"
EXCERPT = ("text", "reason", "expected_output", "description", "action", "summary", "note")

Keys = Callable[[str], Iterable[str]]
Text = Callable[[Told], str]


@dataclass(frozen=True)
class Theme:
    """What a followed key is called, in the active language, where no object of the record bears it: a subject of bills,
    a deputy, all of a sort. ``label`` says what it is, ``url`` where it is seen."""

    title: str
    label: str
    url: str


@dataclass(frozen=True)
class Topic:
    """A sort of object: under which keys its acts are told, in which words, and whether people can follow it."""

    subject: str
    keys: Keys
    text: Text | None = None
    followed: bool = False


_topics: dict[str, Topic] = {}
_themes: dict[str, Callable[[str], Theme | None]] = {}
_together: dict[Keys, Callable[[Iterable[str]], dict[str, list[str]]]] = {}


def register(subject: str, keys: Keys, *, text: Text | None = None, followed: bool = False) -> None:
    """Has acts on objects of ``subject`` told; ``followed`` gives the object itself a follow button."""
    _topics[subject] = Topic(subject, keys, text, followed)


def register_theme(subject: str, find: Callable[[str], Theme | None]) -> None:
    """Gives keys of ``subject`` a follow button of their own; ``find`` gives None for a key that nothing stands behind. Other
    objects are told under such keys through their own ``keys``."""
    _themes[subject] = find


def theme_of(key: str) -> Theme | None:
    """What a key names, where it names no object of the record."""
    find = _themes.get(subject_of(key))
    return find(key) if find is not None else None


def read_together(keys: Keys, many: Callable[[Iterable[str]], dict[str, list[str]]]) -> None:
    """``many`` gives what ``keys`` gives, for many objects in a fixed number of queries: after a load there are thousands."""
    _together[keys] = many


def _keys_of(objects: Iterable[str]) -> dict[str, list[str]]:
    """The keys under which the acts on each object are told."""
    found: dict[str, list[str]] = {}
    groups: dict[Keys, list[str]] = {}
    for on in dict.fromkeys(objects):
        topic = _topics.get(subject_of(on))
        found[on] = []
        if topic is not None:
            groups.setdefault(topic.keys, []).append(on)
    for keys, rows in groups.items():
        many = _together.get(keys)
        found |= many(rows) if many is not None else {on: list(keys(on)) for on in rows}
    return {on: list(dict.fromkeys(keys)) for on, keys in found.items()}


def subject_of(key: str) -> str:
    """The sort of object of a key: ``commitment`` for ``jalisco/commitment/x``."""
    return key.split("/", 2)[1] if key.count("/") >= 2 else ""


def can_follow(jurisdiction: str, key: str) -> bool:
    """Whether ``key`` names a public thing of the jurisdiction that has a follow button."""
    if not key.startswith(f"{jurisdiction}/"):
        return False
    if theme_of(key) is not None:
        return True
    topic = _topics.get(subject_of(key))
    if topic is None or not topic.followed:
        return False
    newest = Act.objects.filter(on=key).order_by("-rev").first()
    return newest is not None and "state" in Told(newest, 0, False).entry


def words_of(told: Told) -> str:
    """What an act says beyond its kind: the app's own words, else the reason given, else the first long text it holds."""
    topic = _topics.get(told.subject)
    if topic is not None and topic.text is not None:
        return topic.text(told)
    return plain_words(told)


def plain_words(told: Told) -> str:
    """The public reason of an act; for the first act on an object the first long text that it holds."""
    why = str(told.entry.get("why", ""))
    if why or told.entry.get("rev", 1) > 1:
        return why
    state = told.entry.get("state", {})
    return next((best(state[name])[0] for name in EXCERPT if best(state.get(name))[0]), "")


def catch_up(stop: Callable[[], bool] = lambda: False) -> int:
    """Indexes the acts numbered since the last time and makes mail due for who asked to hear at once. Returns how many;
    ``stop`` is asked before each batch.

    Index and mark are written together: an interrupted run goes on where it stopped, and two at once wait for each other.
    """
    total = 0
    while not stop():
        done = _batch()
        total += done
        if done < BATCH:
            break
    return total


@transaction.atomic
def _batch() -> int:
    Mark.objects.get_or_create(name=MARK)
    mark = Mark.objects.select_for_update().get(name=MARK)
    leaves = list(
        Leaf.objects.filter(position__gt=mark.value).order_by("position").values_list("position", "act__on")[:BATCH]
    )
    if not leaves:
        return 0
    rows: list[Happening] = []
    known = _keys_of(on for _position, on in leaves)
    for position, on in leaves:
        keys = known[on]
        rows += [Happening(position=position, key=key, about=keys[0]) for key in keys]
    Happening.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    mark.value = leaves[-1][0]
    mark.save(update_fields=["value"])
    wake({row.key for row in rows})
    return len(leaves)


def wake(keys: set[str]) -> None:
    """Makes mail due now for whoever hears at once and follows one of ``keys``.

    Also where it is due already: the sender may be clearing that very row without having seen these acts.
    """
    followed, now = Follow.objects.filter(key__in=keys), timezone.now()
    usual = followed.filter(frequency="").values("follower")
    Follower.objects.filter(frequency=Frequency.NOW, pk__in=usual).update(due=now)
    followed.filter(frequency=Frequency.NOW).update(due=now)


def head() -> int:
    """The position up to which the index reaches."""
    value = Mark.objects.filter(name=MARK).values_list("value", flat=True).first()
    return -1 if value is None else value


def news(follows: Iterable[Follow], after: dict[int, int], upto: int) -> dict[int, dict[int, str]]:
    """What happened to followed things: follower → position → the thing it is told under, in one query.

    ``after`` gives for each follower the position up to which all is told; what happened before somebody followed is not.
    """
    rows = list(follows)
    wanted = {row.key for row in rows if row.follower_id in after}
    lowest = min((max(row.since, after[row.follower_id]) for row in rows if row.follower_id in after), default=upto)
    by_key: dict[str, list[tuple[int, str]]] = {}
    found = Happening.objects.filter(key__in=wanted, position__gt=lowest, position__lte=upto)
    for key, position, about in found.values_list("key", "position", "about"):
        by_key.setdefault(key, []).append((position, about))
    told: dict[int, dict[int, str]] = {}
    for row in rows:
        floor = max(row.since, after.get(row.follower_id, upto))
        for position, about in by_key.get(row.key, ()):
            if position > floor:
                told.setdefault(row.follower_id, {})[position] = about
    return told


def rebuild() -> int:
    """Writes the index anew, for a release that tells more than the one before. Who follows what stays."""
    with transaction.atomic():
        Happening.objects.all().delete()
        Mark.objects.filter(name=MARK).update(value=-1)
    return catch_up()
