"""Reading a text: all texts, one of them, a version, a provision; and how things are measured here."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.common import sections
from tequio.common.access import here, may
from tequio.common.paging import page_of
from tequio.legaltext import glossary as terms
from tequio.legaltext import marks, queries, readability
from tequio.legaltext.models import Expression, Provision, Work
from tequio.legaltext.pages import Contents
from tequio.legaltext.render import Words, fragment
from tequio.legaltext.tree import UNITS

MOST_WHOLE = 3_000  # units; a longer text is read in pages


def texts(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every text with a published version."""
    rows = queries.public_works(here(request))
    kind = request.GET.get("clase", "")
    kinds = sorted(set(rows.order_by().values_list("kind", flat=True)))
    if kind:
        rows = rows.filter(kind=kind)
    context = {
        "section": "texts",
        "rows": page_of(request, rows),
        "kinds": [(key, Work.Kind(key).label) for key in kinds],
        "kind": kind,
        "edits": may(request, "legaltext.edit_texts", here(request)),
    }
    return render(request, "legaltext/texts.html", context)


def find_work(request: HttpRequest, code: str) -> Work:
    """A text with a published version."""
    return get_object_or_404(queries.public_works(here(request)), code=code)


def find_version(request: HttpRequest, code: str, number: int) -> Expression:
    """A published version."""
    rows = Expression.public_rows().filter(work__jurisdiction=here(request), work__code=code)
    return get_object_or_404(rows.select_related("file", "work__jurisdiction", "supersedes"), number=number)


def work(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """A text: which wording is in force, on which day which was, and its versions."""
    found = find_work(request, code)
    rows = list(queries.versions(found))
    wanted = request.GET.get("fecha", "")
    try:
        day = dt.date.fromisoformat(wanted) if wanted else None
    except ValueError:
        day = None
    context = {
        "section": "texts",
        "work": found,
        "rows": rows,
        "newest": rows[0],
        "in_force": next((row for row in rows if row.stage == Expression.Stage.IN_FORCE), None),
        "wanted": wanted,
        "day": day,
        "on_day": queries.at(found, day) if day else None,
        "sections": sections.filled("legal_work", request, found),
        "edits": may(request, "legaltext.edit_texts", found),
    }
    return render(request, "legaltext/work.html", context)


def links(expression: Expression, contents: Contents, whole: bool = False) -> Words:
    """How the words of a version are written: references to its own provisions lead down the page or to another one."""
    work = expression.work
    slug = work.jurisdiction.slug
    paths = dict(
        Provision.objects.filter(expression=expression, lineage__named_in__provision__expression=expression)
        .values_list("lineage_id", "path")
        .distinct()
    )

    def where(cited: queries.Cited) -> str:
        if cited.lineage in paths:
            path = paths[cited.lineage]
            return f"#{path}" if whole else contents.address(path)
        if cited.work != work.pk and cited.published_on:
            return reverse("legaltext:work", args=[slug, cited.code])
        return ""

    return Words(where, "" if whole else reverse("legaltext:glossary", args=[slug]))


def _text(request: HttpRequest, expression: Expression, *, whole: bool) -> HttpResponse:
    contents = Contents(expression, queries.outline(expression))
    asked = request.GET.get("pagina", "1")
    page = min(int(asked), contents.pages) if asked.isdigit() and int(asked) else 1
    if whole and len(contents.units) > MOST_WHOLE:
        return redirect(contents.base)
    start, stop = (0, None) if whole else contents.span(page)
    part = queries.part(expression, start, stop)
    code, number = expression.work.code, expression.number
    base = reverse("legaltext:expression", args=[here(request).slug, code, number])
    after = marks.after(request, expression, [row for row in part.rows if row.kind in UNITS])
    newer = queries.next_version(expression)
    context = {
        "section": "texts",
        "expression": expression,
        "work": expression.work,
        "contents": contents,
        "chapters": contents.chapters(),
        "page": page,
        "pages": range(1, contents.pages + 1),
        "whole": whole,
        "can_be_whole": len(contents.units) <= MOST_WHOLE and contents.pages > 1,
        "newer": newer,
        "text": fragment(
            part,
            links(expression, contents, whole),
            lambda row: f"{base}{row.path}/",
            after,
            () if whole else contents.above(page),
            _("(sigue)"),
        ),
        "sections": sections.filled("legal_expression", request, expression),
    }
    return render(request, "legaltext/expression.html", context)


def expression(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A version, a hundred articles to a page, with its table of contents."""
    return _text(request, find_version(request, code, number), whole=False)


def whole(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """A version on one page, to search in and to print."""
    return _text(request, find_version(request, code, number), whole=True)


def provision(request: HttpRequest, jurisdiction: str, code: str, number: int, place: str) -> HttpResponse:
    """A provision by itself: its words, its links, and how it read in each version."""
    version = find_version(request, code, number)
    found = Provision.objects.filter(expression=version, path=place).select_related("lineage").first()
    if found is None:
        raise Http404
    contents = Contents(version, queries.outline(version))
    if found.path != found.unit:  # part of an article, or a chapter: it has no page of its own
        page = reverse("legaltext:provision", args=[jurisdiction, code, number, found.unit]) if found.unit else ""
        return redirect(f"{page}#{found.path}" if page else contents.address(found.path))
    unit = found
    part = queries.unit_part(unit)
    order = [row.path for row in contents.units]
    at = order.index(unit.path) if unit.path in order else -1
    history = queries.history(unit)
    context = {
        "section": "texts",
        "expression": version,
        "work": version.work,
        "provision": unit,
        "in_text": contents.address(unit.path),
        "before": contents.units[at - 1] if at > 0 else None,
        "after": contents.units[at + 1] if 0 <= at < len(order) - 1 else None,
        "text": fragment(part, links(version, contents), lambda row: contents.address(row.path), top=unit.depth),
        "history": history,
        "is_newest": history[0].row.expression_id == version.pk,
        "named_in": queries.named_in(unit),
        "figures": queries.figures_of(part.rows),
        "sections": sections.filled("legal_provision", request, unit),
    }
    return render(request, "legaltext/provision.html", context)


def glossary(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """All terms with plain words; drafts, as the page says."""
    return render(
        request,
        "legaltext/glossary.html",
        {"section": "texts", "entries": sorted(terms.terms(), key=lambda term: slugify(term.term))},
    )


def method(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """How versions are compared, how places are kept, and how readability is measured."""
    return render(request, "legaltext/method.html", {"section": "texts", "formulas": readability.FORMULAS})
