"""The verbs of following: ask by e-mail, confirm, follow, stop, choose how often, be forgotten."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.notices import pacing, topics
from tequio.notices.models import Follow, Follower, Frequency, Request
from tequio.notices.timing import next_due
from tequio.people.models import Account
from tequio.places.models import Jurisdiction
from tequio.record.sequence import tree_size

KEPT = dt.timedelta(days=3)  # how long an unanswered request, and so its address, is kept
ASKS = 5  # requests to one address that wait for an answer


def ask(*, jurisdiction: Jurisdiction, email: str, key: str, frequency: str, language: str) -> Request | None:
    """Notes that somebody wants mail at ``email`` about ``key``; nothing is sent there but the question whether that is so.

    None where that address was asked often enough already: whoever asks is not told, the owner is left in peace.
    Raises ``ValidationError`` for a thing that cannot be followed.
    """
    if not topics.can_follow(jurisdiction.slug, key):
        raise ValidationError(_("Eso ya no se puede seguir. Busca de nuevo el compromiso, la actividad o el plan."))
    email = email.lower()
    if Request.objects.filter(email=email, created__gt=timezone.now() - KEPT).count() >= ASKS:
        return None
    return Request.objects.create(
        jurisdiction=jurisdiction, email=email, key=key, frequency=frequency, language=language
    )


@transaction.atomic
def confirm(*, request: Request) -> Follower:
    """The owner of the address said yes: it becomes a follower, or what its account follows grows. The request goes."""
    account = Account.objects.filter(email=request.email, is_active=True).first()
    if account is not None:
        follower = follower_of(account, request.jurisdiction)
    else:
        follower, _new = Follower.objects.get_or_create(
            jurisdiction=request.jurisdiction, email=request.email, defaults=_fresh(request.jurisdiction)
        )
    if not follower.follows.exists():
        follower.frequency, follower.language = request.frequency, request.language
    follower.refusals, follower.stopped = 0, None
    _reschedule(follower)
    follower.save()
    follow(follower=follower, key=request.key)
    Request.objects.filter(jurisdiction=request.jurisdiction, email=request.email, key=request.key).delete()
    return follower


def _fresh(jurisdiction: Jurisdiction) -> dict[str, Any]:
    last = tree_size() - 1
    return {"cursor": last, "read_to": last}


@transaction.atomic
def follower_of(account: Account, jurisdiction: Jurisdiction) -> Follower:
    """The account as a follower; what its address followed before it had an account comes along."""
    found = Follower.objects.filter(jurisdiction=jurisdiction, account=account).first()
    if found is not None:
        return found
    before = Follower.objects.filter(jurisdiction=jurisdiction, email=account.email).first()
    if before is not None:
        before.account, before.email = account, ""
        before.save(update_fields=["account", "email"])
        return before
    follower = Follower(jurisdiction=jurisdiction, account=account, language=account.language, **_fresh(jurisdiction))
    _reschedule(follower)
    follower.save()
    return follower


def _reschedule(follower: Follower) -> None:
    follower.due = next_due(follower.frequency, timezone.now(), follower.jurisdiction.time_zone)


def follow(*, follower: Follower, key: str) -> Follow:
    """Follows a thing from now on. Raises ``ValidationError`` for one that cannot be followed."""
    if not topics.can_follow(follower.jurisdiction.slug, key):
        raise ValidationError(_("Eso ya no se puede seguir."))
    found, _new = Follow.objects.get_or_create(follower=follower, key=key, defaults={"since": tree_size() - 1})
    return found


def unfollow(*, follower: Follower, key: str) -> None:
    """Stops following a thing. An address that follows nothing any more is forgotten."""
    follower.follows.filter(key=key).delete()
    if follower.account_id is None and not follower.follows.exists():
        forget(follower=follower)


def choose(*, follower: Follower, frequency: str, language: str) -> None:
    """How often mail comes and in which language. Nothing is told twice for it, and nothing left out."""
    if frequency not in Frequency.values:
        raise ValidationError(_("Elige cada cuándo quieres recibir avisos."))
    follower.frequency, follower.language = frequency, language
    follower.refusals, follower.stopped = 0, None
    _reschedule(follower)
    if frequency == Frequency.NOW:
        follower.due = timezone.now()  # what waited for its morning comes now
    follower.save(update_fields=["frequency", "language", "refusals", "stopped", "due"])


@transaction.atomic
def choose_pace(*, follow: Follow, frequency: str) -> None:
    """How often mail comes about one thing; an empty word: as often as about the rest. Nothing is told twice for it, and
    nothing left out: what waited at a pace of its own comes now when it goes back to the rest."""
    if frequency and frequency not in Frequency.values:
        raise ValidationError(_("Elige cada cuándo quieres recibir avisos."))
    follower = (
        Follower.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=follow.follower_id)
    )
    found = Follow.objects.select_for_update().get(pk=follow.pk)
    if found.frequency == frequency:
        return
    if not found.frequency:
        found.cursor = follower.cursor
    if frequency:
        now = timezone.now()
        # What happened already and waits for its morning comes now to whoever wants to hear at once.
        found.due = now if frequency == Frequency.NOW else next_due(frequency, now, follower.jurisdiction.time_zone)
    else:
        pacing.tell([found], rejoins=True)
        found.due = None
    found.frequency = frequency
    found.save(update_fields=["frequency", "cursor", "due"])


def forget(*, follower: Follower) -> None:
    """Stops everything and deletes the address; of the mails sent only counts stay."""
    follower.delete()


def mark_read(*, follower: Follower) -> None:
    """The person has seen everything that happened so far."""
    follower.read_to = topics.head()
    follower.save(update_fields=["read_to"])


def forget_unanswered() -> int:
    """Deletes requests that nobody answered, with their addresses."""
    return Request.objects.filter(created__lte=timezone.now() - KEPT).delete()[0]
