"""Allies become witnesses and cease to be. Each time the policy is written anew, as an act."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.record import log_acts
from tequio.record.append import Actor, act
from tequio.record.core.cosignature import WitnessKey
from tequio.record.core.note import NoteError
from tequio.vocabularies import terms
from tequio.witnesses.models import Witness
from tequio.witnesses.queries import active, policy

POLICY = f"{log_acts.PLACE}/policy"


@transaction.atomic
def join_witness(
    *, name: str, sector: str, vkey: str, by: Actor, kind: str = "witness", url: str = "", since: dt.date | None = None
) -> Witness:
    """An ally begins to watch. Raises ``ValidationError`` for a key that is none, is known already or bears another's
    name, for an unknown sector, and for an organisation without a name."""
    try:
        key = WitnessKey.parse(vkey)
    except NoteError as error:
        raise ValidationError({"vkey": _("Esta no es la llave pública de un testigo. Cópiala completa.")}) from error
    if Witness.objects.filter(vkey=key.vkey).exists():
        raise ValidationError({"vkey": _("Esa llave ya es de un testigo.")})
    if any(row.key.name == key.name for row in active()):
        raise ValidationError({"vkey": _("Ya hay un testigo cuya llave lleva ese nombre.")})
    if sector not in terms.keys("sector"):
        raise ValidationError({"sector": _("Elige un sector de la lista.")})
    base = slugify(name)[:70] or ""
    if not base:
        raise ValidationError({"name": _("Escribe el nombre de la organización.")})
    slug, n = base, 2
    while Witness.objects.filter(slug=slug).exists():
        slug, n = f"{base}-{n}", n + 1
    witness = Witness(
        slug=slug,
        name=name.strip(),
        sector=sector,
        kind=kind,
        vkey=key.vkey,
        url=url,
        since=since or timezone.localdate(),
    )
    with act("witness.joined", witness, by=by):
        pass
    _write_policy()
    return witness


@transaction.atomic
def end_witness(*, witness: Witness, by: Actor, why: str) -> Witness:
    """An ally ceases to watch, or lost its key; what it confirmed stays valid for its time. The reason is public."""
    if not why.strip():
        raise ValidationError({"why": _("Escribe el motivo: es público.")})
    if witness.until is not None:
        raise ValidationError(_("Ese testigo ya había terminado."))
    with act("witness.left", witness, by=by, why=why.strip()):
        witness.until = timezone.localdate() - dt.timedelta(days=1)
    _write_policy()
    return witness


def _write_policy() -> None:
    log_acts.write("policy.set", POLICY, {"text": policy(active().order_by("slug")).text})
