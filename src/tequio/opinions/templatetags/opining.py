"""Template parts of opinions."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.opinions.models import Statement
from tequio.opinions.moderation import rule_words
from tequio.opinions.queries import Share

register = template.Library()
register.filter("opinion_rule", rule_words)


@register.simple_tag
def statement_words(statement: Statement) -> SafeString | str:
    """The words of a statement in the reader's language where there are some, else in their own, marked."""
    reader = "en" if (get_language() or "es").startswith("en") else "es"
    words, language = statement.said_in(reader)
    return words if language == reader else format_html('<span lang="{}">{}</span>', language, words)


@register.simple_tag
def vote_bar(share: Share) -> SafeString:
    """A share as a bar with its figures in words beside it."""
    agrees, disagrees, passes = share.percent
    words = _("%(agrees)s %% de acuerdo · %(disagrees)s %% en desacuerdo · %(passes)s %% pasó (%(seen)s votos)") % {
        "agrees": agrees,
        "disagrees": disagrees,
        "passes": passes,
        "seen": share.seen,
    }
    seen = share.seen or 1
    first, second = round(100 * share.agrees / seen, 1), round(100 * share.disagrees / seen, 1)
    return format_html(
        '<span class="votes"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="passes" width="100" height="8"/><rect class="agrees" width="{}" height="8"/>'
        '<rect class="disagrees" x="{}" width="{}" height="8"/></svg><span class="source">{}</span></span>',
        *(first, first, second, words),
    )
