"""The committee's page."""

from typing import Any

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.commitments.models import Commitment
from tequio.common import sections
from tequio.common.i18n import best
from tequio.common.paging import page_of
from tequio.monitoring import queries
from tequio.monitoring.models import Committee, ConflictDeclaration, Decision, Look, clocks_of
from tequio.monitoring.views.board import chosen_plan, years_of
from tequio.people.models import Organisation, Role
from tequio.plans.models import Plan


def committee(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Who verifies, by which rules, and what they decided."""
    plans = queries.published_plans(request.jurisdiction)  # type: ignore[attr-defined]
    plan = chosen_plan(request, plans)
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"section": "board"})
    members = Role.objects.select_related("person", "organisation").order_by("number")
    found = (
        Committee.objects.filter(plan=plan)
        .select_related("plan__jurisdiction")
        .prefetch_related(Prefetch("members", members))
        .first()
    )
    declared = {row.role_id: row for row in plan.conflict_declarations.order_by("signed_on", "number")}
    decisions = (
        Decision.objects.filter(activity__commitment__plan=plan)
        .select_related("activity__jurisdiction", "reply_by__office", "reply_by__organisation")
        .order_by("-on", "-pk")
    )
    context = {
        "section": "board",
        "plan": plan,
        "plans": plans,
        "years": [(other, years_of(other)) for other in plans],
        "committee": found,
        "clocks": clocks_of(plan),
        "clocks_key": f"clocks/{plan.number}",
        "members": members_of(found, declared) if found else [],
        "told": told_committee(plan),
        "decisions": page_of(request, decisions),
        "slots": sections.filled("committee", request, plan),
    }
    return render(request, "monitoring/committee.html", context)


def members_of(committee: Committee, declared: dict[int, ConflictDeclaration]) -> list[dict[str, Any]]:
    """The members with what they declared and how much they did: looks that are public and decisions they took part in."""
    plan, roles = committee.plan, list(committee.members.all())
    done = Look.objects.filter(role__in=roles, revealed=True, activity__commitment__plan=plan)
    looks = dict(done.order_by("role").values_list("role").annotate(n=Count("pk")))
    taken = Decision.members.through.objects.filter(role__in=roles, decision__activity__commitment__plan=plan)
    decisions = dict(taken.order_by("role").values_list("role").annotate(n=Count("pk")))
    names = _declared_names(plan, [declared[role.pk] for role in roles if role.pk in declared])
    rows = []
    for role in roles:
        own = declared.get(role.pk)
        bound = [names[key] for key in (*own.organisations, *own.commitments) if key in names] if own else []
        counts = {"looks": looks.get(role.pk, 0), "decisions": decisions.get(role.pk, 0)}
        rows.append({"role": role, "declaration": own, "bound": bound, **counts})
    return rows


def _declared_names(plan: Plan, declarations: list[ConflictDeclaration]) -> dict[str, str]:
    """The institutions and commitments that declarations name by their keys, in words."""
    keys = {key for row in declarations for key in (*row.organisations, *row.commitments)}
    if not keys:
        return {}
    last = {key.rsplit("/", 1)[1] for key in keys}
    bodies = Organisation.objects.filter(jurisdiction=plan.jurisdiction, slug__in=last).select_related("jurisdiction")
    promises = Commitment.objects.filter(plan=plan, code__in=last).select_related("jurisdiction")
    names = {body.subject_key(): body.name for body in bodies}
    names |= {promise.subject_key(): best(promise.title)[0] or promise.code for promise in promises}
    return {key: name for key, name in names.items() if key in keys}


def told_committee(plan: Plan) -> dict[str, Any]:
    """What the sources say of a committee whose members they do not name."""
    told = plan.monitoring or {}
    name = best({key: told.get(f"body_{key}") for key in ("es", "en")})[0]
    url = str(told.get("board_url") or "")
    return {
        "composition": told.get("composition") or {},
        "name": name,
        "url": url if url.startswith(("https://", "http://")) else "",
    }
