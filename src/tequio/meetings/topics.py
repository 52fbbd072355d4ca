"""What people can follow of meetings: a body, a session, an agreement; and which acts are told to whoever does."""

from tequio.meetings.models import Agreement, Session
from tequio.notices import topics
from tequio.record.queries import Told


def session_keys(on: str) -> list[str]:
    """The session that the key begins with (``place/minutes/12``), and its body."""
    place, _subject, name = on.split("/", 2)
    number = name.split(".")[0]
    rows = Session.objects.filter(jurisdiction__slug=place, number=int(number) if number.isdigit() else 0)
    body = rows.values_list("body__slug", flat=True).first()
    return [f"{place}/session/{number}", *([f"{place}/body/{body}"] if body else [])]


def body_keys(on: str) -> list[str]:
    """The body that the key begins with (``place/bodyseat/secretariado.3``)."""
    place, _subject, name = on.split("/", 2)
    return [f"{place}/body/{name.split('.')[0]}"]


def agreement_keys(on: str) -> list[str]:
    """The agreement, the session that took it and its body."""
    place, _subject, name = on.split("/", 2)
    rows = Agreement.objects.filter(jurisdiction__slug=place, number=int(name) if name.isdigit() else 0)
    found = rows.values_list("session__number", "body__slug").first()
    return [on, *([f"{place}/session/{found[0]}", f"{place}/body/{found[1]}"] if found else [])]


def agreement_words(told: Told) -> str:
    """The newest note, or the agreement itself where there is none."""
    state = told.entry.get("state", {})
    notes = state.get("notes", [])
    return str(notes[-1]["text"] if notes else state.get("text", ""))


def register() -> None:
    topics.register("body", body_keys, followed=True)
    topics.register("session", session_keys, followed=True)
    topics.register("minutes", session_keys)
    topics.register("session_document", session_keys)
    topics.register("bodyseat", body_keys)
    topics.register("holder", body_keys)
    topics.register("agreement", agreement_keys, text=agreement_words, followed=True)
