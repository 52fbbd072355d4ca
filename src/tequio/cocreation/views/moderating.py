"""One queue across everything that people write, and the page where one thing is decided."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.cocreation import actions, letters, tokens
from tequio.cocreation.actions.moderating import hidden_by, same_person
from tequio.cocreation.forms.work import HideForm, ReasonForm, ReviewForm
from tequio.cocreation.models import Attachment, Contribution, Problem, Said
from tequio.cocreation.moderated import page_of as public_page
from tequio.cocreation.views.work import SECTION, fault, role_of
from tequio.common.access import here, require
from tequio.common.paging import page_of
from tequio.people import moderated
from tequio.people.acting import actor_for


@never_cache
def queue(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Everything that waits for a look, the oldest first, with its age."""
    place = here(request)
    require(request, "cocreation.moderate", place)
    today = timezone.localdate()
    waiting = moderated.queue(place)
    rows = [{"source": source, "line": line, "days": (today - line.since).days} for source, line in waiting]
    counts = Counter(str(source.label) for source, _line in waiting)
    context = {**SECTION, "rows": page_of(request, rows), "counts": sorted(counts.items()), "total": len(rows)}
    return render(request, "cocreation/work/moderation.html", context)


def _said(request: HttpRequest, kind: str, number: int) -> Said:
    sort = tokens.sorts.get(kind)
    if sort is None or not issubclass(sort.model, Said):
        raise Http404
    model = sort.model
    found: Said = get_object_or_404(model.public_rows().filter(jurisdiction=here(request)), number=number)
    return found


@never_cache
def moderate(request: HttpRequest, jurisdiction: str, kind: str, number: int) -> HttpResponse:
    """One thing: show, hide, undo, or decide an appeal. ``hacer`` says which of its forms was sent."""
    require(request, "cocreation.moderate", here(request))
    found = _said(request, kind, number)
    wants = request.POST.get("hacer", "")
    role = role_of(request)
    own = same_person(role, hidden_by(found))
    forms: dict[str, Any] = {
        "ocultar": HideForm(request.POST if wants == "ocultar" else None, prefix="ocultar"),
        "deshacer": ReasonForm(request.POST if wants == "deshacer" else None, prefix="deshacer"),
        "revisar": ReviewForm(request.POST if wants == "revisar" else None, prefix="revisar"),
    }
    files: list[Attachment] = []
    if isinstance(found, Problem | Contribution):
        files = list(found.attachments.exclude(blob=None).select_related("blob"))
    if request.method == "POST":
        done = _decide(request, found, wants, forms, files)
        if done is not None:
            return done
    context = {
        **SECTION,
        "said": found,
        "page": public_page(found),
        "forms": forms,
        "files": files,
        "holds": found.sight == Said.Sight.HELD,
        "hides": found.is_alive,
        "undoes": found.sight == Said.Sight.HIDDEN and not found.awaits_review,
        "reviews": found.awaits_review and not own,
        "own": found.awaits_review and own,
        "words": found.words() if found.sight != Said.Sight.WITHDRAWN else {},
    }
    return render(request, "cocreation/work/moderate.html", context, status=422 if request.method == "POST" else 200)


def _decide(
    request: HttpRequest, found: Said, wants: str, forms: dict[str, Any], files: list[Attachment]
) -> HttpResponse | None:
    """Does what was asked; None with the faults in the form."""
    by: dict[str, Any] = {"role": role_of(request), "by": actor_for(request)}
    form = forms.get(wants)
    try:
        if wants == "mostrar":
            actions.show(said=found, **by)
        elif wants in ("archivo-si", "archivo-no"):
            one = next((row for row in files if str(row.pk) == request.POST.get("archivo", "")), None)
            if one is None:
                raise Http404
            setattr(one, found.subject, found)
            actions.judge_file(attachment=one, visible=wants == "archivo-si", by=actor_for(request))
        elif form is None or not form.is_valid():
            return None
        elif wants == "ocultar":
            actions.hide(said=found, **form.cleaned_data, **by)
        elif wants == "deshacer":
            actions.show(said=found, reason=form.cleaned_data["reason"], **by)
        else:
            data = form.cleaned_data
            actions.review(said=found, restore=data["restore"] == "yes", reason=data["reason"], **by)
    except ValidationError as error:
        if form is None:
            messages.error(request, error.messages[0])
        else:
            fault(form, error)
        return None
    if wants in forms:
        letters.tell_moderated(found)
    messages.success(request, _("Listo: quedó en el registro público de moderación."))
    return redirect("cocreation:moderate", jurisdiction=here(request).slug, kind=found.subject, number=found.number)


@never_cache
def file(request: HttpRequest, jurisdiction: str, kind: str, number: int, pk: int) -> FileResponse:
    """A file that waits, for whoever moderates."""
    require(request, "cocreation.moderate", here(request))
    found = _said(request, kind, number)
    rows: Any = found.attachments if isinstance(found, Problem | Contribution) else Attachment.objects.none()
    one = get_object_or_404(rows.exclude(blob=None).select_related("blob"), pk=pk)
    answer = FileResponse(one.blob.path.open("rb"), content_type=one.blob.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer
