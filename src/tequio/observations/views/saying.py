"""Saying what you see: one screen, a link by e-mail, and one's own page. No account is needed."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments import queries as commitments
from tequio.commitments.models import Evidence
from tequio.common import moderation
from tequio.common.access import here
from tequio.observations import actions, letters, limits, rules, tokens
from tequio.observations.forms import AppealForm, ObservationForm
from tequio.observations.models import Observation

NOWHERE = "-"  # the token of a letter that was not sent


def _about(request: HttpRequest, kind: str, key: str) -> Any:
    """The public object that an address names; 404 where there is none."""
    place = here(request)
    public = commitments.public_commitments(place)
    found: Any = None
    if kind == "compromiso":
        found = public.filter(code=key).select_related("plan").first()
    elif kind == "actividad" and key.isdecimal():
        found = commitments.public_activities(place).filter(number=int(key[:9])).first()
    elif kind == "evidencia":
        code, _dot, number = key.rpartition(".")
        if number.isdecimal():
            rows = Evidence.objects.filter(commitment__in=public, personal_data=False)
            rows = rows.select_related("commitment__plan", "commitment__jurisdiction", "activity")
            found = rows.filter(commitment__code=code, number=int(number[:9])).first()
    if found is None:
        raise Http404
    return found


@never_cache
def say(request: HttpRequest, jurisdiction: str, kind: str, key: str) -> HttpResponse:
    """The one screen."""
    about = _about(request, kind, key)
    commitment = about if kind == "compromiso" else about.commitment
    signed_in = request.user.is_authenticated
    form = ObservationForm(request.POST or None, request.FILES or None, jurisdiction=here(request), signed_in=signed_in)
    if request.method == "POST" and request.POST.get("sitio"):
        return redirect("observations:sent", jurisdiction=jurisdiction, token=NOWHERE)  # a machine filled in the trap
    if request.method == "POST" and form.is_valid():
        made = _keep(request, about, form)
        if made is not None:
            if signed_in:
                actions.confirm(observation=made)
                letters.tell_received(made)
                return redirect("observations:observation", jurisdiction=jurisdiction, number=made.number)
            letters.ask_to_confirm(made)
            return redirect("observations:sent", jurisdiction=jurisdiction, token=tokens.sign(tokens.SENT, made))
    if form.errors and request.FILES:
        form.add_error("photo", _("Vuelve a elegir la foto: los navegadores no la guardan."))
    context = {
        "section": "board",
        "form": form,
        "about": about,
        "kind": kind,
        "commitment": commitment,
        "has_committee": rules.committee_for(commitment) is not None,
    }
    return render(request, "observations/say.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, about: Any, form: ObservationForm) -> Observation | None:
    """The observation kept, or None with the faults in the form."""
    data = form.cleaned_data
    user = request.user if request.user.is_authenticated else None
    try:
        connection = "" if user else get_adapter().get_client_ip(request)
        limits.count(connection=connection, mailbox=user.email if user else data["email"])
        return actions.observe(
            about=about, account=user, language="en" if (get_language() or "").startswith("en") else "es", **data
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


@never_cache
def sent(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """What to do next: open the mail."""
    return render(request, "observations/sent.html", {"section": "board", "token": token})


@never_cache
@require_POST
def resend(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """Sends the link again, to the same address."""
    found = tokens.read(tokens.SENT, token)
    if found is not None and found.published_on is None:
        try:
            limits.count(mailbox=found.email)
        except ValidationError as error:
            return render(request, "observations/sent.html", {"token": token, "fault": error.messages[0]}, status=422)
        letters.ask_to_confirm(found)
    messages.success(request, _("Te lo enviamos de nuevo."))
    return redirect("observations:sent", jurisdiction=jurisdiction, token=token)


@never_cache
def confirm(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """From the link in the mail: what will be public, and the button that publishes it. Opening the link does nothing by
    itself, since machines open links in mails too."""
    try:
        found = tokens.read(tokens.CONFIRM, token)
    except tokens.Expired as late:
        context = {"section": "board", "token": tokens.sign(tokens.SENT, late.observation), "expired": True}
        return render(request, "observations/sent.html", context, status=410)
    if found is None or found.jurisdiction_id != here(request).pk:
        return render(request, "observations/no_link.html", {"section": "board"}, status=404)
    if found.published_on is None and request.method == "POST":
        actions.confirm(observation=found)
        letters.tell_received(found)
        messages.success(request, _("Listo: tu observación ya es pública. Te escribimos cuando el Comité responda."))
    if found.published_on is not None:
        return redirect("observations:observation", jurisdiction=jurisdiction, number=found.number)
    doubt = moderation.doubts(f"{found.text}\n{found.name if found.named else ''}")
    context = {"section": "board", "observation": found, "commitment": found.commitment, "doubt": doubt}
    return render(request, "observations/confirm.html", context)


@never_cache
def mine(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """The author's own page, from the link in the mail: take it back, or ask for a second look at what was hidden."""
    found = tokens.read(tokens.AUTHOR, token)
    if found is None or found.jurisdiction_id != here(request).pk or found.published_on is None:
        return render(request, "observations/no_link.html", {"section": "board"}, status=404)
    wants = request.POST.get("hacer", "")
    form = AppealForm(request.POST if wants == "apelar" else None)
    hidden = Observation.Sight.HIDDEN in (found.sight, found.photo_sight)
    if request.method == "POST":
        try:
            if wants == "retirar":
                actions.withdraw(observation=found)
                messages.success(request, _("La retiraste: sus palabras y tu nombre ya se borraron."))
                return redirect("observations:observation", jurisdiction=jurisdiction, number=found.number)
            if wants == "apelar" and form.is_valid():
                actions.appeal(observation=found, words=form.cleaned_data["words"])
                messages.success(request, _("Listo: otra persona del Comité la va a revisar."))
                return redirect("observations:mine", jurisdiction=jurisdiction, token=token)
        except ValidationError as error:
            form = AppealForm(request.POST)
            form.is_valid()
            form.add_error(None, error)
    context = {
        "section": "board",
        "observation": found,
        "commitment": found.commitment,
        "form": form,
        "may_appeal": hidden and found.appealed_on is None and found.sight != Observation.Sight.WITHDRAWN,
        "may_withdraw": found.sight != Observation.Sight.WITHDRAWN,
    }
    return render(request, "observations/mine.html", context, status=422 if form.errors else 200)
