"""Things that somebody follows at a pace of their own: each is told like a follower of its own, and no act twice.

An act that matters to two things of one person at two paces is told by whichever comes first; ``Told`` remembers it until
the other has passed.
"""

from collections.abc import Iterable

from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from tequio.notices import topics
from tequio.notices.models import Delivery, Follow, Told
from tequio.notices.timing import next_due

BATCH = 200


def usual(follows: Iterable[Follow]) -> dict[int, list[str]]:
    """For followers with something at a pace of its own: the keys of the rest, that the general mail tells."""
    rows = list(follows)
    paced = {row.follower_id for row in rows if row.frequency}
    found: dict[int, list[str]] = {pk: [] for pk in paced}
    for row in rows:
        if row.follower_id in paced and not row.frequency:
            found[row.follower_id].append(row.key)
    return found


def leave_out(told: dict[int, dict[int, str]]) -> None:
    """Takes out what another mail told, and whoever has nothing left to hear."""
    for follower, position in Told.objects.filter(follower__in=list(told)).values_list("follower", "position"):
        told.get(follower, {}).pop(position, None)
    for follower in [pk for pk, acts in told.items() if not acts]:
        del told[follower]


def note(
    told: dict[int, dict[int, str]],
    follows: Iterable[Follow],
    mails: dict[int, str],
    *,
    own: bool,
    all_of_it: bool = False,
) -> None:
    """Remembers what these mails (``once`` by follower) tell that also matters at another pace. ``own`` mails tell something
    at its own pace, the others the rest; ``all_of_it`` remembers every act."""
    here = {pk: once for pk, once in mails.items() if pk in told}
    if not here:
        return
    rows = {row.once: row.pk for row in Delivery.objects.filter(once__in=here.values())}
    others = [row for row in follows if row.follower_id in here and (own or row.frequency)]
    also = topics.news(others, {pk: min(told[pk]) - 1 for pk in here}, topics.head())
    Told.objects.bulk_create(
        [
            Told(follower_id=pk, position=position, delivery_id=rows[once])
            for pk, once in here.items()
            if once in rows
            for position in told[pk]
            if all_of_it or position in also.get(pk, {})
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def plan() -> int:
    """Writes the rows of mails for the next things whose own time has come. Returns how many it looked at."""
    rows = Follow.objects.filter(due__lte=timezone.now(), follower__stopped=None).exclude(frequency="")
    rows = rows.select_related("follower__jurisdiction").order_by("due", "pk")
    if database.features.has_select_for_update_skip_locked:
        # The person, too: the mail about the rest is planned for them by nobody else meanwhile.
        rows = rows.select_for_update(skip_locked=True, of=("self", "follower"))
    found = list(rows[:BATCH])
    left = found
    # Two things of one person are told one after the other: the second leaves out what the first told.
    while left:
        first = list({row.follower_id: row for row in reversed(left)}.values())
        tell(first)
        done = {row.pk for row in first}
        left = [row for row in left if row.pk not in done]
    return len(found)


def tell(follows: list[Follow], *, rejoins: bool = False) -> None:
    """Writes the mail of each, one for a follower at most, and moves it on; ``rejoins`` for what goes back to the rest,
    which then tells none of it again."""
    now, head = timezone.now(), topics.head()
    told = topics.news(follows, {row.follower_id: row.cursor for row in follows}, head)
    leave_out(told)
    once = {row.follower_id: f"acts:{row.follower_id}:{head}:{row.pk}" for row in follows}
    Delivery.objects.bulk_create(
        [
            Delivery(
                jurisdiction=row.follower.jurisdiction,
                kind=Delivery.Kind.DIGEST,
                follower=row.follower,
                once=once[row.follower_id],
                start=row.cursor,
                end=head,
                keys=[row.key],
                acts=len(told[row.follower_id]),
                not_before=now,
                created=now,
            )
            for row in follows
            if row.follower_id in told
        ],
        ignore_conflicts=True,
    )
    mine = {row.pk for row in follows}
    others = Follow.objects.filter(follower__in=list(told)).exclude(pk__in=mine)
    note(told, others, once, own=True, all_of_it=rejoins)
    for row in follows:
        row.cursor = max(row.cursor, head)
        row.due = next_due(row.frequency, now, row.follower.jurisdiction.time_zone)
    Follow.objects.bulk_update(follows, ["cursor", "due"])
