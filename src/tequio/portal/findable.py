"""What the search page can find: public objects of the apps below, in words, kept in line with the record.

The index asks here for the objects of some keys (``docs/record.md``) and gets those that are public now, once for each
language of a reader. Which keys an act touches is here too: a decision changes what an activity's entry says, a new name
of an institution what its commitments say.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from i18nfield.strings import LazyI18nString

from tequio.commitments.models import Activity, Commitment, Evidence, Indicator
from tequio.common.i18n import LANGUAGES, best
from tequio.legaltext import finding as legal
from tequio.observations import queries as observed
from tequio.observations.models import Observation
from tequio.people.models import Organisation
from tequio.plans.models import Plan
from tequio.record.models import Act, Leaf
from tequio.search import index, sources
from tequio.search.sources import Item, Source
from tequio.vocabularies import terms

ACTS_AT_ONCE = 1_000
# Parts of JSON lists that are no words for people.
NOT_WORDS = {"key", "url", "type", "low", "high", "code", "role", "start", "end", "date", "is_government", "preset"}


def words(*values: Any) -> str:
    """Texts, lists and structures as plain text in the active language, or the other one where that is all there is."""
    return " · ".join(filter(None, map(_words, values)))


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, LazyI18nString) or (isinstance(value, dict) and value and set(value) <= set(LANGUAGES)):
        return best(value)[0]
    if isinstance(value, dict):
        return words(*(part for name, part in value.items() if name not in NOT_WORDS))
    if isinstance(value, list | tuple):
        return words(*value)
    return ""


def _labels(vocabulary: str, keys: Iterable[str]) -> list[str]:
    return [terms.label(vocabulary, key) for key in keys if key]


def _item(obj: Any, url: str, args: list[Any], title: Any, fallback: str, body: str, **more: Any) -> Item:
    """An item in the active language. ``args`` follow the jurisdiction in the address."""
    language = "en" if (translation.get_language() or "es").startswith("en") else "es"
    told, told_in = best(title)
    jurisdiction = obj.subject_key().split("/")[0]
    return Item(
        key=obj.subject_key(),
        jurisdiction=jurisdiction,
        language=language,
        url=reverse(url, args=[jurisdiction, *args]),
        title=told or fallback,
        body=body,
        text_language=told_in if told else language,
        **more,
    )


def plan_item(plan: Plan) -> Item:
    """A plan with its summary, vision, goals, forewords, institutions and documents."""
    body = words(
        *(plan.summary, plan.title_origin, plan.alternative_title, plan.vision, plan.goals, plan.achievements),
        *(plan.challenges, plan.plan_contribution, plan.administration_alignment, plan.forewords, plan.endorsements),
        [link.words or link.organisation.name for link in plan.institution_links.all()],
        [document.title for document in plan.documents.all()],
        plan.flags,
    )
    fallback = _("Plan %(number)s") % {"number": plan.number}
    return _item(plan, "plans:plan", [plan.number], plan.title, fallback, body, weight=1.1)


def commitment_item(c: Commitment) -> Item:
    """A commitment with its problem, action, institutions, values, policy areas and what reports say of it."""
    supporters = [(link.organisation.name, link.organisation.acronym, link.words) for link in c.supports.all()]
    body = words(
        *(c.ogp_id, c.code, c.problem, c.causes, c.status_quo, c.action, c.contribution, c.early_results),
        *((c.lead.name, c.lead.acronym) if c.lead else ()),
        *(c.lead_words, c.lead_note, supporters, c.target_groups),
        [value.get("reason") for value in c.values],
        _labels("ogp_value", [value.get("key", "") for value in c.values]),
        _labels("policy_area", c.policy_areas),
        _labels("branch", [c.branch]),
        *(c.policy_words, c.challenge_areas, [target.get("code", "") for target in c.sdg_targets], c.assessments),
        *(c.funding_words, c.unfunded_reason, c.title_origin, c.flags),
    )
    return _item(c, "commitments:commitment", [c.code], c.title, c.ogp_id or c.code, body, weight=1.2)


def activity_item(a: Activity) -> Item:
    """An activity with its output, who does it, how it is verified and why the committee decided as it did."""
    supporters = [(organisation.name, organisation.acronym) for organisation in a.supporting.all()]
    body = words(
        *(a.description, a.expected_output, a.responsible_words, a.lead.name if a.lead else "", supporters),
        *([means.get("words") for means in a.means_of_verification], a.indicator_words, a.source_note),
        *([pause.reason for pause in a.pauses.all()], [decision.reason for decision in a.decisions.all()], a.flags),
        *(a.commitment.ogp_id, a.commitment.code),
    )
    fallback = _("Actividad %(number)s") % {"number": a.number}
    return _item(a, "commitments:activity", [a.number], a.title, fallback, body, weight=0.5 if a.withdrawn else 1.0)


def indicator_item(i: Indicator) -> Item:
    """An indicator with its ficha técnica and the notes of its values."""
    body = words(
        *(i.definition, i.method, i.unit, i.variables, i.responsible_unit.name if i.responsible_unit else ""),
        *(i.responsible_words, i.baseline_note, i.no_baseline_reason, i.means, i.assumptions, i.remarks),
        [(value.note, value.evidence_words) for value in i.values.all()],
    )
    fallback = _("Indicador %(number)s") % {"number": i.number}
    return _item(i, "commitments:indicator", [i.commitment.code, i.number], i.name, fallback, body)


def evidence_item(e: Evidence) -> Item:
    """A piece of evidence with its source and the passage that proves something."""
    body = words(e.source, e.author, e.quote, e.note, e.commitment.ogp_id)
    fallback = _("Evidencia %(number)s") % {"number": e.number}
    args = [e.commitment.code, e.number]
    return _item(e, "commitments:evidence", args, e.title, fallback, body, day=e.date.first, weight=0.9)


def observation_item(o: Observation) -> Item:
    """What somebody observed, the answer and what the institution says; only while its words are in sight."""
    body = words(o.text, o.answer, o.comment, o.commitment.ogp_id, o.commitment.code)
    title = _("Observación %(number)s: %(about)s") % {"number": o.number, "about": best(o.commitment.title)[0]}
    return _item(o, "observations:observation", [o.number], title, title, body, day=o.published_on, weight=0.8)


def organisation_item(o: Organisation) -> Item:
    """An institution with its other names and its offices."""
    body = words(
        *(o.acronym, o.note, [alias.get("words", "") for alias in o.aliases], _labels("sector", [o.sector])),
        *([office.name for office in o.offices.all()], o.replaced_by.name if o.replaced_by else ""),
    )
    return _item(o, "people:organisation", [o.slug], o.name, o.slug, body)


def plans() -> QuerySet[Plan]:
    """Every plan that anybody may read."""
    return Plan.public_rows().prefetch_related("documents")


def commitments() -> QuerySet[Commitment]:
    """Every commitment that has a public page."""
    return Commitment.public_rows().filter(plan__status=Plan.Status.PUBLISHED)


def activities() -> QuerySet[Activity]:
    """Every activity that has a public page."""
    rows = Activity.public_rows().filter(commitment__plan__status=Plan.Status.PUBLISHED)
    return rows.prefetch_related("pauses", "decisions")


def indicators() -> QuerySet[Indicator]:
    """Every indicator that has a public page."""
    rows = Indicator.public_rows().filter(commitment__plan__status=Plan.Status.PUBLISHED)
    return rows.prefetch_related("values")


def evidence() -> QuerySet[Evidence]:
    """Every piece of evidence that anybody may see."""
    return Evidence.public_rows().filter(commitment__plan__status=Plan.Status.PUBLISHED)


def observations() -> QuerySet[Observation]:
    """Every observation whose words anybody may read."""
    return observed.every().filter(sight=Observation.Sight.SHOWN)


def organisations() -> QuerySet[Organisation]:
    """Every institution."""
    return Organisation.public_rows().prefetch_related("offices")


def _source(
    subject: str, label: Any, rows: Callable[[], QuerySet[Any]], place: str, name: str, item: Callable[[Any], Item]
) -> Source:
    """A source: ``place`` leads from a row to its jurisdiction, ``name`` to the first part of its name in keys."""

    def entries(keys: Sequence[str]) -> Iterator[Item]:
        wanted = set(keys)
        some = Q(pk__in=[])
        for jurisdiction in {key.split("/")[0] for key in keys}:
            mine = [key.split("/")[2] for key in keys if key.startswith(f"{jurisdiction}/")]
            names = {part.split(".")[0] for part in mine}
            some |= Q(**{f"{place}__slug": jurisdiction, f"{name}__in": names})
        for obj in rows().filter(some):
            if obj.subject_key() in wanted:
                for language in LANGUAGES:
                    with translation.override(language):
                        yield item(obj)

    def keys() -> list[str]:
        return [obj.subject_key() for obj in rows().prefetch_related(None)]

    return Source(subject, label, (subject,), entries, keys)


def register() -> None:
    """Registers all sources, in the order in which the search page offers them."""
    there, of = "jurisdiction", "commitment__jurisdiction"
    code = "commitment__code"
    for source in (
        _source("commitment", gettext_lazy("Compromisos"), commitments, there, "code", commitment_item),
        _source("activity", gettext_lazy("Actividades"), activities, there, "number", activity_item),
        _source("plan", gettext_lazy("Planes"), plans, there, "number", plan_item),
        _source("indicator", gettext_lazy("Indicadores"), indicators, of, code, indicator_item),
        _source("evidence", gettext_lazy("Evidencia"), evidence, of, code, evidence_item),
        _source("observation", gettext_lazy("Observaciones"), observations, there, "number", observation_item),
        _source("organisation", gettext_lazy("Instituciones"), organisations, there, "slug", organisation_item),
    ):
        sources.register(source)


# --- Following the record --------------------------------------------------------------------------------------

# Subjects that are part of what another object's entry says: that object's subject, and how many parts of the name name it.
PARTS_OF = {"document": ("plan", 1), "value": ("indicator", 2), "pause": ("activity", 1), "decision": ("activity", 1)}


def follow(acts: Sequence[Act]) -> None:
    """Brings the index up to the newest numbered act; hangs in ``record.kinds.on_sequenced``."""
    index.catch_up(touched_after)


def touched_after(position: int) -> tuple[list[str], int]:
    """Keys of what the next acts after a position of the record touched, and the position they reach."""
    leaves = Leaf.objects.filter(position__gt=position).order_by("position")
    rows = list(leaves.values_list("position", "act__kind", "act__on")[:ACTS_AT_ONCE])
    keys: list[str] = []
    for _position, kind, on in rows:
        keys += touched(kind, on)
    return keys, rows[-1][0] if rows else position


def touched(kind: str, on: str) -> list[str]:
    """Keys of the findable objects whose entries an act may have changed."""
    jurisdiction, _slash, rest = on.partition("/")
    subject, _slash, name = rest.partition("/")
    if subject in PARTS_OF:
        whole, parts = PARTS_OF[subject]
        return [f"{jurisdiction}/{whole}/{'.'.join(name.split('.')[:parts])}"]
    if subject == "expression":
        return [on, f"{jurisdiction}/work/{name.rsplit('.', 1)[0]}", *legal.touched(jurisdiction, name)]
    if subject == "office":
        return [f"{jurisdiction}/organisation/{name.split('.')[0]}"]
    if kind == "plan.published":
        return [on, *_of_plan(jurisdiction, name)]
    if kind in {"organisation.changed", "organisation.merged"}:
        return [on, *_naming(jurisdiction, name)]
    return [on]


def _of_plan(jurisdiction: str, number: str) -> list[str]:
    """What becomes public with its plan."""
    mine = {"plan__jurisdiction__slug": jurisdiction, "plan__number": number}
    below = {f"commitment__{name}": value for name, value in mine.items()}
    found: list[Any] = list(commitments().filter(**mine))
    for rows in (activities(), indicators(), evidence()):
        found += rows.filter(**below)
    return [obj.subject_key() for obj in found]


def _naming(jurisdiction: str, slug: str) -> list[str]:
    """Commitments, activities and plans whose entries tell the name of an institution."""
    here = {"jurisdiction__slug": jurisdiction}
    led = commitments().filter(Q(lead__slug=slug) | Q(supports__organisation__slug=slug), **here)
    done = activities().filter(Q(lead__slug=slug) | Q(supporting__slug=slug), **here)
    named = plans().filter(institution_links__organisation__slug=slug, **here)
    return [obj.subject_key() for rows in (led, done, named) for obj in rows.distinct()]
