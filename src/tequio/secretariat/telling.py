"""Who hears of decisions: followers of the body, of the session and of what is decided."""

from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.notices import topics
from tequio.record.queries import Told
from tequio.secretariat.models import Decision


def register() -> None:
    topics.register("resolution", keys, text=words, followed=True)
    topics.register("decisionrules", rules_keys)


def keys(on: str) -> list[str]:
    """The decision, its session, its body, and the thing that it is about."""
    place, _subject, name = on.split("/", 2)
    number = int(name) if name.isdecimal() else -1
    rows = Decision.objects.filter(jurisdiction__slug=place, number=number)
    found = rows.values_list("session__number", "body__slug", "about").first()
    if found is None:
        return []
    session, body, about = found
    return [on, f"{place}/session/{session}", f"{place}/body/{body}", *([about] if about else [])]


def rules_keys(on: str) -> list[str]:
    """The body whose rules they are."""
    place, _subject, name = on.split("/", 2)
    return [f"{place}/body/{name.rsplit('.', 1)[0]}"]


def words(told: Told) -> str:
    """The question and, at the end, the result in its sentence."""
    state = told.entry.get("state", {})
    question = best(state.get("question"))[0]
    result = best(state.get("outcome", {}).get("sentence"))[0] or str(told.entry.get("why", ""))
    return _("%(question)s %(result)s") % {"question": question, "result": result} if result else question
