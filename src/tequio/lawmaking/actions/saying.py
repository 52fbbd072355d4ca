"""What anybody says of a bill. Private until confirmed, as everything said in co-creation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation import tokens
from tequio.cocreation.actions.saying import need_reachable, need_sector
from tequio.lawmaking.models import Bill, Endorsement, Remark
from tequio.legaltext.actions import anchor
from tequio.legaltext.models import Provision
from tequio.places.models import Municipality

SHORTEST = 5  # characters of a comment that somebody can answer


def need_open(bill: Bill) -> None:
    """Raises ``ValidationError`` unless people may speak about the bill today."""
    today = timezone.localdate()
    if bill.is_open(today):
        return
    if bill.is_live and bill.opens is not None and today < bill.opens:
        raise ValidationError(_("Todavía no se puede opinar sobre esta iniciativa."))
    raise ValidationError(_("Ya no se puede opinar sobre esta iniciativa. Lo dicho sigue a la vista."))


def _author(email: str, account: Any, name: str, named: bool, sector: str, language: str) -> dict[str, Any]:
    return {
        "email": email.strip().lower(),
        "account": account,
        "name": name.strip(),
        "named": named and bool(name.strip()),
        "sector": sector,
        "language": language,
    }


@transaction.atomic
def remark(
    *,
    bill: Bill,
    text: str,
    provision: Provision | None = None,
    quote: str = "",
    wording: str | None = None,
    question: int | None = None,
    stance: str = "",
    place: Municipality | None = None,
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    sector: str = "",
    language: str = "es",
) -> Remark:
    """Keeps a comment on the whole bill, a provision or a ``quote`` in it; with ``wording``, other words for the provision;
    with ``question``, the answer to a question of its sponsors.

    Raises ``ValidationError`` where it is too short, changes nothing, nobody can be answered, or the bill is not open.
    """
    need_open(bill)
    faults = need_reachable(email, account)
    need_sector(sector, faults)
    said = text.strip()
    if wording is not None:
        if provision is None or provision.expression.work_id != bill.work_id:
            raise ValidationError(_("Elige el artículo que quieres cambiar."))
        if " ".join(wording.split()) == " ".join(provision.text.split()):
            faults["wording"] = _("Dice lo mismo que el artículo: cambia las palabras que quieras cambiar.")
    elif len(said) < SHORTEST:
        faults["text"] = _("Escribe tu opinión.")
    if question is not None and question not in {row["n"] for row in bill.questions}:
        faults["text"] = _("Esa pregunta ya no está.")
    if faults:
        raise ValidationError(faults)
    kinds = Remark.Kind
    kind = kinds.WORDING if wording is not None else kinds.ANSWER if question is not None else kinds.COMMENT
    return Remark.objects.create(
        jurisdiction=bill.jurisdiction,
        bill=bill,
        kind=kind,
        anchor=anchor(provision=provision, quote=quote) if provision is not None else None,
        place_label=(provision.label or provision.path).rstrip(" .-–—:)")[:200] if provision is not None else "",
        question=question,
        stance=stance if stance in Remark.Stance.values else "",
        text=said,
        wording=wording.strip() if wording is not None else "",
        base=provision.text if wording is not None and provision is not None else "",
        place=place,
        **_author(email, account, name, named, sector, language),
    )


@transaction.atomic
def reply(
    *,
    parent: Remark,
    text: str,
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    sector: str = "",
    language: str = "es",
) -> Remark:
    """Keeps a reply; threads are one level deep."""
    need_open(parent.bill)
    faults = need_reachable(email, account)
    need_sector(sector, faults)
    if len(text.strip()) < SHORTEST:
        faults["text"] = _("Escribe tu respuesta.")
    if parent.parent_id is not None or not parent.is_shown:
        faults["text"] = _("Se responde a una opinión a la vista, no a otra respuesta.")
    if faults:
        raise ValidationError(faults)
    return Remark.objects.create(
        jurisdiction=parent.jurisdiction,
        bill=parent.bill,
        kind=Remark.Kind.REPLY,
        parent=parent,
        text=text.strip(),
        **_author(email, account, name, named, sector, language),
    )


@transaction.atomic
def endorse(*, about: Remark, email: str = "", account: Any = None, language: str = "es") -> Endorsement:
    """Keeps that an address supports a remark; it counts once it is confirmed, and each address once."""
    need_open(about.bill)
    if faults := need_reachable(email, account):
        raise ValidationError(faults)
    if not about.is_shown:
        raise ValidationError(_("Esa opinión no está a la vista."))
    address = email.strip().lower() or account.email
    found, new = Endorsement.objects.get_or_create(
        remark=about, digest=tokens.digest(address), defaults={"email": address, "language": language}
    )
    if not new and not found.confirmed:
        found.email, found.language = address, language
        found.save(update_fields=["email", "language"])
    return found
