"""The commission's people say whose words came into the newest text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from tequio.common.forms import taken
from tequio.common.paging import page_of
from tequio.lawmaking import actions, letters, queries
from tequio.lawmaking.forms import CreditForm
from tequio.lawmaking.models import Bill
from tequio.lawmaking.views.public import SECTION
from tequio.lawmaking.views.work import find_for_work
from tequio.legaltext import actions as texts
from tequio.legaltext.models import Origin
from tequio.people.acting import actor_for


@never_cache
def origins(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Whose words came into the newest text: suggested by likeness, or named by hand, and always said by a person."""
    bill = find_for_work(request, code)
    newest = queries.newest_text(bill)
    by_hand = request.POST.get("hacer") == "nombrar"
    form = CreditForm(request.POST if by_hand else None, bill=bill, expression=newest)
    if request.method == "POST" and newest is not None:
        if not by_hand:
            _judged(request, bill, newest)
        if not by_hand or taken(form, lambda data: _name(request, bill, newest, data)):
            return redirect("lawmaking:origins", jurisdiction=jurisdiction, code=code)
    context = {
        **SECTION,
        "bill": bill,
        "newest": newest,
        "compares": newest is not None and newest.supersedes_id is not None,
        "rows": page_of(request, queries.credits(bill, newest, Origin.Verdict.SUGGESTED) if newest else []),
        "done": queries.credits(bill, newest) if newest else [],
        "form": form,
    }
    return render(request, "lawmaking/work/origins.html", context, status=422 if form.errors else 200)


def _said(request: HttpRequest, reason: str) -> dict[str, Any]:
    return {"role": request.role, "by": actor_for(request), "reason": reason}  # type: ignore[attr-defined]


def _name(request: HttpRequest, bill: Bill, newest: Any, data: dict[str, Any]) -> None:
    """Names words that likeness did not find, and tells their author."""
    origin = texts.credit_by_hand(
        expression=newest,
        path=data["place"],
        passage=data["passage"],
        contribution=data["remark"].subject_key(),
        **_said(request, data["reason"]),
    )
    letters.tell_credited(bill, origin)
    messages.success(request, _("Confirmado: ya es público, y le escribimos a quien lo propuso."))


def _judged(request: HttpRequest, bill: Bill, newest: Any) -> None:
    """Suggests, confirms, rejects or takes back, as the button says, and tells whoever pressed it."""
    try:
        messages.success(request, _judge(request, bill, newest))
    except ValidationError as error:
        messages.error(request, error.messages[0])


def _judge(request: HttpRequest, bill: Bill, newest: Any) -> str:
    if request.POST.get("hacer") == "buscar":
        found = actions.suggest(bill=bill, expression=newest)
        return ngettext("Encontramos %(n)s pasaje.", "Encontramos %(n)s pasajes.", len(found)) % {"n": len(found)}
    number = request.POST.get("origen", "")
    origin = get_object_or_404(Origin, expression=newest, number=int(number) if number.isdecimal() else 0)
    said = _said(request, request.POST.get("motivo", ""))
    if request.POST.get("hacer") == "confirmar":
        texts.confirm_origin(origin=origin, **said)
        letters.tell_credited(bill, origin)
        return _("Confirmado: ya es público, y le escribimos a quien lo propuso.")
    was_public = origin.is_public()
    texts.reject_origin(origin=origin, **said)
    return _("Retirado: ya no se ve, y el motivo queda en el registro.") if was_public else _("Descartado.")
