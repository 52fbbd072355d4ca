"""The log for machines, in the layout of C2SP tlog-tiles: checkpoint, tiles, bundles of entries, keys."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tequio.record import attest, keyring, state_seal, tree
from tequio.record.core.note import b64encode
from tequio.record.core.tiles import HASH_BYTES, WIDTH, bundle, parse_index
from tequio.record.models import Act, Leaf, Tile
from tequio.record.publish import newest
from tequio.record.sequence import tree_size

FOREVER = "public, max-age=31536000, immutable"
MAX_LEVEL = 7  # 2^64 leaves


def _text(content: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _bytes(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Cache-Control"] = FOREVER
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint, with the cosignatures that it has."""
    found = newest()
    if found is None:
        raise Http404
    return _text(attest.cosigned(found))


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The log's public keys as lines that verifiers take: the one that signs first, then former ones, each with the size of
    the tree from which on it signed and the day on which that began."""
    epochs = keyring.log_keys()
    if len(epochs) < 2:
        return _text(keyring.log_key().vkey + "\n")
    return _text("".join(f"{one.key.vkey} {one.start} {one.at[:10]}\n" for one in reversed(epochs)))


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The newest seal of the state, as its act's exact bytes; the act's number stands in a header."""
    found = state_seal.newest()
    place = Leaf.objects.filter(act=found).first() if found else None
    if found is None or place is None:
        raise Http404
    response = _text(bytes(found.entry).decode())
    response["Content-Type"] = "application/json"
    response["Tequio-Act"] = str(place.position)
    return response


@require_safe
def consistency(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """The proof that the tree of ``new`` acts grew out of that of ``old``, a hash in each line."""
    if not 0 < old <= new <= tree_size():
        raise Http404
    return _text("".join(b64encode(node) + "\n" for node in tree.consistency(old, new)))


def _place(place: str) -> tuple[int, int]:
    """Index and width from ``x001/067`` or ``x001/067.p/12``; 404 for any other writing."""
    whole, partial, width = place.partition(".p/")
    try:
        index = parse_index(whole)
    except ValueError as error:
        raise Http404 from error
    if not partial:
        return index, WIDTH
    if not (width.isascii() and width.isdigit()) or str(int(width)) != width or not 0 < int(width) < WIDTH:
        raise Http404
    return index, int(width)


@require_safe
def tile(request: HttpRequest, level: str, place: str) -> HttpResponse:
    """A tile of hashes. A narrower one is a prefix of the one stored, so it never changes either."""
    index, width = _place(place)
    if not (level.isascii() and level.isdigit()) or str(int(level)) != level or int(level) > MAX_LEVEL:
        raise Http404
    found = Tile.objects.filter(level=int(level), index=index).first()
    data = bytes(found.data)[: width * HASH_BYTES] if found else b""
    if len(data) < width * HASH_BYTES:
        raise Http404
    return _bytes(data)


@require_safe
def entries(request: HttpRequest, place: str) -> HttpResponse:
    """A bundle of entries, each with its length in two bytes before it."""
    index, width = _place(place)
    start = index * WIDTH
    rows = Act.objects.filter(numbered__position__gte=start, numbered__position__lt=start + width)
    found = [bytes(entry) for entry in rows.order_by("numbered__position").values_list("entry", flat=True)]
    if len(found) < width:
        raise Http404
    return _bytes(bundle(found))
