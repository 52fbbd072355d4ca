"""Where commitments are written: draft by sections, checklist, preview, publish and change."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.commitments import actions, forms, queries
from tequio.commitments.actions.apply import apply_commitment
from tequio.commitments.actions.drafts import item_of, section_of, seen_of
from tequio.commitments.document import difference, missing_in_commitment
from tequio.commitments.document.advice import advice_on, advice_on_indicator
from tequio.commitments.document.check import check_commitment
from tequio.commitments.document.dump import dump, dump_commitment
from tequio.commitments.models import Commitment, Draft
from tequio.commitments.views.public import story
from tequio.commitments.views.work_discarded import discarded_of
from tequio.commitments.views.work_drafts import edit
from tequio.common.access import account_of, here, require
from tequio.people.acting import actor_for
from tequio.people.models import Organisation

PARTS = {"actividades": "activities", "indicadores": "indicators", "recursos": "money"}
TITLES = {
    "activities": gettext_lazy("Actividad"),
    "indicators": gettext_lazy("Indicador"),
    "money": gettext_lazy("Recurso"),
}


def fetch(request: HttpRequest, code: str, permission: str = "commitments.edit_commitment") -> Commitment:
    """The commitment of this jurisdiction, if the person may."""
    found = queries.working_commitments(here(request)).filter(code=code).first()
    if found is None:
        require(request, "commitments.work", here(request))
        raise Http404
    require(request, permission, found)
    return found


def the_draft(request: HttpRequest, commitment: Commitment) -> Draft:
    """Its working copy."""
    return actions.draft_of(commitment=commitment, account=account_of(request))


@never_cache
def commitments(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """The commitments that the person may write, newest plan first."""
    require(request, "commitments.work", here(request))
    rows = queries.working_commitments(here(request))
    if not account_of(request).has_perm("plans.manage_plans", here(request)):
        rows = rows.filter(lead=account_of(request).acting_role.organisation)
    context = {"rows": rows.order_by("-plan__number", "number", "code"), **discarded_of(request, Draft.Kind.COMMITMENT)}
    return render(request, "commitments/work/commitments.html", context)


@never_cache
def start(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Begins a commitment."""
    require(request, "commitments.work", here(request))
    manages = account_of(request).has_perm("plans.manage_plans", here(request))
    leads = Organisation.objects.filter(jurisdiction=here(request), replaced_by=None)
    own = account_of(request).acting_role.organisation
    if not manages:
        leads = leads.filter(pk=own.pk) if own else leads.none()
    plans = queries.working_plans(here(request)).order_by("-number")
    form = forms.StartCommitmentForm(
        request.POST or None, plans=plans, leads=leads, initial={"plan": request.GET.get("plan")}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.start_commitment(
                plan=data["plan"],
                code=data["code"],
                title=data["title"],
                lead=data["lead"] if manages else own,
                account=account_of(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("commitments:work_commitment", jurisdiction=jurisdiction, code=made.code)
    context = {"form": form, "title": _("Nuevo compromiso")}
    return render(request, "commitments/work/form.html", context, status=422 if form.errors else 200)


@never_cache
def overview(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """A commitment's draft: sections, activities, indicators, money, what is missing and what would change."""
    commitment = fetch(request, code)
    draft = the_draft(request, commitment)
    document = draft.document
    context = {
        "commitment": commitment,
        "draft": draft,
        "document": document,
        "items": {
            part: [(item, seen_of(draft, item)) for item in document.get(key, [])] for part, key in PARTS.items()
        },
        "sections": forms.COMMITMENT_SECTIONS,
        "faults": check_commitment(document, dump(commitment.plan)),
        "missing": missing_in_commitment(document),
        "advice": advice_on(document),
        "changes": difference(dump_commitment(commitment), document) if commitment.rev else [],
        "may_publish": account_of(request).has_perm("commitments.publish_commitment", commitment),
    }
    return render(request, "commitments/work/commitment.html", context)


@never_cache
def section(request: HttpRequest, jurisdiction: str, code: str, section: str) -> HttpResponse:
    """One section of the draft."""
    commitment = fetch(request, code)
    found = next((item for item in forms.COMMITMENT_SECTIONS if item.key == section), None)
    if found is None:
        raise Http404
    draft = the_draft(request, commitment)
    return edit(
        request,
        draft=draft,
        kind="commitment",
        names=found.fields,
        shown=lambda document: section_of(document, found.fields),
        save=lambda changes, seen: actions.save_section(
            draft=draft, changes=changes, account=account_of(request), seen=seen, names=found.fields
        ),
        back=reverse("commitments:work_commitment", args=[jurisdiction, code]),
        context={"commitment": commitment, "title": found.title, "hint": found.hint},
    )


@never_cache
def item(request: HttpRequest, jurisdiction: str, code: str, part: str, place: str) -> HttpResponse:
    """An activity, indicator or line of money of the draft; ``place`` counts from 1, or is ``nueva``."""
    commitment = fetch(request, code)
    draft = the_draft(request, commitment)
    if part not in PARTS:
        raise Http404
    key, account = PARTS[part], account_of(request)
    count = len(draft.document.get(key, []))
    new = place == "nueva"
    if not new and not (place.isdigit() and 0 < int(place) <= count):
        raise Http404
    at = -1 if new else int(place) - 1

    def save(changes: dict[str, Any], seen: str) -> Draft:
        nonlocal at
        said: Any = {"draft": draft, "part": key, "item": changes, "account": account, "seen": seen}
        if not new:
            return actions.save_item(place=at, **said)
        kept = actions.add_item(**said)
        at = len(kept.document[key]) - 1
        return kept

    return edit(
        request,
        draft=draft,
        kind=key,
        names=forms.ITEM_FIELDS[key],
        shown=lambda document: item_of(document, key, at),
        save=save,
        back=reverse("commitments:work_commitment", args=[jurisdiction, code]),
        address=lambda: reverse("commitments:work_item", args=[jurisdiction, code, part, str(at + 1)]) if new else "",
        context={
            "commitment": commitment,
            "title": TITLES[key],
            "advice": advice_on_indicator(item_of(draft.document, key, at)) if key == "indicators" and not new else [],
        },
    )


@require_POST
def arrange(request: HttpRequest, jurisdiction: str, code: str, part: str, place: int) -> HttpResponse:
    """Moves an item up or down, or takes it out of the draft."""
    commitment = fetch(request, code)
    draft = the_draft(request, commitment)
    if part not in PARTS:
        raise Http404
    said: Any = {
        "draft": draft,
        "part": PARTS[part],
        "place": place - 1,
        "account": account_of(request),
        "seen": request.POST.get("seen") or draft.revision,
    }
    try:
        if request.POST.get("hacer") == "quitar":
            actions.remove_item(**said)
            messages.success(request, _("Se quitó del borrador."))
        else:
            actions.move_item(step=-1 if request.POST.get("hacer") == "subir" else 1, **said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("commitments:work_commitment", jurisdiction=jurisdiction, code=code)


@never_cache
def preview(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The commitment's page as people would see it; what is written for it is taken back at once."""
    commitment = fetch(request, code)
    draft = the_draft(request, commitment)
    with transaction.atomic():
        try:
            apply_commitment(commitment=commitment, document=draft.document, by=actor_for(request))
        except ValidationError as error:
            transaction.set_rollback(True)
            messages.error(request, " ".join(error.messages))
            return redirect("commitments:work_commitment", jurisdiction=jurisdiction, code=code)
        shown = queries.for_page(Commitment.objects.filter(pk=commitment.pk)).get()
        context = {**story(request, shown), "preview": True, "back": f"../../{code}/"}
        response = render(request, "commitments/commitment.html", context)
        transaction.set_rollback(True)
    return response


@never_cache
def publish(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Shows what will be public, asks for the reason of a change, and publishes."""
    commitment = fetch(request, code, "commitments.publish_commitment")
    draft = the_draft(request, commitment)
    changing = commitment.rev > 0
    form = forms.ChangeForm(request.POST or None) if changing else None
    problems = [] if changing else [item.words for item in missing_in_commitment(draft.document)]
    problems += [
        str(fault)
        for fault in check_commitment(draft.document, dump(commitment.plan))
        if not (changing and fault.known)
    ]
    status = 200
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                actions.publish_commitment(commitment=commitment, draft=draft, by=actor_for(request))
            else:
                actions.change_commitment(
                    commitment=commitment, document=draft.document, by=actor_for(request), **form.cleaned_data
                )
        except ValidationError as error:
            if form is not None and hasattr(error, "error_dict"):
                form.add_error(None, error)
            else:
                problems, status = error.messages, 422
        else:
            messages.success(request, _("Publicado. Ya está en el registro público."))
            return redirect("commitments:commitment", jurisdiction=jurisdiction, code=code)
    context = {
        "commitment": commitment,
        "form": form,
        "problems": problems,
        "changes": difference(dump_commitment(commitment), draft.document) if changing else [],
    }
    status = 422 if form is not None and form.errors else status
    return render(request, "commitments/work/publish.html", context, status=status)
