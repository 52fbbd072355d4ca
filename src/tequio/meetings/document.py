"""Minutes as a document: what it says, the hash of what it says, and a tagged PDF of the same bytes each time."""

import hashlib
import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.common.dates import in_words
from tequio.common.i18n import best
from tequio.common.qr import dots
from tequio.meetings import queries
from tequio.meetings.models import Correction, Minutes, MinutesEntry, Session
from tequio.record.core import canon
from tequio.record.state import plain

TEMPLATE = Path(__file__).parent / "document.typ"


def address(minutes: Minutes) -> str:
    """Where the minutes can be read and checked; what the QR code of the document says."""
    session = minutes.session
    with translation.override("es"):
        return settings.BASE_URL + reverse("meetings:session", args=[session.jurisdiction.slug, session.number])


def contents(minutes: Minutes) -> dict[str, Any]:
    """Everything that the document prints, in Spanish, as plain values in the record's canonical profile."""
    session = minutes.session
    with translation.override("es"):
        items = {item.pk: item for item in queries.agenda_of(session)}
        said: dict[int | None, list[Any]] = {pk: [] for pk in items}
        for entry in queries.entries_of(minutes):
            said.setdefault(entry.item_id, []).append(_entry(entry))
        agreed: dict[int | None, list[Any]] = {}
        for row in session.agreements.select_related("seat", "organisation").order_by("order"):
            agreed.setdefault(row.item_id, []).append({"text": row.text, "owner": row.owner, "due": in_words(row.due)})
        told = {
            "title": _("Acta: %(session)s") % {"session": best(session.title)[0]},
            "place_name": best(session.jurisdiction.name)[0],
            "practice": _("Territorio de práctica: todo lo que dice es inventado.")
            if session.jurisdiction.is_practice
            else "",
            "body": best(session.body.name)[0],
            "kind": str(session.get_kind_display()),
            "day": in_words(session.day),
            "opened": _clock(session, session.opened_at),
            "closed": _clock(session, session.closed_at),
            "place": session.place,
            "mode": str(session.get_mode_display()),
            "approved": in_words(minutes.approved_on),
            "late": _("Se aprobó %(days)s días después de su plazo.") % {"days": late}
            if (late := _late(minutes))
            else "",
            "seats": [_seat(row) for row in queries.presences(session)],
            "guests": _guests(session),
            "items": [
                {
                    "title": item.title,
                    "by": f"{item.seat or item.organisation or ''} ({item.sector_label})" if item.proposed_on else "",
                    "entries": said.get(pk, []),
                    "agreements": agreed.get(pk, []),
                }
                for pk, item in items.items()
            ],
            "corrections": [_correction(row) for row in minutes.corrections.order_by("number")],
        }
    found: dict[str, Any] = plain(told)
    return {**found, "address": address(minutes)}


def root(said: dict[str, Any]) -> str:
    """The SHA-256 of the contents in the record's canonical form."""
    return hashlib.sha256(canon.encode(said)).hexdigest()


def pdf(said: dict[str, Any]) -> bytes:
    """The tagged PDF (PDF/UA-1). The same contents give the same bytes: no clock, no fonts of the machine."""
    data = {**said, "root": root(said), "qr": qr_svg(said["address"])}
    made = typst.compile(
        TEMPLATE.read_bytes(),
        ignore_system_fonts=True,
        timestamp=0,
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return bytes(made)


def qr_svg(words: str) -> str:
    """A QR code as a picture that stands by itself, for the document and for the room's screen."""
    size, path = dots(words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>'
    )


def _clock(session: Session, moment: Any) -> str:
    return moment.astimezone(session.zone).strftime("%H:%M") if moment else ""


def _late(minutes: Minutes) -> int:
    return minutes.days_late(minutes.approved_on) if minutes.approved_on else 0


def _entry(entry: MinutesEntry) -> dict[str, str]:
    who = [
        str(part) for part in (entry.public_name, entry.seat or entry.organisation or "", entry.sector_label) if part
    ]
    text = entry.text or _("Estas palabras se retiraron por derecho de una persona.")
    return {"kind": str(entry.get_kind_display()), "who": ", ".join(who), "text": text}


def _seat(row: queries.Presence) -> dict[str, str]:
    return {
        "seat": str(row.seat),
        "sector": row.seat.sector_label,
        "head": row.head or _("ausente"),
        "liaison": row.liaison or row.alternate or _("ausente"),
    }


def _guests(session: Session) -> list[str]:
    told = queries.guests_of(session)
    lines = [f"{sector}: {n}" for sector, n in told["groups"]]
    few = ", ".join(told["few"])
    return [*lines, *([_("Unas pocas personas de: %(which)s") % {"which": few}] if few else [])]


def _correction(row: Correction) -> dict[str, str]:
    return {
        "who": row.sector_label,
        "text": row.text,
        "answer": str(row.get_answer_display()),
        "reason": row.reason,
    }
