"""Asks a public address once, with a limit on everything: where it leads, how long it takes, how much comes back."""

import http.client
import io
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

import tequio
from tequio.documents.actions import MAX_BYTES
from tequio.documents.addresses import Target, check, ways

MOST_REDIRECTS = 5
IDLE = 10.0  # seconds without a byte
MOST_OF_WIRE = MAX_BYTES + (1 << 20)  # with headers and the sizes of chunks
CHUNK = 1 << 16
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True)
class Fetched:
    """What an address answered: the bytes unpacked, where they came from, and what the server calls them."""

    content: bytes
    final_url: str
    status: int
    content_type: str


class _TooMuchError(Exception):
    pass


class _Wire(io.RawIOBase):
    """What comes in, within the time and the bytes that the whole answer may take: a drop each second is no way round."""

    def __init__(self, found: socket.socket, until: float) -> None:
        self.found, self.until, self.taken = found, until, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.found.settimeout(min(left, IDLE))
        size = self.found.recv_into(buffer)
        self.taken += size
        if self.taken > MOST_OF_WIRE:
            raise _TooMuchError
        return size


class _Pinned:
    """A socket as ``http.client`` wants one, to one of the numbers that were checked."""

    def __init__(self, target: Target, until: float) -> None:
        self.until = until
        self.found = self._connect(target)

    def _connect(self, target: Target) -> socket.socket:
        error: OSError = OSError("no address")
        for number in target.numbers[:3]:
            try:
                plain = socket.create_connection((number, target.port), timeout=self._left())
            except OSError as caught:
                error = caught
                continue
            if not target.is_secure:
                return plain
            try:
                return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
            except BaseException:
                plain.close()
                raise
        raise error

    def _left(self) -> float:
        left = min(self.until - time.monotonic(), IDLE)
        if left <= 0:
            raise TimeoutError
        return left

    def sendall(self, data: bytes) -> None:
        self.found.settimeout(self._left())
        self.found.sendall(data)

    def makefile(self, *_args: object) -> io.BufferedReader:
        return io.BufferedReader(_Wire(self.found, self.until), CHUNK)

    def close(self) -> None:
        """``http.client`` lets go of the socket once the headers are read; the answer is still to come."""

    def hang_up(self) -> None:
        self.found.close()


def fetch(url: str) -> Fetched:
    """The answer of an address, through at most five redirects, each checked as the first.

    Raises ``ValidationError`` in one sentence; its ``code`` is ``private``, ``dead`` (nothing answers), ``gone`` (the site
    says that there is nothing), ``closed`` (the site does not let us in) or none. Proxies of the environment are not used.
    """
    until = time.monotonic() + ways().seconds
    asked = urldefrag(url.strip()).url
    seen: set[str] = set()
    for _turn in range(MOST_REDIRECTS + 1):
        target = check(asked)
        if target.url in seen:
            raise ValidationError(
                _("La página da vueltas sobre sí misma y no lleva a ningún lado. Usa otra dirección.")
            )
        seen.add(target.url)
        found = _ask(target, until)
        if isinstance(found, Fetched):
            return found
        asked = urldefrag(urljoin(target.url, found)).url
    raise ValidationError(_("La dirección manda a otra y otra más. Usa la dirección final de la página."))


def _ask(target: Target, until: float) -> Fetched | str:
    """One question: the answer, or where it sends us."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.default_port = 443 if target.is_secure else 80  # so that the Host header names no port
    try:
        pinned = _Pinned(target, until)
        try:
            connection.sock = pinned
            connection.request(
                "GET",
                target.path,
                headers={
                    "User-Agent": f"Tequio/{tequio.__version__} (+{settings.BASE_URL})",
                    "Accept": "*/*",
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                },
            )
            with connection.getresponse() as response:
                return _answer(response, target)
        finally:
            pinned.hang_up()
    except _TooMuchError as error:
        raise _too_big() from error
    except ssl.SSLError as error:
        raise ValidationError(
            _(
                "El sitio no demuestra que es quien dice (su certificado falla). Descarga el documento y súbelo como archivo."
            ),
            code="closed",
        ) from error
    except TimeoutError as error:
        raise ValidationError(
            _("El sitio tarda demasiado. Inténtalo más tarde, o descarga el documento y súbelo como archivo."),
            code="dead",
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ValidationError(
            _(
                "El sitio no contestó bien o se cortó a la mitad. Inténtalo más tarde, o sube el documento como archivo."
            ),
            code="dead",
        ) from error


def _too_big() -> ValidationError:
    return ValidationError(
        _("Lo que hay en esa dirección pesa más de 10 MB. Descarga la parte que importa y súbela como archivo.")
    )


def _answer(response: http.client.HTTPResponse, target: Target) -> Fetched | str:
    if response.status in REDIRECTS:
        where = response.headers.get("Location")
        if not where:
            raise http.client.HTTPException("a redirect to nowhere")
        return where.strip()
    if response.status not in (200, 203):
        raise _refused(response.status)
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared[:19]) > MAX_BYTES:
        raise _too_big()
    content = _read(response)
    kind = response.headers.get_content_type() if response.headers.get("Content-Type") else ""
    return Fetched(content, target.url, response.status, kind.lower())


def _refused(status: int) -> ValidationError:
    if status in (404, 410):
        return ValidationError(_("El sitio dice que esa página no existe. Revisa la dirección."), code="gone")
    if status in (401, 403, 407, 429, 451):
        return ValidationError(
            _("El sitio no nos deja entrar a esa página. Descarga el documento y súbelo como archivo."), code="closed"
        )
    return ValidationError(
        _("El sitio contestó con un error (%(status)s). Inténtalo más tarde, o sube el documento como archivo.")
        % {"status": status},
        code="dead",
    )


def _read(response: http.client.HTTPResponse) -> bytes:
    """The body, unpacked, never more than the limit."""
    packed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed not in ("identity", "gzip", "x-gzip", ""):
        raise ValidationError(_("El sitio manda la página de un modo que no leemos. Sube el documento como archivo."))
    unpacker = zlib.decompressobj(31) if "gzip" in packed else None
    content = bytearray()
    while piece := response.read(CHUNK):
        if unpacker is None:
            content += piece
        else:
            content += _unpack(unpacker, piece, MAX_BYTES + 1 - len(content))
        if len(content) > MAX_BYTES:
            raise _too_big()
    if response.length or (unpacker is not None and not unpacker.eof):
        raise http.client.IncompleteRead(b"")
    return bytes(content)


def _unpack(unpacker: Any, piece: bytes, most: int) -> bytes:
    try:
        return bytes(unpacker.decompress(piece, most))
    except zlib.error as error:
        raise http.client.HTTPException("not gzip") from error
