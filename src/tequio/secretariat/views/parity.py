"""Parity and the minimum requirements, for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.access import here
from tequio.common.bars import bars, lines
from tequio.common.tables import csv_answer
from tequio.meetings import queries as meetings
from tequio.meetings.models import Attendance, Body
from tequio.plans.queries import public_plans
from tequio.secretariat import deciding, requirements
from tequio.secretariat.parity import MEANINGS, MEASURES, Parity, of_body, rows_of
from tequio.secretariat.wording import HOUSES
from tequio.vocabularies import terms


def _body(request: HttpRequest) -> tuple[Body | None, list[Body]]:
    """The body that the address asks for, else the secretariat in office; and all of them."""
    place = here(request)
    every = list(meetings.bodies(place))
    wanted = request.GET.get("organo", "")
    found = next((body for body in every if body.slug == wanted), None)
    return found or meetings.secretariat_of(place, timezone.localdate()), every


def _gender(told: dict[str, Any]) -> list[tuple[str, Any]]:
    """Words and count of each gender; an empty count where the group is too small to be counted."""
    rows = [(str(Attendance.Gender(key).label), n) for key, n in told.get("groups", {}).items()]
    return rows + [(str(Attendance.Gender(key).label), "") for key in told.get("few", [])]


def _context(found: Parity) -> dict[str, Any]:
    measures = [
        {
            "words": MEASURES[one.key],
            "meaning": MEANINGS[one.key],
            "one": one,
            "picture": bars(
                [(str(HOUSES[deciding.CIVIL]), one.civil, ""), (str(HOUSES[deciding.GOVERNMENT]), one.government, "")],
                str(MEASURES[one.key]),
            ),
            "sectors": [(HOUSES[side], terms.label("sector", sector), n) for side, sector, n in one.sectors],
        }
        for one in found.measures
    ]
    presence = [
        (str(HOUSES[house]), [line.side("presence", house) for line in found.lines]) for house in deciding.HOUSES
    ]
    seats = found.civil_seats + found.government_seats
    return {
        "parity": found,
        "measures": measures,
        "seat_percent": round(100 * found.civil_seats / seats) if seats else 0,
        "over_time": lines(
            [line.session.day.isoformat() for line in found.lines], presence, _("Asientos representados")
        ),
        "sessions": [
            (
                line,
                [
                    (words, line.side(key, deciding.CIVIL), line.side(key, deciding.GOVERNMENT))
                    for key, words in MEASURES.items()
                ],
            )
            for line in reversed(found.lines)
        ],
        "heads": list(MEASURES.values()),
        "genders": _gender(found.present_by_gender),
        "gender_lines": [
            (line, _gender({"groups": line.genders, "few": line.few_genders}))
            for line in reversed(found.lines)
            if line.genders or line.few_genders
        ],
        "spoken": _gender(found.speech_by_gender),
    }


def parity(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who is there, speaks, proposes, votes and facilitates, on each side, over time."""
    body, every = _body(request)
    context = {
        "section": "sessions",
        "body": body,
        "bodies": every,
        **(_context(of_body(body)) if body else {}),
    }
    return render(request, "secretariat/parity.html", context)


def parity_csv(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The same figures, a row for each session, measure and sector."""
    body, _every = _body(request)
    heads = ("session", "date", "measure", "side", "sector", "count")
    return csv_answer("paridad", heads, rows_of(of_body(body)) if body else [])


def requirements_page(request: HttpRequest) -> dict[str, Any]:
    """The plan that the address asks for, and every requirement by group."""
    place, today = here(request), timezone.localdate()
    plans = list(public_plans(place))
    wanted = request.GET.get("plan", "")
    plan = next((row for row in plans if str(row.number) == wanted), plans[0] if plans else None)
    if plan is None:
        return {"plan": None, "plans": []}
    found = requirements.evaluate(requirements.Context(plan, meetings.secretariat_of(place, today), today))
    groups = [
        (words, [(one, finding) for one, finding in found if one.group == key])
        for key, words in requirements.GROUPS.items()
    ]
    states = [finding.state for _one, finding in found]
    counts = [
        {"count": states.count(state), "word": requirements.WORDS[state], "colour": requirements.COLOURS[state]}
        for state in requirements.WORDS
        if states.count(state)
    ]
    return {"plan": plan, "plans": plans, "groups": groups, "counts": counts, "today": today}


def requirements_(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """OGP's minimum requirements one by one: met, at risk, failed or not known, with evidence and what to do next."""
    return render(request, "secretariat/requirements.html", {"section": "sessions", **requirements_page(request)})
