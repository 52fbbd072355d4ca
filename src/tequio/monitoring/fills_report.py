"""What reporting puts on public pages: the way in for whoever may report, and links that have no copy yet."""

from typing import Any

from django.http import HttpRequest

from tequio.commitments.models import Activity, Evidence, Indicator
from tequio.common.access import may
from tequio.monitoring.models import UnarchivedLink
from tequio.monitoring.to_report import why_not

Filled = tuple[str, dict[str, Any]]


def report_button(request: HttpRequest, activity: Activity) -> Filled | None:
    """Only for those who may report; the page of everybody else does not change by a byte."""
    if not request.user.is_authenticated or not request.user.has_perm("monitoring.report_progress", activity):
        return None
    return "monitoring/parts/report_button.html", {"activity": activity, "why": why_not(activity)[0]}


def values_to_verify(request: HttpRequest, indicator: Indicator) -> Filled | None:
    """Only for members of the committee who may: the values of the indicator that nobody verified yet."""
    waiting = [row for row in indicator.values.all() if not row.verified]
    if not waiting or not may(request, "monitoring.verify_value", indicator):
        return None
    return "monitoring/parts/values_to_verify.html", {"indicator": indicator, "values": waiting}


def without_copy(request: HttpRequest, piece: Evidence) -> Filled | None:
    """That the address is still asked for its copy."""
    if piece.blob_id or not piece.url or not UnarchivedLink.objects.filter(evidence=piece).exists():
        return None
    return "monitoring/parts/without_copy.html", {}
