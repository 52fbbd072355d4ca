"""The desk: what the role one acts in can do, and the choice of role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tequio.common.access import SignInNeeded
from tequio.people import desk as desk_links
from tequio.people.queries import roles_held
from tequio.people.views.pending import pending_of, rows_of

ON_TOP = 3  # how much of what waits the desk shows before the rest


@never_cache
def desk(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything that can be done here in the role one acts in."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    links = desk_links.links_for(request.user, request.jurisdiction)  # type: ignore[attr-defined]
    today = timezone.localdate()
    waiting = pending_of(request.role, today)  # type: ignore[attr-defined]
    context = {"links": links, "waiting": rows_of(waiting[:ON_TOP]), "count": len(waiting), "today": today}
    return render(request, "people/desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_for(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Chooses the role to act in."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    roles = list(roles_held(request.user, request.jurisdiction))  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = next((role for role in roles if str(role.number) == request.POST.get("role")), None)
        if chosen is None:
            context = {"roles": roles, "error": _("Elige uno de tus papeles.")}
            return render(request, "people/act_for.html", context, status=422)
        request.session[f"role:{jurisdiction}"] = chosen.number
        return redirect("people:desk", jurisdiction=jurisdiction)
    return render(request, "people/act_for.html", {"roles": roles})
