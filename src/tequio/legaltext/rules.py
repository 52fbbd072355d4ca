"""Who may bring in, mend and publish legal texts: the secretariat, and whom the apps above add (a congress's staff)."""

from collections.abc import Callable
from typing import Any

import rules

from tequio.people.rules import in_secretariat

Says = Callable[[Any, Any], bool]
_more: list[Says] = []


def also(says: Says) -> None:
    """Adds people: ``says(account, obj)`` on a jurisdiction, a work or a version. Call it from ``apps.py``."""
    if says not in _more:
        _more.append(says)


@rules.predicate
def is_added(account: Any, obj: Any = None) -> bool:
    """An app above lets this account work on this text."""
    return any(says(account, obj) for says in _more)


rules.add_perm("legaltext.edit_texts", in_secretariat | is_added)
