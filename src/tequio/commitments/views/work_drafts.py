"""How any part of a draft is written: by its button, by itself in the background, and when somebody else wrote meanwhile."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.commitments import forms
from tequio.commitments.actions.drafts import seen_of
from tequio.commitments.document.difference import differing_fields
from tequio.commitments.models import Draft
from tequio.common.autosave import is_autosave, refused, saved

Doc = dict[str, Any]
Save = Callable[[Doc, str], Draft]


def edit(
    request: HttpRequest,
    *,
    draft: Draft,
    kind: str,
    names: tuple[str, ...],
    shown: Callable[[Doc], Doc],
    save: Save,
    back: str,
    context: Doc,
    address: Callable[[], str] = str,
) -> HttpResponse:
    """A form for ``names`` of the part of the draft that ``shown`` picks; ``save`` writes its changes.

    ``back`` is the page that follows; ``address`` where the form posts once it was saved by itself for the first time.
    """

    def form_of(data: Any) -> forms.SectionForm:
        part = shown(draft.document)
        return forms.SectionForm(
            data,
            kind=kind,
            names=names,
            document=part,
            revision=seen_of(draft, part),
            jurisdiction=draft.plan.jurisdiction,
            plan_preset=draft.plan.thresholds_preset,
        )

    form = form_of(request.POST or None)
    if request.method == "POST" and (form.is_valid() or (is_autosave(request) and "revision" not in form.errors)):
        changes = form.changes()
        try:
            kept = save(changes, form.cleaned_data["revision"])
        except ValidationError as error:
            if is_autosave(request):
                return refused(error)
            if getattr(error, "code", None) == "changed":
                # The form comes back on the newest draft, beside what the other person wrote there.
                now = shown(draft.document)
                context = {**context, "theirs": differing_fields(kind, {**now, **changes}, now)}
                form = form_of(_on_newest(request, seen_of(draft, now)))
                form.is_valid()
            form.add_error(None, error)
        else:
            if is_autosave(request):
                return saved(seen_of(kept, shown(kept.document)), pending=_pending(form), address=address())
            messages.success(request, _("Borrador guardado."))
            return redirect(back)
    elif request.method == "POST" and is_autosave(request):
        return refused(ValidationError(_("El formulario llegó incompleto. Abre otra vez la página.")))
    context = {**context, "form": form, "back": back, "autosave": True}
    return render(request, "commitments/work/form.html", context, status=422 if form.errors or _wrong(form) else 200)


def _wrong(form: forms.SectionForm) -> bool:
    return form.is_bound and not form.quiet and not form.is_valid()


def _on_newest(request: HttpRequest, seen: str) -> Any:
    data = request.POST.copy()
    data["revision"] = seen
    return data


def _pending(form: forms.SectionForm) -> str:
    """What of a form that saved itself could not be taken yet."""
    wrong = form.wrong()
    return _("Guardado, menos esto: %(what)s") % {"what": " ".join(wrong)} if wrong else ""
