"""Marks of legal texts: differences that are also said aloud, and what a part is called."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.common.difference import Piece
from tequio.legaltext.kinds import NAMES

register = template.Library()


@register.simple_tag
def wording(pieces: Iterable[Piece]) -> SafeString:
    """A difference: struck and underlined, and said in words to whoever listens."""
    marks = {
        "same": ("", ""),
        "gone": (f'<del><span class="hidden">{_("eliminado:")} </span>', "</del>"),
        "new": (f'<ins><span class="hidden">{_("agregado:")} </span>', "</ins>"),
    }
    found = "".join(f"{marks[p.kind][0]}{escape(p.text)}{marks[p.kind][1]}" for p in pieces)
    return mark_safe(found.replace("\n", "<br>"))


@register.filter
def kind_words(kind: str) -> str:
    """What a part is called: "Fracción"."""
    return str(NAMES.get(kind, kind))


@register.filter
def bare(label: str) -> str:
    """A label without the point and the dash after its number: "Artículo 3"."""
    return label.rstrip(" .-–—:)")


@register.filter
def slug(words: str) -> str:
    """The anchor of a term in the glossary."""
    return slugify(words)
