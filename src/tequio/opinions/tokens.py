"""Who votes, without knowing who: a keyed hash of a random word in a signed cookie, or of an address that was confirmed.

The hash is made with the conversation's number, so that nothing ties a person's votes in one conversation to those in
another. The cookie is set with the first vote, never by looking.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from tequio.opinions.models import Conversation

KEPT = dt.timedelta(days=180)
VALID = dt.timedelta(days=3)
LINK = "opinions.link"


def new_word() -> str:
    """A word by chance, for the cookie of somebody who gives no address."""
    return secrets.token_hex(16)


def word_of_address(conversation: Conversation, address: str) -> str:
    """The word of an address: the same from every device, and no way back to the address."""
    hashed = salted_hmac(f"opinions.address.{conversation.pk}", address.strip().lower(), algorithm="sha256")
    return hashed.hexdigest()


def key_of(conversation: Conversation, word: str) -> str:
    """What the database keeps of a word."""
    return salted_hmac(f"opinions.key.{conversation.pk}", word, algorithm="sha256").hexdigest()


def word_in(request: HttpRequest, conversation: Conversation) -> str:
    """The word in the reader's cookie for this conversation, or an empty text."""
    found = request.get_signed_cookie(_name(conversation), default="", salt=_name(conversation))
    return str(found or "")


def give(response: HttpResponse, conversation: Conversation, word: str) -> None:
    """Puts the word into a cookie that no script can read and no other site gets."""
    response.set_signed_cookie(
        _name(conversation),
        word,
        salt=_name(conversation),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def take_away(response: HttpResponse, conversation: Conversation) -> None:
    """Deletes the cookie."""
    response.delete_cookie(_name(conversation), samesite="Lax")


def seal(conversation: Conversation, word: str) -> str:
    """The token of a confirming link: the conversation and the word, never the address."""
    return signing.dumps([conversation.pk, word], salt=LINK)


def open_seal(conversation: Conversation, token: str) -> str:
    """The word of a link that is good for this conversation and not too old; else an empty text."""
    try:
        pk, word = signing.loads(token, salt=LINK, max_age=VALID)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(word) if pk == conversation.pk else ""


def _name(conversation: Conversation) -> str:
    return f"opinion-{conversation.pk}"
