"""Dates as OGP's public spreadsheet writes them."""

import datetime as dt
import re

from tequio.commitments.document.normal import CODE
from tequio.vocabularies.terms import fold

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            *("january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo"),
            *("june jun junio", "july jul julio", "august aug agosto ago", "september sept sep septiembre setiembre"),
            *("october oct octubre", "november nov noviembre", "december dec diciembre dic"),
        ),
        1,
    )
    for name in names.split()
}
SLASHES = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$")
ISO = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
SERIAL_DAY_0 = dt.date(1899, 12, 30)  # spreadsheets count days from here
PLAUSIBLE_YEARS = range(2005, 2060)  # OGP began in 2011


def ogp_date(words: str) -> tuple[str, bool]:
    """The date in ISO at its precision ("" where the words tell none), and whether a person should look at it.

    Numbers are month first; day first where only that is a date. A day in the first years of 1900 is a year that a
    spreadsheet took for a count of days: ``7/15/1905`` is day 2023, the year 2023.
    """
    words = " ".join(words.split())
    if found := SLASHES.match(words):
        month, day, year = (int(part) for part in found.groups())
        return _from_numbers(month, day, year + 2000 if year < 100 else year)
    if ISO.match(words):
        return _checked(words)
    return _from_words(fold(words))


def _from_numbers(month: int, day: int, year: int) -> tuple[str, bool]:
    if month > 12 >= day:
        month, day = day, month
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return "", True
    serial = (found - SERIAL_DAY_0).days
    if serial in PLAUSIBLE_YEARS:
        return str(serial), True
    return found.isoformat(), year not in PLAUSIBLE_YEARS


def _checked(iso: str) -> tuple[str, bool]:
    year, month, day = (int(part) for part in (iso + "-01-01")[:10].split("-"))
    try:
        dt.date(year, month, day)
    except ValueError:
        return "", True
    return iso, year not in PLAUSIBLE_YEARS


def _from_words(words: str) -> tuple[str, bool]:
    parts = [part for part in CODE.split(words) if part not in ("", "de", "del", "of", "the")]
    months = [MONTHS[part] for part in parts if part in MONTHS]
    years = [part for part in parts if re.fullmatch(r"\d{4}", part)]
    days = [int(match[1]) for part in parts if (match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", part))]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(parts) != 2 + len(days):
        return "", True
    iso = f"{years[0]}-{months[0]:02}" + (f"-{days[0]:02}" if days else "")
    return _checked(iso)
