"""Links for whoever has no account: signed, each for one purpose, and the first with an end."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise

from tequio.cocreation.models import Said, Support

VALID = dt.timedelta(days=7)
CONFIRM, SENT, AUTHOR = "cocreation.confirm", "cocreation.sent", "cocreation.author"


@dataclass(frozen=True)
class Sort:
    """A sort of thing that anybody writes or supports: its model, the related rows that its pages need, what letters call
    it (``thing``) and the public page where it stands. ``label`` names several of them in the queue of moderation."""

    model: Any
    thing: str | Promise
    page: Callable[[Any], str]
    related: tuple[str, ...] = ()
    label: str | Promise = ""


sorts: dict[str, Sort] = {}


def register(*added: Sort) -> None:
    """Adds sorts; each app does so in ``apps.py``. The word for a sort is its model's ``subject``."""
    sorts.update({sort.model.subject: sort for sort in added})


def said_models() -> list[type[Said]]:
    """Every model of things said, in the order of registration."""
    return [sort.model for sort in sorts.values() if issubclass(sort.model, Said)]


class Expired(Exception):  # noqa: N818
    """The link was good once; ``found`` is what it was for."""

    def __init__(self, found: Any) -> None:
        super().__init__()
        self.found = found


def kind_of(obj: Any) -> str:
    """The word by which tokens and addresses name a sort of thing."""
    return str(obj.subject)


def sign(purpose: str, obj: Any) -> str:
    """A link's token. It holds a row's number and nothing about anybody."""
    return signing.dumps([kind_of(obj), obj.pk], salt=purpose)


def is_confirmed(obj: Any) -> bool:
    """Whether the link was used."""
    return obj.confirmed if isinstance(obj, Support) else obj.published_on is not None


def read(purpose: str, token: str) -> Any:
    """What a token is for; None for a wrong one or one whose object is gone. Raises ``Expired``."""
    try:
        kind, pk = signing.loads(token, salt=purpose)
        sort = sorts[kind]
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    found = sort.model.objects.select_related(*sort.related).filter(pk=pk).first()
    if found is not None and purpose == CONFIRM and not is_confirmed(found):
        try:
            signing.loads(token, salt=purpose, max_age=VALID)
        except signing.SignatureExpired as error:
            raise Expired(found) from error
    return found


def digest(email: str) -> str:
    """The salted hash by which one address counts once; the installation's secret is the salt."""
    return salted_hmac("cocreation.backing", email.strip().lower(), algorithm="sha256").hexdigest()
