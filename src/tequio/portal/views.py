"""The front pages, the help and the pages for when something is not right."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.csrf import requires_csrf_token

from tequio.common.access import here
from tequio.portal import help as help_texts
from tequio.portal import queries, social


def network(request: HttpRequest) -> HttpResponse:
    """All jurisdictions of the installation, or the front page of the only one."""
    jurisdictions = queries.jurisdictions_with_plans()
    if len(jurisdictions) == 1:
        return redirect("portal:home", jurisdiction=jurisdictions[0].jurisdiction.slug)
    return render(request, "portal/network.html", {"jurisdictions": jurisdictions})


def home(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The front page of a jurisdiction: the plan in force, where it stands, and what anybody can do."""
    return render(request, "portal/home.html", queries.front_page(here(request)))


def help_index(request: HttpRequest) -> HttpResponse:
    """The list of help pages, one for each kind of person."""
    return render(request, "portal/help_index.html", {"pages": help_texts.pages()})


def help_page(request: HttpRequest, page: str) -> HttpResponse:
    """One help page in the reader's language."""
    found = help_texts.page(page)
    if found is None:
        raise Http404
    return render(request, "portal/help_page.html", {"page": found, "pages": help_texts.pages()})


def social_image(request: HttpRequest, jurisdiction: str, kind: str, key: str) -> HttpResponse:
    """The picture that social networks show beside a link."""
    found = queries.social_subject(here(request), kind, key)
    if found is None:
        raise Http404
    return HttpResponse(social.draw(**found), content_type="image/png")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that this role may not open: says who may."""
    return render(request, "portal/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "portal/404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """Something broke here. Uses no database and no static file that may be missing, for that may be what broke."""
    try:
        stylesheet = static("portal/portal.css")
    except ValueError:
        stylesheet = ""
    return render(request, "portal/500.html", {"stylesheet": stylesheet}, status=500)
