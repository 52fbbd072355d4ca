"""Reads about calls, their volunteers and their places."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from tequio.common.i18n import best
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.models import Act, Checkpoint
from tequio.sortition import sorteo
from tequio.sortition.models import Call, Seat, Volunteer

FEW = 5  # a group with fewer volunteers is not counted on its own


def calls_of(jurisdiction: Jurisdiction) -> QuerySet[Call]:
    """All calls, drafts included, newest first."""
    return (
        Call.objects.filter(jurisdiction=jurisdiction)
        .select_related("jurisdiction", "plan__jurisdiction")
        .defer("file")
        .order_by("-number")
    )


def public_calls(jurisdiction: Jurisdiction) -> QuerySet[Call]:
    """The calls that anybody may see, newest first."""
    return Call.public_rows().filter(jurisdiction=jurisdiction).order_by("-number")


def next_number(jurisdiction: Jurisdiction) -> int:
    return (Call.objects.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0) + 1


def of_plan(plan: Plan) -> QuerySet[Call]:
    """The public calls for a plan's committee, newest first."""
    return Call.public_rows().filter(plan=plan).order_by("-number")


def closing_seal(call: Call) -> Checkpoint | None:
    """The first seal of the record that covers the act by which the call was closed; None before it is made."""
    closed = Act.objects.filter(on=call.subject_key(), kind="call.closed").order_by("-rev").first()
    position = getattr(getattr(closed, "numbered", None), "position", None) if closed else None
    if position is None:
        return None
    return Checkpoint.objects.filter(size__gt=position).order_by("id").first()


def published_quotas(call: Call) -> dict[tuple[str, str], int]:
    """The places promised beforehand, by dimension and category; without those of nobody."""
    return {
        (stratum["key"], category["key"]): category["places"]
        for stratum in call.strata
        for category in stratum["categories"]
        if category["places"]
    }


def counts_of(call: Call, volunteers: list[Volunteer]) -> list[dict[str, Any]]:
    """How many volunteers each category has; categories of fewer than ``FEW`` are put together with who did not say."""
    found = []
    for stratum in call.strata:
        said = Counter(person.answers.get(stratum["key"], "") for person in volunteers)
        shown = [
            {"category": category["key"], "people": said[category["key"]]}
            for category in stratum["categories"]
            if said[category["key"]] >= FEW
        ]
        rest = len(volunteers) - sum(row["people"] for row in shown)
        found.append({"dimension": stratum["key"], "categories": shown, "others": rest})
    return found


def strata_rows(call: Call) -> list[dict[str, Any]]:
    """The dimensions with what was promised, who came, and what is in force since closing, for the call's page."""
    quotas = {(row["dimension"], row["category"]): row["places"] for row in call.quotas}
    counts = {
        row["dimension"]: ({c["category"]: c["people"] for c in row["categories"]}, row["others"])
        for row in call.counts
    }
    closed = call.status in (Call.Status.CLOSED, Call.Status.DRAWN)
    rows = []
    for stratum in call.strata:
        people, others = counts.get(stratum["key"], ({}, 0))
        categories = [
            {
                "label": best(category["label"])[0],
                "places": category["places"],
                "people": people.get(category["key"]),
                "in_force": quotas.get((stratum["key"], category["key"]), 0) if closed else category["places"],
            }
            for category in stratum["categories"]
        ]
        free = call.places - sum(category["places"] for category in stratum["categories"])
        rows.append({"label": best(stratum["label"])[0], "categories": categories, "others": others, "free": free})
    return rows


def seats_of(call: Call) -> list[Seat]:
    """Members, then alternates, each in their order."""
    rows = Seat.objects.filter(call=call).select_related("call__jurisdiction", "call__plan", "role", "volunteer")
    return list(rows.order_by("is_alternate", "order"))


def overdue(today: dt.date) -> QuerySet[Seat]:
    """The people who were asked and did not answer in time."""
    return Seat.public_rows().filter(status=Seat.Status.ASKED, answer_by__lt=today)


def was_lowered(call: Call) -> bool:
    """Whether too few came for the places that were promised, so that the formula lowered them at closing."""
    if call.status not in (Call.Status.CLOSED, Call.Status.DRAWN):
        return False
    kept = {(row["dimension"], row["category"]): row["places"] for row in call.quotas}
    return kept != published_quotas(call)


Kinds = dict[int, tuple[tuple[str, str], ...]]


def kinds_of(call: Call, volunteers: list[Volunteer]) -> Kinds:
    """For each volunteer (by place in the list) the quotas that they count for, as the formula wants them."""
    promised = published_quotas(call)
    return {
        n: tuple(sorted(pair for pair in person.answers.items() if pair in promised))
        for n, person in enumerate(volunteers, 1)
    }


def shortfalls(call: Call, volunteers: list[Volunteer]) -> list[str]:
    """What could not be kept with these volunteers, each in a sentence with what the formula would lower it to."""
    if len(volunteers) < call.places:
        return [
            _("Hay %(people)s personas confirmadas y %(places)s lugares: da más tiempo a la convocatoria.")
            % {"people": len(volunteers), "places": call.places}
        ]
    promised, kinds = published_quotas(call), kinds_of(call, volunteers)
    kept = sorteo.nearest(kinds, call.places, promised)
    found = []
    for stratum in call.strata:
        for category in stratum["categories"]:
            quota = (stratum["key"], category["key"])
            if kept.get(quota, 0) < promised.get(quota, 0):
                found.append(
                    _("«%(group)s: %(name)s» promete %(places)s y hay %(people)s: al cerrar bajaría a %(kept)s.")
                    % {
                        "group": best(stratum["label"])[0],
                        "name": best(category["label"])[0],
                        "places": promised[quota],
                        "people": sum(quota in kind for kind in kinds.values()),
                        "kept": kept.get(quota, 0),
                    }
                )
    return found
