"""A person settles what the reader was not sure of. Only drafts change."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.legaltext import mend as steps
from tequio.legaltext.align import words_of
from tequio.legaltext.models import Expression, Import
from tequio.legaltext.stored import pack, unpack
from tequio.legaltext.tree import Document, walk
from tequio.people.models import Role

CHANGED = gettext_lazy("Alguien cambió este borrador mientras lo veías. Revisa cómo quedó y repite tu cambio.")
STEPS: dict[str, Callable[..., Document]] = {
    "split": steps.split,
    "join": steps.join,
    "lift": steps.lift,
    "lower": steps.lower,
    "relabel": steps.relabel,
    "drop": steps.drop,
}


def _locked(expression: Expression, seen: int | None) -> Import:
    draft = Import.objects.select_for_update().select_related("expression").get(expression=expression)
    if draft.expression.is_public():
        raise ValidationError(_("Esta versión ya está publicada y no cambia. Prepara una nueva."))
    if seen is not None and seen != draft.revision:
        raise ValidationError(CHANGED, code="changed")
    return draft


@transaction.atomic
def mend(
    *,
    expression: Expression,
    step: str,
    eid: str,
    role: Role | None,
    doubt: str = "",
    seen: int | None = None,
    **said: Any,
) -> Import:
    """Does one step of ``mend`` to the structure; ``doubt`` is the key of the doubt that it settles."""
    draft = _locked(expression, seen)
    if step not in STEPS:
        raise ValidationError(_("Ese cambio no existe."))
    if step == "drop":
        said["source"] = draft.source
    before = unpack(draft.tree)
    try:
        changed = STEPS[step](before, eid, **said)
    except steps.Impossible as error:
        raise ValidationError(str(error.words)) from error
    draft.before, draft.tree = draft.tree, pack(changed)
    # An answer stays with the words that it was about, not with a place that may now be another's.
    old, new = ({node.eid: words_of(node) for node in walk(one.nodes)} for one in (before, changed))
    draft.verdicts = {path: said for path, said in draft.verdicts.items() if old.get(path) == new.get(path, "")}
    if doubt:
        _note(draft, doubt, step, role)
    draft.revision += 1
    draft.save()
    return draft


@transaction.atomic
def settle(*, expression: Expression, doubt: str, role: Role | None, seen: int | None = None) -> Import:
    """The person looked, and it is right as it was read."""
    draft = _locked(expression, seen)
    _note(draft, doubt, "kept", role)
    draft.revision += 1
    draft.save()
    return draft


def _note(draft: Import, doubt: str, how: str, role: Role | None) -> None:
    by = role.subject_key() if role else ""
    line = {"key": doubt, "how": how, "on": timezone.localdate().isoformat(), "by": by}
    draft.settled = [row for row in draft.settled if row["key"] != doubt] + [line]


@transaction.atomic
def undo(*, expression: Expression, seen: int | None = None) -> Import:
    """Takes back the last step."""
    draft = _locked(expression, seen)
    if draft.before is None:
        raise ValidationError(_("No hay nada que deshacer."))
    draft.tree, draft.before = draft.before, None
    draft.revision += 1
    draft.save()
    return draft


@transaction.atomic
def answer(
    *,
    expression: Expression,
    path: str,
    kind: str,
    old: tuple[str, ...] = (),
    role: Role | None,
    seen: int | None = None,
) -> Import:
    """Says whether the provision at ``path`` carries on the ``old`` one (``same``) or takes its place (``replaced``)."""
    draft = _locked(expression, seen)
    if kind not in ("same", "replaced") or (kind == "same" and len(old) != 1):
        raise ValidationError(_("Elige una de las respuestas."))
    by = role.subject_key() if role else ""
    draft.verdicts = {**draft.verdicts, path: {"kind": kind, "old": list(old), "by": by}}
    draft.revision += 1
    draft.save()
    return draft
