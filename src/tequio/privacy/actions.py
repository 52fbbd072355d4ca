"""What people do about personal data: ask, confirm, take back; decide with a legal basis, and erase."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.dates import add_working_days
from tequio.common.i18n import text
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.privacy import queries, tokens
from tequio.privacy.finding import take_out
from tequio.privacy.models import DataRequest, LegalTerms
from tequio.record.append import Actor, act, erase

PUBLIC = Actor(role="public")
KEPT = dt.timedelta(days=90)  # how long the words and the address of a decided request are kept
SHORTEST = 15


@transaction.atomic
def ask(
    *, jurisdiction: Jurisdiction, right: str, words: str, name: str, email: str, language: str = "es"
) -> DataRequest:
    """Keeps a request, private until its author confirms it. Raises ``ValidationError`` where nobody could act upon it."""
    faults = {}
    if right not in DataRequest.Right.values:
        faults["right"] = _("Elige qué pides.")
    if len(words.strip()) < SHORTEST:
        faults["words"] = _("Cuenta un poco más: de qué dato se trata y en qué página está, si lo sabes.")
    if not name.strip():
        faults["name"] = _("Escribe tu nombre: hace falta para saber que el dato es tuyo.")
    if not email.strip():
        faults["email"] = _("Escribe tu correo: ahí te llega el enlace para confirmar y la decisión.")
    if faults:
        raise ValidationError(faults)
    return DataRequest.objects.create(
        jurisdiction=jurisdiction,
        right=right,
        words=words.strip(),
        name=name.strip(),
        email=email.strip().lower(),
        language=language,
    )


@transaction.atomic
def confirm(*, row: DataRequest, on: dt.date | None = None) -> DataRequest:
    """Its author confirms it: it gets its number and its clock. Confirming again changes nothing."""
    Jurisdiction.objects.select_for_update().get(pk=row.jurisdiction_id)
    row.refresh_from_db(fields=["received_on", "number", "due", "rev", "tip"])
    if row.received_on is not None:
        return row
    today = on or timezone.localdate()
    terms = queries.terms(row.jurisdiction)
    last = DataRequest.objects.filter(jurisdiction=row.jurisdiction).aggregate(n=Max("number"))["n"] or 0
    row.number = last + 1
    with act("data-request.received", row, by=PUBLIC, done=on):
        row.received_on = today
        row.due = add_working_days(today, terms.days if terms else LegalTerms.DAYS)
    return row


@transaction.atomic
def withdraw(*, row: DataRequest, on: dt.date | None = None) -> None:
    """Its author takes it back; what it said goes at once."""
    if not row.is_open:
        raise ValidationError(_("Esta solicitud ya se decidió."))
    with act("data-request.withdrawn", row, by=PUBLIC, done=on):
        row.outcome = DataRequest.Outcome.WITHDRAWN
        row.decided_on = on or timezone.localdate()
        row.words = row.name = row.email = ""


@transaction.atomic
def decide(
    *,
    row: DataRequest,
    outcome: str,
    basis: str,
    reason: str,
    role: Role,
    by: Actor,
    letter: str = "",
    values: Iterable[str] = (),
    on: dt.date | None = None,
    seen: int | None = None,
) -> int:
    """Decides a request, with its legal basis; ``values`` (``key|field``) are erased from the record and from the portal.

    ``reason`` is public and must not repeat the data; ``letter`` goes to the author alone. Proofs stay valid: the record
    holds commitments, never the values. Returns how many values were erased. Raises ``ValidationError`` for a decision
    without basis or reason, a refusal that erases, or a value that cannot be taken out.
    """
    chosen = list(dict.fromkeys(values))
    faults = {}
    if outcome not in (DataRequest.Outcome.GRANTED, DataRequest.Outcome.PARTLY, DataRequest.Outcome.REFUSED):
        faults["outcome"] = _("Elige qué se decide.")
    if not basis.strip():
        faults["basis"] = _("Escribe el artículo y la ley en que se apoya. Es público.")
    if len(reason.strip()) < SHORTEST:
        faults["reason"] = _("Explica el porqué, sin repetir el dato. Es público.")
    if chosen and outcome == DataRequest.Outcome.REFUSED:
        faults["values"] = _("Si no procede, no se borra nada: quita las marcas.")
    if row.right == DataRequest.Right.ERASURE and outcome == DataRequest.Outcome.GRANTED and not chosen:
        faults["values"] = _("Marca qué se borra. Si ya no hay nada que borrar, decide «Procede en parte» y explícalo.")
    if faults:
        raise ValidationError(faults)
    if not row.is_open:
        raise ValidationError(_("Esta solicitud ya se decidió."))
    count = 0
    for choice in chosen:
        key, _bar, field = choice.partition("|")
        if not key.startswith(f"{row.jurisdiction.slug}/"):
            raise ValidationError({"values": _("Eso no es de este territorio.")})
        count += erase(obj=take_out(key, field), field=field, by=by, basis=basis.strip())
    with act("data-request.decided", row, by=by, done=on, seen=seen):
        row.outcome = outcome
        row.basis = basis.strip()
        row.reason = text(reason.strip())
        row.letter = letter.strip()
        row.decided_on = on or timezone.localdate()
        row.decided_by = role
        row.erased = count
    return count


@transaction.atomic
def set_terms(*, jurisdiction: Jurisdiction, days: int, law: str, contact: str, by: Actor, law_en: str = "") -> None:
    """Writes down what the law of the place gives. It counts for requests received from now on."""
    faults = {}
    if not 1 <= days <= 365:
        faults["days"] = _("Entre 1 y 365 días hábiles.")
    if not law.strip():
        faults["law"] = _("Escribe qué ley y artículo lo dicen.")
    if faults:
        raise ValidationError(faults)
    row = LegalTerms.objects.filter(jurisdiction=jurisdiction).first() or LegalTerms(jurisdiction=jurisdiction)
    with act("data-terms.set", row, by=by):
        row.days, row.law, row.contact = days, text(law.strip(), law_en.strip()), contact.strip()


@transaction.atomic
def forget() -> int:
    """Deletes what nobody confirmed while its link was good, and ``KEPT`` after the decision what a request said and who
    asked. Returns how many rows it emptied or deleted."""
    now = timezone.now()
    ended = DataRequest.objects.filter(decided_on__lt=now.date() - KEPT).exclude(email="", words="", name="", letter="")
    emptied = ended.update(email="", words="", name="", letter="")
    return emptied + DataRequest.objects.filter(received_on=None, written__lt=now - tokens.VALID).delete()[0]
