"""What people can follow here, and which acts are told to whoever follows it."""

from tequio.commitments.models import Activity, Commitment
from tequio.notices import topics


def commitment_keys(on: str) -> list[str]:
    """The commitment that the key begins with (``place/evidence/code.3``), and its plan."""
    place, _subject, name = on.split("/", 2)
    code = name.split(".")[0]
    rows = Commitment.objects.filter(jurisdiction__slug=place, code=code)
    plan = rows.values_list("plan__number", flat=True).first()
    return [f"{place}/commitment/{code}", *([f"{place}/plan/{plan}"] if plan is not None else [])]


def activity_keys(on: str) -> list[str]:
    """The activity that the key begins with (``place/report/12.3``), its commitment and their plan."""
    place, _subject, name = on.split("/", 2)
    number = name.split(".")[0]
    rows = Activity.objects.filter(jurisdiction__slug=place, number=int(number) if number.isdigit() else -1)
    found = rows.values_list("commitment__code", "commitment__plan__number").first()
    keys = [f"{place}/commitment/{found[0]}", f"{place}/plan/{found[1]}"] if found else []
    return [f"{place}/activity/{number}", *keys]


def plan_keys(on: str) -> list[str]:
    """The plan that the key begins with (``place/document/2.1``)."""
    place, _subject, name = on.split("/", 2)
    return [f"{place}/plan/{name.split('.')[0]}"]


def register() -> None:
    topics.register("plan", plan_keys, followed=True)
    topics.register("document", plan_keys)
    topics.register("manual", plan_keys)
    topics.register("commitment", commitment_keys, followed=True)
    for subject in ("indicator", "value", "money", "evidence", "roadmap"):
        topics.register(subject, commitment_keys)
    topics.register("activity", activity_keys, followed=True)
    topics.register("pause", activity_keys)
