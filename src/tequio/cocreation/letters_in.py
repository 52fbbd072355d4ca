"""A mail that somebody sent to the organisers, read from the file that their mail program saves (``.eml``, RFC 5322)."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

LARGEST = 25 * 2**20  # bytes: what mail services take, attachments and all
BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote")


@dataclass(frozen=True)
class Letter:
    """What a mail says. ``code`` tells one mail from any other and nothing about anybody: the same file again is the
    same contribution. ``received_on`` is the day its sender's program gave it, never after today. ``files`` counts
    attachments."""

    title: str
    text: str
    name: str
    email: str
    received_on: dt.date
    code: str
    files: int


class _Words(HTMLParser):
    """The words of a mail that came without a plain version."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.quiet += tag in ("style", "script", "head")
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.quiet -= tag in ("style", "script", "head") and self.quiet > 0

    def handle_data(self, data: str) -> None:
        if not self.quiet:
            self.parts.append(" ".join(data.split()) + " " if data.strip() else "")


def read(content: bytes) -> Letter:
    """Reads a saved mail. Raises ``ValidationError`` for what is none, or says nothing."""
    wrong = ValidationError(_("No es un correo guardado: en tu programa de correo usa «Guardar como» y elige .eml."))
    if len(content) > LARGEST:
        raise ValidationError(_("El correo pesa demasiado: guarda los archivos aparte."))
    message = message_from_bytes(content, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message["From"]:
        raise wrong
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        words = str(body.get_content()) if body is not None else ""
        files = sum(1 for _part in message.iter_attachments())
        subject, sender = str(message["Subject"] or ""), str(message["From"])
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
    ) as error:  # letters by machines that write badly
        raise wrong from error
    if body is not None and body.get_content_type() == "text/html":
        parser = _Words()
        parser.feed(words)
        words = "".join(parser.parts)
    text = "\n".join(_own_lines(words)).strip()
    if not text:
        raise ValidationError(_("El correo no trae texto."))
    name, address = parseaddr(sender)
    mark = str(message["Message-ID"] or "") or f"{sender}{subject}{message['Date']}{text}"
    return Letter(
        title=" ".join(subject.split())[:200],
        text=text[:5000],
        name=name[:120],
        email=address[:254].lower(),
        received_on=_day(message),
        code=f"correo-{hashlib.sha256(mark.encode()).hexdigest()[:16]}",
        files=files,
    )


def _own_lines(words: str) -> list[str]:
    """Without what it quotes of an earlier mail, and without runs of empty lines."""
    found: list[str] = []
    for line in words.replace("\xa0", " ").splitlines():
        line = line.rstrip()
        if line.lstrip().startswith(">") or (not line and found[-1:] == [""]):
            continue
        found.append(line)
    return found


def _day(message: EmailMessage) -> dt.date:
    today = timezone.localdate()
    told = getattr(message["Date"], "datetime", None)
    if not isinstance(told, dt.datetime):
        return today
    aware = told if told.tzinfo else told.replace(tzinfo=dt.UTC)
    return min(timezone.localtime(aware).date(), today)
