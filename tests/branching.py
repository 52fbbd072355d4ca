"""Many random walks at the price of few: a walk goes on for some steps, forks in two, and so again; each branch is taken
back before the next. Every leaf is a walk of the full length, alike to its sister only up to their fork."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from django.db import transaction


class Walker(Protocol):
    """Somebody who walks, and can be put back to where they were."""

    def step(self) -> None: ...
    def here(self) -> Any: ...
    def go_back(self, to: Any) -> None: ...


def leaves(segments: Sequence[int]) -> int:
    """How many walks a tree of these segments has."""
    return 2 ** (len(segments) - 1)


def branches(walker: Walker, segments: Sequence[int]) -> Iterator[None]:
    """Takes ``segments[0]`` steps, forks, and so on; yields at the end of each walk, in the state it led to."""
    for _n in range(segments[0]):
        walker.step()
    if len(segments) == 1:
        yield
        return
    here = walker.here()
    for _branch in range(2):
        with transaction.atomic():
            yield from branches(walker, segments[1:])
            transaction.set_rollback(True)
        walker.go_back(here)
