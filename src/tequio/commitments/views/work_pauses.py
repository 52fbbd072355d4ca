"""Where the secretariat documents the pauses of an activity's deadline. What each does to the date is shown before."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from tequio.commitments import actions, queries
from tequio.commitments.forms.pauses import EndPauseForm, PauseForm
from tequio.commitments.models import Activity, Pause
from tequio.common.access import here, require
from tequio.common.dates import in_words
from tequio.people.acting import actor_for


def fetch(request: HttpRequest, number: int) -> Activity:
    """The public activity of this jurisdiction, if the person may pause its deadline."""
    found = queries.public_activities(here(request)).filter(number=number).first()
    if found is None:
        require(request, "commitments.work", here(request))
        raise Http404
    require(request, "commitments.publish_commitment", found.commitment)
    return found


def effect(activity: Activity, before: list[Pause], after: list[Pause], today: dt.date) -> str:
    """What a change of the pauses does to the deadline, in a sentence."""
    old = queries.deadline_with(activity, before, today)
    new = queries.deadline_with(activity, after, today)
    if old.due is None or new.due is None:
        return _("La actividad no tiene fecha compromiso: la pausa queda documentada y no mueve ningún plazo.")
    values = {"old": in_words(old.due), "new": in_words(new.due)}
    days = (new.due - old.due).days
    if new.is_open:
        words = (
            _("Mientras siga abierta, el plazo se recorre un día cada día. Hoy pasa del %(old)s al %(new)s.") % values
        )
        return (
            words
            if days
            else _("Mientras siga abierta, el plazo se recorre un día cada día. Hoy es el %(new)s.") % values
        )
    if days == 0:
        return _("El plazo no cambia: sigue siendo el %(new)s.") % values
    count = ngettext("%(n)s día", "%(n)s días", abs(days)) % {"n": abs(days)}
    words = (
        _("El plazo pasa del %(old)s al %(new)s: %(count)s más.")
        if days > 0
        else _("El plazo pasa del %(old)s al %(new)s: %(count)s menos.")
    )
    return words % {**values, "count": count}


@never_cache
def pauses(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The pauses of an activity, and a new one: first what it would do, then yes."""
    activity, today = fetch(request, number), timezone.localdate()
    known = list(activity.pauses.all())
    form = PauseForm(request.POST or None)
    preview = ""
    if request.method == "POST" and form.is_valid() and "volver" not in request.POST:
        data = form.cleaned_data
        if "confirmar" in request.POST:
            try:
                actions.record_pause(activity=activity, by=actor_for(request), **data)
            except ValidationError as error:
                _tell(form, error)
            else:
                messages.success(request, _("La pausa ya es pública, con su motivo."))
                return redirect("commitments:work_pauses", jurisdiction=jurisdiction, number=number)
        else:
            planned = Pause(activity=activity, start=data["start"], end=data["end"])
            preview = effect(activity, known, [*known, planned], today)
    context = {
        "activity": activity,
        "commitment": activity.commitment,
        "pauses": known,
        "form": form,
        "preview": preview,
        "deadline": queries.deadline_with(activity, known, today),
    }
    return render(request, "commitments/work/pauses.html", context, status=422 if form.errors else 200)


@never_cache
def end(request: HttpRequest, jurisdiction: str, number: int, pause: int) -> HttpResponse:
    """Ends an open pause, likewise."""
    activity, today = fetch(request, number), timezone.localdate()
    found = get_object_or_404(Pause, activity=activity, number=pause)
    open_one = found.end is None
    form = EndPauseForm(request.POST or None, initial={"end": today})
    preview = ""
    if request.method == "POST" and open_one and form.is_valid() and "volver" not in request.POST:
        data = form.cleaned_data
        known = list(activity.pauses.all())
        if "confirmar" in request.POST:
            try:
                actions.end_pause(pause=found, by=actor_for(request), **data)
            except ValidationError as error:
                _tell(form, error)
            else:
                messages.success(request, _("La pausa terminó. El plazo vuelve a correr."))
                return redirect("commitments:work_pauses", jurisdiction=jurisdiction, number=number)
        elif data["end"] < found.start:
            form.add_error("end", _("Termina antes de empezar."))
        else:
            ended = Pause(activity=activity, start=found.start, end=data["end"])
            others = [row for row in known if row.pk != found.pk]
            preview = effect(activity, known, [*others, ended], today)
    context: dict[str, Any] = {
        "activity": activity,
        "commitment": activity.commitment,
        "pause": found,
        "is_open": open_one,
        "form": form,
        "preview": preview,
    }
    return render(request, "commitments/work/pause_end.html", context, status=422 if form.errors else 200)


def _tell(form: Any, error: ValidationError) -> None:
    form.add_error(None, error)
