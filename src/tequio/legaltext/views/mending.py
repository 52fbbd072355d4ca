"""The screen where a text becomes right: source beside structure, doubts first, then publication."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.paging import page_of
from tequio.legaltext import actions, doubts, excerpts, queries
from tequio.legaltext.actions.publishing import missing_for, summary_of
from tequio.legaltext.align import Aligned
from tequio.legaltext.compare import by_place, count, folded, lines
from tequio.legaltext.forms import StepForm
from tequio.legaltext.models import Change, Expression, Import
from tequio.legaltext.stored import unpack
from tequio.legaltext.tree import ITEMS, Document, walk
from tequio.legaltext.views.bringing import find
from tequio.people.acting import actor_for

DOUBTS, UNITS_SHOWN = 15, 25


def _draft(request: HttpRequest, code: str, number: int) -> Import:
    work = find(request, code)
    rows = Import.objects.select_related("expression__work__jurisdiction", "expression__supersedes__file")
    draft = rows.filter(expression__work=work, expression__number=number).first()
    if draft is None:
        raise Http404
    draft.expression.work = work
    return draft


@dataclass(frozen=True)
class _State:
    """A draft as it stands, known by what it says: a key and a revision come again after a rollback, with other words."""

    digest: str
    draft: Import = field(compare=False)


@lru_cache(maxsize=4)
def _aligned(state: _State) -> Aligned:
    """Comparing a long law takes a second: it is done once for each state of a draft."""
    return queries.alignment_of(state.draft, unpack(state.draft.tree))


def aligned_of(draft: Import) -> Aligned:
    """How the draft carries on the version before it."""
    earlier = draft.expression.supersedes
    if earlier is None:
        return Aligned()
    said = json.dumps([draft.tree, draft.verdicts, queries.content_of(earlier)], sort_keys=True)
    return _aligned(_State(hashlib.sha256(said.encode()).hexdigest(), draft))


def _back(draft: Import, anchor: str = "") -> HttpResponse:
    work = draft.expression.work
    answer = redirect("legaltext:review", work.jurisdiction.slug, work.code, draft.expression.number)
    if anchor:
        answer["Location"] += anchor
    return answer


def _page(request: HttpRequest, draft: Import, status: int = 200, form: StepForm | None = None) -> HttpResponse:
    expression = draft.expression
    document = unpack(draft.tree)
    asked = queries.questions(draft, document)
    aligned = aligned_of(draft) if not expression.is_public() else Aligned()
    open_now = [question for question in asked if not question.settled]
    nodes = list(walk(document.nodes))
    context = {
        "expression": expression,
        "work": expression.work,
        "draft": draft,
        "counts": {
            "articles": sum(1 for node in nodes if node.kind == "articulo"),
            "items": sum(1 for node in nodes if node.kind in ITEMS),
            "serious": sum(1 for question in open_now if question.doubt.severity == "serious"),
            "minor": sum(1 for question in open_now if question.doubt.severity != "serious"),
            "settled": len(asked) - len(open_now),
        },
        "doubts": page_of(request, [_shown(question, draft) for question in open_now], DOUBTS, "duda-pagina"),
        "asked": [_question(change, draft, document) for change in aligned.questions[:DOUBTS]],
        "more_asked": max(0, len(aligned.questions) - DOUBTS),
        "missing": missing_for(draft, document, aligned),
        "pairs": page_of(request, excerpts.pairs(document, draft.source), UNITS_SHOWN),
        "removed": document.removed_lines[:100],
        "removed_count": len(document.removed_lines),
        "panel": _panel(request, draft, document, asked, form),
    }
    return render(request, "legaltext/work/review.html", context, status=status)


def _shown(question: queries.Question, draft: Import) -> dict[str, Any]:
    """A doubt with the place that it is about."""
    return {
        "key": question.key,
        "serious": question.doubt.severity == "serious",
        "words": doubts.sentence(question.doubt),
        "excerpt": excerpts.around(draft.source, question.doubt.span),
        "eid": question.node.eid if question.node else "",
    }


def _question(change: Any, draft: Import, document: Document) -> dict[str, Any]:
    """A pair that a person has to judge, word by word."""
    earlier = draft.expression.supersedes
    # Only a version that follows another one has questions.
    old = by_place(queries.document_of(earlier).nodes) if earlier else {}
    new = by_place(document.nodes)
    rows = lines([old[path] for path in change.old], [new[path] for path in change.new], {change.new[0]: change.old[0]})
    return {
        "path": change.new[0],
        "old": change.old[0],
        "before": old[change.old[0]],
        "after": new[change.new[0]],
        "score": change.score,
        "lines": folded(rows),
        "words": count(rows),
    }


def _panel(
    request: HttpRequest, draft: Import, document: Document, asked: list[queries.Question], form: StepForm | None
) -> dict[str, Any] | None:
    """The part that somebody wants to put right, where the address names one."""
    key = form.data.get("doubt", "") if form else request.GET.get("duda", "")
    eid = form.data.get("eid", "") if form else request.GET.get("parte", "")
    question = next((one for one in asked if one.key == key), None)
    if question is not None and not eid:
        inner = excerpts.innermost(document, question.doubt.span)
        eid = question.node.eid if question.node else inner.eid if inner else ""
    node = by_place(document.nodes).get(eid)
    if node is None or draft.expression.is_public():
        return None
    initial = {
        "eid": eid,
        "doubt": key,
        "revision": draft.revision,
        "kind": node.kind,
        "label": node.label,
        "number": node.number_key,
        "heading": node.heading,
    }
    return {
        "node": node,
        "doubt": doubts.sentence(question.doubt) if question else "",
        "key": key,
        "source": excerpts.around(draft.source, node.span, 300),
        "form": form or StepForm(initial=initial),
        "near": excerpts.near(document, eid),
    }


@never_cache
def review(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """The draft, with everything that a person should look at before it is published."""
    return _page(request, _draft(request, code, number))


@never_cache
@require_POST
def mend(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Puts one part of the structure right."""
    draft = _draft(request, code, number)
    form = StepForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.mend(
                expression=draft.expression,
                step=data["step"],
                eid=data["eid"],
                doubt=data["doubt"],
                role=request.role,  # type: ignore[attr-defined]
                seen=data["revision"],
                **form.said(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Arreglado. Si no quedó como querías, deshazlo."))
            return _back(draft, "#dudas")
    return _page(request, draft, 422, form)


def _revision(request: HttpRequest) -> int | None:
    asked = request.POST.get("revision", "")
    return int(asked) if asked.isdigit() else None


def _tried(request: HttpRequest, draft: Import, done: str, anchor: str, **said: Any) -> HttpResponse:
    """Calls an action, and says what became of it."""
    action = said.pop("action")
    try:
        action(expression=draft.expression, seen=_revision(request), **said)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, _draft(request, draft.expression.work.code, draft.expression.number), 422)
    messages.success(request, done)
    return _back(draft, anchor)


@never_cache
@require_POST
def settle(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """It is right as it was read."""
    draft, role = _draft(request, code, number), request.role  # type: ignore[attr-defined]
    key = request.POST.get("doubt", "")
    words = _("Anotado: queda como está.")
    return _tried(request, draft, words, "#dudas", action=actions.settle, doubt=key, role=role)


@never_cache
@require_POST
def undo(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Takes the last step back."""
    return _tried(request, _draft(request, code, number), _("Deshecho."), "#estructura", action=actions.undo)


@never_cache
@require_POST
def answer(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Says whether an article carries on the one before."""
    draft, role = _draft(request, code, number), request.role  # type: ignore[attr-defined]
    said = {"path": request.POST.get("path", ""), "kind": request.POST.get("kind", "")}
    old = (request.POST.get("old", ""),) if said["kind"] == "same" else ()
    return _tried(request, draft, _("Anotado."), "#preguntas", action=actions.answer, old=old, role=role, **said)


@never_cache
def publish(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """What will be public, and the button that makes it so."""
    draft = _draft(request, code, number)
    if draft.expression.is_public():
        return redirect("legaltext:expression", jurisdiction, code, number)
    status, faults = 200, []
    if request.method == "POST":
        try:
            actions.publish(
                expression=draft.expression,
                by=actor_for(request),
                role=request.role,  # type: ignore[attr-defined]
                seen=_revision(request),
            )
        except ValidationError as error:
            status, faults = 422, error.messages
        else:
            messages.success(request, _("Publicado. Su huella quedó en el registro y ya nadie puede cambiarlo."))
            return redirect("legaltext:expression", jurisdiction, code, number)
    document = unpack(draft.tree)
    aligned = aligned_of(draft)
    kinds = dict(Change.Kind.choices)
    counts: Any = summary_of(aligned).get("counts", {})
    context = {
        "expression": draft.expression,
        "work": draft.expression.work,
        "draft": draft,
        "articles": sum(1 for node in walk(document.nodes) if node.kind == "articulo"),
        "counts": [{"label": kinds[key], "count": counts[key]} for key in kinds if key in counts],
        "faults": faults,
        "missing": [] if faults else missing_for(draft, document, aligned),
    }
    return render(request, "legaltext/work/publish.html", context, status=status)


@never_cache
def discard(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Asks, and takes a draft back."""
    draft = _draft(request, code, number)
    expression: Expression = draft.expression
    if request.method == "POST":
        try:
            actions.discard(expression=expression)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return _back(draft)
        messages.success(request, _("Borrador descartado."))
        return redirect("legaltext:work_texts", jurisdiction)
    return render(request, "legaltext/work/discard.html", {"expression": expression, "work": expression.work})
