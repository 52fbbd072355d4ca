"""Whose words are in a version: the wordings proposed before it are held against it."""

from tequio.lawmaking.models import Bill, Remark
from tequio.legaltext.actions.origins import Contribution, suggest_origins
from tequio.legaltext.models import Expression, Origin


def suggest(*, bill: Bill, expression: Expression) -> list[Origin]:
    """Suggests which changed words of a version of the bill's text came from wordings shown before that version.

    Only for the congress's people to confirm; the words of the earlier version credit nobody (the engine sees to that).
    """
    rows = Remark.public_rows().filter(bill=bill, kind=Remark.Kind.WORDING, sight=Remark.Sight.SHOWN)
    rows = rows.filter(published_on__lte=expression.date, anchor__isnull=False).order_by("number")
    proposals = [
        Contribution(row.subject_key(), row.anchor.lineage, row.base, row.wording) for row in rows if row.anchor
    ]
    return suggest_origins(expression=expression, contributions=proposals)
