"""Opening conversations and looking at what people propose."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.common.access import account_of, here, require
from tequio.common.paging import page_of
from tequio.opinions import actions, queries
from tequio.opinions.actions.statements import unseed
from tequio.opinions.forms import ConversationForm, DecisionForm, ExtendForm, ReasonForm, SeedForm, initial_of
from tequio.opinions.models import Conversation, Statement
from tequio.people.acting import actor_for

ROWS = Conversation.objects.select_related("jurisdiction")


def _fetch(request: HttpRequest, number: int, permission: str) -> Conversation:
    require(request, permission, here(request))
    return get_object_or_404(ROWS, jurisdiction=here(request), number=number)


@never_cache
def work(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """Every conversation, drafts too."""
    require(request, "opinions.moderate", here(request))
    may_open = account_of(request).has_perm("opinions.manage", here(request))
    context = {"page": page_of(request, queries.for_work(here(request))), "may_open": may_open}
    return render(request, "opinions/work/list.html", context)


@never_cache
def prepare(request: HttpRequest, jurisdiction: str) -> HttpResponse:
    """A new draft."""
    require(request, "opinions.manage", here(request))
    form = ConversationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.prepare_conversation(jurisdiction=here(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Guardada. Ahora escribe las frases con las que empieza."))
            return redirect("opinions:handle", jurisdiction=jurisdiction, number=made.number)
    return render(request, "opinions/work/edit.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def change(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Changes a draft."""
    found = _fetch(request, number, "opinions.manage")
    form = ConversationForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_conversation(conversation=found, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Guardada."))
            return redirect("opinions:handle", jurisdiction=jurisdiction, number=number)
    context = {"form": form, "conversation": found}
    return render(request, "opinions/work/edit.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, found: Conversation, status: int = 200, **forms: Any) -> HttpResponse:
    rows = found.statements.select_related("conversation__jurisdiction")
    context = {
        "conversation": found,
        "manages": account_of(request).has_perm("opinions.manage", found),
        "is_draft": found.status == Conversation.Status.DRAFT,
        "is_open": found.status == Conversation.Status.OPEN,
        "held": page_of(request, rows.filter(sight=Statement.Sight.HELD).order_by("written"), name="revisar"),
        "statements": page_of(request, rows.exclude(sight=Statement.Sight.HELD).order_by("number", "pk")),
        "people": found.participants.filter(voted__isnull=False).count(),
        "seed_form": SeedForm(prefix="frase"),
        "decision_form": DecisionForm(),
        "extend_form": ExtendForm(prefix="cierre"),
        "close_form": ReasonForm(prefix="cerrar"),
        **forms,
    }
    return render(request, "opinions/work/conversation.html", context, status=status)


@never_cache
def handle(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A conversation with everything that the role can do about it."""
    return _page(request, _fetch(request, number, "opinions.moderate"))


def _done(request: HttpRequest, found: Conversation, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("opinions:handle", jurisdiction=found.jurisdiction.slug, number=found.number)


@never_cache
@require_POST
def publish(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Makes a draft public."""
    found = _fetch(request, number, "opinions.manage")
    try:
        actions.publish_conversation(conversation=found, by=actor_for(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, found, 422)
    return _done(request, found, _("Publicada. Comparte su dirección o su código QR."))


@never_cache
@require_POST
def seed(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Adds a statement."""
    found = _fetch(request, number, "opinions.manage")
    form = SeedForm(request.POST, prefix="frase")
    if form.is_valid():
        try:
            actions.seed(conversation=found, by=actor_for(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, found, _("Frase agregada."))
    return _page(request, found, 422, seed_form=form)


@never_cache
@require_POST
def extend(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Gives more time."""
    found = _fetch(request, number, "opinions.manage")
    form = ExtendForm(request.POST, prefix="cierre")
    if form.is_valid():
        try:
            actions.extend_conversation(conversation=found, by=actor_for(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, found, _("Listo: hay más tiempo para votar."))
    return _page(request, found, 422, extend_form=form)


@never_cache
@require_POST
def close(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Ends the voting before its last day, with a public reason."""
    found = _fetch(request, number, "opinions.manage")
    form = ReasonForm(request.POST, prefix="cerrar")
    if form.is_valid():
        try:
            actions.close_conversation(conversation=found, by=actor_for(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, found, _("Cerrada. El resultado final ya es público."))
    return _page(request, found, 422, close_form=form)


@never_cache
@require_POST
def decide(request: HttpRequest, jurisdiction: str, number: int, statement: int) -> HttpResponse:
    """What a moderator decides of a statement, by its row: shows it, refuses, hides or restores it, or takes it out of a
    draft."""
    found = _fetch(request, number, "opinions.moderate")
    rows = found.statements.select_related("conversation__jurisdiction")
    row, what, by = get_object_or_404(rows, pk=statement), request.POST.get("hacer", ""), actor_for(request)
    form = DecisionForm(request.POST)
    form.is_valid()
    said = {"rule": form.cleaned_data.get("rule", ""), "reason": form.cleaned_data.get("reason", "")}
    try:
        if what == "mostrar":
            actions.accept(statement=row, translation=request.POST.get("translation", ""), by=by)
        elif what == "rechazar":
            actions.refuse(statement=row, by=by, **said)
        elif what == "ocultar":
            actions.hide(statement=row, by=by, **said)
        elif what == "devolver":
            actions.restore(statement=row, reason=said["reason"], by=by)
        elif what == "quitar":
            require(request, "opinions.manage", found)
            unseed(statement=row)
        else:
            raise ValidationError(_("Elige qué hacer con la frase."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, found, 422, refused=row.pk, decision_form=form)
    return _done(request, found, _("Hecho. Queda en el registro, sin las palabras de lo que no se ve."))
