"""HTML to plain text: a line for each block, rows of tables with bars, the numbers of ordered lists written out."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from tequio.legaltext.readers import text
from tequio.legaltext.readers.numbering import written
from tequio.legaltext.readers.reading import Reading
from tequio.legaltext.readers.xml import MOST_ELEMENTS
from tequio.legaltext.tree import Doubt, Span

_LEFT_OUT = {
    "script",
    "style",
    "head",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "nav",
    "form",
}
_BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "aside", "ul", "ol", "li", "dl", "dt", "dd"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr", "hr", "body", "html", "center"}
_BLOCKS |= {"figure", "figcaption", "address"}
_FORMATS = {"I": "upperRoman", "i": "lowerRoman", "a": "lowerLetter", "A": "upperLetter", "1": "decimal"}


def read(content: bytes) -> Reading:
    """The text of a page. Nothing in it runs and nothing is fetched."""
    words = text.decode(content)
    parser = lxml_html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        root = lxml_html.document_fromstring(words.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ValidationError(_("La página está vacía o dañada. Copia su texto y pégalo.")) from error
    out: list[str] = []
    line: list[str] = []
    numbered = False
    counters: list[tuple[str, int] | None] = []
    skip: etree._Element | None = None

    def close() -> None:
        words = " ".join("".join(line).split())
        if words:
            out.append(words)
        line.clear()

    for count, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if count > 2 * MOST_ELEMENTS:
            raise ValidationError(_("La página tiene demasiados elementos. Copia su texto y pégalo."))
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skip is not None:
                continue
            if tag in _LEFT_OUT or not tag:
                skip = element
                continue
            if tag in _BLOCKS:
                close()
            if tag == "br":
                close()
            if tag in ("ol", "ul"):
                kind = _FORMATS.get(element.get("type", "1"), "decimal")
                counters.append((kind, _number(element.get("start"), 1)) if tag == "ol" else None)
            if tag == "li" and counters and (counter := counters[-1]):
                kind, number = counter
                number = _number(element.get("value"), number)
                line.append(f"{written(kind, number)}{')' if kind.endswith('Letter') else '.'} ")
                counters[-1] = (kind, number + 1)
                numbered = True
            if tag in ("td", "th"):
                line.append(" | " if "".join(line).strip() else "| ")
            line.append(element.text or "")
            continue
        if skip is not None:
            if element is not skip:
                continue
            skip = None
        else:
            if tag == "tr" and "".join(line).strip().startswith("|"):
                line.append(" |")
            if tag in _BLOCKS:
                close()
            if tag in ("ol", "ul") and counters:
                counters.pop()
        line.append(element.tail or "")
    close()
    plain = "\n".join(out)
    if not plain.strip():
        raise ValidationError(_("La página no tiene texto. Copia el texto y pégalo."))
    doubts = (Doubt("automatic_numbers", Span(0, 0)),) if numbered else ()
    return text.checked(plain)._replace(layout="lines", markdown=False, doubts=doubts)


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdigit() and len(value) < 5 else otherwise
