"""Personal data, for everybody: the rights, how they were answered, the ledger of what was erased; and asking."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here
from tequio.common.paging import page_of
from tequio.observations import limits
from tequio.privacy import actions, finding, ledger, letters, queries, tokens
from tequio.privacy.forms import AskForm
from tequio.privacy.models import DataRequest, LegalTerms


def overview(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What anybody may ask, how it was answered, and everything that was ever erased."""
    place, today = here(request), timezone.localdate()
    rows = page_of(request, queries.erasures(place))
    context = {
        "rights": DataRequest.Right.choices,
        "terms": queries.terms(place),
        "default_days": LegalTerms.DAYS,
        "counted": queries.counted(place, today),
        "requests": queries.requests(place)[:20],
        "rows": rows,
        "lines": ledger.lines(rows.object_list),
        "today": today,
    }
    return render(request, "privacy/overview.html", context)


@never_cache
def ask(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The one screen."""
    place = here(request)
    form = AskForm(request.POST or None)
    if request.method == "POST" and request.POST.get("sitio"):
        return redirect("privacy:sent", jurisdiction=place.slug)  # a machine filled in the trap
    if request.method == "POST" and form.is_valid():
        language = "en" if (get_language() or "").startswith("en") else "es"
        try:
            connection = get_adapter().get_client_ip(request)
            limits.count(connection=connection, mailbox=form.cleaned_data["email"])
            row = actions.ask(jurisdiction=place, language=language, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            letters.ask_to_confirm(row)
            return redirect("privacy:sent", jurisdiction=place.slug)
    return render(request, "privacy/ask.html", {"form": form}, status=422 if form.errors else 200)


def sent(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What to do next: open the mail."""
    here(request)
    return render(request, "privacy/sent.html", {"days": tokens.VALID.days})


def _of(request: HttpRequest, purpose: str, token: str) -> DataRequest | None:
    found = tokens.read(purpose, token)
    return found if found is not None and found.jurisdiction_id == here(request).pk else None


@never_cache
def confirm(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """From the link in the mail: what will be public, and the button. Opening the link does nothing by itself."""
    row = _of(request, tokens.CONFIRM, token)
    if row is None:
        return render(request, "privacy/no_link.html", status=404)
    if row.received_on is None and request.method == "POST":
        actions.confirm(row=row)
        letters.tell_received(row)
        messages.success(request, _("Listo: tu solicitud ya tiene número y plazo."))
    if row.received_on is not None:
        return redirect("privacy:mine", jurisdiction=jurisdiction, token=tokens.sign(tokens.MINE, row))
    return render(request, "privacy/confirm.html", {"row": row})


@never_cache
def mine(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """The author's own page: where it stands, the decision, what is held, and taking it back."""
    row = _of(request, tokens.MINE, token)
    if row is None or row.received_on is None:
        return render(request, "privacy/no_link.html", status=404)
    if request.method == "POST" and request.POST.get("hacer") == "retirar":
        try:
            actions.withdraw(row=row)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, _("La retiraste: lo que decía ya se borró."))
        return redirect("privacy:mine", jurisdiction=jurisdiction, token=token)
    context = {"row": row, "today": timezone.localdate(), "token": token, "gets_data": gets_data(row)}
    return render(request, "privacy/mine.html", context)


def gets_data(row: DataRequest) -> bool:
    """Whether its author may download what is held of them: access was granted, and their address is still known."""
    said_yes = row.outcome in (DataRequest.Outcome.GRANTED, DataRequest.Outcome.PARTLY)
    return row.right == DataRequest.Right.ACCESS and said_yes and bool(row.email)


@never_cache
def holdings(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """What is held under the author's address, as JSON; only once access was granted."""
    row = _of(request, tokens.MINE, token)
    if row is None or not gets_data(row):
        raise Http404
    found = finding.holdings(here(request), row.email)
    answer = JsonResponse(
        {one.label: one.rows for one in found}, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="mis-datos.json"'
    return answer
