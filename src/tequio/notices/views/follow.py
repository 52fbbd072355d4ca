"""Following: one click for whoever is signed in, one screen with an e-mail for everybody else.

Pages for people without an account carry no token against forged requests: what they do needs no session, only the
signed words of a mail, or, to ask for that mail, nothing but an address.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tequio.common import floods
from tequio.common.access import SignInNeeded, account_of, here
from tequio.common.mail import deliver
from tequio.notices import follows, letters, tokens, topics
from tequio.notices.forms import FollowForm, PreferencesForm
from tequio.notices.models import Follow, Follower, Frequency, Request
from tequio.notices.queries import follower_for, happenings
from tequio.notices.stories import Group, Stories, titles
from tequio.record import subjects

ASKS = 10  # requests by e-mail from one network address in an hour
RECENT = 20  # acts on the page of whoever follows by e-mail


def thing_at(jurisdiction: str, short: str) -> Group | None:
    """What an address asks to follow (``commitment/agua-1``), if it can be followed."""
    key = f"{jurisdiction}/{short}"
    return titles([key])[0] if short and len(key) <= 200 and topics.can_follow(jurisdiction, key) else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Follow a thing (``?que=commitment/agua-1``) by e-mail, without an account."""
    short = (request.POST if request.method == "POST" else request.GET).get("que", "")
    thing = thing_at(jurisdiction, short)
    if thing is None and short:
        raise Http404
    form = FollowForm(request.POST if request.method == "POST" and thing else None, initial={"que": short})
    context: dict[str, Any] = {"thing": thing, "form": form, "short": short}
    if request.method != "POST" or thing is None:
        return render(request, "notices/follow.html", context)
    if floods.count("notices.follow", floods.address_of(request), 3600) > ASKS:
        form.add_error(None, _("Desde tu conexión se pidieron muchos avisos. Espera una hora e intenta de nuevo."))
        return render(request, "notices/follow.html", context, status=429)
    if form.is_valid():
        try:
            # People do not see the field "web"; programs fill it in.
            if request.POST.get("web") or _ask(request, thing.key, form.cleaned_data):
                return redirect("notices:sent", jurisdiction=jurisdiction)
            form.add_error(None, _("No pudimos enviar el correo. Intenta de nuevo en unos minutos."))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "notices/follow.html", context, status=422)


def _ask(request: HttpRequest, key: str, data: dict[str, str]) -> bool:
    """False when the question could not leave."""
    asked = follows.ask(
        jurisdiction=here(request),
        email=data["email"],
        key=key,
        frequency=data["frequency"],
        language=(get_language() or "es")[:2],
    )
    return asked is None or deliver(letters.question(asked), "a question to a new follower")


