"""The video of a bill: for everybody, and for those who bring it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.common import captions
from tequio.common.access import here as place_of
from tequio.common.access import may
from tequio.common.forms import taken
from tequio.common.i18n import versions
from tequio.documents.actions import keep
from tequio.documents.films import keep_film, megabytes
from tequio.documents.views import film_answer
from tequio.lawmaking import actions
from tequio.lawmaking.forms import FilmForm, LinkForm, PosterForm, WordsForm
from tequio.lawmaking.models import Bill
from tequio.lawmaking.views.public import SECTION, find_bill
from tequio.lawmaking.views.work import WORK, find_for_work
from tequio.people.acting import actor_for

NAMES = {"es": "Español", "en": "English"}


def context_of(bill: Bill, *, is_draft: bool = False) -> dict[str, Any]:
    """What the player needs. ``is_draft``: for those who prepare it, from addresses that only they can open."""
    where = {"jurisdiction": bill.jurisdiction.slug, "code": bill.code}
    film = bill.film if bill.film is not None and bill.film.path.exists() else None
    address = ""
    if film is not None:
        address = (
            reverse("lawmaking:draft_film", kwargs=where) if is_draft else reverse("documents:film", args=[film.pk])
        )
    return {
        **SECTION,
        "bill": bill,
        "film": address,
        "live": settings.BASE_URL,
        # The picture of a draft is not shown: only files of public bills have an address.
        "poster": reverse("documents:blob", args=[bill.poster.pk]) if bill.poster and bill.is_public() else "",
        "tracks": _tracks(bill, where, is_draft),
        "length": captions.clock(bill.film_seconds) if bill.film_seconds else "",
        "site": urlsplit(bill.video_url).hostname or "",
    }


def _tracks(bill: Bill, where: dict[str, str], is_draft: bool) -> list[dict[str, Any]]:
    """The captions in each language; those of the reader's language, or Spanish, are shown from the start."""
    both = {language: words for language, words in versions(bill.captions).items() if words}
    view = "lawmaking:draft_captions" if is_draft else "lawmaking:captions"
    mine = get_language() if get_language() in both else "es"
    return [
        {
            "language": language,
            "label": NAMES[language],
            "url": reverse(view, kwargs={**where, "language": language}),
            "shown": language == mine,
            "cues": [
                {"at": captions.clock(cue.start // 1000), "text": cue.text, "voice": cue.voice}
                for cue in captions.read(words).cues
            ],
        }
        for language, words in both.items()
    ]


def video(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """The film, what is said in it beside, and how much of somebody's data it takes before they touch it."""
    bill = find_bill(request, code)
    if not bill.has_video:
        raise Http404
    works = may(request, WORK, place_of(request))
    return render(request, "lawmaking/video.html", context_of(bill) | {"works": works})


def captions_file(request: HttpRequest, jurisdiction: str, code: str, language: str) -> HttpResponse:
    """The captions in a language, as a file that any player takes."""
    return _captions(find_bill(request, code), language)


def _captions(bill: Bill, language: str) -> HttpResponse:
    words = versions(bill.captions).get(language, "")
    if not words:
        raise Http404
    answer = HttpResponse(words, content_type="text/vtt; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{bill.code}-{language}.vtt"'
    return answer


@never_cache
def draft_film(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse | StreamingHttpResponse:
    """The film of a draft, for those who prepare it."""
    bill = find_for_work(request, code)
    if bill.film is None or not bill.film.path.exists():
        raise Http404
    return film_answer(request, bill.film, is_private=True)


@never_cache
def draft_captions(request: HttpRequest, jurisdiction: str, code: str, language: str) -> HttpResponse:
    """Its captions."""
    return _captions(find_for_work(request, code), language)


@never_cache
def edit(request: HttpRequest, jurisdiction: str, code: str) -> HttpResponse:
    """Bring the film or its address, its captions and what it says; a form for each, sent on its own."""
    bill = find_for_work(request, code)
    asked = request.POST.get("que", "")
    kinds = {"video": FilmForm, "enlace": LinkForm, "portada": PosterForm, "palabras": WordsForm}
    forms: dict[str, Any] = {
        name: kind(*((request.POST, request.FILES) if name == asked else ()), bill=bill, auto_id=f"{name}_%s")
        for name, kind in kinds.items()
    }
    if request.method == "POST" and (done := _take(request, bill, asked, forms)):
        messages.success(request, done)
        return redirect("lawmaking:edit_video", jurisdiction=jurisdiction, code=code)
    made = asked == "palabras" and "hacer" in request.POST and not forms[asked].errors
    wrong = request.method == "POST" and not made
    if wrong:
        bill.refresh_from_db()
    missing = actions.missing(bill) if bill.has_video else []
    context = {
        **context_of(bill, is_draft=True),
        "forms": forms,
        "asked": asked,
        "made": made,
        "most": megabytes(),
        "missing": [words for field, words in missing if field in ("captioned", "captions", "transcript")],
        # A public bill is complete at every moment: first its words, then the film.
        "words_first": bill.is_public()
        and not (versions(bill.captions).get("es") and versions(bill.transcript).get("es")),
    }
    return render(request, "lawmaking/work/video.html", context, status=422 if wrong else 200)


def _take(request: HttpRequest, bill: Bill, asked: str, forms: dict[str, Any]) -> str:
    """Does what the form asks; what to tell whoever sent it, or nothing where it is wrong (its form says why)."""
    by, who = actor_for(request), f"account:{request.user.pk}"
    seen = int(request.POST["rev"]) if request.POST.get("rev", "").isdecimal() else None
    said = []

    def film(data: Any) -> None:
        kept = keep_film(upload=data["film"], who=who)
        actions.set_film(bill=bill, kept=kept, by=by, seen=seen)
        said.append(_("El video quedó guardado."))
        if kept.emptied:
            said.append(_("Le quitamos lo que el teléfono escribió en él: el lugar, la fecha, el modelo."))

    def link(data: Any) -> None:
        actions.set_link(bill=bill, url=data["video_url"], captioned=data["captioned"], by=by, seen=seen)
        said.append(_("Guardamos la dirección del video."))

    def poster(data: Any) -> None:
        actions.set_poster(bill=bill, blob=keep(upload=data["poster"], who=who), by=by, seen=seen)
        said.append(_("La imagen quedó guardada."))

    def words(_data: Any) -> None:
        if "hacer" in request.POST:
            if not forms["palabras"].make_transcript():
                forms["palabras"].add_error("captions_es", _("Primero sube o pega los subtítulos."))
            return
        actions.set_words(bill=bill, by=by, seen=seen, **forms["palabras"].words)
        said.append(_("Los subtítulos y la transcripción quedaron guardados."))

    if asked == "quitar":
        actions.take_out(bill=bill, by=by, seen=seen)
        return _("La iniciativa ya no tiene video.")
    todo = {"video": film, "enlace": link, "portada": poster, "palabras": words}.get(asked)
    if todo is not None:
        taken(forms[asked], todo)
    return " ".join(said)
