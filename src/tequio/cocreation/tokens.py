"""Links for whoever has no account: signed, each for one purpose, and the first with an end."""

import datetime as dt
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

from tequio.cocreation.models import Backing, Comment, Contribution, Member, Problem, Translation

VALID = dt.timedelta(days=7)
CONFIRM, SENT, AUTHOR = "cocreation.confirm", "cocreation.sent", "cocreation.author"
MODELS: dict[str, Any] = {
    "problem": Problem,
    "contribution": Contribution,
    "comment": Comment,
    "translation": Translation,
    "tablemember": Member,
    "backing": Backing,
}


class Expired(Exception):  # noqa: N818
    """The link was good once; ``found`` is what it was for."""

    def __init__(self, found: Any) -> None:
        super().__init__()
        self.found = found


def kind_of(obj: Any) -> str:
    """The word by which tokens and addresses name a sort of thing."""
    return "backing" if isinstance(obj, Backing) else str(obj.subject)


def sign(purpose: str, obj: Any) -> str:
    """A link's token. It holds a row's number and nothing about anybody."""
    return signing.dumps([kind_of(obj), obj.pk], salt=purpose)


def is_confirmed(obj: Any) -> bool:
    """Whether the link was used."""
    return obj.confirmed if isinstance(obj, Backing) else obj.published_on is not None


def read(purpose: str, token: str) -> Any:
    """What a token is for; None for a wrong one or one whose object is gone. Raises ``Expired``."""
    try:
        kind, pk = signing.loads(token, salt=purpose)
        model = MODELS[kind]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    related = {
        "backing": ("problem__jurisdiction", "contribution__jurisdiction", "contribution__call"),
        "problem": ("call",),
        "contribution": ("call__plan", "table", "problem", "answer", "entered_by__jurisdiction"),
        "comment": ("problem", "contribution", "draft", "parent"),
        "translation": ("contribution",),
        "tablemember": ("table__call",),
    }[kind]
    rows = model.objects.select_related(*related)
    found = (rows if kind == "backing" else rows.select_related("jurisdiction", *related)).filter(pk=pk).first()
    if found is not None and purpose == CONFIRM and not is_confirmed(found):
        try:
            signing.loads(token, salt=purpose, max_age=VALID)
        except signing.SignatureExpired as error:
            raise Expired(found) from error
    return found


def digest(email: str) -> str:
    """The salted hash by which one address counts once; the installation's secret is the salt."""
    return salted_hmac("cocreation.backing", email.strip().lower(), algorithm="sha256").hexdigest()
