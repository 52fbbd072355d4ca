"""The summary for the commission, as a page and as a document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.common.paging import page_of
from tequio.lawmaking import queries, summary
from tequio.lawmaking.views.public import SECTION, find_bill

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Most discussed places, and what was said of each."""
    bill = find_bill(request, code)
    context = {
        **SECTION,
        "bill": bill,
        "rows": page_of(request, summary.groups(bill), 10),
        "figures": queries.figures(bill, timezone.localdate()),
    }
    return render(request, "lawmaking/summary.html", context)


def docx(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The same to take along."""
    bill = find_bill(request, code)
    answer = HttpResponse(summary.as_docx(bill), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="opiniones-{bill.code}.docx"'
    return answer
