"""Bills for everybody: all of them, one, what is said of it, and whose words came in."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models import Said
from tequio.common import captions
from tequio.common.access import here, may
from tequio.common.paging import page_of
from tequio.lawmaking import queries
from tequio.lawmaking.models import LIVE, Bill, Fate, Remark, Stage
from tequio.lawmaking.topics import all_key, sponsor_key, sponsor_name, topic_key, topic_name
from tequio.legaltext.worddiff import compare
from tequio.opinions import queries as conversations
from tequio.vocabularies import terms

SECTION = {"section": "bills"}
ORDERS = (("recientes", _("Más recientes")), ("apoyadas", _("Más apoyadas")), ("comentadas", _("Más comentadas")))
STATES = (("esperando", _("Esperan respuesta")), ("vencidas", _("Sin respuesta y vencidas")), *Fate.Decision.choices)
KINDS = tuple(choice for choice in Remark.Kind.choices if choice[0] != Remark.Kind.REPLY)


def find_bill(request: HttpRequest, code: str) -> Bill:
    """A public bill of this place."""
    return get_object_or_404(queries.bills(here(request)), code=code)


def bills(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every bill, those that people may still speak about first."""
    place = here(request)
    rows = queries.bills(place)
    stage, topic, words = (request.GET.get(name, "") for name in ("etapa", "tema", "q"))
    known = sorted({key for found in rows.order_by().values_list("topics", flat=True) for key in found})
    if stage == "vivas":
        rows = rows.filter(stage__in=LIVE)
    elif stage in Stage.values:
        rows = rows.filter(stage=stage)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(plain_title__icontains=words) | Q(number__icontains=words))
    if topic:
        rows = queries.on_topic(rows, topic)
    context = {
        "stages": [("vivas", _("Siguen su camino")), *Stage.choices],
        "topics": [(key, terms.label("policy_area", key)) for key in known],
        "wanted": {"etapa": stage, "tema": topic, "q": words},
        "filtered": bool(stage or topic or words),
        "totals": queries.totals(place),
        "works": may(request, "lawmaking.work", place),
        "follows": all_key(place.slug),
        "feed": reverse("lawmaking:feed", args=[place.slug]),
    }
    return _listed(request, rows, context)


