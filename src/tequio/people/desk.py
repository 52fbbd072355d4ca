"""The links of the desk, to which each app adds its own from ``apps.py``."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Link:
    """Something to do: shown to whoever has ``permission`` on the jurisdiction. ``url_name`` takes its slug."""

    words: str | Promise
    hint: str | Promise
    url_name: str
    permission: str
    order: int = 50


_links: list[Link] = []


def register(link: Link) -> None:
    """Adds a link; the same address again replaces it."""
    _links[:] = [known for known in _links if known.url_name != link.url_name] + [link]


def links_for(account: Any, jurisdiction: Any, role: Any = None) -> list[dict[str, Any]]:
    """What this account can do in the jurisdiction in the role it acts in, or in ``role`` if it acted in that one."""
    before = getattr(account, "acting_role", None)
    if role is not None:
        account.acting_role = role
    try:
        return [
            {"words": link.words, "hint": link.hint, "url": reverse(link.url_name, args=[jurisdiction.slug])}
            for link in sorted(_links, key=lambda link: link.order)
            if account.has_perm(link.permission, jurisdiction)
        ]
    finally:
        account.acting_role = before
