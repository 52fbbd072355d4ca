"""Counting the votes, and publishing a result without anybody in it (decision 0026).

While people vote, the newest ``minimum`` of them are left out of a result, and there is none until as many others have
come since the last: so two results never differ by the vote of fewer people than that, the final one included.
"""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tequio.opinions import groups, tally
from tequio.opinions.models import Conversation, Participant, Result, Statement, Vote
from tequio.record.append import SYSTEM, act


@transaction.atomic
def count_votes(*, conversation: Conversation, on: dt.date | None = None) -> Result | None:
    """Publishes a result if enough people have voted since the last one, or the final one when the conversation has
    closed. None where nothing may be told."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)  # one at a time
    final = conversation.status == Conversation.Status.CLOSED
    last = conversation.results.order_by("-number").first()
    if last is not None and last.is_final:
        return None
    counted = who_counts(conversation, last, final)
    if counted is None:
        return None
    statements = list(conversation.statements.filter(sight=Statement.Sight.SHOWN).order_by("number"))
    people, cast = _votes(counted, statements)
    found = groups.find(tally.matrix(len(people), len(statements), cast))
    told = tally.told(conversation, statements, cast, found, number=(last.number if last else 0) + 1)
    file = tally.as_file(told)
    result = Result(
        conversation=conversation,
        number=told["result"],
        counted_on=on or timezone.localdate(),
        is_final=final,
        people=told["people"],
        grouped=told["grouped"],
        votes=told["votes"],
        sizes=[group["people"] for group in told["groups"]],
        file=file,
        fingerprint=hashlib.sha256(file.encode()).hexdigest(),
        until=max(when for _pk, when in counted),
        axes=tally.axes(conversation, statements, found),
    )
    with act("opinions.counted", result, by=SYSTEM, done=on):
        pass
    return result


def who_counts(conversation: Conversation, last: Result | None, final: bool) -> list[tuple[int, dt.datetime]] | None:
    """The participants whose votes a result counts, with when each last voted; None when it may not be made."""
    rows = Participant.objects.filter(conversation=conversation, voted__isnull=False)
    voted = list(rows.order_by("voted", "pk").values_list("pk", "voted"))
    counted = [(pk, when) for pk, when in voted if when is not None]
    if not final:
        counted = counted[: -conversation.minimum]
        since = last.until if last is not None else None
        if sum(since is None or when > since for _pk, when in counted) < conversation.minimum:
            return None
    return counted if len(counted) >= conversation.minimum else None


def _votes(
    counted: list[tuple[int, dt.datetime]], statements: list[Statement]
) -> tuple[dict[int, int], list[tuple[int, int, int]]]:
    """The place of each participant in the matrix, and the votes as (person, statement, value) by their places."""
    people = {pk: n for n, (pk, _when) in enumerate(counted)}
    columns = {statement.pk: n for n, statement in enumerate(statements)}
    conversation = statements[0].conversation_id if statements else None
    rows: Any = Vote.objects.filter(participant__conversation=conversation)
    found = rows.annotate(who=F("participant_id"), what=F("statement_id")).values_list("who", "what", "value")
    cast = [(people[who], columns[what], value) for who, what, value in found if who in people and what in columns]
    return people, cast
