"""Forms that save themselves: ``<form data-autosave>`` posts itself with the header ``X-Autosave: 1`` a little after each
change, and the view answers in JSON. What the server does not take stays in the form and on the person's device.

The script is ``portal/js/autosave.js``; the form holds a hidden ``revision`` and ``common/forms/saved.html``.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse


def is_autosave(request: HttpRequest) -> bool:
    """Whether a form posts itself in the background."""
    return request.headers.get("X-Autosave") == "1"


def saved(revision: int | str, *, pending: str = "", address: str = "") -> JsonResponse:
    """The draft is kept. ``revision`` goes into the form; ``pending`` says what could not be taken yet (the device keeps
    it); ``address`` is where the form posts from now on, when its first save made the thing it is about."""
    said: dict[str, Any] = {"revision": revision}
    said |= {key: value for key, value in (("pending", pending), ("address", address)) if value}
    return JsonResponse(said)


def refused(error: ValidationError) -> JsonResponse:
    """Nothing was kept: 409 when somebody saved meanwhile (code ``changed``), else 422, with the sentence."""
    changed = getattr(error, "code", None) == "changed"
    return JsonResponse({"error": " ".join(error.messages)}, status=409 if changed else 422)
