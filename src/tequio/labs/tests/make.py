"""A lab for tests: three stops of which one was held, open to contributions from March to May 2026."""

import datetime as dt
from typing import Any

from tequio.cocreation.actions import create_call, publish_call
from tequio.labs import actions
from tequio.labs.models import Lab
from tequio.people.acting import actor_of

TEXT = "La fuga de la esquina lleva tres meses y nadie dice cuándo la arreglan."


def by(place: Any) -> Any:
    return actor_of(place.roles["secretariat"])


def draft(place: Any, **more: Any) -> Lab:
    """A draft with its call, three stops and one piece of outreach."""
    call = create_call(
        jurisdiction=place.jurisdiction,
        title={"es": "Convocatoria de prueba", "en": "Test call"},
        phases=[{"key": "contributions", "start": "2026-03-01", "end": "2026-05-31"}],
    )
    publish_call(call=call, by=by(place))
    data = {"title": {"es": "Laboratorio del agua", "en": "Water lab"}, "call": call, "promised_people": 60}
    lab = actions.prepare_lab(
        jurisdiction=place.jurisdiction,
        facilitators=[place.roles["facilitator"]],
        **{**data, "promised_places": 3, **more},
    )
    for n, day in enumerate((10, 15, 30), start=1):
        actions.add_stop(lab=lab, by=by(place), place=f"Plaza {n}", day=dt.date(2026, 3, day))
    actions.add_outreach(lab=lab, by=by(place), day=dt.date(2026, 3, 5), channel="Radio comunitaria", promised=500)
    return lab


def made(place: Any, **more: Any) -> Lab:
    """The same, published."""
    return actions.publish_lab(lab=draft(place, **more), by=by(place))
