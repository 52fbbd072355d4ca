"""What whoever holds a seat or owns an agreement does: propose an item, tell how an agreement goes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common.access import here, require
from tequio.meetings import actions, forms, queries
from tequio.meetings.views.doing import answer, body_for, done, tried
from tequio.people.acting import actor_for


@never_cache
def propose(request: HttpRequest, jurisdiction: str, slug: str) -> HttpResponse:
    """An item for the next session, from one's own seat."""
    body = body_for(request, slug, "meetings.propose")
    role = request.role  # type: ignore[attr-defined]
    seats = list({row.seat_id: row.seat for row in queries.holders_of_role(role, timezone.localdate(), body)}.values())
    form = forms.ProposalForm(request.POST or None, seats=seats)
    if request.method == "POST" and form.is_valid():
        data, by = form.cleaned_data, actor_for(request)
        seat = next(one for one in seats if str(one.number) == data["seat"])
        if tried(
            form,
            lambda: actions.propose_item(
                body=body, title=data["title"], text=data["text"], seat=seat, role=role, by=by
            ),
        ):
            return done(
                request, _("Propuesta publicada. El Secretariado responde si entra y a qué sesión."), "body", slug
            )
    return answer(request, "meetings/work/propose.html", form, body=body)


@never_cache
def follow_up(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """How an agreement goes, by whoever answers for it."""
    require(request, "meetings.see_agreement", here(request))
    found = get_object_or_404(queries.public_agreements(here(request)), number=number)
    require(request, "meetings.follow_up", found)
    form = forms.FollowUpForm(request.POST or None, initial={"rev": found.rev})
    if request.method == "POST" and form.is_valid():
        data, by, role = form.cleaned_data, actor_for(request), request.role  # type: ignore[attr-defined]
        if tried(
            form,
            lambda: actions.follow_up(
                agreement=found, text=data["text"], state=data["state"], role=role, seen=data["rev"], by=by
            ),
        ):
            return done(request, _("Publicado."), "agreement", number)
    return answer(request, "meetings/work/follow_up.html", form, agreement=found, today=timezone.localdate())
