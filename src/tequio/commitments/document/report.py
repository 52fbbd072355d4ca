"""What a load did, or why it was refused."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from tequio.commitments.document.check import Fault
from tequio.people.models import Organisation
from tequio.plans.models import Plan


class FaultsFound(ValidationError):  # noqa: N818  it reads as a fact
    """The document was refused; ``faults`` has them all."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__([str(fault) for fault in faults])
        self.faults = faults


@dataclass
class LoadReport:
    """What a load did: counts by noun, flags that it wrote, pairs of institutions that may be one, and the fingerprints
    of files that the document names and that are not here."""

    plan: Plan | None = None
    counts: dict[str, int] = field(default_factory=dict)
    flagged: list[Fault] = field(default_factory=list)
    merge_offers: list[tuple[Organisation, Organisation]] = field(default_factory=list)
    unchanged: bool = False
    absent_files: list[str] = field(default_factory=list)


def say_absent(files: list[str]) -> str:
    """The files that did not come along, as a sentence."""
    words = ngettext(
        "El plan nombra %(n)s archivo que no está aquí; se cargó sin él: %(files)s",
        "El plan nombra %(n)s archivos que no están aquí; se cargó sin ellos: %(files)s",
        len(files),
    )
    return words % {"n": len(files), "files": ", ".join(sha256[:12] for sha256 in files)}
