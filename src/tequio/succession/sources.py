"""Where copies of the record lie: an ally's address or a folder, in any of the forms that allies keep them in."""

import hashlib
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

TIMEOUT = 30  # seconds for one answer
LARGEST = 64_000_000  # bytes of one answer


class Source:
    """Reads files of the log by their address below ``registro/``: of a portal, a mirror, a bundle, the witness tool's copy."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/")
        self.remote = place.startswith(("http://", "https://"))
        self.folder = Path(place)
        if not self.remote:
            for inside in ("data", "espejo", "."):
                if (self.folder / inside / "registro" / "checkpoint").exists():
                    self.folder = self.folder / inside
                    break

    def read(self, name: str) -> bytes | None:
        """A file's bytes, or None where there is none or nobody answers."""
        if not self.remote:
            path = self.folder / name
            return path.read_bytes() if path.is_file() else None
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.place}/{name}", timeout=TIMEOUT) as answer:
                data: bytes = answer.read(LARGEST)
                return data
        except (urllib.error.URLError, OSError, ValueError):
            return None

    def text(self, name: str) -> str:
        return (self.read(name) or b"").decode("utf-8", "replace")

    def checkpoint(self) -> str:
        """The newest seal that lies there; a witness publishes it under the hash of the log's name."""
        ours = hashlib.sha256(settings.RECORD_ORIGIN.encode()).hexdigest()
        return self.text("registro/checkpoint") or self.text(f"{ours}/checkpoint")
