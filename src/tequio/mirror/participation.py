"""The public pages of opinion groups and labs that belong in every copy."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tequio.labs import queries as labs
from tequio.mirror.registry import View
from tequio.opinions import queries as opinions
from tequio.opinions.models import Result
from tequio.places.models import Jurisdiction

Args = dict[str, Any]
Each = Callable[..., Callable[[], Iterator[Args]]]

ASKING = tuple(f"opinions:{name}" for name in ("vote", "propose", "mine", "enter"))
SECRET = ("opinions:confirm", "labs:capture", "labs:send", "labs:worker")


def _results(place: Jurisdiction) -> Iterable[Args]:
    rows = Result.public_rows().filter(conversation__jurisdiction=place)
    return [{"number": row.conversation.number, "result": row.number} for row in rows]


def views(each: Each) -> list[View]:
    """The views, each with the arguments of its pages."""
    conversations = each(lambda place: [{"number": row.number} for row in opinions.public(place)])
    return [
        View("opinions:conversations", each(), (), ("pagina",)),
        View("opinions:method", each()),
        View("opinions:conversation", conversations),
        View("opinions:result_json", each(_results)),
        View("opinions:result_csv", each(_results)),
        View("labs:labs", each(), (), ("pagina",)),
        View("labs:lab", each(lambda place: [{"number": row.number} for row in labs.public(place)]), (), ("pagina",)),
    ]
