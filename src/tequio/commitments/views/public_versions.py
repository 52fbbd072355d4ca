"""The versions of a commitment's road map and what changed between any two, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.commitments import reading
from tequio.commitments.document import difference
from tequio.commitments.models import RoadmapVersion
from tequio.commitments.views.public import commitment_at


def version(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A commitment as it stood in one version of its road map, whole, with what has changed since."""
    found = commitment_at(request, code)
    versions = list(found.versions.all())
    chosen = _numbered(versions, number)
    current, before = versions[-1], next((v for v in reversed(versions) if v.number < number), None)
    context = {
        "section": "board",
        "commitment": found,
        "plan": found.plan,
        "version": chosen,
        "versions": versions,
        "current": current,
        "before": before,
        "document": chosen.document,
        "fields": reading.own_fields(chosen.document),
        "parts": reading.parts(chosen.document),
        "made": difference(before.document, chosen.document) if before else [],
        "since": difference(chosen.document, current.document) if chosen.pk != current.pk else [],
        "is_current": chosen.pk == current.pk,
    }
    return render(request, "commitments/version.html", context)


def changes(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """What changed from one version to another (``?de=1&a=3``); without numbers, from the first to the current one."""
    found = commitment_at(request, code)
    versions = list(found.versions.all())
    if not versions:
        raise Http404
    older = _numbered(versions, request.GET.get("de") or versions[0].number)
    newer = _numbered(versions, request.GET.get("a") or versions[-1].number)
    context = {
        "section": "board",
        "commitment": found,
        "plan": found.plan,
        "versions": versions,
        "older": older,
        "newer": newer,
        "between": [v for v in versions if older.number < v.number <= newer.number],
        "changes_list": difference(older.document, newer.document),
    }
    return render(request, "commitments/changes.html", context)


def _numbered(versions: list[RoadmapVersion], number: int | str) -> RoadmapVersion:
    for version in versions:
        if str(version.number) == str(number):
            return version
    raise Http404
