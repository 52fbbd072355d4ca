"""A call from its draft to the lottery. What the draw depends on is fixed before anybody can know the result.

Order: strata published → seed committed (its hash) → closed (list of numbers and quotas in force, their hash) → the first
seal of the record after that → drawn, with the seed revealed. ``docs/decisions/0014`` says why.
"""

import datetime as dt
import hashlib
import json
import random
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.plans.models import Plan
from tequio.record.append import Actor, act, act_many
from tequio.sortition import queries, sorteo
from tequio.sortition.actions.seats import decline_seat
from tequio.sortition.models import Call, Seat, Seed, Volunteer

FIELDS = (
    *("title", "text", "terms", "opens", "closes", "places", "alternates", "answer_days"),
    *("term_start", "term_end", "strata", "outside_source"),
)


def prepare_call(*, plan: Plan, **data: Any) -> Call:
    """A private draft of a call for a plan's committee. Raises ``ValidationError`` as ``change_call`` does."""
    call = Call(jurisdiction=plan.jurisdiction, plan=plan, number=queries.next_number(plan.jurisdiction))
    return change_call(call=call, **data)


def change_call(*, call: Call, **data: Any) -> Call:
    """Writes a draft. Raises ``ValidationError`` once the call is public, and for dates or numbers that contradict."""
    if call.status != Call.Status.DRAFT:
        raise ValidationError(_("Una convocatoria publicada ya no se cambia: solo puede recorrerse su cierre."))
    for name in FIELDS:
        if name in data:
            value = data[name]
            setattr(
                call, name, text(**value) if name in ("title", "text", "terms") and isinstance(value, dict) else value
            )
    _refuse_contradictions(call)
    call.save()
    return call


def _refuse_contradictions(call: Call) -> None:
    if call.closes < call.opens:
        raise ValidationError({"closes": _("Cierra antes de abrir.")})
    if call.term_start <= call.closes:
        raise ValidationError({"term_start": _("El encargo empieza después de que cierra la convocatoria.")})
    if call.term_end <= call.term_start:
        raise ValidationError({"term_end": _("El encargo termina antes de empezar.")})
    if call.places < 1:
        raise ValidationError({"places": _("Hace falta al menos un lugar.")})
    for stratum in call.strata:
        promised = sum(category["places"] for category in stratum["categories"])
        if promised > call.places:
            raise ValidationError(
                {
                    "strata": _("«%(name)s» reparte %(promised)s lugares y solo hay %(places)s.")
                    % {"name": stratum["label"]["es"], "promised": promised, "places": call.places}
                }
            )


@transaction.atomic
def publish_call(*, call: Call, by: Actor, on: dt.date | None = None) -> Call:
    """Publishes the call; from then on its places and groups stay as they are. Raises ``ValidationError`` for a plan that
    is not public, a call that is public already or one whose closing day is past."""
    day = on or timezone.localdate()
    if call.status != Call.Status.DRAFT:
        raise ValidationError(_("Esta convocatoria ya está publicada."))
    if not call.plan.is_public():
        raise ValidationError(_("Primero hay que publicar el plan."))
    if call.closes < day:
        raise ValidationError(_("Su fecha de cierre ya pasó: cámbiala antes de publicar."))
    _refuse_contradictions(call)
    with act("call.published", call, by=by, done=on):
        call.status = Call.Status.PUBLISHED
    return call


@transaction.atomic
def extend_call(*, call: Call, closes: dt.date, why: str, by: Actor, on: dt.date | None = None) -> Call:
    """Gives more time, with a public reason. Raises ``ValidationError`` for an earlier day, a call that is not open, and
    a day on which the term would have begun."""
    if call.status != Call.Status.PUBLISHED:
        raise ValidationError(_("Solo se da más tiempo antes de cerrar."))
    if closes <= call.closes or closes < (on or timezone.localdate()):
        raise ValidationError({"closes": _("El cierre solo puede recorrerse a una fecha posterior.")})
    if closes >= call.term_start:
        raise ValidationError({"closes": _("El encargo empieza después de que cierra la convocatoria.")})
    with act("call.changed", call, by=by, why=why, done=on):
        call.closes = closes
    return call


@transaction.atomic
def commit_seed(*, call: Call, by: Actor, on: dt.date | None = None) -> Call:
    """Makes the secret seed (256 random bits) and publishes its SHA-256. Raises ``ValidationError`` when the call is not
    open or has a seed: a second one could be chosen to please."""
    if call.status != Call.Status.PUBLISHED:
        raise ValidationError(_("La semilla se guarda mientras la convocatoria está publicada, antes de cerrarla."))
    if call.commitment:
        raise ValidationError(_("La semilla ya está guardada y no se cambia."))
    seed = secrets.token_hex(32)
    Seed.objects.create(call=call, value=seed)
    with act("seed.committed", call, by=by, done=on):
        call.commitment = hashlib.sha256(seed.encode()).hexdigest()
    return call


