"""ClamAV, where an installation has it: a file is shown to ``clamd`` before it is kept (``TEQUIO_CLAMD``)."""

import socket
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.common.health import Finding, bad, good

SECONDS = 20  # for each answer
CHUNK = 1 << 16
LONGEST_ANSWER = 4096


def _connect() -> socket.socket:
    """``unix:/run/clamav/clamd.ctl`` or ``host:port``. Raises ``OSError``, ``ValueError`` for another form."""
    where = settings.CLAMD
    if where.startswith("unix:"):
        found = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        found.settimeout(SECONDS)
        try:
            found.connect(where.removeprefix("unix:"))
        except OSError:
            found.close()
            raise
        return found
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _ask(command: bytes, content: IO[bytes] | None = None) -> str:
    with _connect() as connection:
        connection.sendall(b"z" + command + b"\0")
        if content is not None:
            while piece := content.read(CHUNK):
                connection.sendall(struct.pack(">I", len(piece)) + piece)
            connection.sendall(struct.pack(">I", 0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            piece = connection.recv(LONGEST_ANSWER)
            if not piece:
                break
            answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def scan(content: bytes) -> None:
    """Raises ``ValidationError`` when ClamAV finds something, or does not answer; passes where there is none."""
    scan_stream(BytesIO(content))


def scan_stream(content: IO[bytes]) -> None:
    """As ``scan``, for a file that is too long for memory, from where it stands."""
    if not settings.CLAMD:
        return
    try:
        answer = _ask(b"INSTREAM", content)
    except (OSError, ValueError) as error:
        raise ValidationError(_later()) from error
    if answer.endswith("FOUND"):
        raise ValidationError(
            _("El antivirus encontró algo en este archivo. No lo guardamos; revisa tu equipo y sube una copia limpia.")
        )
    if "size limit exceeded" in answer:
        raise ValidationError(
            _("El antivirus del portal no revisa archivos tan grandes. Pide que suban StreamMaxLength en ClamAV.")
        )
    if not answer.endswith("OK"):
        raise ValidationError(_later())


def _later() -> str:
    return _(
        "El antivirus del portal no contesta, así que no podemos guardar archivos ahora. Inténtalo en unos minutos."
    )


def ask_doctor() -> Iterator[Finding]:
    """Whether the ClamAV of the settings answers."""
    if not settings.CLAMD:
        yield good(_("Sin antivirus: los archivos se revisan por su contenido (TEQUIO_CLAMD agrega ClamAV)."))
        return
    try:
        answer = _ask(b"PING")
    except (OSError, ValueError) as error:
        answer = str(error)
    if answer == "PONG":
        yield good(_("El antivirus contesta en %(where)s.") % {"where": settings.CLAMD})
    else:
        yield bad(
            _("El antivirus no contesta en %(where)s: %(answer)s.") % {"where": settings.CLAMD, "answer": answer},
            _("Arranca clamd o corrige TEQUIO_CLAMD: mientras tanto nadie puede subir archivos."),
        )
