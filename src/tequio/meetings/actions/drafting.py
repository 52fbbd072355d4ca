"""The minutes as they are written, on one page, during the session: kept as sent, checked when they go to review."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.meetings.models import Minutes, MinutesEntry, Session
from tequio.record.append import CHANGED

ENTRY = ("kind", "who", "text", "named")
AGREEMENT = ("text", "owner", "due")
MOST = 200  # rows of one item


@transaction.atomic
def save_draft(*, minutes: Minutes, draft: dict[str, Any], revision: int) -> Minutes:
    """Keeps what is being written. ``draft`` is ``{"items": {agenda number: {"entries": [{kind, who, text, named}],
    "agreements": [{text, owner, due}]}}}``; ``who`` is ``""`` or ``a<attendance>``, ``owner`` ``""``, ``s<seat number>`` or
    ``o<organisation>``; nothing has to be complete.

    Raises ``ValidationError``, with code ``changed`` when somebody saved meanwhile, and when the minutes are no longer a
    draft.
    """
    held = Minutes.objects.select_for_update().select_related("session").get(pk=minutes.pk)
    if held.state != Minutes.State.DRAFT or held.session.state not in (Session.State.OPEN, Session.State.HELD):
        raise ValidationError(_("El acta ya no se edita: está en revisión o aprobada."))
    kept = {"items": {str(key): _item(value) for key, value in draft.get("items", {}).items()}}
    if held.revision == revision:
        held.draft, held.revision = kept, revision + 1
        held.save(update_fields=["draft", "revision"])
    elif held.revision != revision + 1 or held.draft != kept:  # a page whose answer was lost sends the same again
        raise ValidationError(CHANGED, code="changed")
    minutes.draft, minutes.revision = held.draft, held.revision
    return minutes


def _item(value: dict[str, Any]) -> dict[str, Any]:
    kinds = set(MinutesEntry.Kind.values)
    entries = [
        {**_picked(row, ENTRY), "kind": row.get("kind") if row.get("kind") in kinds else "statement"}
        for row in value.get("entries", [])[:MOST]
        if str(row.get("text", "")).strip()
    ]
    agreements = [
        _picked(row, AGREEMENT) for row in value.get("agreements", [])[:MOST] if str(row.get("text", "")).strip()
    ]
    return {"entries": entries, "agreements": agreements}


def _picked(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: bool(row.get(name)) if name == "named" else str(row.get(name) or "") for name in names}
