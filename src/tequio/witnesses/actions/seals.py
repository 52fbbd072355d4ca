"""What witnesses say of our seals: cosignatures and refusals."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.record import hold
from tequio.record.core import cosignature
from tequio.record.core.checkpoint import Checkpoint as Statement
from tequio.record.core.note import Note, NoteError
from tequio.record.models import Checkpoint
from tequio.witnesses.models import Cosignature, Refusal, Witness
from tequio.witnesses.queries import active


def take_cosignatures(*, signed: str) -> int:
    """Keeps the cosignatures of known witnesses on one of our seals; returns how many are new.

    No account and no secret is asked for: a line that does not verify under a registered key is of no use to anybody.
    Raises ``ValidationError`` for a text that is no seal of ours, or that bears no valid cosignature.
    """
    try:
        note = Note.parse(signed)
        said = Statement.parse(note.text)
    except ValueError as error:
        raise ValidationError(_("Esto no es un sello firmado.")) from error
    equal = Checkpoint.objects.filter(size=said.size, root=said.root.hex()).order_by("id")
    # Equal trees are sealed again each quiet day: a cosignature speaks of the text, which is the same for all of them.
    seals = [seal for seal in equal if Note.parse(seal.note).text == note.text]
    if not seals:
        hold.notice(_("un testigo"), signed)  # a seal that our own key signed and that we do not know
        raise ValidationError(_("Ese sello no es de este registro."))
    rows = {row.key: row for row in active()}
    try:
        found = cosignature.read(note, rows)
    except NoteError as error:
        raise ValidationError(_("La firma del testigo no vale.")) from error
    if not found:
        raise ValidationError(_("No trae la firma de ningún testigo conocido."))
    before = Cosignature.objects.count()
    Cosignature.objects.bulk_create(
        [Cosignature(checkpoint=seals[-1], witness=rows[seen.key], time=seen.time, line=seen.line) for seen in found],
        ignore_conflicts=True,
    )
    return Cosignature.objects.count() - before


def refuse(*, witness: Witness, checkpoint: Checkpoint, status: int, answer: str) -> None:
    """Keeps that a witness refused a seal, once for each."""
    Refusal.objects.bulk_create(
        [Refusal(witness=witness, checkpoint=checkpoint, status=status, answer=answer[:500])], ignore_conflicts=True
    )
