"""The readable outbox of a trial installation: each mail is a file in the data folder."""

import datetime as dt
import email
import email.policy
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

NAME = re.compile(r"^\d{13,20}-\d{1,4}$")
SHOWN = 100


@dataclass(frozen=True)
class Mail:
    """A kept mail."""

    name: str
    to: str
    subject: str
    body: str
    date: dt.datetime


class OutboxBackend(BaseEmailBackend):
    """Keeps mail instead of sending it: a file each, named by the microsecond."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            _keep(message.message().as_bytes())
        return len(email_messages)


def _keep(content: bytes) -> None:
    """Writes a new file; mails of the same microsecond are counted."""
    folder, stamp = _folder(), time.time_ns() // 1000
    for n in range(10_000):
        try:
            with (folder / f"{stamp}-{n}.eml").open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        return


def _folder() -> Path:
    folder = Path(settings.DATA) / "outbox"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def kept() -> list[Mail]:
    """The newest mails, newest first."""
    paths = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return [_parse(path) for path in paths]


def read(name: str) -> Mail | None:
    """One mail by name."""
    path = _folder() / f"{name}.eml"
    return _parse(path) if NAME.match(name) and path.exists() else None


def _parse(path: Path) -> Mail:
    message: Any = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    part = message.get_body(preferencelist=("plain", "html"))
    stamp = int(path.stem.partition("-")[0])
    return Mail(
        name=path.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        body=part.get_content() if part else "",
        date=dt.datetime.fromtimestamp(stamp / 1_000_000, tz=dt.UTC),
    )
