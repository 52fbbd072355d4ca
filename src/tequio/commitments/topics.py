"""What people can follow here, and which acts are told to whoever follows it."""

from collections.abc import Iterable

from django.db.models import Q

from tequio.commitments.models import Activity, Commitment
from tequio.notices import topics


def commitment_keys(on: str) -> list[str]:
    """The commitment that the key begins with (``place/evidence/code.3``), and its plan."""
    return keys_of_commitments([on])[on]


def keys_of_commitments(objects: Iterable[str]) -> dict[str, list[str]]:
    """The same for many objects, in one query."""
    wanted = {on: _named(on) for on in objects}
    rows = Commitment.objects.filter(_any("code", wanted.values()))
    plans = {
        (place, code): plan for place, code, plan in rows.values_list("jurisdiction__slug", "code", "plan__number")
    }
    return {
        on: [f"{place}/commitment/{code}", *([f"{place}/plan/{plans[place, code]}"] if (place, code) in plans else [])]
        for on, (place, code) in wanted.items()
    }


def activity_keys(on: str) -> list[str]:
    """The activity that the key begins with (``place/report/12.3``), its commitment and their plan."""
    return keys_of_activities([on])[on]


def keys_of_activities(objects: Iterable[str]) -> dict[str, list[str]]:
    """The same for many objects, in one query."""
    wanted = {on: _named(on) for on in objects}
    rows = Activity.objects.filter(_any("number", [one for one in wanted.values() if one[1].isdigit()]))
    above = {
        (place, str(number)): [f"{place}/commitment/{code}", f"{place}/plan/{plan}"]
        for place, number, code, plan in rows.values_list(
            "jurisdiction__slug", "number", "commitment__code", "commitment__plan__number"
        )
    }
    return {on: [f"{place}/activity/{n}", *above.get((place, n), [])] for on, (place, n) in wanted.items()}


def _named(on: str) -> tuple[str, str]:
    """The jurisdiction of a key, and the first part of its last word."""
    place, _subject, name = on.split("/", 2)
    return place, name.split(".")[0]


def _any(column: str, named: Iterable[tuple[str, str]]) -> Q:
    """Any of the named objects; a clause for each jurisdiction."""
    by_place: dict[str, list[str]] = {}
    for place, name in named:
        by_place.setdefault(place, []).append(name)
    found = Q(pk__in=[])
    for place, names in by_place.items():
        found |= Q(jurisdiction__slug=place, **{f"{column}__in": names})
    return found


def plan_keys(on: str) -> list[str]:
    """The plan that the key begins with (``place/document/2.1``)."""
    place, _subject, name = on.split("/", 2)
    return [f"{place}/plan/{name.split('.')[0]}"]


def register() -> None:
    topics.read_together(commitment_keys, keys_of_commitments)
    topics.read_together(activity_keys, keys_of_activities)
    topics.register("plan", plan_keys, followed=True)
    topics.register("document", plan_keys)
    topics.register("manual", plan_keys)
    topics.register("commitment", commitment_keys, followed=True)
    for subject in ("indicator", "value", "money", "evidence", "roadmap"):
        topics.register(subject, commitment_keys)
    topics.register("activity", activity_keys, followed=True)
    topics.register("pause", activity_keys)
