"""Comments and proposals get a place to stand, and keep it."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.legaltext import anchors as finding
from tequio.legaltext import queries
from tequio.legaltext.models import Anchor, Expression, Provision


@transaction.atomic
def anchor(*, provision: Provision, quote: str = "", start: int | None = None) -> Anchor:
    """A place on a provision, or on a passage of its text where ``quote`` is given; ``start`` tells which one when the words
    occur several times. Raises ``ValidationError`` when they do not stand there."""
    expression = provision.expression
    if not expression.is_public():
        raise ValidationError(_("Este texto todavía no está publicado."))
    words = quote.strip()
    if not words:
        return Anchor.objects.create(lineage=provision.lineage, expression=expression, seen_in=expression)
    at = start if start is not None and provision.text.startswith(words, start) else provision.text.find(words)
    if at < 0:
        raise ValidationError({"quote": _("Esas palabras no están en el texto. Cópialas tal como aparecen.")})
    chosen = finding.select(provision.text, at, at + len(words))
    return Anchor.objects.create(
        lineage=provision.lineage,
        expression=expression,
        quote=chosen.quote,
        prefix=chosen.prefix,
        suffix=chosen.suffix,
        start=chosen.start,
        seen_in=expression,
    )


@transaction.atomic
def move_anchors(*, expression: Expression) -> dict[str, int]:
    """Finds every anchor of the text again in its newest version; returns how many stand in each state."""
    rows = list(Anchor.objects.filter(lineage__work=expression.work).select_related("lineage"))
    found = queries.places(rows, expression)
    counts: dict[str, int] = defaultdict(int)
    for row, spot in zip(rows, found, strict=True):
        row.state, row.seen_in = spot.state, expression
        counts[spot.state] += 1
    Anchor.objects.bulk_update(rows, ["state", "seen_in"], batch_size=500)
    return dict(counts)