def _listed(request: HttpRequest, rows: Any, context: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(request, queries.open_first(rows, today))
    opened = {row.pk for row in page if row.is_open(today)}
    context = {**SECTION, "rows": page, "opened": opened, "today": today, **context}
    return render(request, "lawmaking/bills.html", context)


def topic(request: HttpRequest, jurisdiction: str, topic: str) -> HttpResponse:
    """The bills on a subject, which can be followed."""
    place = here(request)
    name = topic_name(place.slug, topic)
    if not name:
        raise Http404
    context = {
        "group": name,
        "group_words": _("Iniciativas sobre"),
        "follows": topic_key(place.slug, topic),
        "feed": reverse("lawmaking:topic_feed", args=[place.slug, topic]),
    }
    return _listed(request, queries.on_topic(queries.bills(place), topic), context)


def sponsor(request: HttpRequest, jurisdiction: str, sponsor: str) -> HttpResponse:
    """The bills that a deputy proposes, who can be followed."""
    place = here(request)
    name = sponsor_name(place.slug, sponsor)
    if not name:
        raise Http404
    context = {
        "group": name,
        "group_words": _("Iniciativas de"),
        "follows": sponsor_key(place.slug, sponsor),
        "feed": reverse("lawmaking:sponsor_feed", args=[place.slug, sponsor]),
    }
    return _listed(request, queries.by_sponsor(queries.bills(place), sponsor), context)


def context_of(found: Bill) -> dict[str, Any]:
    """What the page of a bill shows."""
    today, newest = timezone.localdate(), queries.newest_text(found)
    done = list(found.steps.select_related("expression__work").order_by("on", "number")) if found.pk else []
    articles, whole = queries.articles(found, newest) if newest is not None else ([], True)
    sessions = queries.hearings(found) if found.pk else []
    now = timezone.now()
    asked = queries.answers(found) if found.questions else {}
    return {
        **SECTION,
        "bill": found,
        "today": today,
        "is_open": found.is_open(today),
        "steps": done,
        "video_length": captions.clock(found.film_seconds) if found.film_seconds else "",
        "newest": newest,
        "figures": queries.figures(found, today),
        "articles": articles,
        "articles_whole": whole,
        "articles_said": any(row.count for row in articles),
        "coming": [row for row in sessions if row.ends >= now and not row.is_off],
        "past": [row for row in sessions if row.ends < now or row.is_off],
        "fates": list(queries.fates(found)[:3]) if found.pk else [],
        "credits": [row for row in queries.brought(found) if row.stands][:3] if newest is not None else [],
        "latest": queries.remarks(found).filter(sight=Said.Sight.SHOWN)[:3],
        "questions": [{**row, "count": asked.get(row["n"], 0)} for row in found.questions],
        "topics": [(key, terms.label("policy_area", key)) for key in found.topics],
        "sponsors": [{**row, "slug": queries.sponsor_slug(row["name"])} for row in found.sponsors],
        "conversations": conversations.about(found.subject_key()) if found.pk else [],
    }


def bill(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """One bill: what changes for whom, where it is, and the one thing that a person can do today."""
    found = find_bill(request, code)
    context = context_of(found) | {"works": may(request, "lawmaking.work", here(request))}
    return render(request, "lawmaking/bill.html", context)


def remarks(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Everything said of a bill, sorted and filtered by the address."""
    found = find_bill(request, code)
    names = ("orden", "tipo", "estado", "pregunta", "lugar")
    wanted = {name: request.GET.get(name, "") for name in names}
    rows, today, newest = queries.remarks(found), timezone.localdate(), queries.newest_text(found)
    unit = queries.unit(newest, wanted["lugar"]) if newest is not None and wanted["lugar"] else None
    if unit is not None:
        rows = queries.on_unit(found, unit)
    if wanted["tipo"] in dict(KINDS):
        rows = rows.filter(kind=wanted["tipo"])
    if wanted["estado"] == "esperando":
        rows = rows.filter(closed_on=None).exclude(sight=Said.Sight.WITHDRAWN)
    elif wanted["estado"] == "vencidas":
        rows = rows.filter(closed_on=None, due__lt=today).exclude(sight=Said.Sight.WITHDRAWN)
    elif wanted["estado"] in Fate.Decision.values:
        rows = rows.filter(fate__decision=wanted["estado"])
    if wanted["pregunta"].isdecimal():
        rows = rows.filter(question=int(wanted["pregunta"][:4]))
    rows = rows.order_by(*queries.ORDERS.get(wanted["orden"], queries.ORDERS["recientes"]))
    context = {
        **SECTION,
        "bill": found,
        "rows": page_of(request, rows),
        "figures": queries.figures(found, today),
        "unit": unit,
        "newest": newest,
        "question": next((row for row in found.questions if str(row["n"]) == wanted["pregunta"]), None),
        "orders": ORDERS,
        "kinds": KINDS,
        "states": STATES,
        "wanted": wanted,
        "filtered": any(wanted[name] for name in names[1:]),
        "is_open": found.is_open(today),
        "today": today,
    }
    return render(request, "lawmaking/remarks.html", context)


def remark(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """One opinion: where it stands, what became of it, where its words went, and the replies."""
    found = find_bill(request, code)
    row = get_object_or_404(queries.remarks(found), number=number)
    today = timezone.localdate()
    context = {
        **SECTION,
        "bill": found,
        "remark": row,
        "pieces": compare(row.base, row.wording) if row.wording and row.is_shown else [],
        "credits": queries.credits_of(row),
        "replies": page_of(request, row.replies.filter(published_on__isnull=False).order_by("number")),
        "is_open": found.is_open(today),
        "today": today,
    }
    return render(request, "lawmaking/remark.html", context)


def words(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Whose words came into the text of a bill, at any of its stages."""
    found = find_bill(request, code)
    newest = queries.newest_text(found)
    rows = queries.brought(found)
    context = {
        **SECTION,
        "bill": found,
        "newest": newest,
        "rows": page_of(request, rows),
        "figures": queries.figures(found, timezone.localdate()),
    }
    return render(request, "lawmaking/words.html", context)
