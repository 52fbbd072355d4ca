"""The film with which a bill's sponsors explain it: brought, replaced, taken out, with its captions and its words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.common import captions
from tequio.common.i18n import text, versions
from tequio.documents.actions import discard
from tequio.documents.films import KeptFilm
from tequio.documents.models import Blob
from tequio.lawmaking.actions.bills import change_bill
from tequio.lawmaking.models import Bill
from tequio.record.append import Actor


@transaction.atomic
def set_film(*, bill: Bill, kept: KeptFilm, by: Actor, seen: int | None = None) -> Bill:
    """The bill's film is this file. It takes the place of an earlier one, or of an address elsewhere. Raises
    ``ValidationError`` for a public bill that has no captions and transcript yet, or whose captions are longer than the film."""
    _fits(versions(bill.captions), kept.seconds)
    return _changed(
        bill, by, seen, film=kept.blob, film_seconds=kept.seconds, video_url="", captioned=False, poster=bill.poster
    )


@transaction.atomic
def set_link(*, bill: Bill, url: str, captioned: bool, by: Actor, seen: int | None = None) -> Bill:
    """The bill's film is at an address elsewhere; ``captioned``: it shows captions there."""
    if not url.strip():
        raise ValidationError({"video_url": _("Pega la dirección del video.")})
    if not captioned:
        raise ValidationError({"captioned": _("Ponle subtítulos al video en ese sitio y confírmalo aquí.")})
    return _changed(
        bill, by, seen, film=None, film_seconds=None, poster=None, video_url=url.strip(), captioned=captioned
    )


@transaction.atomic
def set_poster(*, bill: Bill, blob: Blob, by: Actor, seen: int | None = None) -> Bill:
    """The picture that stands in the place of the film until somebody plays it."""
    if bill.film is None:
        raise ValidationError(_("Primero sube el video."))
    if not blob.media_type.startswith("image/"):
        raise ValidationError({"poster": _("Elige una imagen: PNG, JPG o WebP.")})
    return _changed(bill, by, seen, poster=blob)


@transaction.atomic
def take_out(*, bill: Bill, by: Actor, seen: int | None = None) -> Bill:
    """The bill has no film any more, nor its captions and words."""
    return _changed(
        bill,
        by,
        seen,
        film=None,
        film_seconds=None,
        poster=None,
        video_url="",
        captioned=False,
        captions="",
        transcript="",
    )


@transaction.atomic
def set_words(
    *, bill: Bill, captioned: dict[str, str], said: dict[str, str], by: Actor, seen: int | None = None
) -> Bill:
    """The captions (WebVTT or SubRip) and the transcript, each ``{es, en}``. Raises ``ValidationError`` naming each line of the
    captions that is wrong (``captions_es``, ``captions_en``)."""
    kept = _fits(captioned, bill.film_seconds)
    return _changed(
        bill,
        by,
        seen,
        captions=text(kept.get("es", ""), kept.get("en", "")),
        transcript=text(said.get("es", "").strip(), said.get("en", "").strip()),
    )


def _fits(written: dict[str, str], seconds: int | None) -> dict[str, str]:
    """The captions as they are kept, where nothing is wrong with them."""
    read = {language: captions.read(words, seconds) for language, words in written.items() if words.strip()}
    wrong = {
        f"captions_{language}": [
            _("Renglón %(line)s: %(words)s") % {"line": fault.line, "words": fault.words} for fault in found.faults
        ]
        for language, found in read.items()
        if found.faults
    }
    if wrong:
        raise ValidationError(wrong)
    return {language: found.text for language, found in read.items()}


def _changed(bill: Bill, by: Actor, seen: int | None, **columns: Any) -> Bill:
    before = {blob for blob in (bill.film, bill.poster) if blob is not None}
    changed = change_bill(bill=bill, by=by, seen=seen, **columns)
    for gone in before - {changed.film, changed.poster}:
        discard(blob=gone)
    return changed
