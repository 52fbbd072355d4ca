"""Links for whoever asks: signed, each for one purpose, and the first with an end."""

import datetime as dt

from django.core import signing

from tequio.privacy.models import DataRequest

VALID = dt.timedelta(days=7)
CONFIRM, MINE = "privacy.confirm", "privacy.mine"


def sign(purpose: str, row: DataRequest) -> str:
    """A link's token. It holds a row's number and nothing about anybody."""
    return signing.dumps(row.pk, salt=purpose)


def read(purpose: str, token: str) -> DataRequest | None:
    """The request of a token; None for a wrong or late one, or one whose request is gone."""
    try:
        pk = signing.loads(token, salt=purpose)
    except signing.BadSignature:
        return None
    found = DataRequest.objects.select_related("jurisdiction", "decided_by__jurisdiction").filter(pk=pk).first()
    if found is not None and purpose == CONFIRM and found.received_on is None:
        try:
            signing.loads(token, salt=purpose, max_age=VALID)
        except signing.SignatureExpired:
            return None
    return found
