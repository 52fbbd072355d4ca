"""One's own receipts: what the log promised, to keep and to check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import account_of
from tequio.common.paging import page_of
from tequio.record import kinds
from tequio.record import receipts as promises
from tequio.record.models import Leaf, Receipt

LARGEST = 200_000  # bytes of a receipt file: an act has at most 65,535


@never_cache
@login_required
def receipts(request: HttpRequest) -> HttpResponse:
    """Every receipt of the account, newest first, each with what became of it."""
    rows = Receipt.objects.filter(account=account_of(request)).select_related("act")
    page = page_of(request, rows)
    numbers = dict(Leaf.objects.filter(act__in=[row.act_id for row in page]).values_list("act", "position"))
    shown = [(row, kinds.words(row.act.kind), numbers.get(row.act_id)) for row in page]
    opens = rows.exclude(salt=None).exists()
    return render(request, "record/receipts.html", {"page": page, "receipts": shown, "opens": opens})


@never_cache
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """A receipt as the file to keep."""
    found = get_object_or_404(Receipt.objects.select_related("act"), account=account_of(request), pk=pk)
    response = HttpResponse(promises.file_of(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="constancia-{found.pk}.json"'
    return response


@never_cache
@login_required
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Deletes what shows that the account's acts were its own; ``sure`` is the ticked box."""
    if request.POST.get("sure"):
        promises.forget_person(account_of(request))
        messages.success(request, _("Borrado: desde aquí ya no se puede demostrar que fuiste tú."))
    else:
        messages.error(request, _("Marca la casilla si de verdad quieres borrarlo."))
    return redirect("receipts:list")


@never_cache
@login_required
def check(request: HttpRequest) -> HttpResponse:
    """Whether the log kept what a receipt promises."""
    error, answer = "", None
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None or (file.size or 0) > LARGEST:
            error = _("Elige el archivo de una constancia.")
        else:
            try:
                answer = promises.check(file.read().decode("utf-8", "replace"))
            except ValidationError as wrong:
                error = wrong.messages[0]
    context = {"error": error, "answer": answer}
    return render(request, "record/receipt_check.html", context, status=422 if error else 200)
