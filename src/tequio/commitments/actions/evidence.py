"""Evidence: handing it in, holding it back for personal data, and the redacted copy that takes its place."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments import sight
from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common.dates import PartialDate
from tequio.common.i18n import Text, text, versions
from tequio.documents.actions import discard
from tequio.documents.models import Blob, Capture, LinkState
from tequio.record.append import Actor, act
from tequio.vocabularies import terms

LONGEST_QUOTE = 5000  # characters, as in the plan document


@transaction.atomic
def submit_evidence(
    *,
    commitment: Commitment,
    activity: Activity | None,
    title: Any,
    kind: str,
    date: Any,
    url: str = "",
    blob: Blob | None = None,
    page: str = "",
    quote: str = "",
    source: str = "",
    author: str = "",
    licence: str = "",
    personal_data: bool = False,
    note: Any = "",
    by: Actor,
) -> Evidence:
    """Adds a piece of evidence to a public commitment: a file, an address, or both (standards §8.6).

    ``date`` is the day of what it shows, as precise as known (a date, ``"2026-03"`` or ``"2026"``). An address is
    archived *before*: ``blob`` is then the file of ``documents.capture.capture(url)``. A piece with ``personal_data`` is
    kept in private, without an act, until ``replace_with_redacted``. Raises ``ValidationError`` by field.
    """
    Commitment.objects.select_for_update().only("pk").get(pk=commitment.pk)  # numbers are given one at a time
    if not commitment.is_public():
        raise ValidationError(_("El compromiso todavía no está publicado."))
    day = _partial(date)
    piece = Evidence(
        commitment=commitment,
        activity=activity,
        title=_words(title),
        kind=kind,
        date=day,
        url=url.strip(),
        blob=blob,
        page=page.strip(),
        quote=quote.strip(),
        source=source.strip(),
        author=author.strip(),
        licence=licence.strip(),
        personal_data=personal_data,
        note=_words(note),
    )
    _check(piece)
    last = Evidence.objects.filter(commitment=commitment).aggregate(n=Max("number"))["n"] or 0
    piece.number = last + 1
    captured = Capture.objects.filter(url=piece.url, blob=blob).first() if piece.url and blob else None
    if captured:
        piece.captured = piece.link_checked = timezone.localdate(captured.captured)
        piece.link_state = LinkState.OK
    if personal_data:
        piece.save()
    else:
        with act("evidence.submitted", piece, by=by):
            pass
    return piece


@transaction.atomic
def replace_with_redacted(*, evidence: Evidence, file: Blob, by: Actor, quote: str | None = None) -> Evidence:
    """Publishes a piece that was held back, with the redacted copy in place of its file.

    The original is never public; it is deleted after the days of grace unless something else names it. The address is
    taken off, because the original stands there. ``quote`` replaces the quoted passage, where that held personal data.
    Raises ``ValidationError`` for a piece that is not held back, or for the very same file.
    """
    piece = _held(evidence)
    if not piece.personal_data:
        raise ValidationError(_("Esta evidencia ya es pública. Vuelve a abrir la página para verla."))
    if file.pk == piece.blob_id:
        raise ValidationError(
            {"file": _("Es el mismo archivo que ya tenemos. Sube la copia en la que tachaste los datos personales.")}
        )
    original, new = piece.blob, piece.rev == 0
    with act(
        "evidence.submitted" if new else "evidence.changed",
        piece,
        by=by,
        why=_("Versión pública, sin datos personales"),
    ):
        piece.blob, piece.personal_data = file, False
        piece.url, piece.captured, piece.link_state, piece.link_checked = "", None, "", None
        if quote is not None:
            piece.quote = quote.strip()[:LONGEST_QUOTE]
    if original is not None:
        discard(blob=original)
    sight.changed(piece, by)
    return piece


@transaction.atomic
def hold_back(*, evidence: Evidence, by: Actor, why: str) -> Evidence:
    """Takes a public piece out of the public's sight because it shows personal data. Its acts stay, its file is no longer
    served. Raises ``ValidationError`` without a reason, which is public, or for a piece that is not public."""
    piece = _held(evidence)
    if piece.personal_data:
        raise ValidationError(_("Esta evidencia ya está fuera de la vista del público."))
    if not why.strip():
        raise ValidationError({"why": _("Di por qué se retira: el motivo es público. No repitas el dato personal.")})
    with act("evidence.held_back", piece, by=by, why=why):
        piece.personal_data = True
    sight.changed(piece, by)
    return piece


def _held(evidence: Evidence) -> Evidence:
    """The piece as it stands now, held for this change."""
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("commitment__jurisdiction", "activity")
    return rows.get(pk=evidence.pk)


def _words(value: Any) -> Text:
    return value if isinstance(value, Text) else text(str(value or "").strip())


def _partial(value: Any) -> PartialDate:
    try:
        return PartialDate(value or "")
    except ValueError as error:
        raise ValidationError({"date": _("Esa fecha no existe. Escríbela como 2026-03-16, 2026-03 o 2026.")}) from error


def _check(piece: Evidence) -> None:
    """Everything that is wrong with a new piece, by field."""
    errors: dict[str, str] = {}
    today = timezone.localdate()
    titles = versions(piece.title).values()
    if not any(version.strip() for version in titles):
        errors["title"] = _("Ponle un título que diga qué es, por ejemplo «Bitácora de enero».")
    elif any(len(version) > 300 for version in titles):
        errors["title"] = _("El título pasa de 300 letras. Acórtalo.")
    if piece.kind not in terms.keys("evidence_type"):
        errors["kind"] = _("Elige de la lista qué tipo de evidencia es.")
    if not piece.date:
        errors["date"] = _("Di de qué fecha es; si no sabes el día, basta el mes o el año.")
    elif (piece.date.first or today) > today:
        errors["date"] = _("Esa fecha todavía no llega.")
    if not piece.url and piece.blob is None:
        errors["blob"] = _("Agrega un archivo o la dirección de una página.")
    if piece.url and (urlsplit(piece.url).scheme not in ("http", "https") or not urlsplit(piece.url).hostname):
        errors["url"] = _("La dirección debe empezar con https:// o http://.")
    activity = piece.activity
    if activity and activity.commitment_id != piece.commitment_id:
        errors["activity"] = _("Esa actividad es de otro compromiso.")
    elif activity and activity.withdrawn:
        errors["activity"] = _("Esa actividad salió de la hoja de ruta.")
    for name in ("url", "page", "source", "author", "licence", "quote"):
        field: Any = Evidence._meta.get_field(name)
        longest = field.max_length or LONGEST_QUOTE
        if len(getattr(piece, name)) > longest:
            errors[name] = _("Pasa de %(n)s letras. Acórtalo.") % {"n": longest}
    if errors:
        raise ValidationError(errors)
