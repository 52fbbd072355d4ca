"""Lists of an institution: its activities to report on, and its evidence that waits for a public copy."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.commitments.actions.evidence import replace_with_redacted
from tequio.commitments.models import Evidence
from tequio.common.access import here, require
from tequio.common.paging import page_of
from tequio.documents.actions import keep
from tequio.documents.views import answer
from tequio.monitoring import to_report
from tequio.monitoring.models import ReportDraft
from tequio.monitoring.report_forms import RedactedForm
from tequio.people.acting import actor_for


@never_cache
def reports(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The institution's activities, most urgent first."""
    require(request, "monitoring.work_reports", here(request))
    role, today = request.role, timezone.localdate()  # type: ignore[attr-defined]
    steps = to_report.own_steps(role, today)
    counts = {key: sum(to_report.group_of(step) == key for step in steps) for key, _word in to_report.GROUPS if key}
    group = request.GET.get("cuales", "")
    group = group if group in counts else ""
    page = page_of(request, [step for step in steps if not group or to_report.group_of(step) == group])
    activities = [step.activity for step in page.object_list]
    drafts = ReportDraft.objects.filter(activity__in=activities, discarded=None, revision__gt=0)
    context = {
        "page": page,
        "today": today,
        "group": group,
        "drafts": set(drafts.values_list("activity", flat=True)),
        "chips": [
            {
                "label": word,
                "url": f"?cuales={key}" if key else request.path,
                "current": key == group,
                "count": counts.get(key, len(steps)),
            }
            for key, word in to_report.GROUPS
        ],
        "held": to_report.held_back(role).count(),
        "steps": steps,
    }
    return render(request, "monitoring/work/reports.html", context)


@never_cache
def held(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What waits for a copy without personal data."""
    require(request, "monitoring.work_reports", here(request))
    rows = to_report.held_back(request.role)  # type: ignore[attr-defined]
    return render(request, "monitoring/work/held.html", {"page": page_of(request, rows)})


def _piece(request: HttpRequest, code: str, number: int) -> Evidence:
    rows = Evidence.objects.filter(commitment__jurisdiction=here(request), commitment__status="published")
    rows = rows.select_related("commitment__plan", "commitment__jurisdiction", "activity", "blob")
    found = get_object_or_404(rows, commitment__code=code, number=number)
    require(request, "monitoring.replace_evidence", found)
    return found


@never_cache
def held_piece(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A piece that is held back, and the way to publish it without its personal data."""
    piece = _piece(request, code, number)
    form = RedactedForm(request.POST or None, request.FILES or None, initial={"quote": piece.quote})
    if request.method == "POST" and piece.personal_data and form.is_valid():
        try:
            blob = keep(upload=form.cleaned_data["file"])
            replace_with_redacted(evidence=piece, file=blob, quote=form.cleaned_data["quote"], by=actor_for(request))
        except ValidationError as error:
            form.add_error(None if hasattr(error, "error_dict") else "file", error)
        else:
            messages.success(request, _("Listo: ya es pública, con la copia sin datos personales."))
            return redirect("commitments:evidence", jurisdiction=jurisdiction, code=code, number=number)
    context = {"piece": piece, "form": form}
    return render(request, "monitoring/work/held_piece.html", context, status=422 if form.errors else 200)


def held_file(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse | FileResponse:
    """The file that is held back, for the institution that handed it in; nobody else, the committee neither."""
    piece = _piece(request, code, number)
    if not piece.personal_data or piece.blob is None or not piece.blob.path.exists():
        raise Http404
    return answer(piece.blob, is_private=True)
