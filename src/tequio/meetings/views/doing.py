"""What the work pages of meetings share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tequio.common.access import here, require
from tequio.meetings import queries
from tequio.meetings.models import Body, Session


def session_for(request: HttpRequest, number: int, permission: str = "meetings.run") -> Session:
    """A session of the jurisdiction, drafts too, if the person may; asked twice, so that whoever may nothing here does
    not learn which numbers exist."""
    require(request, permission, here(request))
    found = get_object_or_404(queries.every_session(here(request)), number=number)
    require(request, permission, found)
    return found


def body_for(request: HttpRequest, slug: str, permission: str = "meetings.manage") -> Body:
    """A body of the jurisdiction, if the person may."""
    require(request, permission, here(request))
    found = get_object_or_404(queries.bodies(here(request)), slug=slug)
    require(request, permission, found)
    return found


def tried(form: Any, action: Callable[[], Any]) -> bool:
    """Runs an action; what it refuses is told in the form, at its field where the form has it."""
    try:
        action()
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, faults in error.error_dict.items():
                form.add_error(name if name in form.fields else None, faults)
        else:
            form.add_error(None, error)
        return False
    return True


def done(request: HttpRequest, words: str, name: str, *args: Any) -> HttpResponse:
    """The next page, with what was done in words."""
    messages.success(request, words)
    return redirect(f"meetings:{name}", here(request).slug, *args)


def attempt(request: HttpRequest, action: Callable[[], Any], words: str, name: str, *args: Any) -> HttpResponse:
    """A button alone: does it, or says why not."""
    try:
        action()
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(f"meetings:{name}", here(request).slug, *args)
    return done(request, words, name, *args)


def answer(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page with its form: 422 when something in it has to be corrected."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
