"""What whoever observes does: says it, confirms it, takes it back, appeals."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity, Commitment, Evidence
from tequio.common import moderation
from tequio.common.dates import add_working_days
from tequio.documents.actions import discard, keep
from tequio.monitoring.models import clocks_of
from tequio.monitoring.standing import holidays_of
from tequio.observations import tokens
from tequio.observations.models import Observation
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.append import Actor, act, erase

PUBLIC = Actor(role="public")
KEPT = dt.timedelta(days=90)
SHORTEST = 15  # characters of a text that somebody can check


@transaction.atomic
def observe(
    *,
    about: Commitment | Activity | Evidence,
    text: str,
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    seen_on: dt.date | None = None,
    place: Municipality | None = None,
    photo: Any = None,
    language: str = "es",
) -> Observation:
    """Keeps an observation, private until it is confirmed. ``photo`` is an upload.

    Raises ``ValidationError`` for a text too short to check, a day to come, nobody to answer to, or a file that is no
    picture.
    """
    commitment = about if isinstance(about, Commitment) else about.commitment
    activity = about if isinstance(about, Activity) else getattr(about, "activity", None)
    faults: dict[str, str] = {}
    if len(text.strip()) < SHORTEST:
        faults["text"] = _("Cuenta un poco más: qué viste y dónde, para que alguien pueda comprobarlo.")
    if seen_on and seen_on > timezone.localdate():
        faults["seen_on"] = _("Ese día todavía no llega.")
    if not email and account is None:
        faults["email"] = _("Escribe tu correo: ahí te llega el enlace para publicarla y la respuesta.")
    if faults:
        raise ValidationError(faults)
    blob = None
    if photo is not None:
        blob = keep(upload=photo, who=email.strip().lower() or f"account {getattr(account, 'pk', '')}")
        if not blob.media_type.startswith("image/"):
            raise ValidationError({"photo": _("Aquí va una foto: JPG, PNG o WebP.")})
    return Observation.objects.create(
        jurisdiction=commitment.jurisdiction,
        commitment=commitment,
        activity=activity,
        evidence=about if isinstance(about, Evidence) else None,
        text=text.strip(),
        email=email.strip().lower(),
        account=account,
        name=name.strip(),
        named=named and bool(name.strip()),
        seen_on=seen_on,
        place=place,
        photo=blob,
        photo_sight=Observation.Photo.WAITING if blob else Observation.Photo.NONE,
        language=language,
    )


@transaction.atomic
def confirm(*, observation: Observation, on: dt.date | None = None) -> Observation:
    """Its author confirms it: it gets its number and its clock, and its words are shown, unless the published checks
    find something that a member must see first. A photo always waits for that. Confirming again changes nothing."""
    # One at a time in a jurisdiction, so that each gets a number of its own.
    Jurisdiction.objects.select_for_update().get(pk=observation.jurisdiction_id)
    observation.refresh_from_db(fields=["published_on", "rev", "tip", "number", "sight", "moderation"])
    if observation.published_on is not None:
        return observation
    if not observation.commitment.is_public():
        raise ValidationError(_("Esto ya no está publicado."))
    today = on or timezone.localdate()
    last = Observation.objects.filter(jurisdiction=observation.jurisdiction).aggregate(n=Max("number"))["n"] or 0
    observation.number = last + 1
    doubt = moderation.doubts(f"{observation.text}\n{observation.name if observation.named else ''}")
    holidays = holidays_of(observation.commitment.plan)
    with act("observation.held" if doubt else "observation.published", observation, by=PUBLIC, done=on):
        observation.published_on = today
        observation.due = add_working_days(today, clocks_of(observation.commitment.plan).days_to_answer, holidays)
        observation.sight = Observation.Sight.HELD if doubt else Observation.Sight.SHOWN
        if doubt:
            observation.moderation = [log("held", today, rule=doubt)]
    return observation


@transaction.atomic
def withdraw(*, observation: Observation, on: dt.date | None = None) -> None:
    """Its author takes it back: the words and the name are erased; number, dates and answer stay."""
    if observation.published_on is None or observation.sight == Observation.Sight.WITHDRAWN:
        raise ValidationError(_("No hay nada que retirar."))
    shown = observation.hidden_state()
    with act("observation.withdrawn", observation, by=PUBLIC, done=on):
        observation.sight = Observation.Sight.WITHDRAWN
        if observation.photo_id:
            observation.photo_sight = Observation.Photo.HIDDEN
    conceal(observation, shown, PUBLIC, _("Lo pidió quien la escribió."))
    # Nobody needs them any more, so nothing keeps them.
    mine = Observation.objects.filter(pk=observation.pk)
    mine.update(text="", name="", email="", appeal="")
    _drop_photos(mine)


@transaction.atomic
def appeal(*, observation: Observation, words: str, on: dt.date | None = None) -> None:
    """Its author asks for a second look, once. ``words`` are for the committee alone: they may repeat what is hidden."""
    if observation.sight != Observation.Sight.HIDDEN and observation.photo_sight != Observation.Photo.HIDDEN:
        raise ValidationError(_("No hay nada oculto que revisar."))
    if observation.appealed_on is not None:
        raise ValidationError(_("Ya pediste que se revisara."))
    if not words.strip():
        raise ValidationError({"words": _("Di por qué debería verse.")})
    today = on or timezone.localdate()
    with act("observation.appealed", observation, by=PUBLIC, done=on):
        observation.appeal = words.strip()
        observation.appealed_on = today
        observation.moderation = [*observation.moderation, log("appealed", today)]


def conceal(observation: Observation, shown: dict[str, str], by: Actor, basis: str) -> None:
    """Erases from the record the values that the observation showed until now; call it after the act that hid them."""
    for field in shown:
        erase(obj=observation, field=field, by=by, basis=basis)


def log(
    what: str, on: dt.date, *, part: str = "text", rule: str = "", reason: str = "", by: str = ""
) -> dict[str, str]:
    """A line of the public log of moderation."""
    line = {"what": what, "part": part, "rule": rule, "reason": reason, "on": on.isoformat(), "by": by}
    return {key: value for key, value in line.items() if value}


@transaction.atomic
def forget() -> int:
    """Deletes what nobody confirmed while its link was good; returns how many. ``KEPT`` after everything ended it also
    deletes addresses for letters, and the words and photos that were hidden for good."""
    now = timezone.now()
    day = now.date() - KEPT
    ended = Observation.objects.exclude(appealed_on__isnull=False, reviewed_on=None).exclude(reviewed_on__gte=day)
    hidden = ended.filter(moderated_on__lt=day)
    _drop_photos(hidden.filter(Q(sight=Observation.Sight.HIDDEN) | Q(photo_sight=Observation.Photo.HIDDEN)))
    words = hidden.filter(sight=Observation.Sight.HIDDEN).exclude(text="")
    words.update(text="", name="", email="", appeal="")
    ended.filter(answered_on__lt=day).exclude(email="").exclude(moderated_on__gte=day).update(email="")
    unconfirmed = Observation.objects.filter(published_on=None, rev=0, written__lt=now - tokens.VALID)
    _drop_photos(unconfirmed)
    return unconfirmed.delete()[0]


def _drop_photos(rows: "QuerySet[Observation]") -> None:
    """Takes the photos off and has the files deleted, unless something else names them."""
    for row in rows.filter(photo__isnull=False).select_related("photo"):
        blob = row.photo
        Observation.objects.filter(pk=row.pk).update(photo=None)
        if blob is not None:
            discard(blob=blob)
