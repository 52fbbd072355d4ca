"""What of bills can be followed, without an account: one bill, one opinion, a subject, a deputy, a law, all of them.

Subjects, deputies and "all" are no objects of the record: keys of their own stand for them, under which the acts of their
bills are told. Each opinion is told only to whoever follows that very opinion, or a busy bill would fill mailboxes.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.lawmaking.models import Bill, Fate, Remark, Stage
from tequio.lawmaking.queries import sponsor_slug
from tequio.notices import topics
from tequio.notices.topics import Theme
from tequio.record.queries import Told
from tequio.vocabularies import terms

OF_BILL = ("bill-step", "fate", "hearing")
ALL = "todas"


def topic_key(jurisdiction: str, topic: str) -> str:
    """What somebody follows who follows a subject."""
    return f"{jurisdiction}/billtopic/{topic}"


def sponsor_key(jurisdiction: str, name: str) -> str:
    """What somebody follows who follows a deputy (by name or by ``sponsor_slug``)."""
    return f"{jurisdiction}/billsponsor/{sponsor_slug(name)}"


def all_key(jurisdiction: str) -> str:
    """What somebody follows who follows every bill of a place."""
    return f"{jurisdiction}/bills/{ALL}"


def _bill_key(on: str) -> str:
    """The bill that the key of a bill, a step, an answer or a session begins with."""
    place, subject, name = on.split("/", 2)
    return f"{place}/bill/{name if subject == 'bill' else name.rsplit('.', 1)[0]}"


def many_keys(objects: Iterable[str]) -> dict[str, list[str]]:
    """Under which keys acts on these bills, steps, answers and sessions are told, in one query for each place."""
    bills = {on: _bill_key(on) for on in objects}
    codes: dict[str, set[str]] = defaultdict(set)
    for key in bills.values():
        place, _subject, code = key.split("/", 2)
        codes[place].add(code)
    more: dict[str, list[str]] = {}
    for place, wanted in codes.items():
        rows = Bill.public_rows().filter(jurisdiction__slug=place, code__in=wanted)
        for code, law, subjects, sponsors in rows.values_list("code", "law__code", "topics", "sponsors"):
            keys = [f"{place}/work/{law}"] if law else []
            keys += [topic_key(place, topic) for topic in subjects]
            keys += [sponsor_key(place, row["name"]) for row in sponsors]
            more[f"{place}/bill/{code}"] = [*keys, all_key(place)]
    return {on: [key, *more.get(key, [])] for on, key in bills.items()}


def keys(on: str) -> list[str]:
    """The bill, the law that it would change, its subjects, its deputies, and all of them."""
    return many_keys([on])[on]


def remark_keys(on: str) -> list[str]:
    """The opinion, and the one that it replies to."""
    place, _subject, name = on.split("/", 2)
    rows = Remark.objects.filter(jurisdiction__slug=place, number=int(name) if name.isdecimal() else -1)
    parent = rows.values_list("parent__number", flat=True).first()
    return [on, *([f"{place}/remark/{parent}"] if parent else [])]


def _words(told: Told) -> str:
    """What a step, an answer or a session says."""
    state = told.entry.get("state", {})
    if told.subject == "bill-step":
        stage = str(Stage(state["stage"]).label) if state.get("stage") in Stage.values else ""
        return ": ".join(filter(None, (stage, best(state.get("words"))[0])))
    if told.subject == "fate":
        decision = state.get("decision")
        said = str(Fate.Decision(decision).label) if decision in Fate.Decision.values else ""
        return ". ".join(filter(None, (said, best(state.get("reason"))[0])))
    return str(told.entry.get("why", "")) or best(state.get("words"))[0] or str(state.get("title", ""))


def topic_name(place: str, topic: str) -> str:
    """What a subject is called, if some public bill of a place is about it; else empty."""
    known = Bill.public_rows().filter(jurisdiction__slug=place).values_list("topics", flat=True)
    return terms.label("policy_area", topic) if any(topic in found for found in known) else ""


def sponsor_name(place: str, name: str) -> str:
    """What a deputy is called, if some public bill of a place is theirs; else empty."""
    known = Bill.public_rows().filter(jurisdiction__slug=place).values_list("sponsors", flat=True)
    return next((str(row["name"]) for found in known for row in found if sponsor_slug(row["name"]) == name), "")


def _topic(key: str) -> Theme | None:
    place, _subject, name = key.split("/", 2)
    title = topic_name(place, name)
    return Theme(title, _("Iniciativas sobre"), reverse("lawmaking:topic", args=[place, name])) if title else None


def _sponsor(key: str) -> Theme | None:
    place, _subject, name = key.split("/", 2)
    title = sponsor_name(place, name)
    return Theme(title, _("Iniciativas de"), reverse("lawmaking:sponsor", args=[place, name])) if title else None


def _all(key: str) -> Theme | None:
    place, _subject, name = key.split("/", 2)
    if name != ALL:
        return None
    return Theme(_("Todas las iniciativas"), _("Iniciativas de ley"), reverse("lawmaking:bills", args=[place]))


def register() -> None:
    """Tells ``notices``."""
    topics.register("bill", keys, followed=True)
    for subject in OF_BILL:
        topics.register(subject, keys, text=_words)
    topics.read_together(keys, many_keys)
    topics.register("remark", remark_keys, followed=True)
    topics.register_theme("billtopic", _topic)
    topics.register_theme("billsponsor", _sponsor)
    topics.register_theme("bills", _all)