@transaction.atomic
def close_call(*, call: Call, by: Actor, on: dt.date | None = None) -> Call:
    """Closes the call the day after its last one: numbers by chance, the list's hash, and the quotas in force.

    Who never confirmed is deleted. Where too few came for the promised places, the formula lowers them, before the
    result can be known; nobody chooses. Raises ``ValidationError`` before that day, without a committed seed, and
    with fewer volunteers than places.
    """
    day = on or timezone.localdate()
    if call.status != Call.Status.PUBLISHED:
        raise ValidationError(_("Esta convocatoria no está abierta."))
    if day <= call.closes:
        raise ValidationError(_("Sigue abierta: se cierra al terminar su último día."))
    if not call.commitment:
        raise ValidationError(_("Antes de cerrar hay que guardar la semilla del sorteo y publicar su huella."))
    people = list(Volunteer.objects.select_for_update().filter(call=call, confirmed=True))
    if len(people) < call.places:
        raise ValidationError(
            _("Hay %(people)s personas confirmadas y %(places)s lugares: da más tiempo a la convocatoria.")
            % {"people": len(people), "places": call.places}
        )
    Volunteer.objects.filter(call=call, confirmed=False).delete()
    dice = random.SystemRandom()
    dice.shuffle(people)
    for number, person in enumerate(people, 1):
        person.number = number
    Volunteer.objects.bulk_update(people, ["number"], batch_size=500)
    promised = queries.published_quotas(call)
    kinds = queries.kinds_of(call, people)
    kept = sorteo.nearest(kinds, call.places, promised)
    with act("call.closed", call, by=by, done=on):
        call.status = Call.Status.CLOSED
        call.volunteers = len(people)
        call.counts = queries.counts_of(call, people)
        call.quotas = [{"dimension": d, "category": c, "places": n} for (d, c), n in sorted(kept.items())]
        call.file = _file(call, {n: dict(pair for pair in kind if pair in kept) for n, kind in kinds.items()})
        call.fingerprint = hashlib.sha256(call.file.encode()).hexdigest()
    return call


def _file(call: Call, answers: dict[int, dict[str, str]]) -> str:
    """The published list: numbers with the categories that the draw uses and nothing else, always in the same bytes."""
    content = {
        "formula": sorteo.FORMULA,
        "call": call.subject_key(),
        "places": call.places,
        "alternates": call.alternates,
        "quotas": call.quotas,
        "volunteers": [{"number": number, **answers[number]} for number in sorted(answers)],
    }
    return json.dumps(content, ensure_ascii=True, sort_keys=True, indent=0) + "\n"


@transaction.atomic
def draw_call(*, call: Call, by: Actor, outside: str = "", on: dt.date | None = None) -> list[Seat]:
    """Reveals the seed, draws, and asks the members. Returns the places.

    Raises ``ValidationError`` before the call is closed, before the record was sealed after closing, and without the
    outside value that the call promised.
    """
    day = on or timezone.localdate()
    if call.status != Call.Status.CLOSED:
        raise ValidationError(_("Se sortea después de cerrar, y una sola vez."))
    seal = queries.closing_seal(call)
    if seal is None:
        raise ValidationError(_("El registro todavía no sella el cierre. Tarda un minuto: vuelve a intentarlo."))
    outside = outside.strip() if call.outside_source else ""
    if call.outside_source and not outside:
        raise ValidationError({"outside": _("Escribe el dato externo que prometió la convocatoria.")})
    seed = Seed.objects.get(call=call).value
    key = sorteo.key_of(call.subject_key(), seed, seal.root, call.fingerprint, outside)
    members, reserves = sorteo.draw(json.loads(call.file), key)
    with act("lottery.drawn", call, by=by, done=on):
        call.status = Call.Status.DRAWN
        call.seed, call.root, call.root_size, call.outside = seed, seal.root, seal.size, outside
        call.members, call.reserves = members, reserves
    people = {person.number: person for person in Volunteer.objects.filter(call=call)}
    deadline = day + dt.timedelta(days=call.answer_days)
    seats = [
        Seat(call=call, number=n, order=order, status=Seat.Status.ASKED, answer_by=deadline, volunteer=people[n])
        for order, n in enumerate(members, 1)
    ]
    seats += [
        Seat(call=call, number=n, order=order, status=Seat.Status.WAITING, is_alternate=True, volunteer=people[n])
        for order, n in enumerate(reserves, 1)
    ]
    act_many("seat.drawn", seats, by=by, done=on)
    for seat in Seat.objects.filter(call=call, status=Seat.Status.ASKED):
        if not people[seat.number].name:  # took their data away after closing
            decline_seat(seat=seat, by=by, on=on)
    return queries.seats_of(call)
