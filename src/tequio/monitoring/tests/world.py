"""A small world for tests: a plan with commitments, an institution that reports, and a committee of five."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tequio.commitments.document.load import load
from tequio.commitments.models import Activity, Evidence
from tequio.common.i18n import text
from tequio.monitoring import actions
from tequio.monitoring.models import Committee, Look
from tequio.people.actions import grant_role
from tequio.people.models import Organisation, Person, Role
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.append import Actor, act_many

BY = Actor(role="secretariat")
REASON = "La evidencia lo muestra."


@dataclass
class World:
    """What a test works with; ``members`` are five committee members who declared no conflict."""

    jurisdiction: Jurisdiction
    plan: Plan
    activities: list[Activity]
    liaison: Role
    members: list[Role] = field(default_factory=list)
    committee: Committee | None = None

    @property
    def activity(self) -> Activity:
        return self.activities[0]

    def evidence(self, activity: Activity | None = None, **more: Any) -> Evidence:
        """A public piece of evidence of the activity's commitment."""
        activity = activity or self.activity
        number = Evidence.objects.filter(commitment=activity.commitment).count() + 1
        piece = Evidence(
            commitment=activity.commitment, activity=activity, number=number, title=text(f"Prueba {number}"), **more
        )
        with transaction.atomic():
            if piece.personal_data:
                piece.save()
            else:
                act_many("evidence.submitted", [piece], by=BY)
        return piece

    def report(self, activity: Activity | None = None, said: str = "complete", **more: Any) -> Any:
        activity = activity or self.activity
        return actions.report_progress(activity=activity, said=said, by=BY, role=self.liaison, **more)

    def look(self, look: Look, result: str = "fulfils", **more: Any) -> Look:
        """The member to whom the look was given does it, every piece of evidence opened."""
        pieces = look.report.evidence.filter(personal_data=False).select_related("commitment__jurisdiction")
        checklist = {piece.subject_key(): {"opened": True, "shows": "yes"} for piece in pieces}
        return actions.record_look(
            look=look, role=look.role, result=result, reason=REASON, checklist=checklist, by=BY, **more
        )

    def look_all(self, activity: Activity | None = None, result: str = "fulfils", **more: Any) -> None:
        """All looks that are still owed on the activity are done."""
        waiting = Look.objects.filter(activity=activity or self.activity, status=Look.Status.ASSIGNED)
        for look in waiting.select_related("activity__commitment__plan", "activity__jurisdiction", "report", "role"):
            self.look(look, result, **more)

    def decide(self, result: str, activity: Activity | None = None, **more: Any) -> Any:
        """A unanimous decision of all members, on one new piece of evidence, after the looks that are still owed."""
        activity = activity or self.activity
        if more.pop("look", True):
            self.look_all(activity, on=more.get("on"))
        votes = more.pop("votes", dict.fromkeys(self.members, actions.FOR))
        evidence = more.pop("evidence", None)
        if evidence is None:
            evidence = [self.evidence(activity)]
        return actions.decide(
            activity=activity, result=result, votes=votes, reason=REASON, by=BY, evidence=evidence, **more
        )

    def bring_to(self, state: str, activity: Activity | None = None) -> None:
        """Leads an untouched activity to a state by the verbs that people use."""
        activity = activity or self.activity
        if state == "pending":
            return
        self.report(activity)
        if state == "reported":
            return
        actions.begin_review(activity=activity, by=BY)
        if state == "under_review":
            return
        self.decide("verified" if state == "reopened" else state, activity)
        if state == "reopened":
            self.decide("reopened", activity)


def document(commitments: int = 1, activities: int = 3, **more: Any) -> dict[str, Any]:
    """An invented plan as a plan document."""
    return {
        "number": 1,
        "title": {"es": "Plan de prueba"},
        "start": "2025-01-01",
        "end": "2027-12-31",
        "commitments": [
            {
                "code": f"c{n}",
                "ogp_id": f"C{n}",
                "title": {"es": f"Compromiso {n}", "en": f"Commitment {n}"},
                "branch": ("executive", "legislative", "judicial")[n % 3],
                "lead": {"name": f"Institución {n % 4}", "sector": "gov_executive"},
                "start": "2025-01-01",
                "end": "2027-11-30",
                "activities": [
                    {
                        "title": {"es": f"Actividad {n}.{m}", "en": f"Activity {n}.{m}"},
                        "start": "2025-02-01",
                        "due": f"2027-{1 + m % 10:02}-28" if m else "2027-06-30",
                    }
                    for m in range(activities)
                ],
            }
            for n in range(1, commitments + 1)
        ],
        **more,
    }


def make_world(slug: str = "prueba", doc: dict[str, Any] | None = None) -> World:
    """Loads the plan and sets its committee."""
    place = create_jurisdiction(slug=slug, name=slug.title(), kind="municipality", by=BY)
    plan = load(doc or document(), jurisdiction=place, by=BY).plan
    assert plan is not None
    activities = list(
        Activity.objects.filter(commitment__plan=plan)
        .select_related("jurisdiction", "commitment__plan__jurisdiction", "commitment__jurisdiction")
        .order_by("number")
    )
    lead = activities[0].commitment.lead
    beto = Person.objects.create(jurisdiction=place, name="Beto")
    liaison = grant_role(jurisdiction=place, kind="lead", organisation=lead, person=beto, named=True, by=BY)
    world = World(place, plan, activities, liaison)
    for name in ("Carmen", "Daniel", "Elena", "Fermín", "Gloria"):
        person = Person.objects.create(jurisdiction=place, name=name)
        world.members.append(grant_role(jurisdiction=place, kind="committee", person=person, named=True, by=BY))
    world.committee = actions.set_committee(plan=plan, members=world.members, quorum=3, reply_days=0, by=BY)
    for member in world.members:
        actions.declare_conflict(plan=plan, role=member, by=BY)
    return world


def another_lead(world: World) -> Organisation:
    """The institution that leads the plan's second commitment."""
    lead = world.plan.commitments.order_by("number")[1].lead
    assert lead is not None
    return lead


def days_ago(n: int) -> dt.date:
    from django.utils import timezone

    return timezone.localdate() - dt.timedelta(days=n)
