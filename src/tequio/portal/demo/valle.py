"""Valle del Ejemplo: an invented municipality for practice, with everything in every state."""

import datetime as dt

from django.utils import timezone

from tequio.commitments.document.load import load
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.portal.demo.valle_bill import tell_bill
from tequio.portal.demo.valle_bills import tell_bills
from tequio.portal.demo.valle_call import tell_call
from tequio.portal.demo.valle_cocreated import cocreate
from tequio.portal.demo.valle_decisions import decide
from tequio.portal.demo.valle_files import keep_files
from tequio.portal.demo.valle_lab import travel
from tequio.portal.demo.valle_law import tell_law
from tequio.portal.demo.valle_opinions import ask
from tequio.portal.demo.valle_past import gone_institution, look_after, past_document
from tequio.portal.demo.valle_people import Cast, make_people
from tequio.portal.demo.valle_plan import plan_document
from tequio.portal.demo.valle_seen import observe
from tequio.portal.demo.valle_sessions import meet
from tequio.portal.demo.valle_story import tell
from tequio.portal.demo.writing import Days
from tequio.record.append import SYSTEM

SLUG = "valle-del-ejemplo"


def load_valle() -> Jurisdiction:
    """Loads what is not there yet; dates are around today. What is there already is left alone."""
    today = timezone.localdate()
    jurisdiction = Jurisdiction.objects.filter(slug=SLUG).first() or create_jurisdiction(
        slug=SLUG,
        name="Valle del Ejemplo",
        kind=Jurisdiction.Kind.MUNICIPALITY,
        is_practice=True,
        order=99,
        by=SYSTEM,
    )
    cast = make_people(jurisdiction, Days(today).date(-420))
    plan = Plan.objects.filter(jurisdiction=jurisdiction, commitments__code="agua-1").first()
    if plan is None or plan.number != 1:  # a trial from before there was an earlier plan keeps what it has
        _past(jurisdiction, cast, today)
    if plan is None:
        plan = load(plan_document(today, cast, keep_files()), jurisdiction=jurisdiction, by=SYSTEM).plan
    if plan is not None:
        tell_call(plan, cast, today)
        tell(plan, cast, today)
        observe(plan, cast, today)
        meet(jurisdiction, cast, today)
        decide(jurisdiction, cast, today)
    tell_law(jurisdiction, cast, today)
    cocreate(jurisdiction, cast, today)
    ask(jurisdiction, cast, today)
    travel(jurisdiction, cast, today)
    tell_bill(jurisdiction, cast, today)
    tell_bills(jurisdiction, cast, today)
    return jurisdiction


def _past(jurisdiction: Jurisdiction, cast: Cast, today: dt.date) -> None:
    gone_institution(jurisdiction)
    plan = Plan.objects.filter(jurisdiction=jurisdiction, number=1).first()
    if plan is None:
        plan = load(past_document(today, cast, keep_files()), jurisdiction=jurisdiction, by=SYSTEM).plan
    if plan is not None:
        look_after(plan, cast, today)
