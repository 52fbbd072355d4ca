"""One stylesheet from the layers: a static-files finder that joins them, so that no build step is needed."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCE = Path(__file__).parent / "static" / "portal" / "css"
NAME = "portal/portal.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def stylesheet() -> str:
    """The layers in order: tokens, base, layout, parts by name, print."""
    files = [SOURCE / "tokens.css", SOURCE / "base.css", SOURCE / "layout.css"]
    files += [*sorted((SOURCE / "parts").glob("*.css")), SOURCE / "print.css"]
    css = "\n".join(path.read_text(encoding="utf-8") for path in files)
    # The bundle lies one folder above its sources; comments and indentation are for whoever edits them.
    css = COMMENT.sub("", css.replace("../font/", "font/"))
    return "".join(line.strip() + "\n" for line in css.splitlines() if line.strip())


class StylesheetFinder(BaseFinder):
    """Finds ``portal/portal.css``, written to the data folder whenever a layer has changed."""

    def _written(self) -> Path:
        target = Path(settings.DATA) / "bundle" / NAME
        css = stylesheet()
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css, encoding="utf-8")
        return target

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        found = str(self._written())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        self._written()
        yield NAME, FileSystemStorage(location=Path(settings.DATA) / "bundle")