def sent(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What to do next: open the mail."""
    return render(request, "notices/sent.html")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """The owner of an address says yes. Opening the page changes nothing: programs that check mail open every link."""
    asked = _row(Request, "confirm", jurisdiction, token)
    if asked is None:
        return render(request, "notices/gone.html", status=404)
    if request.method == "POST":
        try:
            follower = follows.confirm(request=asked)
        except ValidationError:
            return render(request, "notices/gone.html", status=404)
        address = redirect("notices:manage", jurisdiction=jurisdiction, token=tokens.seal("manage", follower.pk))
        address["Location"] += "?listo=1"
        return address
    context = {"asked": asked, "thing": titles([asked.key])[0]}
    return render(request, "notices/confirm.html", context)


def _row(model: Any, use: str, jurisdiction: str, token: str) -> Any:
    """The row that a token names, in this very jurisdiction."""
    parts = tokens.read(use, token)
    if not parts or not parts[0].isdigit():
        return None
    return (
        model.objects.filter(pk=int(parts[0]), jurisdiction__slug=jurisdiction).select_related("jurisdiction").first()
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """What somebody follows by e-mail, how often mail comes, and the way out; by the signed link of each mail."""
    follower = _row(Follower, "manage", jurisdiction, token)
    if follower is None:
        return render(request, "notices/gone.html", status=404)
    form = PreferencesForm(
        request.POST or None, initial={"frequency": follower.frequency, "language": follower.language}
    )
    if request.method == "POST":
        if "todo" in request.POST:
            follows.forget(follower=follower)
            return render(request, "notices/left.html", {"all": True})
        if "paces" in request.POST:
            set_paces(request, follower)
            address = redirect("notices:manage", jurisdiction=jurisdiction, token=token)
            address["Location"] += "?guardado=1"
            return address
        if "dejar" in request.POST:
            return _left(request, follower, request.POST["dejar"])
        if form.is_valid():
            follows.choose(follower=follower, **form.cleaned_data)
            address = redirect("notices:manage", jurisdiction=jurisdiction, token=token)
            address["Location"] += "?guardado=1"
            return address
    rows = {row["position"]: row["about"] for row in happenings(follower)[:RECENT]}
    stories = Stories()
    stories.load([rows])
    context = {
        "follower": follower,
        "form": form,
        "things": things_of(follower),
        "groups": stories.groups(rows),
        "ready": "listo" in request.GET,
        "saved": "guardado" in request.GET,
    }
    return render(request, "notices/manage.html", context, status=422 if form.errors else 200)


def things_of(follower: Follower) -> list[dict[str, Any]]:
    """What somebody follows, each with the number of its follow and how often it is told."""
    keys = {row.key: row for row in follower.follows.all()}
    choices = [("", _("Como lo demás")), *Frequency.choices]
    return [
        {"thing": thing, "pk": keys[thing.key].pk, "pace": keys[thing.key].frequency, "choices": choices}
        for thing in titles(keys)
    ]


def set_paces(request: HttpRequest, follower: Follower) -> None:
    """How often each thing is told, as the form says (``cada-<number of the follow>``); what makes no sense is left alone."""
    for row in follower.follows.all():
        wanted = request.POST.get(f"cada-{row.pk}", row.frequency)
        if wanted == "" or wanted in Frequency.values:
            follows.choose_pace(follow=row, frequency=wanted)


def _left(request: HttpRequest, follower: Follower, number: str) -> HttpResponse:
    """Stops one follow and says so, with the way back."""
    found = follower.follows.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    context: dict[str, Any] = {"thing": None}
    if found is not None:
        context = {"thing": titles([found.key])[0], "short": found.key.split("/", 1)[1]}
        follows.unfollow(follower=follower, key=found.key)
    if Follower.objects.filter(pk=follower.pk).exists():
        context["manage"] = tokens.seal("manage", follower.pk)
    return render(request, "notices/left.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """One-click unsubscription (RFC 8058): a POST, from a mail program or from the button, is enough; a GET asks first."""
    parts = tokens.read("leave", token)
    if len(parts) != 2:
        return render(request, "notices/gone.html", status=404)
    follower = _row(Follower, "leave", jurisdiction, token)
    everything = parts[1] == tokens.ALL
    if follower is None:
        return render(request, "notices/left.html", {"all": True})
    if request.method == "POST":
        if not everything:
            return _left(request, follower, parts[1])
        follows.forget(follower=follower)
        return render(request, "notices/left.html", {"all": True})
    found = None if everything else Follow.objects.filter(follower=follower, pk=int(parts[1])).first()
    if found is None and not everything:
        return render(request, "notices/left.html", {"thing": None, "manage": tokens.seal("manage", follower.pk)})
    context = {"thing": titles([found.key])[0] if found else None, "count": follower.follows.count()}
    return render(request, "notices/leave.html", context)


@require_POST
def button(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The follow button of whoever is signed in: follows, or stops; the same button takes it back."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    account, key = account_of(request), request.POST.get("key", "")
    if not key.startswith(f"{jurisdiction}/"):
        raise Http404
    if "dejar" in request.POST:
        follower = follower_for(account, here(request))
        if follower is not None:
            follows.unfollow(follower=follower, key=key)
    else:
        try:
            follows.follow(follower=follows.follower_of(account, here(request)), key=key)
        except ValidationError as error:
            raise Http404 from error
    return redirect(subjects.url(key) or f"/{jurisdiction}/")
