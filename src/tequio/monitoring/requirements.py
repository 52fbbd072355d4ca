"""What the committee's decisions tell of the requirements (standards §11): TQ-7."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.common.i18n import best
from tequio.monitoring.models import ConflictDeclaration, Decision
from tequio.record.subjects import url
from tequio.secretariat.requirements import FAILED, MET, UNKNOWN, Context, Evidence, Finding, register
from tequio.secretariat.requirements.published import listed


def committee_independent(context: Context) -> Finding:
    """TQ-7: whoever decided a verification had declared their interests by then, and none that touches what they decided.

    Declarations name organisations and commitments by their keys; the last one signed by the day of the decision counts.
    """
    rows = Decision.objects.filter(activity__commitment__plan=context.plan, annulled_on=None)
    decisions = list(
        rows.select_related(
            "activity__jurisdiction", "activity__lead__jurisdiction", "activity__commitment__lead__jurisdiction",
            "activity__commitment__jurisdiction",
        ).prefetch_related("members").order_by("-on", "-pk")
    )  # fmt: skip
    if not decisions:
        return Finding(UNKNOWN, next=_("El Comité todavía no ha decidido ninguna verificación de este plan."))
    signed: dict[int, list[ConflictDeclaration]] = {}
    for one in ConflictDeclaration.objects.filter(plan=context.plan).order_by("signed_on", "number"):
        signed.setdefault(one.role_id, []).append(one)
    wrong = []
    for decision in decisions:
        activity = decision.activity
        touched = {activity.commitment.subject_key()}
        touched |= {body.subject_key() for body in (activity.lead, activity.commitment.lead) if body is not None}
        for member in decision.members.all():
            known = [row for row in signed.get(member.pk, []) if row.signed_on <= decision.on]
            if not known or touched & {*known[-1].organisations, *known[-1].commitments}:
                wrong.append(decision)
                break
    if wrong:
        told = ngettext(
            "%(n)s decisión la tomó alguien que no había declarado sus intereses, o que tenía uno.",
            "%(n)s decisiones las tomó alguien que no había declarado sus intereses, o que tenía uno.",
            len(wrong),
        ) % {"n": len(wrong)}
        shown = [(best(row.activity.title)[0], url(row.subject_key())) for row in wrong]
        return Finding(FAILED, listed(shown), f"{told} {_('Anúlala y decídela de nuevo sin esa persona.')}")
    told = ngettext(
        "%(n)s decisión, todas sus firmas con declaración y sin conflicto",
        "%(n)s decisiones, todas sus firmas con declaración y sin conflicto",
        len(decisions),
    ) % {"n": len(decisions)}
    page = reverse("monitoring:committee", args=[context.plan.jurisdiction.slug])
    return Finding(MET, [Evidence(told, page)])


def register_all() -> None:
    """What monitoring tells."""
    register("TQ-7", committee_independent)
