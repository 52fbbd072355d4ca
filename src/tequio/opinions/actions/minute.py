"""What is due each minute."""

from django.db.models import Max
from django.utils import timezone

from tequio.opinions.actions.conversations import close_conversation
from tequio.opinions.actions.counting import count_votes
from tequio.opinions.actions.voting import forget
from tequio.opinions.models import Conversation, Participant
from tequio.record.append import SYSTEM


def each_minute() -> None:
    """Closes what is past its last day, and counts where enough people have voted."""
    today = timezone.localdate()
    for conversation in Conversation.objects.filter(status=Conversation.Status.OPEN).select_related("jurisdiction"):
        if conversation.closes < today:
            close_conversation(conversation=conversation, by=SYSTEM)
        elif _has_moved(conversation):
            count_votes(conversation=conversation)
    forget(today)


def _has_moved(conversation: Conversation) -> bool:
    """Whether anybody voted since the last result; the rest is asked when they did."""
    newest = Participant.objects.filter(conversation=conversation).aggregate(at=Max("voted"))["at"]
    until = conversation.results.aggregate(at=Max("until"))["at"]
    return newest is not None and (until is None or newest > until)
