"""What people said of a bill, for the commission that studies it: by article, for and against as they wrote it."""

from dataclasses import dataclass
from io import BytesIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx import Document

from tequio.common.i18n import best
from tequio.lawmaking import queries
from tequio.lawmaking.models import Bill, Remark
from tequio.legaltext.worddiff import compare

MOST = 2_000  # remarks in one summary; beyond, the most supported


@dataclass(frozen=True)
class Group:
    """One place of the text with what was said of it, the most supported first."""

    place: str
    remarks: list[Remark]


def groups(bill: Bill) -> list[Group]:
    """Everything in sight, by place of the text: the whole first, then the most discussed."""
    rows = queries.remarks(bill).filter(sight=Remark.Sight.SHOWN).order_by("-backers", "number")[:MOST]
    found: dict[str, list[Remark]] = {}
    for row in rows:
        found.setdefault(row.place_label, []).append(row)
    return [
        Group(place, said) for place, said in sorted(found.items(), key=lambda pair: (pair[0] != "", -len(pair[1])))
    ]


def as_docx(bill: Bill) -> bytes:
    """The same as a document to take to the session."""
    paper = Document()
    paper.add_heading(best(bill.plain_title)[0] or bill.title, 0)
    paper.add_paragraph(f"{bill.number} {bill.title}".strip())
    for group in groups(bill):
        paper.add_heading(group.place or _("Sobre toda la iniciativa"), 1)
        for row in group.remarks:
            line = paper.add_paragraph(style="List Bullet")
            if row.wording:
                for piece in compare(row.base, row.wording):
                    run = line.add_run(piece.text)
                    run.font.strike, run.font.underline = piece.kind == "gone", piece.kind == "new"
                line.add_run("\n" if row.text else "")
            line.add_run(row.text)
            who = row.signature or _("Sin firma")
            day = date_format(row.published_on, "DATE_FORMAT") if row.published_on else ""
            backers = ngettext("%(n)s apoyo", "%(n)s apoyos", row.backers) % {"n": row.backers}
            line.add_run(f"\n{row} · {who} · {day} · {backers}").italic = True
            if row.fate is not None:
                line.add_run(f"\n{row.fate.get_decision_display()}: {best(row.fate.reason)[0]}")
    content = BytesIO()
    paper.save(content)
    return content.getvalue()
