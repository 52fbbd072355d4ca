"""A moment that stands still. While a copy of the portal is made nothing moves, so what was asked once need not be asked again
for the same page in the other language, or for the act, its bytes and its proof."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

Ask = TypeVar("Ask", bound=Callable[..., Any])
# Gets what names a question and a function that asks it; gives the answer.
Keeper = Callable[[Hashable, Callable[[], Any]], Any]

_keeper: Keeper | None = None


def remembered(ask: Ask) -> Ask:
    """Has a question asked once while a moment stands still; at all other times it is asked each time.

    Only for functions whose answer hangs on their positional, hashable arguments and on the database: not on the reader, the
    language or the day. The answer is one that can be pickled, and nobody finds it missing by an exception.
    """

    @wraps(ask)
    def asked(*args: Any) -> Any:
        return ask(*args) if _keeper is None else _keeper((ask, args), lambda: ask(*args))

    return asked  # type: ignore[return-value]


@contextmanager
def standing(keeper: Keeper) -> Iterator[None]:
    """The moment stands still for this process, and ``keeper`` keeps what was asked."""
    global _keeper
    before, _keeper = _keeper, keeper
    try:
        yield
    finally:
        _keeper = before
