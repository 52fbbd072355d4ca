"""Voting: one statement and three large buttons a screen, without script and, where the conversation allows it, without
giving anything. What somebody voted and where they stand is shown to them alone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.opinions import actions, letters, limits, picture, queries, tokens
from tequio.opinions.forms import EntryForm, ProposalForm
from tequio.opinions.models import Conversation, Participant, Statement
from tequio.opinions.views.public import fetch

VOTES = {"de-acuerdo": 1, "en-desacuerdo": -1, "paso": 0}


def _word(request: HttpRequest, conversation: Conversation) -> str:
    """The word of whoever reads: in their cookie, or that of the address of their account. Empty for who has none."""
    confirmed = conversation.entry == Conversation.Entry.CONFIRMED
    if confirmed and request.user.is_authenticated:
        return tokens.word_of_address(conversation, request.user.email)
    return tokens.word_in(request, conversation)


def _page(
    request: HttpRequest, found: Conversation, form: ProposalForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    word = _word(request, found)
    if found.entry == Conversation.Entry.CONFIRMED and not word:
        return redirect("opinions:enter", jurisdiction=found.jurisdiction.slug, number=found.number)
    participant = queries.participant_of(found, word)
    statement, done, total = queries.next_statement(found, participant)
    context = {
        "conversation": found,
        "is_open": found.is_open_on(today),
        "statement": statement,
        "done": done,
        "total": total,
        "has_voted": participant is not None,
        "may_propose": found.proposers == Conversation.Proposers.ANYBODY,
        "form": form or ProposalForm(),
    }
    return render(request, "opinions/vote.html", context, status=status)


@never_cache
def vote(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """The next statement; a vote leads to the one after it."""
    found = fetch(request, number)
    if request.method != "POST":
        return _page(request, found)
    value, which = VOTES.get(request.POST.get("voto", "")), request.POST.get("frase", "")
    statement = queries.shown(found).filter(number=int(which[:9])).first() if which.isdecimal() else None
    try:
        if value is None or statement is None:
            raise ValidationError(_("Elige: de acuerdo, en desacuerdo o paso."))
        statement.conversation = found
        participant, word = _participant(request, found)
        actions.vote(participant=participant, statement=statement, value=value)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _page(request, found, status=422)
    back = "opinions:mine" if request.POST.get("desde") == "mi-lugar" else "opinions:vote"
    response = redirect(back, jurisdiction=jurisdiction, number=number)
    if word:
        tokens.give(response, found, word)
    return response


def _participant(request: HttpRequest, found: Conversation) -> tuple[Participant, str]:
    """Who votes, made now where they are new, and the word for their cookie where they have none."""
    word = _word(request, found)
    participant = queries.participant_of(found, word)
    if participant is not None:
        return participant, ""
    if not word and found.entry == Conversation.Entry.CONFIRMED:
        raise ValidationError(_("En esta conversación se vota después de confirmar un correo."))
    limits.count(request, "begin")
    new = word or tokens.new_word()
    return actions.enter(conversation=found, word=new), "" if word else new


@never_cache
@require_POST
def propose(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A statement of one's own; somebody looks at it before it is seen."""
    found = fetch(request, number)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    try:
        limits.count(request, "propose")
        participant, word = _participant(request, found)
        actions.propose(
            conversation=found,
            participant=participant,
            text=form.cleaned_data["text"],
            language="en" if (get_language() or "").startswith("en") else "es",
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, found, form, 422)
    messages.success(request, _("Gracias. Alguien la mira antes de que se vea; aquí, en «Tus votos», sabrás qué pasó."))
    response = redirect("opinions:vote", jurisdiction=jurisdiction, number=number)
    if word:
        tokens.give(response, found, word)
    return response


@never_cache
def mine(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """One's own votes, to look at and change; where one stands; what became of what one proposed; and the way out."""
    found = fetch(request, number)
    participant = queries.participant_of(found, _word(request, found))
    if participant is None:
        return redirect("opinions:vote", jurisdiction=jurisdiction, number=number)
    if request.method == "POST" and request.POST.get("hacer") == "borrar":
        try:
            actions.leave(participant=participant)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("opinions:mine", jurisdiction=jurisdiction, number=number)
        messages.success(request, _("Listo: borramos todo lo que votaste."))
        response = redirect("opinions:conversation", jurisdiction=jurisdiction, number=number)
        tokens.take_away(response, found)
        return response
    result = queries.newest_result(found)
    reading = queries.reading(result) if result else None
    standing = queries.standing(participant, result) if result else None
    cast = dict(participant.votes.values_list("statement_id", "value"))
    context = {
        "conversation": found,
        "is_open": found.is_open_on(timezone.localdate()),
        "votes": [(row, cast[row.pk]) for row in queries.shown(found) if row.pk in cast],
        "result": result,
        "standing": standing,
        "group": next((one for one in reading.groups if standing and one.name == standing.group), None)
        if reading
        else None,
        "map": picture.draw(reading, standing) if reading and standing else "",
        "proposed": Statement.objects.filter(proposer=participant).order_by("written"),
    }
    return render(request, "opinions/mine.html", context)


@never_cache
def enter(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """Asks for an address, where the conversation wants one confirmed, and sends the link."""
    found = fetch(request, number)
    if found.entry != Conversation.Entry.CONFIRMED or _word(request, found):
        return redirect("opinions:vote", jurisdiction=jurisdiction, number=number)
    form = EntryForm(request.POST or None)
    sent = False
    if request.method == "POST" and form.is_valid():
        try:
            limits.count(request, "link", form.cleaned_data["email"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            letters.send_link(found, form.cleaned_data["email"])
            sent = True
    context = {"conversation": found, "form": form, "sent": sent}
    return render(request, "opinions/enter.html", context, status=422 if form.errors else 200)


@never_cache
def confirm(request: HttpRequest, jurisdiction: str, number: int, token: str) -> HttpResponse:
    """From the link: a button that lets in. Opening it does nothing by itself, since machines open links in mails too."""
    found = fetch(request, number)
    word = tokens.open_seal(found, token)
    if not word:
        context = {"conversation": found, "form": EntryForm(), "expired": True}
        return render(request, "opinions/enter.html", context, status=404)
    if request.method == "POST":
        response = redirect("opinions:vote", jurisdiction=jurisdiction, number=number)
        tokens.give(response, found, word)
        return response
    return render(request, "opinions/confirm.html", {"conversation": found})
