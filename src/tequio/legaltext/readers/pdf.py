"""PDF to plain text: the lines of each page, with white space before those that open a paragraph.

What opens one is told by the page: a wider gap, a line before that had room for the next word, a change of the left
edge. The same text is read once more without the page's help; where the two differ a doubt says so."""

import itertools
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.documents.contents import pdf
from tequio.legaltext.readers import text
from tequio.legaltext.readers.reading import Reading, Tell, quietly
from tequio.legaltext.tree import Doubt, Span

MOST_SECONDS = 30
WORKER = Path(__file__).with_name("pdf_worker.py")  # run by its path: nothing else of the product is loaded
STRONG, WEAK = "    ", " "
_ENDED = re.compile(r"[.:;…][\"”»’')\]]*\s*$")

_PAGE = re.compile(rb"page (\d{1,6}) (\d{1,6})\s*$")
_LABEL = re.compile(r"[a-zñ]{1,5}\)|\d{1,2}[.)]")
_Line = tuple[float, float, float, float, str]


def read(content: bytes, tell: Tell = quietly) -> Reading:
    """The text of a PDF. `documents.contents.pdf` refuses what must not be in one."""
    pdf.look(content)
    pages = _pages(content, tell)
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages) or sum(len(line[4]) for page in pages for line in page) < 20 * len(pages):
        raise ValidationError(
            _("El PDF es una imagen escaneada, sin texto que se pueda leer. Sube el documento de Word o pega su texto.")
        )
    doubts = [Doubt("page_without_text", Span(0, 0), "serious", (("page", str(number)),)) for number in empty]
    words = "\n\f\n".join("\n".join(_marked(page)) for page in pages)
    return text.checked(words)._replace(layout="indented", markdown=False, doubts=tuple(doubts), second="wrapped")


def _pages(content: bytes, tell: Tell) -> list[list[_Line]]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as read_out:
        given.write(content)
        given.seek(0)
        command = [sys.executable, "-I", str(WORKER)]
        with subprocess.Popen(command, stdin=given, stdout=read_out, stderr=subprocess.PIPE) as worker:
            late = threading.Timer(MOST_SECONDS, worker.kill)
            late.start()
            try:
                for line in worker.stderr or ():
                    if found := _PAGE.match(line):
                        place = {"page": int(found[1]), "pages": int(found[2])}
                        tell(_("Leemos la página %(page)s de %(pages)s.") % place)
            finally:
                late.cancel()
        read_out.seek(0)
        return _understood(worker.returncode, read_out)


def _understood(returncode: int, read_out: IO[bytes]) -> list[list[_Line]]:
    if returncode == 0:
        return [[tuple(line) for line in page] for page in json.load(read_out)]
    if returncode == 3:
        raise ValidationError(
            _("El PDF está protegido con contraseña o permisos. Guárdalo sin protección (Imprimir → Guardar como PDF).")
        )
    if returncode == 4:
        raise ValidationError(_("El PDF está incompleto o dañado. Ábrelo, guárdalo de nuevo y vuelve a subirlo."))
    raise _too_long()


def _too_long() -> ValidationError:
    return ValidationError(_("El PDF es demasiado largo o complicado para leerlo. Divídelo o pega su texto."))


def _marked(page: list[_Line]) -> list[str]:
    """The lines of a page, with white space before each that opens a paragraph."""
    if not page:
        return []
    margin = (
        statistics.mode(round(line[0] / 3) for line in page if len(line[4]) > 40 or len(page) < 5) * 3
        if any(len(line[4]) > 40 or len(page) < 5 for line in page)
        else min(line[0] for line in page)
    )
    right = max(line[1] for line in page)
    gaps = [a[2] - b[2] for a, b in itertools.pairwise(page) if 0 < a[2] - b[2] < 60]
    usual = statistics.median_low(gaps) if gaps else 12.0
    out, opened = [], True
    for number, line in enumerate(page):
        before = page[number - 1] if number else None
        opens = before is None or _opens(before, line, opened, right, usual)
        strong = line[0] > margin + 6
        out.append((STRONG if strong and opens else WEAK if opens else "") + line[4])
        opened = opens
    return out


def _opens(before: _Line, line: _Line, opened: bool, right: float, usual: float) -> bool:
    gap = before[2] - line[2]
    if gap < 0 or gap > max(usual * 1.25, usual + 2.5):
        return True
    shift = line[0] - before[0]
    if abs(shift) > 60:
        return True
    ended = bool(_ENDED.search(before[4]))
    letter = (line[1] - line[0]) / max(len(line[4]), 1)
    room = right - before[1] > letter * (len(line[4].split(" ", 1)[0]) + 2)
    if room and (ended or not line[4][:1].islower() or _LABEL.match(line[4])):
        return True
    if shift > 6:
        return not opened or (ended and not line[4][:1].islower())
    if shift < -6:
        return not opened
    return False
