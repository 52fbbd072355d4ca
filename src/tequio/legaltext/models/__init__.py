"""What the engine holds: texts, their versions and provisions, who a provision is through time, and what stands on it."""

from tequio.legaltext.models.comparison import Alignment, Change, Link, Origin
from tequio.legaltext.models.drafts import Import
from tequio.legaltext.models.provisions import Anchor, Lineage, Note, Provision, Reference
from tequio.legaltext.models.texts import Expression, Work

__all__ = [
    "Alignment",
    "Anchor",
    "Change",
    "Expression",
    "Import",
    "Lineage",
    "Link",
    "Note",
    "Origin",
    "Provision",
    "Reference",
    "Work",
]
