"""Answering, moderating and commenting: one page for each observation, with what the acting role may do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import account_of, here, require
from tequio.common.forms import taken
from tequio.common.paging import page_of
from tequio.observations import actions, letters, queries
from tequio.observations.actions.moderating import hidden_by
from tequio.observations.forms import AnswerForm, CommentForm, HideForm, ReviewForm
from tequio.observations.models import Observation
from tequio.people.acting import actor_for


def _fetch(request: HttpRequest, number: int) -> Observation:
    return get_object_or_404(queries.public(here(request)), number=number)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"role": request.role, "by": actor_for(request)}  # type: ignore[attr-defined]


def _doing(action: Callable[..., Any], request: HttpRequest, found: Observation, **more: Any) -> Callable[[Any], Any]:
    """The action on this observation, with what a form says; its ``rev`` is what the person had in sight."""
    return lambda data: action(
        observation=found,
        seen=data["rev"],
        **{name: value for name, value in data.items() if name != "rev"},
        **more,
        **_by(request),
    )


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What is open: to look at, to answer, to decide again."""
    require(request, "observations.work", here(request))
    rows = queries.open_for_committee(here(request)).order_by("due", "number")
    context = {"rows": page_of(request, rows), "today": timezone.localdate()}
    return render(request, "observations/work/list.html", context)


def _page(request: HttpRequest, found: Observation, status: int = 200, **forms: Any) -> HttpResponse:
    may = {name: account_of(request).has_perm(f"observations.{name}", found) for name in ("answer", "comment", "flag")}
    shown = found.sight == Observation.Sight.SHOWN
    hidden = request.role.subject_key() == hidden_by(found)  # type: ignore[attr-defined]
    context = {
        "observation": found,
        "commitment": found.commitment,
        "today": timezone.localdate(),
        # Only members see what is not public; a public body never does.
        "sees_all": may["answer"],
        "look": may["answer"] and found.needs_a_look,
        "answers": may["answer"] and shown and found.answered_on is None,
        "hides": may["answer"] and (shown or found.sight == Observation.Sight.HELD),
        "reviews": may["answer"] and found.awaits_review and not hidden,
        "comments": may["comment"] and shown and found.commented_on is None,
        "flags": may["flag"] and shown and not found.is_flagged,
        "has_photo": found.photo_sight in (Observation.Photo.WAITING, Observation.Photo.SHOWN),
        "answer_form": AnswerForm(initial={"rev": found.rev}),
        "comment_form": CommentForm(initial={"rev": found.rev}),
        "hide_form": HideForm(initial={"rev": found.rev}, prefix="ocultar"),
        "review_form": ReviewForm(initial={"rev": found.rev}),
        "flag_form": HideForm(initial={"rev": found.rev}),
        **forms,
    }
    return render(request, "observations/work/observation.html", context, status=status)


@never_cache
def handle(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The observation with everything that the role can do about it."""
    found = _fetch(request, number)
    require(request, "observations.handle", found)
    return _page(request, found)


def _done(request: HttpRequest, found: Observation, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("observations:handle", jurisdiction=found.jurisdiction.slug, number=found.number)


@never_cache
@require_POST
def answer(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The committee's answer."""
    found = _fetch(request, number)
    require(request, "observations.answer", found)
    form = AnswerForm(request.POST)
    if taken(form, _doing(actions.answer, request, found)):
        letters.tell_answered(found)
        return _done(request, found, _("Respondida. Ya es pública y se la enviamos a quien la escribió."))
    return _page(request, found, 422, answer_form=form)


@never_cache
@require_POST
def comment(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What the institution says."""
    found = _fetch(request, number)
    require(request, "observations.comment", found)
    form = CommentForm(request.POST)
    if taken(form, _doing(actions.comment, request, found)):
        return _done(request, found, _("Publicado junto a la observación."))
    return _page(request, found, 422, comment_form=form)


@never_cache
@require_POST
def show(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A member looked, and it is shown."""
    found = _fetch(request, number)
    require(request, "observations.answer", found)
    part = "photo" if request.POST.get("part") == "photo" else "text"
    try:
        actions.show(observation=found, part=part, **_by(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, found, 422)
    return _done(request, found, _("Ya se ve."))


@never_cache
@require_POST
def hide(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A member hides text or photo by a published rule."""
    found = _fetch(request, number)
    require(request, "observations.answer", found)
    form = HideForm(request.POST, prefix="ocultar")
    part = "photo" if request.POST.get("part") == "photo" else "text"
    if taken(form, _doing(actions.hide, request, found, part=part)):
        letters.tell_moderated(found)
        return _done(request, found, _("Oculta. Su regla, motivo y fecha quedaron en el registro de moderación."))
    return _page(request, found, 422, hide_form=form)


@never_cache
@require_POST
def flag(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The secretariat asks the committee to look."""
    found = _fetch(request, number)
    require(request, "observations.flag", found)
    form = HideForm(request.POST)
    if taken(form, _doing(actions.flag, request, found)):
        return _done(request, found, _("El Comité ya tiene tu petición. También es pública."))
    return _page(request, found, 422, flag_form=form)


@never_cache
@require_POST
def review(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A second member decides an appeal."""
    found = _fetch(request, number)
    require(request, "observations.answer", found)
    form = ReviewForm(request.POST)
    if taken(form, _doing(actions.review, request, found)):
        letters.tell_moderated(found)
        return _done(request, found, _("Decidido. Se lo dijimos a quien la escribió."))
    return _page(request, found, 422, review_form=form)


@never_cache
def photo(request: HttpRequest, jurisdiction: str, number: int) -> FileResponse:
    """The photo, for a member who has to look at it before anybody else."""
    found = _fetch(request, number)
    require(request, "observations.answer", found)
    if found.photo is None or not found.photo.path.exists():
        raise Http404
    response = FileResponse(found.photo.path.open("rb"), content_type=found.photo.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
