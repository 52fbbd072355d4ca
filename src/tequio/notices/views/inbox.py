"""One's own notices on the portal, and how one wants them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import SignInNeeded, account_of, here
from tequio.common.paging import page_of
from tequio.notices import follows, queries
from tequio.notices.forms import PreferencesForm
from tequio.notices.stories import Stories
from tequio.notices.views.follow import set_paces, things_of


@never_cache
def inbox(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What happened to the things one follows, newest first, what is new marked; and reminders of one's roles."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    account, place = account_of(request), here(request)
    follower = queries.follower_for(account, place)
    context: dict[str, Any] = {
        "section": "notices",
        "reminders": queries.reminders(account, place),
        "follower": follower,
    }
    if follower is not None:
        page = page_of(request, queries.happenings(follower))
        told = {row["position"]: row["about"] for row in page}
        stories = Stories()
        stories.load([told])
        context |= {
            "page": page,
            "groups": stories.groups(told),
            "unread": queries.unread(account, place),
            "things": things_of(follower),
            "form": PreferencesForm(initial={"frequency": follower.frequency, "language": follower.language}),
        }
    return render(request, "notices/inbox.html", context)


@require_POST
def read(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything so far is read."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    follower = queries.follower_for(account_of(request), here(request))
    if follower is not None:
        follows.mark_read(follower=follower)
    return redirect("notices:inbox", jurisdiction=jurisdiction)


@require_POST
def preferences(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """How often, in which language; or for each thing (``paces``); or stops following one (``dejar``: its key)."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    follower = follows.follower_of(account_of(request), here(request))
    form = PreferencesForm(request.POST)
    if "dejar" in request.POST:
        follows.unfollow(follower=follower, key=request.POST["dejar"])
        messages.success(request, _("Dejaste de seguirlo."))
    elif "paces" in request.POST:
        set_paces(request, follower)
        messages.success(request, _("Guardado: así te avisaremos desde ahora."))
    elif form.is_valid():
        follows.choose(follower=follower, **form.cleaned_data)
        messages.success(request, _("Guardado: así te avisaremos desde ahora."))
    else:
        messages.error(request, _("Elige cada cuándo quieres recibir avisos."))
    return redirect("notices:inbox", jurisdiction=jurisdiction)
