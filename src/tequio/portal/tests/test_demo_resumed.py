"""A load of the demo that was cut short. In a file of its own, for it begins with an empty portal."""

import datetime as dt

from django.utils import timezone

from tequio.commitments.document.load import load
from tequio.monitoring.models import Track
from tequio.people.models import Role
from tequio.places.actions import create_jurisdiction
from tequio.portal.demo.valle import SLUG, load_valle
from tequio.portal.demo.valle_files import keep_files
from tequio.portal.demo.valle_people import PEOPLE, make_people
from tequio.portal.demo.valle_plan import plan_document
from tequio.portal.demo.valle_story import STORIES
from tequio.record.append import SYSTEM
from tequio.record.models import Act


def test_a_load_that_was_cut_short_goes_on_where_it_stopped(db: None) -> None:
    today = timezone.localdate()
    jurisdiction = create_jurisdiction(
        slug=SLUG, name="Valle del Ejemplo", kind="municipality", is_practice=True, by=SYSTEM
    )
    cast = make_people(jurisdiction, today - dt.timedelta(days=420))
    load(plan_document(today, cast, keep_files()), jurisdiction=jurisdiction, by=SYSTEM)
    load_valle()
    made = Role.objects.filter(jurisdiction=jurisdiction)
    assert made.filter(number__lte=len(PEOPLE)).count() == len(PEOPLE) == len(cast)
    assert Track.objects.filter(activity__jurisdiction=jurisdiction).count() == len(STORIES)
    acts = Act.objects.count()
    load_valle()
    assert Act.objects.count() == acts
