"""How the committee's pages find what they are about, and say no in words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tequio.commitments.models import Activity, Commitment
from tequio.common.access import account_of, here, require
from tequio.monitoring import independence
from tequio.monitoring.models import Track
from tequio.people.models import Role

RELATED = ("commitment__plan__jurisdiction", "commitment__jurisdiction", "commitment__lead", "jurisdiction", "lead")


def role_of(request: HttpRequest) -> Role:
    """The role that the person acts in; ``require`` has seen to it that there is one."""
    return account_of(request).acting_role


def the_activity(request: HttpRequest, number: int, permission: str, entrance: str) -> Activity:
    """The published activity of this jurisdiction, if the person may. Whoever has not even ``entrance`` does not learn
    whether it exists. A member in conflict is told so in words."""
    rows = Activity.objects.filter(jurisdiction=here(request), commitment__status=Commitment.Status.PUBLISHED)
    found = rows.select_related(*RELATED).filter(number=number).first()
    if found is None:
        require(request, entrance, here(request))
        raise Http404
    account = account_of(request)
    needs_freedom = permission in ("monitoring.decide", "monitoring.begin_review") and account.is_authenticated
    if needs_freedom and account.has_perm("monitoring.review", found):
        words = independence.conflict_of(account.acting_role, found, timezone.localdate())
        if words:
            raise PermissionDenied(words)
    require(request, permission, found)
    return found


def state_of(activity: Activity) -> str:
    """The state of the activity; pending where nobody touched it."""
    track = Track.objects.filter(activity=activity).first()
    return track.state if track else "pending"


def answer(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    """The page with its form: 422 when something in it has to be corrected."""
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, {"form": form, "section": "board", **context}, status=status)
