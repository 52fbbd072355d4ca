"""Reads a PDF from the standard input and writes its lines as JSON: a process of its own, with limits, because the
library that reads it is written in C and the file comes from strangers.

Each page is a list of [left, right, bottom, size, text]: points from the lower left corner."""

import json
import resource
import sys

MOST_SECONDS = 20
MOST_MEMORY = 1500 << 20
MOST_PAGES = 1500
MOST_CHARACTERS = 6_000_000


def main() -> int:
    """0 when read; 3 for a password; 4 when it cannot be read; 5 for too long."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2  # within the limits

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        return 3 if "assword" in str(error) else 4
    if len(document) > MOST_PAGES:
        return 5
    pages, total = [], 0
    for number in range(len(document)):
        if number % 20 == 0:  # how far it is, for whoever waits
            print("page", number + 1, len(document), file=sys.stderr, flush=True)
        try:
            lines, size = _lines(document[number])
        except pypdfium2.PdfiumError:
            lines, size = [], 0
        total += size
        if total > MOST_CHARACTERS:
            return 5
        pages.append(lines)
    json.dump(pages, sys.stdout)
    return 0


def _lines(page: object) -> tuple[list[list[object]], int]:
    import pypdfium2.raw as raw

    words = page.get_textpage()  # type: ignore[attr-defined]
    size = words.count_chars()
    if size > MOST_CHARACTERS:
        return [], size
    lines: list[list[object]] = []
    letters: list[str] = []
    first = last = -1
    for place in range(size + 1):
        code = raw.FPDFText_GetUnicode(words, place) if place < size else 10
        if code in (10, 13, 12):
            text = "".join(letters)
            if text.strip():
                left = words.get_charbox(first)[0]
                _left, bottom, _right, top = words.get_charbox(first, loose=True)
                lines.append([left, words.get_charbox(last)[2], bottom, top - bottom, text.strip()])
            letters, first = [], -1
            continue
        if code in (2, 0xFFFE):  # the library's sign for a hyphen at the line's end
            code = 0x2D
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if letter and not letter.isspace():
            last = place
            if first < 0:
                first = place
        letters.append(letter)
    return lines, size


if __name__ == "__main__":
    sys.exit(main())
