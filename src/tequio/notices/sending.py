"""Sends what is due: each act once at most to each person, whatever dies when (docs/decisions/0015).

Two steps, each safe to kill and safe beside another run. **Planning** moves a follower's cursor over the record and writes
the mail's row in one transaction. **Sending** takes a row by a conditional update, commits, and only then hands the mail
over: after a kill at that moment the row says "not confirmed" and is never sent again; the next mail says so.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import get_connection
from django.db import connection as database
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone, translation

from tequio.common.mail import place_of
from tequio.notices import follows, letters, pacing, reminders, topics
from tequio.notices.models import Delivery, Follow, Follower, Reminded, Told
from tequio.notices.stories import Stories
from tequio.notices.timing import next_due

BATCH = 200
BUDGET = 30.0  # seconds of a minute's tick
TRIES = 4
PAUSES = (dt.timedelta(minutes=15), dt.timedelta(hours=1), dt.timedelta(hours=4))
REFUSALS = 3  # refused mails in a row after which we stop writing to an address
KEPT = dt.timedelta(days=365)  # how long the log goes back

log = logging.getLogger(__name__)


def tick() -> None:
    """The work of a minute, in order: index, reminders of the day, mail."""
    run(BUDGET)


def run(budget_seconds: float = BUDGET) -> int:
    """Plans and sends for at most so many seconds, and gives how many mails left. What is left waits for the next run.

    Raises ``OSError`` or ``SMTPException`` when the mail server cannot be reached: everything stays as it was.
    """
    until = time.monotonic() + budget_seconds

    def late() -> bool:
        return time.monotonic() >= until

    topics.catch_up(late)
    follows.forget_unanswered()
    if reminders.plan_if_due():
        _tidy()
    while not late() and plan():
        pass
    while not late() and pacing.plan():
        pass
    return send(late)


def _tidy() -> None:
    """Once a day: what the log no longer needs goes."""
    Delivery.objects.filter(created__lte=timezone.now() - KEPT).exclude(state=Delivery.State.WAITING).delete()


@transaction.atomic
def plan() -> int:
    """Writes the rows of mails for the next followers whose time has come. Returns how many followers it looked at."""
    now = timezone.now()
    rows = Follower.objects.filter(due__lte=now, stopped=None).select_related("jurisdiction").order_by("due", "pk")
    if database.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    followers = list(rows[:BATCH])
    if not followers:
        return 0
    head = topics.head()
    followed = list(Follow.objects.filter(follower__in=followers))
    usual = pacing.usual(followed)
    mine = [follow for follow in followed if not follow.frequency]
    told = topics.news(mine, {row.pk: row.cursor for row in followers}, head)
    pacing.leave_out(told)
    Delivery.objects.bulk_create(
        [
            Delivery(
                jurisdiction=row.jurisdiction,
                kind=Delivery.Kind.DIGEST,
                follower=row,
                once=f"acts:{row.pk}:{head}",
                start=row.cursor,
                end=head,
                keys=usual.get(row.pk, []),
                acts=len(told[row.pk]),
                not_before=now,
                created=now,
            )
            for row in followers
            if row.pk in told
        ],
        ignore_conflicts=True,  # told already: whatever moved a cursor back, nothing is told again
    )
    pacing.note(told, followed, {row.pk: f"acts:{row.pk}:{head}" for row in followers if row.pk in usual}, own=False)
    times: dict[tuple[str, str], list[int]] = {}
    for row in followers:
        times.setdefault((row.frequency, row.jurisdiction.time_zone), []).append(row.pk)
    for (frequency, zone), keys in times.items():
        Follower.objects.filter(pk__in=keys).update(due=next_due(frequency, now, zone))
    # An index that is written anew is behind for a moment: what was told stays told.
    Follower.objects.filter(pk__in=[row.pk for row in followers], cursor__lt=head).update(cursor=head)
    return len(followers)


def send(stop: Callable[[], bool] = lambda: False) -> int:
    """Hands waiting mails to the mail server, batch by batch, over one connection; ``stop`` is asked before each."""
    post, stories, sent, last = get_connection(), Stories(), 0, 0
    accepted: list[Delivery] = []  # taken by the mail server, not yet noted
    try:
        while not stop():
            rows = list(
                Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=timezone.now(), pk__gt=last)
                .select_related("jurisdiction", "follower__account", "person__account")
                .order_by("pk")[:BATCH]
            )
            if not rows:
                break
            last = rows[-1].pk
            contents = _contents(rows)
            for row in rows:
                if stop():
                    break
                sent += _send_one(row, contents, stories, post, accepted)
            _note(accepted)
        return sent
    finally:
        _note(accepted)
        post.close()


def _note(accepted: list[Delivery]) -> None:
    """Notes what the mail server took."""
    if not accepted:
        return
    Delivery.objects.filter(pk__in=[row.pk for row in accepted]).update(
        state=Delivery.State.SENT, sent=timezone.now(), trouble=""
    )
    well = [row.follower.pk for row in accepted if row.follower is not None and row.follower.refusals]
    if well:
        Follower.objects.filter(pk__in=well).update(refusals=0)
    accepted.clear()


class _Contents:
    """What the mails of a batch tell, read in a number of queries that does not grow with it."""

    def __init__(self) -> None:
        self.told: dict[int, dict[int, str]] = {}
        self.own: dict[int, dict[str, int]] = {}
        self.paces: dict[tuple[int, str], str] = {}
        self.unsure: set[int] = set()
        self.reminders: dict[int, list[Reminded]] = {}


def _contents(rows: Iterable[Delivery]) -> _Contents:
    found = _Contents()
    rows = list(rows)
    digests = [row for row in rows if row.follower is not None]
    wanted = {row.follower_id for row in digests}
    follows_of: dict[int, list[Follow]] = {}
    for follow in Follow.objects.filter(follower__in=wanted):
        follows_of.setdefault(follow.follower_id, []).append(follow)
    found.own = {pk: {follow.key: follow.pk for follow in mine} for pk, mine in follows_of.items()}
    found.paces = {(pk, follow.key): follow.frequency for pk, mine in follows_of.items() for follow in mine}
    paced = [pk for pk, mine in follows_of.items() if any(follow.frequency for follow in mine)]
    rows_told = Told.objects.filter(follower__in={*paced, *(row.follower_id for row in digests if row.keys)})
    elsewhere: dict[tuple[int | None, int], int] = {
        (row.follower_id, row.position): row.delivery_id for row in rows_told
    }
    # A mail is told from its own span; two of one follower in a batch are two spans, read one after the other.
    spans: dict[int, list[Delivery]] = {}
    for row in digests:
        spans.setdefault(row.end, []).append(row)
    for end, group in spans.items():
        while group:
            layer = {row.follower_id: row for row in reversed(group)}
            group = [row for row in group if layer[row.follower_id] is not row]
            mine = [
                follow
                for pk, row in layer.items()
                for follow in follows_of.get(pk, ())  # type: ignore[arg-type]
                if not row.keys or follow.key in row.keys
            ]
            told = topics.news(mine, {pk: row.start for pk, row in layer.items()}, end)  # type: ignore[misc]
            for pk, row in layer.items():
                found.told[row.pk] = {
                    position: about
                    for position, about in told.get(pk, {}).items()  # type: ignore[arg-type]
                    if elsewhere.get((pk, position), row.pk) == row.pk
                }
    open_ends = (
        Delivery.objects.filter(follower__in=wanted)
        .exclude(state=Delivery.State.WAITING)
        .values("follower")
        .annotate(
            unsure=Max("pk", filter=Q(state=Delivery.State.SENDING)),
            sure=Max("pk", filter=Q(state=Delivery.State.SENT)),
        )
    )
    found.unsure = {
        row["follower"] for row in open_ends if row["unsure"] is not None and row["unsure"] > (row["sure"] or 0)
    }
    mails = [row.pk for row in rows if row.kind == Delivery.Kind.REMINDER]
    for reminded in Reminded.objects.filter(delivery__in=mails).order_by("due", "pk") if mails else ():
        found.reminders.setdefault(reminded.delivery_id, []).append(reminded)  # type: ignore[arg-type]
    return found


def _compose(row: Delivery, contents: _Contents, stories: Stories) -> Any:
    """The mail of a row, or None where nobody is left to get it."""
    with timezone.override(ZoneInfo(row.jurisdiction.time_zone)):
        if row.kind == Delivery.Kind.REMINDER:
            account = row.person.account if row.person else None
            address = (account.email if account else "") or (row.person.email if row.person else "")
            items = contents.reminders.get(row.pk)
            if not address or not items:
                return None
            with translation.override(account.language if account else "es"):
                return letters.reminder(row, items, address)
        follower, told = row.follower, contents.told.get(row.pk)
        if follower is None or not told or (follower.account is not None and not follower.account.is_active):
            return None
        with translation.override(letters.language_of(follower)):
            stories.load([told])
            groups = stories.groups(told)
            if not groups:
                return None
            own = contents.own.get(follower.pk, {})
            pace = contents.paces.get((follower.pk, row.keys[0]), "") if len(row.keys) == 1 else ""
            return letters.digest(row, follower, groups, own, unsure=follower.pk in contents.unsure, pace=pace)


def _send_one(row: Delivery, contents: _Contents, stories: Stories, post: Any, accepted: list[Delivery]) -> int:
    """Takes a row and hands its mail over; whether the server took it. The mail before is noted in the same transaction, so
    that each costs one write to the disk."""
    mine = Delivery.objects.filter(pk=row.pk, state=Delivery.State.WAITING)
    try:
        message = _compose(row, contents, stories)
    except Exception as error:
        # Not its words nor its traceback: they may hold an address, or what somebody wrote in private.
        log.error("mail %s could not be written: %s", row.pk, place_of(error))
        _again(mine, row.tries + 1, "compose", for_ever=False)
        return 0
    if message is None:
        mine.update(state=Delivery.State.DROPPED)
        return 0
    _connect(post)
    with transaction.atomic():
        _note(accepted)
        is_mine = mine.update(state=Delivery.State.SENDING, tries=F("tries") + 1)
    if not is_mine:
        return 0  # another run has it
    taken = Delivery.objects.filter(pk=row.pk)
    try:
        post.send_messages([message])
    except SMTPServerDisconnected:
        post.close()  # said neither yes nor no: it stays "not confirmed"
        taken.update(trouble="disconnected")
        return 0
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        _refused(row, error)
        return 0
    except (OSError, SMTPException) as error:
        post.close()
        taken.update(trouble=type(error).__name__)
        return 0
    accepted.append(row)
    return 1


def _connect(post: Any) -> None:
    """Sees that the mail server listens before a row is taken: what was never handed over can wait."""
    line = getattr(post, "connection", None)
    if line is not None and hasattr(line, "noop"):
        try:
            line.noop()
        except (OSError, SMTPException):
            post.close()
    post.open()


def _refused(row: Delivery, error: SMTPRecipientsRefused | SMTPResponseException) -> None:
    """The server said no, so nothing left: later again, or never. The log keeps the code, not the words: they may hold
    the address."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        code, for_ever = (codes or [0])[0], bool(codes) and codes[0] >= 500
    else:
        code, for_ever = error.smtp_code, False
    if _again(Delivery.objects.filter(pk=row.pk), row.tries + 1, f"SMTP {code}", for_ever=for_ever):
        return
    if row.follower_id is not None:
        Follower.objects.filter(pk=row.follower_id).update(refusals=F("refusals") + 1)
        Follower.objects.filter(pk=row.follower_id, refusals__gte=REFUSALS).update(stopped=timezone.now())


def _again(taken: QuerySet[Delivery], tries: int, trouble: str, *, for_ever: bool) -> bool:
    """Puts a mail that surely did not leave back for later, or gives it up after ``TRIES``. Whether it comes again."""
    if for_ever or tries >= TRIES:
        taken.update(state=Delivery.State.REFUSED, tries=tries, trouble=trouble)
        return False
    later = timezone.now() + PAUSES[min(tries, len(PAUSES)) - 1]
    taken.update(state=Delivery.State.WAITING, tries=tries, not_before=later, trouble=trouble)
    return True
