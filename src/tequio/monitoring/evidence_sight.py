"""Reports name the evidence that anybody may see: when a piece comes into sight or leaves it, each of them says so."""

from tequio.commitments.models import Evidence
from tequio.monitoring.models import Report
from tequio.record.append import Actor, act


def follow(piece: Evidence, by: Actor) -> None:
    """An act on every public report that names the piece; in the transaction of the piece's own act."""
    for report in Report.public_rows().filter(evidence=piece):
        if report.rev:
            with act("report.evidence_changed", report, by=by):
                pass
