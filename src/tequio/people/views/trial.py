"""Only in a trial installation: logins for each role, and the mail that it would have sent."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.people import outbox as mail
from tequio.people.queries import demo_role


def _only_in_trial() -> None:
    if not settings.TRIAL:
        raise Http404


@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """Signs in as one of the invented people of a practice jurisdiction (``role``: "valle-del-ejemplo/3"), acting in that
    role. Does not exist in production."""
    _only_in_trial()
    place, _slash, number = request.POST.get("role", "").partition("/")
    role = demo_role(place, int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else None
    if role is None or role.person is None:
        raise Http404
    login(request, role.person.account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[f"role:{place}"] = role.number
    return redirect("people:desk", jurisdiction=place)


@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """The mail that a trial installation keeps instead of sending it, newest first."""
    _only_in_trial()
    return render(request, "people/outbox.html", {"mails": mail.kept()})


@never_cache
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One mail of the outbox."""
    _only_in_trial()
    found = mail.read(name)
    if found is None:
        raise Http404
    return render(request, "people/message.html", {"mail": found})
