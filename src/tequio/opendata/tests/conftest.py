"""A territory with a public plan, and things beside it that nobody may see: each says CANARIO somewhere."""

import datetime as dt

import pytest

from tequio.commitments.document.load import load
from tequio.commitments.models import Activity, Commitment, Evidence, Indicator, Money
from tequio.commitments.tests import make
from tequio.common.i18n import text
from tequio.people.actions import grant_role, invite
from tequio.plans.models import Plan
from tequio.record.append import act
from tequio.record.sequence import sequence
from tests.cast import cast

__all__ = ["cast", "hidden", "valle"]

HIDDEN = text("CANARIO en español", "CANARIO in English")


@pytest.fixture
def valle(db, noon):
    """Valle with a plan of two commitments, and another territory."""
    plan = make.made(make.plan(commitments=2, rows=2), slug="valle")
    otro = make.plan(title=make.both("CANARIO del vecino", "CANARIO next door"))
    otro["commitments"][0] |= {"code": "canario-vecino", "title": make.both("CANARIO vecino", "CANARIO neighbour")}
    load(otro, jurisdiction=make.place("otro"), by=make.BY)
    sequence()
    return plan.jurisdiction


@pytest.fixture
def hidden(valle):
    """Drafts, evidence with personal data, and a head of a commitment who is not named."""
    plan = Plan.objects.get(jurisdiction=valle)
    draft = Commitment.objects.create(jurisdiction=valle, plan=plan, code="canario-1", title=HIDDEN, problem=HIDDEN)
    secret = Plan.objects.create(jurisdiction=valle, number=9, slug="canario", title=HIDDEN, status="draft")
    for row in (draft, Commitment.objects.create(jurisdiction=valle, plan=secret, code="canario-2", title=HIDDEN)):
        Activity.objects.create(jurisdiction=valle, number=700 + row.pk, commitment=row, title=HIDDEN, due="2026-12-01")
        Indicator.objects.create(commitment=row, number=1, name=HIDDEN)
        Money.objects.create(commitment=row, number=1, source="CANARIO")
        Evidence.objects.create(commitment=row, number=1, title=HIDDEN)
    shown = Commitment.objects.get(code="agua-1", jurisdiction=valle)
    Evidence.objects.create(commitment=shown, number=99, title=HIDDEN, personal_data=True)
    person = invite(jurisdiction=valle, name="CANARIO Persona", email="canario@ejemplo.invalid")
    role = grant_role(jurisdiction=valle, kind="lead", person=person, since=dt.date(2026, 1, 1), by=make.BY)
    with act("commitment.changed", shown, by=make.BY):
        shown.head = role
    sequence()
    return valle
