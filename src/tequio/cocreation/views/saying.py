"""Saying something: one screen, a link by e-mail, and one's own page. No account is needed."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tequio.cocreation import actions, letters, moderated, queries, tokens
from tequio.cocreation.actions.confirming import doubt_of
from tequio.cocreation.forms.said import (
    AppealForm,
    CommentForm,
    ContributionForm,
    JoinForm,
    ProblemForm,
    ReviewAskForm,
    RewordForm,
    SupportForm,
    TranslationForm,
)
from tequio.cocreation.models import Contribution, Said, Support
from tequio.common import sections
from tequio.common.access import here
from tequio.observations import limits

NOWHERE = "-"  # the token of a letter that was not sent
SECTION = {"section": "cocreation"}


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "es"


def say_on_one_screen(
    request: HttpRequest, form: Any, keep: Callable[..., Any], *, page: dict[str, Any], back: str
) -> HttpResponse:
    """The one screen of whatever is said: shows ``form``; what is right is kept by ``keep`` and confirmed, at once for whoever
    is signed in, else by the link in a letter. ``page`` says heading, lead and button; ``back`` is where it leads."""
    place = here(request)
    user = request.user if request.user.is_authenticated else None
    if request.method == "POST" and request.POST.get("sitio"):
        return redirect("cocreation:sent", jurisdiction=place.slug, token=NOWHERE)  # a machine filled in the trap
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            connection = "" if user else get_adapter().get_client_ip(request)
            limits.count(connection=connection, mailbox=user.email if user else data["email"])
            made = keep(account=user, language=_language(), **data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if user is None:
                if not tokens.is_confirmed(made):
                    letters.ask_to_confirm(made)
                return redirect("cocreation:sent", jurisdiction=place.slug, token=tokens.sign(tokens.SENT, made))
            return _confirmed(request, made)
    if form.errors and request.FILES:
        form.add_error("attached", _("Vuelve a elegir los archivos: los navegadores no los guardan."))
    context = {**SECTION, "form": form, "back": back, **page}
    return render(request, "cocreation/say.html", context, status=422 if form.errors else 200)


def _confirmed(request: HttpRequest, made: Any) -> HttpResponse:
    """Makes it public, or count, tells its author and leads to where it stands."""
    if isinstance(made, Support):
        actions.confirm_support(backing=made)
        messages.success(
            request, _("Listo: tu apoyo ya cuenta. Se suma a la página en un cuarto de hora, a más tardar.")
        )
        return redirect(tokens.sorts[made.subject].page(made))
    fresh = made.published_on is None
    actions.confirm(said=made)
    if fresh:
        letters.tell_received(made)
        messages.success(request, _("Listo: ya es público."))
    return redirect(moderated.page_of(made))


def form_for(request: HttpRequest, kind: Any, **more: Any) -> Any:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind(*sent, signed_in=request.user.is_authenticated, **more)


@never_cache
def propose(request: HttpRequest, jurisdiction: str, number: int = 0) -> HttpResponse:
    """A problem, in a call or outside of any."""
    place = here(request)
    call = get_object_or_404(queries.calls(place), number=number) if number else None
    page = {
        "heading": _("¿Qué problema hay que resolver?"),
        "lead": _("Cualquiera puede proponerlo. Lo que se repite se une, a la vista de todos."),
        "button": _("Proponer el problema"),
    }
    back = (
        reverse("cocreation:call", args=[place.slug, number])
        if call
        else reverse("cocreation:problems", args=[place.slug])
    )

    def keep(**data: Any) -> Any:
        return actions.propose_problem(jurisdiction=place, call=call, **data)

    return say_on_one_screen(request, form_for(request, ProblemForm, jurisdiction=place), keep, page=page, back=back)


@never_cache
def contribute(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A contribution to a call."""
    call = get_object_or_404(queries.calls(here(request)), number=number)
    first = {name: request.GET.get(key, "") for name, key in (("problem", "problema"), ("table", "mesa"))}
    form = form_for(request, ContributionForm, call=call)
    if request.method != "POST":
        for name, value in first.items():
            if name in form.fields and value.isdecimal():
                rows = form.fields[name].queryset.filter(number=int(value[:6]))
                form.initial[name] = rows.values_list("pk", flat=True).first()
    page = {
        "heading": _("¿Qué propones?"),
        "lead": _("Cada aportación recibe respuesta con razones, en un plazo que se cuenta en público."),
        "button": _("Enviar mi propuesta"),
        "about": call.title,
    }

    def keep(**data: Any) -> Any:
        return actions.contribute(call=call, **data)

    back = reverse("cocreation:call", args=[jurisdiction, number])
    return say_on_one_screen(request, form, keep, page=page, back=back)


