"""The plan document: one JSON form for import, export, drafts, the publishing checklist, versions and differences.

See ``docs/plan-document.md``. ``normalise`` brings what people and sources write into the one form; ``check`` finds every
fault at once; ``missing`` says what a publication still lacks; ``load`` and ``dump`` move it to and from the tables.
"""

from tequio.commitments.document.check import Fault, check
from tequio.commitments.document.difference import Change, difference
from tequio.commitments.document.missing import Missing, missing_in_commitment, missing_in_plan
from tequio.commitments.document.normal import normalise

__all__ = [
    "Change",
    "Fault",
    "Missing",
    "check",
    "difference",
    "missing_in_commitment",
    "missing_in_plan",
    "normalise",
]
