"""The public pages of co-creation that belong in every copy."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tequio.cocreation import queries
from tequio.cocreation.models import DraftVersion
from tequio.mirror.registry import View
from tequio.places.models import Jurisdiction

Args = dict[str, Any]
Each = Callable[..., Callable[[], Iterator[Args]]]

ASKING = tuple(
    f"cocreation:{name}"
    for name in ("propose", "propose_in", "contribute", "join", "comment", "support", "translate", "sent")
)
SECRET = ("cocreation:resend", "cocreation:confirm", "cocreation:mine")


def _numbers(rows: Callable[[Jurisdiction], Iterable[Any]]) -> Callable[[Jurisdiction], Iterable[Args]]:
    return lambda place: [{"number": row.number} for row in rows(place)]


def _versions(place: Jurisdiction) -> Iterable[Args]:
    rows = DraftVersion.public_rows().filter(draft__jurisdiction=place)
    return [{"number": row.draft.number, "version": row.number} for row in rows]


def views(each: Each) -> list[View]:
    """The views, each with the arguments of its pages."""
    calls, drafts = _numbers(queries.calls), _numbers(queries.drafts)
    given = _numbers(queries.contributions)
    shown = _numbers(lambda place: queries.contributions(place).filter(sight="shown"))
    return [
        View("cocreation:home", each()),
        View("cocreation:call", each(calls)),
        View("cocreation:priorities", each(calls)),
        View("cocreation:priorities_csv", each(calls)),
        View("cocreation:problems", each(), ("orden",), ("pagina",)),
        View("cocreation:problem", each(_numbers(queries.problems)), (), ("pagina", "comentarios")),
        View("cocreation:table", each(_numbers(queries.tables)), (), ("pagina",)),
        View("cocreation:contributions", each(), ("estado", "convocatoria", "mesa", "orden"), ("pagina",)),
        View("cocreation:contribution", each(given), (), ("comentarios",)),
        View("cocreation:certificate", each(shown)),
        View("cocreation:responses", each(), (), ("pagina",)),
        View("cocreation:draft", each(drafts), ("parte",), ("comentarios",)),
        View("cocreation:version", each(_versions)),
        View("cocreation:ledger", each(), (), ("pagina",)),
        View("cocreation:register", each(), (), ("pagina",)),
    ]
