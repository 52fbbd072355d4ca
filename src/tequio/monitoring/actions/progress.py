"""What institutions report, and what all verbs of monitoring share. Every verb follows ``states.TRANSITIONS``.

``on`` is the day it happened, today if left out, never in the future.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.commitments.models import Activity, Evidence
from tequio.common.i18n import Text, text, versions
from tequio.monitoring import states
from tequio.monitoring.models import Report, Said, State, Track
from tequio.people.models import Role
from tequio.record.append import Actor, act


@transaction.atomic
def report_progress(
    *,
    activity: Activity,
    said: str,
    by: Actor,
    role: Role | None = None,
    by_words: str = "",
    words: Any = "",
    cut: str = "",
    evidence: Iterable[Evidence] = (),
    on: dt.date | None = None,
    basis: str = "",
) -> Report:
    """An institution reports on an activity: how far along it says it is, in words, with evidence of the same commitment.

    ``said`` is a key of ``Said``; ``role`` who reports, or ``by_words`` where a source names nobody better. Saying
    "not started" is no progress to verify, so the state stays. Raises ``ValidationError`` while the committee reviews
    or once it verified the activity, and for evidence of another commitment.
    """
    day, track = day_of(on), track_of(activity)
    if said not in Said.values:
        raise ValidationError({"said": _("Di si está sin iniciar, en proceso o cumplida.")})
    if cut and cut not in Report.Cut.values:
        raise ValidationError({"cut": _("Ese corte de avance no existe.")})
    pieces = list(evidence)
    if any(piece.commitment_id != activity.commitment_id for piece in pieces):
        raise ValidationError({"evidence": _("Esa evidencia es de otro compromiso.")})
    after = next_state(track, "report")
    if said == Said.NOT_STARTED:
        after = State(track.state)
    last = Report.objects.filter(activity=activity).aggregate(n=Max("number"))["n"] or 0
    report = Report(activity=activity, number=last + 1, said=said, cut=cut, on=day, by=role, by_words=by_words)
    report.text = words_of(words)
    report.save()
    report.evidence.set(pieces)
    with act("progress.reported", report, by=by, basis=basis, done=done_on(day)):
        pass
    with act("light.set", track, by=by, done=done_on(day)):
        track.state, track.said, track.said_on = after, said, day
    return report


def day_of(on: dt.date | None) -> dt.date:
    """The day it happened: today where none is given. ``ValidationError`` for one that has not come yet."""
    today = timezone.localdate()
    if on is not None and on > today:
        raise ValidationError({"on": _("Esa fecha todavía no llega.")})
    return on or today


def done_on(day: dt.date) -> dt.date | None:
    """The day for the act, where it is not the day on which the act is written."""
    return None if day == timezone.localdate() else day


def track_of(activity: Activity) -> Track:
    """Where the activity stands, held for this change; a new one for an activity that nobody has touched."""
    # The activity's row is what is locked: its track may not exist yet.
    locked = Activity.objects.select_for_update().only("withdrawn").get(pk=activity.pk)
    if not activity.is_public():
        raise ValidationError(_("El compromiso todavía no está publicado."))
    if locked.withdrawn:
        raise ValidationError(_("Esta actividad salió de la hoja de ruta; su historia queda como está."))
    track = Track.objects.filter(activity=activity).first() or Track(activity=activity)
    track.activity = activity
    return track


def next_state(track: Track, verb: str) -> State:
    """Where the verb leads from here; ``ValidationError`` in words where it does not lead on."""
    if not states.allowed(track.state, verb):
        label = State(track.state).label
        raise ValidationError(_("Eso no se puede hacer: la actividad está en «%(state)s».") % {"state": label})
    return states.target(track.state, verb)


def words_of(value: Any) -> Text:
    """A text in two languages, from one or from a plain Spanish text."""
    return value if isinstance(value, Text) else text(str(value).strip())


def needed(value: Any, field: str, message: str) -> Text:
    """A text that must not be empty; ``ValidationError`` on ``field`` with ``message`` where it is."""
    found = words_of(value)
    if not any(version.strip() for version in versions(found).values()):
        raise ValidationError({field: message})
    return found
