"""Who may open and change jurisdictions."""

from typing import Any

import rules


@rules.predicate
def is_operator(account: Any, obj: Any = None) -> bool:
    """Whoever runs the installation. Opens territories; has no say in plans, decisions or lights."""
    return bool(getattr(account, "is_active", False) and getattr(account, "is_staff", False))


rules.add_perm("places.create_jurisdiction", is_operator)
