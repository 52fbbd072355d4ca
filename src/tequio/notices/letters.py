"""The mails: what happened to the things somebody follows, reminders, and the question whether an address is theirs."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.notices import tokens
from tequio.notices.models import Delivery, Follower, Frequency, Reminded, Request
from tequio.notices.stories import Group, titles
from tequio.places.models import Jurisdiction

MOST = 40  # lines in a mail; the rest is told by number, with where to read it
TOKEN = re.compile(r"(--[\w-]+):\s*(?:light-dark\((#\w+),[^)]*\)|(#\w+));")


@cache
def style() -> SafeString:
    """The mail's stylesheet with the light colours of our look written out: programs for mail know no variables."""
    css = (Path(__file__).parent / "mail.css").read_text(encoding="utf-8")
    known = {name: pale or plain for name, pale, plain in TOKEN.findall(_tokens())}
    css = re.sub(r"var\((--[\w-]+)\)", lambda found: known.get(found[1], "inherit"), css)
    return mark_safe(f"<style>{' '.join(css.split())}</style>")


def _tokens() -> str:
    path = finders.find("portal/css/tokens.css")
    return Path(str(path)).read_text(encoding="utf-8") if path else ""


def absolute(path: str) -> str:
    return settings.BASE_URL + path


def host() -> str:
    """The name that our message identifiers carry."""
    return settings.BASE_URL.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0] or "localhost"


def link(name: str, jurisdiction: Jurisdiction, *token: str) -> str:
    return absolute(reverse(f"notices:{name}", args=[jurisdiction.slug, *token]))


def digest(
    delivery: Delivery,
    follower: Follower,
    groups: Sequence[Group],
    own: Mapping[str, int],
    *,
    unsure: bool = False,
    pace: str = "",
) -> EmailMultiAlternatives:
    """What happened to the things that a follower follows, in the active language (the caller has set the follower's).

    ``own`` gives the follows (primary keys) by what is followed: a thing that is told as part of another has no link to leave
    it alone. ``unsure`` says that the mail before this one may not have arrived; ``pace`` how often this
    thing is told, where that is not as often as the rest. Mails about one thing make a thread, and so do
    those about several.
    """
    place = delivery.jurisdiction
    count = sum(len(group.lines) for group in groups)
    shown, left = _first(groups, MOST), count - MOST
    leave = link("leave", place, tokens.seal("leave", follower.pk, tokens.ALL))
    context = {
        "groups": [
            {
                "group": group,
                "leave": link("leave", place, tokens.seal("leave", follower.pk, own[group.key]))
                if group.key in own
                else "",
            }
            for group in shown
        ],
        "left": max(left, 0),
        "count": count,
        "unsure": unsure,
        "manage": link("manage", place, tokens.seal("manage", follower.pk)),
        "leave": leave,
        "frequency": str(Frequency(pace).label) if pace else follower.get_frequency_display(),
    }
    name = best(place.name)[0]
    if len(groups) == 1:
        subject, thread = f"{groups[0].title} · {name}", groups[0].key
    else:
        subject, thread = _("Tus avisos de gobierno abierto en %(place)s") % {"place": name}, place.slug
    headers = {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<{place.slug}.{host()}>",
        **_thread(delivery, f"{thread.replace('/', '.')}.{follower.pk}"),
    }
    return _message("digest", subject, follower.address, place, context, headers)


def _first(groups: Sequence[Group], most: int) -> list[Group]:
    kept = []
    for group in groups:
        if most <= 0:
            break
        kept.append(Group(group.key, group.title, group.label, group.url, group.lines[:most]))
        most -= len(group.lines)
    return kept


def _thread(delivery: Delivery, thread: str) -> dict[str, str]:
    root = f"<{thread}@{host()}>"
    return {"Message-ID": f"<{delivery.kind}.{delivery.pk}@{host()}>", "In-Reply-To": root, "References": root}


def reminder(delivery: Delivery, rows: Sequence[Reminded], address: str) -> EmailMultiAlternatives:
    """What a person answers for and is due, or late: one mail for all that came up on a day."""
    prefix = "/en" if (get_language() or "es").startswith("en") else ""
    items = [
        {
            "words": best(row.words)[0],
            "about": best(row.about)[0],
            "url": absolute(prefix + row.url) if row.url else "",
        }
        for row in rows
    ]
    place = delivery.jurisdiction
    name = best(place.name)[0]
    if len(items) == 1:
        subject = f"{items[0]['words']}: {items[0]['about']}"
    else:
        subject = _("%(n)s pendientes de gobierno abierto en %(place)s") % {"n": len(items), "place": name}
    context = {
        "items": items,
        "person": delivery.person,
        "pending": absolute(reverse("people:pending", args=[place.slug])),
    }
    return _message(
        "reminder", subject, address, place, context, _thread(delivery, f"{place.slug}.p{delivery.person_id}")
    )


def question(request: Request) -> EmailMultiAlternatives:
    """Asks the owner of an address whether they want mail, in the language of whoever asked."""
    token = tokens.seal("confirm", request.pk)
    context = {
        "thing": titles([request.key])[0],
        "confirm": link("confirm", request.jurisdiction, token),
        "frequency": request.get_frequency_display(),
    }
    return _message("question", _("¿Quieres recibir estos avisos?"), request.email, request.jurisdiction, context, {})


def _message(
    name: str, subject: str, to: str, place: Jurisdiction, context: dict[str, Any], headers: dict[str, str]
) -> EmailMultiAlternatives:
    context = {
        **context,
        "place": best(place.name)[0],
        "practice": place.is_practice,
        "base_url": settings.BASE_URL,
        "reply_to": settings.REPLY_TO,
        "style": style(),
        "subject": subject,
    }
    message = EmailMultiAlternatives(
        " ".join(subject.split())[:150],
        render_to_string(f"notices/mail/{name}.txt", context).strip() + "\n",
        to=[to],
        reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
        headers={**headers, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"notices/mail/{name}.html", context), "text/html")
    return message


def language_of(follower: Follower) -> str:
    """The language that a follower reads: what they chose here."""
    return follower.language or "es"
