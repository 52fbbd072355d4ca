"""A bill is drafted, checked, published, and goes its way."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.common.i18n import text, versions
from tequio.lawmaking import plain
from tequio.lawmaking.models import Bill, BillStep, Stage
from tequio.legaltext.models import Expression
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act

RESERVED = {"temas", "de"}
ORDER = [stage.value for stage in Stage]
ENDS = (Stage.DECREE, Stage.REJECTED, Stage.EXPIRED)


@transaction.atomic
def draft_bill(*, jurisdiction: Jurisdiction, title: str, number: str = "", **more: Any) -> Bill:
    """A bill that nobody else sees yet. ``more`` are further columns of ``Bill``."""
    if not title.strip():
        raise ValidationError({"title": _("Escribe el título técnico, como viene en la iniciativa.")})
    wanted = slugify(number or title)[:50].strip("-") or "iniciativa"
    # "temas" and "de" lead to subjects and deputies in addresses.
    taken = RESERVED | set(
        Bill.objects.filter(jurisdiction=jurisdiction, code__startswith=wanted).values_list("code", flat=True)
    )
    code = next(name for n in range(1, 10_000) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    return Bill.objects.create(jurisdiction=jurisdiction, title=title.strip(), number=number.strip(), code=code, **more)


def _check(bill: Bill) -> None:
    """Raises ``ValidationError`` for what cannot stand even in a draft."""
    faults: dict[str, str] = {}
    if bill.opens and bill.closes and bill.closes < bill.opens:
        faults["closes"] = _("No puede cerrar antes de abrir.")
    if len([line for line in versions(bill.summary).get("es", "").splitlines() if line.strip()]) > plain.MOST_LINES:
        faults["summary"] = _("Cinco renglones a lo más: lo que cabe en la pantalla de un teléfono.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def change_bill(*, bill: Bill, by: Actor, seen: int | None = None, **columns: Any) -> Bill:
    """Changes what is said of a bill; where it is public, with an act, and it must stay complete."""
    if not bill.is_public():
        for name, value in columns.items():
            setattr(bill, name, value)
        _check(bill)
        bill.save()
        return bill
    with act("bill.changed", bill, by=by, seen=seen):
        for name, value in columns.items():
            setattr(bill, name, value)
        _check(bill)
        if faults := missing(bill):
            raise ValidationError([words for _field, words in faults])
    return bill


def missing(bill: Bill) -> list[tuple[str, str]]:
    """What keeps a bill from being published, as (field, sentence)."""
    found = [("plain_title", words) for words in plain.faults_of_title(versions(bill.plain_title).get("es", ""))]
    if not versions(bill.summary).get("es", "").strip():
        found.append(("summary", _("Di en cinco renglones a lo más qué cambia y para quién.")))
    if not bill.sponsors:
        found.append(("sponsors", _("Di quién la propone.")))
    if bill.work is None or not bill.work.is_public():
        found.append(("work", _("Falta su texto: tráelo y publícalo en «Textos legales».")))
    if bill.has_video:
        if bill.film is None and not bill.captioned:
            found.append(("captioned", _("El video necesita subtítulos: sin ellos, quien no oye se queda fuera.")))
        if not versions(bill.captions).get("es", "").strip():
            found.append(("captions", _("Faltan los subtítulos del video: súbelos como archivo .vtt o .srt.")))
        if not versions(bill.transcript).get("es", "").strip():
            found.append(
                ("transcript", _("El video necesita su transcripción: sin ella no se busca ni se lee sin datos."))
            )
    if bill.opens is None:
        found.append(("opens", _("Di desde qué día se puede opinar.")))
    return found


@transaction.atomic
def publish_bill(*, bill: Bill, by: Actor, on: dt.date | None = None) -> Bill:
    """Makes a bill public, with its first step. Raises ``ValidationError`` with everything that is missing."""
    if bill.is_public():
        raise ValidationError(_("Esta iniciativa ya está publicada."))
    _check(bill)
    if faults := missing(bill):
        raise ValidationError([words for _field, words in faults])
    today = on or timezone.localdate()
    with act("bill.published", bill, by=by, done=on):
        bill.status, bill.published_on, bill.stage = Bill.Status.PUBLISHED, today, Stage.INITIATIVE
    first = Expression.public_rows().filter(work=bill.work).order_by("date", "number").first()
    _step(bill, Stage.INITIATIVE, today, text(_("Se presentó en este portal.")), first, "", by)
    return bill


@transaction.atomic
def add_step(
    *,
    bill: Bill,
    stage: str,
    on: dt.date,
    by: Actor,
    words: Any = "",
    expression: Expression | None = None,
    source_url: str = "",
    seen: int | None = None,
) -> BillStep:
    """The bill goes on (or back to its commission). Raises ``ValidationError`` for a bill that ended, a day in the future or
    before the last step, or a text of another work."""
    faults = {}
    last = bill.steps.order_by("on", "number").last()
    if not bill.is_public():
        raise ValidationError(_("Primero publica la iniciativa."))
    if not bill.is_live:
        raise ValidationError(_("Esta iniciativa ya terminó su camino."))
    if stage not in ORDER or stage == Stage.INITIATIVE:
        faults["stage"] = _("Elige a qué etapa pasó.")
    if on > timezone.localdate():
        faults["on"] = _("Ese día todavía no llega.")
    elif last is not None and on < last.on:
        faults["on"] = _("El paso anterior es de un día posterior.")
    if expression is not None and (expression.work_id != bill.work_id or not expression.is_public()):
        faults["expression"] = _("Elige una versión publicada del texto de esta iniciativa.")
    if faults:
        raise ValidationError(faults)
    with act("bill.moved", bill, by=by, done=on, seen=seen):
        bill.stage = stage
    return _step(bill, stage, on, words, expression, source_url, by)


def _step(
    bill: Bill, stage: str, on: dt.date, words: Any, expression: Expression | None, source_url: str, by: Actor
) -> BillStep:
    last = BillStep.objects.filter(bill=bill).aggregate(n=Max("number"))["n"] or 0
    step = BillStep(
        bill=bill,
        number=last + 1,
        stage=stage,
        on=on,
        words=words,
        expression=expression,
        source_url=source_url.strip(),
    )
    with act("bill-step.added", step, by=by, done=on):
        pass
    return step
