"""Opening, running and closing decisions, and the rules of each body: for whoever runs the sessions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import here, require
from tequio.common.forms import taken
from tequio.common.paging import page_of
from tequio.meetings.models import Body, Session
from tequio.people.acting import actor_for
from tequio.secretariat import actions, deciding, queries
from tequio.secretariat.forms import OpenForm, RulesForm, WithdrawForm, WordsForm
from tequio.secretariat.models import Decision, DecisionRules
from tequio.secretariat.views.public import facts_of

MANAGE = "secretariat.manage_decisions"


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """What is open, the sessions in which something may be put to decision, and the rules of each body."""
    place = here(request)
    require(request, MANAGE, place)
    sessions = Session.objects.filter(jurisdiction=place, state=Session.State.OPEN)
    bodies = Body.objects.filter(jurisdiction=place).order_by("kind", "slug")
    in_force = DecisionRules.objects.filter(body__jurisdiction=place, state=DecisionRules.State.IN_FORCE)
    known = {row.body_id: row for row in in_force}
    context = {
        "open": list(queries.public(place).filter(state=Decision.State.OPEN)),
        "sessions": list(sessions.select_related("body", "jurisdiction").order_by("starts_at")),
        "bodies": [(body, known.get(body.pk)) for body in bodies],
        "rows": page_of(request, queries.public(place).exclude(state=Decision.State.OPEN)),
    }
    return render(request, "secretariat/work/list.html", context)


@never_cache
def new(request: HttpRequest, jurisdiction: str, session: int) -> HttpResponse:
    """Puts a question to the body of a session."""
    require(request, MANAGE, here(request))
    rows = Session.public_rows().filter(jurisdiction=here(request))
    found = get_object_or_404(rows, number=session)
    rules = queries.rules_in_force(found.body, found.day)
    if rules is None:
        messages.error(request, _("Primero registra con qué reglas decide este órgano."))
        return redirect("secretariat:set_rules", jurisdiction=jurisdiction, body=found.body.slug)
    form = OpenForm(request.POST or None, session=found, rules=rules.rules)
    made: list[Decision] = []

    def put(data: dict[str, Any]) -> None:
        made.append(actions.open_decision(session=found, by=actor_for(request), **data))

    if request.method == "POST" and taken(form, put):
        messages.success(request, _("Ya está a decisión. A quienes ocupan un asiento les aparece en sus pendientes."))
        return redirect("secretariat:manage", jurisdiction=jurisdiction, number=made[0].number)
    context = {"form": form, "session": found, "rules": rules}
    return render(request, "secretariat/work/new.html", context, status=422 if form.errors else 200)


def fetch(request: HttpRequest, number: int) -> Decision:
    """The decision, for whoever may manage it."""
    require(request, MANAGE, here(request))
    return get_object_or_404(queries.public(here(request)), number=number)


def _page(request: HttpRequest, decision: Decision, status: int = 200, **forms: Any) -> HttpResponse:
    standing = decision.objections.filter(withdrawn_on=None).count()
    context = {
        **facts_of(decision),
        "standing": standing,
        "to_vote": decision.is_open and not decision.is_voted and standing,
        "withdraw_form": WithdrawForm(prefix="retirar"),
        **forms,
    }
    return render(request, "secretariat/work/manage.html", context, status=status)


@never_cache
def manage(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """How a decision goes: quorum, who has taken part, and what can be done now."""
    return _page(request, fetch(request, number))


@never_cache
@require_POST
def to_vote(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """From consensus to the vote."""
    decision = fetch(request, number)
    try:
        actions.put_to_vote(decision=decision, by=actor_for(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, decision, 422)
    messages.success(request, _("Ya se está votando."))
    return redirect("secretariat:manage", jurisdiction=jurisdiction, number=number)


@never_cache
def close(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """What would be closed and cannot be undone, and the button that does it."""
    decision = fetch(request, number)
    status = 200
    if request.method == "POST":
        try:
            found = actions.close_decision(decision=decision, by=actor_for(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            status = 422
        else:
            passed = found.state == Decision.State.PASSED
            messages.success(request, _("La decisión pasó.") if passed else _("La decisión no pasó."))
            return redirect("secretariat:decision", jurisdiction=jurisdiction, number=number)
    return render(request, "secretariat/work/close.html", facts_of(decision), status=status)


@never_cache
@require_POST
def withdraw(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Takes an open decision back."""
    decision = fetch(request, number)
    form = WithdrawForm(request.POST, prefix="retirar")
    if taken(form, lambda data: actions.withdraw_decision(decision=decision, by=actor_for(request), **data)):
        messages.success(request, _("Se retiró, y su motivo es público."))
        return redirect("secretariat:decision", jurisdiction=jurisdiction, number=number)
    return _page(request, decision, 422, withdraw_form=form)


@never_cache
def words(request: HttpRequest, jurisdiction: str, number: int, kind: str, pk: int) -> HttpResponse:
    """Takes somebody's words out of sight, on a legal basis; what they did stays."""
    decision = fetch(request, number)
    rows: dict[str, Any] = {
        "voto": decision.ballots.select_related("seat__body__jurisdiction", "decision__jurisdiction"),
        "objecion": decision.objections.select_related("seat__body__jurisdiction", "decision__jurisdiction"),
        "conflicto": decision.conflicts.select_related("seat__body__jurisdiction", "decision__jurisdiction"),
    }
    if kind not in rows:
        raise Http404
    said = get_object_or_404(rows[kind].exclude(reason=""), pk=pk)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and taken(
        form, lambda data: actions.withdraw_words(said=said, by=actor_for(request), **data)
    ):
        messages.success(request, _("Esas palabras ya no se ven ni están en el registro."))
        return redirect("secretariat:manage", jurisdiction=jurisdiction, number=number)
    context = {"decision": decision, "said": said, "form": form}
    return render(request, "secretariat/work/words.html", context, status=422 if form.errors else 200)


@never_cache
def rules(request: HttpRequest, jurisdiction: str, body: str) -> HttpResponse:
    """The first rules of a body, or other ones that it may decide on."""
    require(request, MANAGE, here(request))
    found = get_object_or_404(Body.objects.select_related("jurisdiction"), jurisdiction=here(request), slug=body)
    now = DecisionRules.objects.filter(body=found, state=DecisionRules.State.IN_FORCE).first()
    initial = RulesForm.answers_of(now.rules if now else deciding.Rules())
    form = RulesForm(request.POST or None, initial=initial)

    def write(data: dict[str, Any]) -> None:
        act = actions.propose_rules if now else actions.lay_down_rules
        act(body=found, data=form.data_of_rules(), why=data["why"], by=actor_for(request))

    if request.method == "POST" and taken(form, write):
        proposed = _("Ya son públicas. Rigen cuando el órgano las apruebe: ponlas a decisión en una sesión.")
        messages.success(request, proposed if now else _("Este órgano ya tiene reglas, y son públicas."))
        return redirect("secretariat:rules", jurisdiction=jurisdiction, body=body)
    context = {"form": form, "body": found, "now": now, "today": timezone.localdate()}
    return render(request, "secretariat/work/rules.html", context, status=422 if form.errors else 200)
