"""Links for whoever has no account: signed, each for one purpose, and the first with an end."""

import datetime as dt

from django.core import signing

from tequio.observations.models import Observation

VALID = dt.timedelta(days=7)
CONFIRM, SENT, AUTHOR = "observations.confirm", "observations.sent", "observations.author"


class Expired(Exception):  # noqa: N818
    """The link was good once; ``observation`` is what it was for."""

    def __init__(self, observation: Observation) -> None:
        super().__init__()
        self.observation = observation


def sign(purpose: str, observation: Observation) -> str:
    """A link's token. It holds a row's number and nothing about anybody."""
    return signing.dumps(observation.pk, salt=purpose)


def read(purpose: str, token: str) -> Observation | None:
    """The observation of a token; None for a wrong token or one whose observation is gone. Raises ``Expired``."""
    try:
        pk = signing.loads(token, salt=purpose)
    except signing.BadSignature:
        return None
    rows = Observation.objects.select_related(
        "jurisdiction", "commitment__plan", "commitment__jurisdiction", "activity", "evidence__commitment"
    )
    found = rows.filter(pk=pk).first()
    if found is not None and purpose == CONFIRM and found.published_on is None:
        try:
            signing.loads(token, salt=purpose, max_age=VALID)
        except signing.SignatureExpired as error:
            raise Expired(found) from error
    return found
