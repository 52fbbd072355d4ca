"""The follow button, and how many notices are unread."""

from typing import Any

from django import template

from tequio.notices import queries
from tequio.notices.models import Follow

register = template.Library()


@register.inclusion_tag("notices/parts/follow.html", takes_context=True)
def follow(context: Any, key: str) -> dict[str, Any]:
    """The follow button of the thing with this key in the record: one click for whoever is signed in, else a link to
    the page that asks for an e-mail. Nothing on the preview of a draft."""
    request, user = context.get("request"), context.get("user")
    jurisdiction, _slash, short = key.partition("/")
    signed_in = bool(user is not None and user.is_authenticated and getattr(user, "pk", None))
    following = signed_in and Follow.objects.filter(follower__account=user, key=key).exists()
    return {
        "hidden": bool(context.get("preview")),
        "place": jurisdiction,
        "key": key,
        "short": short,
        "signed_in": signed_in,
        "following": following,
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }


@register.simple_tag(takes_context=True)
def unread_notices(context: Any) -> int:
    """How many notices the signed-in person has not seen in this jurisdiction; 0 for a visitor, without a query."""
    user, jurisdiction = context.get("user"), context.get("jurisdiction")
    if jurisdiction is None or not getattr(user, "is_authenticated", False) or not getattr(user, "pk", None):
        return 0
    return queries.unread(user, jurisdiction)
