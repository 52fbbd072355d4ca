"""Work page that loads whole plans from a file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from tequio.commitments import forms
from tequio.commitments.document.load import FaultsFound, LoadReport, load, say_absent
from tequio.commitments.document.reader import Found, read
from tequio.common.access import here, require
from tequio.people.acting import actor_for

MANAGE = "plans.manage_plans"


@never_cache
def upload(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Loads a whole plan from a file: all of it, or nothing and every fault with its place."""
    require(request, MANAGE, here(request))
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    reports: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        file, accept = form.cleaned_data["file"], form.cleaned_data["accept_known_faults"]
        try:
            reports, faults = _load_all(
                request, read(file.name, file.read(), member=form.cleaned_data["member"]), accept
            )
        except ValidationError as error:
            faults = error.messages
    context = {"form": form, "faults": faults, "reports": reports}
    return render(request, "commitments/work/upload.html", context, status=422 if faults or form.errors else 200)


def _load_all(request: HttpRequest, plans: list[Found], accept: bool) -> tuple[list[dict[str, Any]], list[str]]:
    """Every plan of the file or none: what was loaded, or every fault as a sentence with its place."""
    faults: list[str] = []
    reports = []
    with transaction.atomic():
        for found in plans:
            try:
                with transaction.atomic():
                    report = load(
                        found.document,
                        jurisdiction=here(request),
                        by=actor_for(request),
                        accept_known_faults=accept,
                    )
                    reports.append(_told(found, report))
            except FaultsFound as error:
                faults += [found.say(fault) for fault in error.faults]
            except ValidationError as error:
                faults += error.messages
        if faults:
            transaction.set_rollback(True)
            reports = []
    return reports, faults


def _told(found: Found, report: LoadReport) -> dict[str, Any]:
    """What the page says of a plan that was loaded: with what the reader of the file understood in its own way."""
    remarks = [*found.remarks, *([say_absent(report.absent_files)] if report.absent_files else [])]
    return {"done": report, "remarks": remarks, "flagged": [found.say(fault) for fault in report.flagged]}