@never_cache
def join(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A place at a table."""
    table = get_object_or_404(queries.tables(here(request)), number=number)
    page = {
        "heading": _("Únete a la mesa"),
        "lead": _("Con tu nombre, un correo y de qué sector vienes basta. No se pide ningún papel."),
        "button": _("Unirme"),
        "about": table.title,
    }

    def keep(**data: Any) -> Any:
        return actions.join(table=table, **data)

    back = reverse("cocreation:table", args=[jurisdiction, number])
    return say_on_one_screen(
        request, form_for(request, JoinForm, jurisdiction=here(request)), keep, page=page, back=back
    )


def _about(request: HttpRequest, kind: str, number: int) -> Any:
    """The public thing that an address names."""
    rows = {"problemas": queries.problems, "aportaciones": queries.contributions, "borradores": queries.drafts}.get(
        kind
    )
    if rows is None:
        raise Http404
    return get_object_or_404(rows(here(request)), number=number)


def _page(about: Any) -> str:
    name = {"problem": "problem", "contribution": "contribution", "jointdraft": "draft"}[about.subject]
    return reverse(f"cocreation:{name}", args=[about.jurisdiction.slug, about.number])


def _title(about: Any) -> Any:
    return about.title_line if isinstance(about, Said) else about.title


@never_cache
def comment(request: HttpRequest, jurisdiction: str, kind: str, number: int) -> HttpResponse:
    """A comment on a problem, a contribution or one part of a draft; or, with ``?a=``, a reply to one."""
    about = _about(request, kind, number)
    on_draft = kind == "borradores"
    form = form_for(request, CommentForm, jurisdiction=here(request), on_draft=on_draft)
    if on_draft and request.method != "POST":
        form.initial["field"] = request.GET.get("parte", "")
    wanted = request.GET.get("a", "")
    parent = None
    if wanted.isdecimal():
        parent = queries.comments_on(about).filter(number=int(wanted[:9])).first()
    page = {
        "heading": _("Responde") if parent else _("Comenta"),
        "lead": _("Se publica junto a lo que comentas."),
        "button": _("Enviar"),
        "about": _title(about),
        "quote": parent,
    }

    def keep(**data: Any) -> Any:
        return actions.comment(about=about, parent=parent, **data)

    return say_on_one_screen(request, form, keep, page=page, back=_page(about))


@never_cache
def support(request: HttpRequest, jurisdiction: str, kind: str, number: int) -> HttpResponse:
    """A support for a problem or a contribution."""
    if kind == "borradores":
        raise Http404
    about = _about(request, kind, number)
    page = {
        "heading": _("¿Lo apoyas?"),
        "lead": _("Cada correo cuenta un apoyo, cuando lo confirmas. Nadie verá quién fue."),
        "button": _("Apoyar"),
        "about": _title(about),
    }

    def keep(**data: Any) -> Any:
        return actions.support(about=about, **data)

    return say_on_one_screen(
        request, form_for(request, SupportForm, jurisdiction=here(request)), keep, page=page, back=_page(about)
    )


@never_cache
def translate(request: HttpRequest, jurisdiction: str, number: int) -> HttpResponse:
    """A translation of a contribution, beside the original."""
    about = _about(request, "aportaciones", number)
    if not about.is_shown:
        raise Http404
    page = {
        "heading": _("Pásala a otra lengua"),
        "lead": _("La original se queda siempre a un lado."),
        "button": _("Enviar la traducción"),
        "about": about.title,
        "original": about,
    }

    def keep(**data: Any) -> Any:
        return actions.translate(contribution=about, **data)

    return say_on_one_screen(
        request, form_for(request, TranslationForm, jurisdiction=here(request)), keep, page=page, back=_page(about)
    )


@never_cache
def sent(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """What to do next: open the mail."""
    return render(request, "cocreation/sent.html", {**SECTION, "token": token})


@never_cache
@require_POST
def resend(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """Sends the link again, to the same address."""
    found = tokens.read(tokens.SENT, token)
    if found is not None and not tokens.is_confirmed(found):
        try:
            limits.count(mailbox=found.email)
        except ValidationError as error:
            context = {**SECTION, "token": token, "fault": error.messages[0]}
            return render(request, "cocreation/sent.html", context, status=422)
        letters.ask_to_confirm(found)
    messages.success(request, _("Te lo enviamos de nuevo."))
    return redirect("cocreation:sent", jurisdiction=jurisdiction, token=token)


def _place_of(found: Any) -> int:
    return int((found.about if isinstance(found, Support) else found).jurisdiction_id)


@never_cache
def confirm(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """From the link in the mail: what will be public, and the button that publishes it. Opening the link does nothing by
    itself, since machines open links in mails too."""
    try:
        found = tokens.read(tokens.CONFIRM, token)
    except tokens.Expired as late:
        context = {**SECTION, "token": tokens.sign(tokens.SENT, late.found), "expired": True}
        return render(request, "cocreation/sent.html", context, status=410)
    if found is None or _place_of(found) != here(request).pk:
        return render(request, "cocreation/no_link.html", SECTION, status=404)
    if request.method == "POST" or tokens.is_confirmed(found):
        return _confirmed(request, found)
    context = {
        **SECTION,
        "said": found,
        "kind": tokens.kind_of(found),
        "thing": tokens.sorts[tokens.kind_of(found)].thing,
        "doubt": "" if isinstance(found, Support) else doubt_of(found),
    }
    return render(request, "cocreation/confirm.html", context)


@never_cache
def mine(request: HttpRequest, jurisdiction: str, token: str) -> HttpResponse:
    """The author's own page, from the link in the mail: word it better, ask for a review, appeal, take it back."""
    found = tokens.read(tokens.AUTHOR, token)
    if found is None or isinstance(found, Support) or _place_of(found) != here(request).pk or not found.is_public():
        return render(request, "cocreation/no_link.html", SECTION, status=404)
    wants = request.POST.get("hacer", "")
    is_contribution = isinstance(found, Contribution)
    forms: dict[str, Any] = {
        "apelar": AppealForm(request.POST if wants == "apelar" else None, prefix="apelar"),
        "revisar": ReviewAskForm(request.POST if wants == "revisar" else None, prefix="revisar"),
        "redactar": RewordForm(
            request.POST if wants == "redactar" else None,
            prefix="redactar",
            initial={"title": found.title, "text": found.text} if is_contribution else {},
        ),
    }
    form = forms.get(wants)
    status = 200
    if request.method == "POST":
        try:
            if wants == "retirar":
                actions.withdraw(said=found)
                messages.success(request, _("Lo retiraste: sus palabras y tu nombre ya se borraron."))
                return redirect(moderated.page_of(found))
            if form is not None and form.is_valid():
                data = form.cleaned_data
                if wants == "apelar":
                    actions.appeal(said=found, words=data["words"])
                    messages.success(request, _("Listo: otra persona lo va a revisar."))
                elif is_contribution and wants == "revisar":
                    actions.ask_review(contribution=found, words=data["words"])
                    messages.success(request, _("Listo: la respuesta se revisa y te escribimos."))
                elif is_contribution:
                    actions.reword(contribution=found, **data)
                    messages.success(request, _("Listo: tu redacción anterior se queda a un lado."))
                return redirect("cocreation:mine", jurisdiction=jurisdiction, token=token)
        except ValidationError as error:
            if form is None:
                messages.error(request, error.messages[0])
            else:
                form.add_error(None, error)
        status = 422
    context = {
        **SECTION,
        "said": found,
        "thing": tokens.sorts[found.subject].thing,
        "page": moderated.page_of(found),
        "sections": sections.filled("said", request, found),
        "forms": forms,
        "today": timezone.localdate(),
        "may_appeal": found.sight == Said.Sight.HIDDEN and found.appealed_on is None,
        "may_withdraw": found.sight != Said.Sight.WITHDRAWN,
        "may_review": is_contribution
        and found.closed_on is not None
        and found.review_asked_on is None
        and found.is_shown,
        "may_reword": is_contribution and found.closed_on is None and found.is_shown,
    }
    return render(request, "cocreation/mine.html", context, status=status)
