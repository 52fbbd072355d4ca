"""Signed words that stand in links of mails. They name a row, never an address, and go void when the row goes."""

from django.core.signing import BadSignature, Signer

ALL = "-"  # in place of a follow: everything that the person follows


def _signer(use: str) -> Signer:
    return Signer(salt=f"tequio.notices.{use}", sep=".")


def seal(use: str, *parts: object) -> str:
    """A token for one use: ``confirm`` a request, ``manage`` a follower, ``leave`` a follow or everything."""
    return _signer(use).sign("~".join(map(str, parts)))


def read(use: str, token: str) -> list[str]:
    """The parts of a token, or an empty list for one that we did not make for this use."""
    try:
        return _signer(use).unsign(token).split("~")
    except BadSignature:
        return []
