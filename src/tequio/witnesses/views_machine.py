"""Witnesses for machines: the policy, the confirmed seal, cosignatures that arrive, and our own answers as a witness."""

import json
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tequio.record import attest
from tequio.record.core.witness import LARGEST_REQUEST
from tequio.record.publish import newest
from tequio.witnesses import actions, push, queries

HAND = Path(__file__).parent / "tool" / "tequio_firma.html"


def _text(content: str, status: int = 200, media_type: str = "text/plain; charset=utf-8") -> HttpResponse:
    response = HttpResponse(content, status=status, content_type=media_type)
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The policy in force, as a C2SP policy file."""
    return _text(queries.policy_text())


@require_safe
def attested(request: HttpRequest) -> HttpResponse:
    """The newest seal that enough witnesses confirmed, with their cosignatures."""
    found = queries.newest_attested()
    if found is None:
        raise Http404
    return _text(attest.cosigned(found))


@require_safe
def witnesses(request: HttpRequest) -> HttpResponse:
    """Every witness of today with what it confirmed last."""
    rows = [
        {
            "name": row.witness.name,
            "sector": row.witness.sector,
            "kind": row.witness.kind,
            "vkey": row.witness.vkey,
            "since": row.witness.since.isoformat(),
            "last_size": row.last.checkpoint.size if row.last else None,
            "last_time": row.last.at.isoformat() if row.last else None,
        }
        for row in queries.standings(newest())
    ]
    response = JsonResponse({"results": rows})
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def request_from(request: HttpRequest, old: int) -> HttpResponse:
    """What a witness without a server is asked to sign: the newest seal, and the proof that it grew out of its size ``old``."""
    seal = newest()
    if seal is None or old > seal.size:
        raise Http404
    return _text(push.request(seal, old))


@require_safe
def hand(request: HttpRequest) -> HttpResponse:
    """The page for signing by hand: one file that is kept, opened without a server, and knows this record's name and keys."""
    known = {
        "origin": settings.RECORD_ORIGIN,
        "address": settings.BASE_URL,
        "keys": [key.vkey for key in queries.log_verifiers()],
    }
    place = '<script type="application/json" id="config">'
    # As in Django's json_script: nothing in the values can end the element.
    safe = json.dumps(known).replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    response = _text(HAND.read_text().replace(f"{place}{{}}", place + safe, 1), media_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{HAND.name}"'
    return response


def _body(request: HttpRequest) -> str | None:
    if int(request.headers.get("Content-Length") or 0) > LARGEST_REQUEST:
        return None
    try:
        return request.read(LARGEST_REQUEST + 1).decode("utf-8")
    except UnicodeDecodeError:
        return ""


@csrf_exempt
@require_POST
def cosignatures(request: HttpRequest) -> HttpResponse:
    """Takes what a witness signed: one of our seals with its line."""
    body = _body(request)
    if body is None:
        return _text("too large\n", 413)
    try:
        new = actions.take_cosignatures(signed=body)
    except ValidationError as error:
        return _text(f"{error.messages[0]}\n", 422)
    return _text(f"{new}\n")


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest) -> HttpResponse:
    """Answers a log that asks us to confirm its checkpoint (C2SP tlog-witness)."""
    body = _body(request)
    if body is None:
        return _text("too large\n", 413)
    found = actions.add_checkpoint(body=body)
    return _text(found.body, found.status, found.media_type)
