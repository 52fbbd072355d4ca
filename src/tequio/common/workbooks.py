"""Spreadsheets whose bytes depend on what is in them alone."""

import re
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

WHEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def saved(book: Workbook) -> IO[bytes]:
    """The workbook as a file without the time at which it was written. Whoever takes it closes it."""
    target = TemporaryFile()  # noqa: SIM115
    with TemporaryFile() as written:
        book.save(written)
        with ZipFile(written) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(ZipInfo(name), WHEN.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name)), ZIP_DEFLATED)
    target.seek(0)
    return target
