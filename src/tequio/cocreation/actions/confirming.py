"""From the link in the letter: what was said becomes public with its number; and what its author does with it later."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation import tokens
from tequio.cocreation.actions.saying import need_words
from tequio.cocreation.models import (
    Attachment,
    Backing,
    Call,
    Contribution,
    Problem,
    Said,
    Support,
)
from tequio.common import moderation
from tequio.common.dates import add_working_days
from tequio.documents.actions import discard
from tequio.monitoring.standing import holidays_of
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act, act_many, erase

PUBLIC = Actor(role="public")
SYSTEM = Actor(role="system")
KEPT = dt.timedelta(days=90)
COUNTED_EACH = 15  # minutes: how often supports are written into the record, and so onto the pages


def next_number(model: type[Said], jurisdiction: Jurisdiction) -> int:
    """The next number of a sort of thing; one at a time in a jurisdiction."""
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)
    return (model._default_manager.filter(jurisdiction=jurisdiction).aggregate(n=Max("number"))["n"] or 0) + 1


def due_from(call: Call, day: dt.date) -> dt.date:
    """The last day to answer what came on ``day``."""
    return add_working_days(day, call.answer_days, holidays_of(call.plan) if call.plan else ())


def doubt_of(said: Said) -> str:
    """The rule by which somebody looks at it before it is shown; addresses of evidence are no advertisement."""
    words = [text for name, text in said.words().items() if name != "links"]
    return moderation.doubts("\n".join([*words, said.name if said.named else "", said.organisation]))


def publish(said: Said, *, by: Actor, on: dt.date | None = None) -> None:
    """Gives it its number and shows it, unless the published checks find something to look at first. The caller holds a
    transaction and has taken the lock."""
    today = on or timezone.localdate()
    said.number = next_number(type(said), said.jurisdiction)
    doubt = doubt_of(said)
    with act(f"{said.subject}.{'held' if doubt else 'published'}", said, by=by, done=on):
        said.published_on = today
        said.sight = Said.Sight.HELD if doubt else Said.Sight.SHOWN
        if doubt:
            said.moderation = [{"what": "held", "rule": doubt, "on": today.isoformat()}]
        if isinstance(said, Contribution):
            said.received_on = said.received_on or today
            said.due = due_from(said.call, said.received_on)
        else:
            said.begin(today)


@transaction.atomic
def confirm(*, said: Said, on: dt.date | None = None) -> Said:
    """Its author confirms it. Confirming again changes nothing."""
    Jurisdiction.objects.select_for_update().get(pk=said.jurisdiction_id)
    said.refresh_from_db(fields=["published_on", "rev", "tip", "number", "sight", "moderation"])
    if said.published_on is None:
        publish(said, by=PUBLIC, on=on)
    return said


@transaction.atomic
def confirm_support(*, backing: Support) -> Support:
    """It counts from now on, and the address is forgotten: its salted hash is enough to count it once."""
    locked = type(backing)._default_manager.select_for_update().get(pk=backing.pk)
    if not locked.confirmed:
        locked.confirmed, locked.email = True, ""
        locked.save(update_fields=["confirmed", "email"])
        _count(locked, 1)
    backing.confirmed = True
    return locked


@transaction.atomic
def take_support_back(*, backing: Support) -> None:
    """The person supports it no longer; nothing is kept."""
    locked = type(backing)._default_manager.select_for_update().get(pk=backing.pk)
    if locked.confirmed:
        _count(locked, -1)
    locked.delete()


def _count(backing: Any, step: int) -> None:
    about = backing.about
    type(about)._default_manager.filter(pk=about.pk).update(backers=F("backers") + step)


@transaction.atomic
def reword(*, contribution: Contribution, title: str, text: str, on: dt.date | None = None) -> None:
    """Its author words it better while nobody has answered; the former wording stays beside it."""
    if contribution.closed_on is not None or not contribution.is_shown:
        raise ValidationError(_("Ya no se puede cambiar: ya tiene respuesta o no está a la vista."))
    faults = need_words(title, text)
    if faults:
        raise ValidationError(faults)
    if (title.strip(), text.strip()) == (contribution.title, contribution.text):
        return
    today = on or timezone.localdate()
    with act("contribution.reworded", contribution, by=PUBLIC, done=on):
        former = {"title": contribution.title, "text": contribution.text, "on": today.isoformat()}
        contribution.wordings = [*contribution.wordings, former]
        contribution.title, contribution.text = title.strip(), text.strip()
        if doubt := doubt_of(contribution):
            contribution.sight = Said.Sight.HELD
            contribution.moderation = [
                *contribution.moderation,
                {"what": "held", "rule": doubt, "on": today.isoformat()},
            ]


@transaction.atomic
def withdraw(*, said: Said, on: dt.date | None = None) -> None:
    """Its author takes it back: words and name are erased; number, dates and answer stay."""
    if said.published_on is None or said.sight == Said.Sight.WITHDRAWN:
        raise ValidationError(_("No hay nada que retirar."))
    shown = said.hidden_state()
    with act(f"{said.subject}.withdrawn", said, by=PUBLIC, done=on):
        said.sight = Said.Sight.WITHDRAWN
        if isinstance(said, Problem | Contribution):
            said.attachments.update(sight=Attachment.Sight.HIDDEN)
    conceal(said, shown, PUBLIC, _("Lo pidió quien lo escribió."))
    _empty(said)


def conceal(said: Said, shown: dict[str, str], by: Actor, basis: str) -> None:
    """Erases from the record what was shown until now; call it after the act that hid it."""
    for field in shown:
        erase(obj=said, field=field, by=by, basis=basis)


def _empty(said: Said) -> None:
    """Deletes the words, the name and the address: nobody needs them any more."""
    blank: dict[str, Any] = dict.fromkeys((*said.WORDS, "name", "organisation", "email", "appeal"), "")
    if isinstance(said, Contribution):
        # That there were other wordings stays in sight, as the record says; their words do not.
        blank |= {"wordings": [{"on": row.get("on", "")} for row in said.wordings], "review": ""}
    type(said)._default_manager.filter(pk=said.pk).update(**blank)
    if isinstance(said, Problem | Contribution):
        _drop_files(said.attachments.all())


def _drop_files(rows: "QuerySet[Attachment]") -> None:
    """Has the files deleted unless something else names them. The rows stay: the record tells of them."""
    for row in rows.filter(blob__isnull=False).select_related("blob"):
        blob = row.blob
        Attachment.objects.filter(pk=row.pk).update(blob=None)
        if blob is not None:
            discard(blob=blob)


@transaction.atomic
def appeal(*, said: Said, words: str, on: dt.date | None = None) -> None:
    """Its author asks for a second look at what was hidden, once. ``words`` are for whoever moderates alone."""
    if said.sight != Said.Sight.HIDDEN:
        raise ValidationError(_("No hay nada oculto que revisar."))
    if said.appealed_on is not None:
        raise ValidationError(_("Ya pediste que se revisara."))
    if not words.strip():
        raise ValidationError({"words": _("Di por qué debería verse.")})
    today = on or timezone.localdate()
    with act(f"{said.subject}.appealed", said, by=PUBLIC, done=on):
        said.appeal, said.appealed_on = words.strip(), today
        said.moderation = [*said.moderation, {"what": "appealed", "on": today.isoformat()}]


@transaction.atomic
def forget() -> int:
    """Deletes what nobody confirmed while its link was good; returns how many. ``KEPT`` after the end it also deletes the
    words hidden for good, and the addresses that no letter will need."""
    now = timezone.now()
    day = now.date() - KEPT
    count = Backing.objects.filter(confirmed=False, written__lt=now - tokens.VALID).delete()[0]
    for model in tokens.said_models():
        rows = model._default_manager
        for said in rows.filter(published_on=None, rev=0, written__lt=now - tokens.VALID):
            files = list(said.attachments.select_related("blob")) if isinstance(said, Problem | Contribution) else []
            said.delete()
            for row in files:
                if row.blob is not None:
                    discard(blob=row.blob)
            count += 1
        settled = rows.filter(sight=Said.Sight.HIDDEN, moderated_on__lt=day).exclude(
            appealed_on__isnull=False, reviewed_on=None
        )
        for said in settled.exclude(reviewed_on__gte=day).exclude(email="", name=""):
            _empty(said)
    ended = Contribution.objects.filter(closed_on__lt=day, credits=None).exclude(email="")
    ended.exclude(review_asked_on__isnull=False, answer__number=1).update(email="")
    return count


def count_if_due() -> int:
    """Each quarter of an hour writes the supports confirmed since into the record; returns of how many things. Pages show
    what the record knows (decision 0025)."""
    if timezone.localtime().minute % COUNTED_EACH:
        return 0
    return count_supports()


@transaction.atomic
def count_supports() -> int:
    """Writes into the record how many support each problem and contribution, where that changed."""
    total = 0
    for model in [one for one in tokens.said_models() if hasattr(one, "backers")]:
        rows = list(model.public_rows().exclude(backers=F("counted")).select_for_update(of=("self",)))
        for row in rows:
            row.counted = row.backers
        act_many(f"{model.subject}.counted", rows, by=SYSTEM)
        total += len(rows)
    return total
