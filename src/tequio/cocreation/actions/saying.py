"""What anybody does: proposes a problem, contributes, comments, translates, joins a table, supports; and what its author
does afterwards. Private until confirmed."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation import tokens
from tequio.cocreation.models import (
    FIELDS,
    Attachment,
    Backing,
    Call,
    Comment,
    Contribution,
    JointDraft,
    Member,
    Phase,
    Problem,
    Said,
    Table,
    Translation,
)
from tequio.documents.actions import keep
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality
from tequio.vocabularies import terms

SHORTEST = 15  # characters of a text that somebody can act upon
MOST_FILES = 3


def need_open(call: Call | None, phase: str, today: dt.date | None = None) -> None:
    """Raises ``ValidationError`` unless the phase of the call covers today; without a call nothing is closed."""
    day = today or timezone.localdate()
    if call is None or call.is_open(phase, day):
        return
    window = call.window(phase)
    if window is not None and day < window[0]:
        raise ValidationError(_("Esta parte de la convocatoria todavía no abre."))
    raise ValidationError(_("Esta parte de la convocatoria ya cerró, o no está abierta."))


def need_reachable(email: str, account: Any) -> dict[str, str]:
    """The fault of whoever gave no way to answer."""
    if email.strip() or account is not None:
        return {}
    return {"email": _("Escribe tu correo: ahí te llega el enlace para confirmar y lo que pase después.")}


def _author(
    email: str, account: Any, name: str, named: bool, organisation: str, sector: str, language: str
) -> dict[str, Any]:
    return {
        "email": email.strip().lower(),
        "account": account,
        "name": name.strip(),
        "named": named and bool(name.strip()),
        "organisation": organisation.strip(),
        "sector": sector,
        "language": language,
    }


def need_sector(sector: str, faults: dict[str, str], *, required: bool = False) -> None:
    """Notes a sector that is missing or on no list."""
    if (required or sector) and sector not in terms.keys("sector"):
        faults["sector"] = _("Elige de qué sector vienes.")


def need_files(files: Iterable[Any]) -> list[Any]:
    """The files, if they are not too many."""
    several = list(files)
    if len(several) > MOST_FILES:
        raise ValidationError({"attached": _("Son demasiados archivos: envía tres a lo más.")})
    return several


def hang(said: Problem | Contribution, files: Iterable[Any], who: str) -> None:
    """Keeps the files and hangs them on what was said; nobody sees them before a look."""
    for upload in files:
        blob = keep(upload=upload, who=who)
        owner = {"problem": said} if isinstance(said, Problem) else {"contribution": said}
        Attachment.objects.create(blob=blob, **owner)


@transaction.atomic
def propose_problem(
    *,
    jurisdiction: Jurisdiction,
    title: str,
    text: str,
    call: Call | None = None,
    who: str = "",
    place: Municipality | None = None,
    since: str = "",
    causes: str = "",
    links: str = "",
    sdg_targets: Iterable[str] = (),
    environment: str = "",
    outlook: str = "",
    attached: Iterable[Any] = (),
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    organisation: str = "",
    sector: str = "",
    language: str = "es",
) -> Problem:
    """Keeps a problem, private until it is confirmed.

    Raises ``ValidationError`` where it is too short to act upon, nobody can be answered, or the phase is not open.
    """
    need_open(call, Phase.PROBLEMS)
    faults = need_reachable(email, account)
    if len(title.strip()) < 8:
        faults["title"] = _("Dilo en una línea: «Las calles del centro se inundan cuando llueve».")
    if len(text.strip()) < SHORTEST:
        faults["text"] = _("Cuenta un poco más: qué pasa, dónde y a quién.")
    wrong = [row for row in links.split() if not row.startswith(("https://", "http://"))]
    if wrong:
        faults["links"] = _("Cada enlace empieza con https:// y va en su propio renglón.")
    need_sector(sector, faults)
    targets = list(sdg_targets)
    if any(key not in terms.keys("sdg_target") for key in targets):
        faults["sdg_targets"] = _("Elige metas de la lista.")
    if faults:
        raise ValidationError(faults)
    several = need_files(attached)
    problem = Problem.objects.create(
        jurisdiction=jurisdiction,
        call=call,
        title=title.strip(),
        text=text.strip(),
        who=who.strip(),
        place=place,
        since=since.strip(),
        causes=causes.strip(),
        links="\n".join(links.split()),
        sdg_targets=targets,
        environment=environment.strip(),
        outlook=outlook.strip(),
        **_author(email, account, name, named, organisation, sector, language),
    )
    hang(problem, several, email.strip().lower() or f"account {getattr(account, 'pk', '')}")
    return problem


@transaction.atomic
def contribute(
    *,
    call: Call,
    title: str,
    text: str,
    table: Table | None = None,
    problem: Problem | None = None,
    place: Municipality | None = None,
    organisation: str = "",
    sector: str = "",
    attached: Iterable[Any] = (),
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    language: str = "es",
) -> Contribution:
    """Keeps a contribution from the web, private until it is confirmed; with an ``organisation`` it is made for it."""
    need_open(call, Phase.CONTRIBUTIONS)
    faults = need_reachable(email, account) | need_words(title, text)
    need_sector(sector, faults)
    if faults:
        raise ValidationError(faults)
    several = need_files(attached)
    made = Contribution.objects.create(
        jurisdiction=call.jurisdiction,
        call=call,
        table=table,
        problem=problem,
        source=Contribution.Source.WEB,
        kind=Contribution.Kind.ORGANISATION if organisation.strip() else Contribution.Kind.PERSON,
        title=title.strip(),
        text=text.strip(),
        place=place,
        **_author(email, account, name, named, organisation, sector, language),
    )
    hang(made, several, email.strip().lower() or f"account {getattr(account, 'pk', '')}")
    return made


def need_words(title: str, text: str) -> dict[str, str]:
    """The faults of a proposal too short to answer."""
    faults = {}
    if len(title.strip()) < 8:
        faults["title"] = _("Dilo en una línea: «Publicar cada mes cuánta agua se pierde».")
    if len(text.strip()) < SHORTEST:
        faults["text"] = _("Cuenta un poco más: qué propones y para qué, para que se pueda responder.")
    return faults


@transaction.atomic
def comment(
    *,
    about: Problem | Contribution | JointDraft,
    text: str,
    field: str = "",
    parent: Comment | None = None,
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    language: str = "es",
) -> Comment:
    """Keeps a comment, private until it is confirmed. A reply is to a comment of the first level on the same thing."""
    faults = need_reachable(email, account)
    if len(text.strip()) < 3:
        faults["text"] = _("Escribe tu comentario.")
    if isinstance(about, JointDraft):
        need_open(about.call, Phase.DRAFTING)
        if field not in FIELDS:
            faults["field"] = _("Elige sobre qué parte del borrador comentas.")
    elif about.call is not None:
        need_talking(about.call)
    if parent is not None and (parent.parent_id is not None or parent.about != about or not parent.is_public()):
        faults["text"] = _("Se responde a un comentario, no a otra respuesta.")
    if faults:
        raise ValidationError(faults)
    place = {"problem": Problem, "contribution": Contribution, "draft": JointDraft}
    target = {key: about for key, model in place.items() if isinstance(about, model)}
    return Comment.objects.create(
        jurisdiction=about.jurisdiction,
        field=field if isinstance(about, JointDraft) else "",
        parent=parent,
        text=text.strip(),
        **target,
        **_author(email, account, name, named, "", "", language),
    )


def need_talking(call: Call) -> None:
    """Comments and supports are open from the first day of the call to the last of what anybody can do in it."""
    today = timezone.localdate()
    open_phases = (Phase.PROBLEMS, Phase.CONTRIBUTIONS, Phase.PRIORITISATION, Phase.DRAFTING)
    if not any(call.is_open(phase, today) for phase in open_phases):
        raise ValidationError(_("La convocatoria no está abierta a comentarios ni apoyos en este momento."))


@transaction.atomic
def translate(
    *,
    contribution: Contribution,
    tongue: str,
    title: str,
    text: str,
    email: str = "",
    account: Any = None,
    name: str = "",
    named: bool = False,
    language: str = "es",
) -> Translation:
    """Keeps a translation by somebody who knows the language; the original is never touched."""
    faults = need_reachable(email, account)
    if not tongue.strip():
        faults["tongue"] = _("Di a qué lengua la pasaste.")
    if len(title.strip()) < 3:
        faults["title"] = _("Falta la línea del principio.")
    if len(text.strip()) < SHORTEST:
        faults["text"] = _("Falta la traducción.")
    if not contribution.is_shown:
        faults["text"] = _("Esta aportación no está a la vista.")
    if faults:
        raise ValidationError(faults)
    return Translation.objects.create(
        jurisdiction=contribution.jurisdiction,
        contribution=contribution,
        tongue=tongue.strip(),
        title=title.strip(),
        text=text.strip(),
        **_author(email, account, name, named, "", "", language),
    )


@transaction.atomic
def join(
    *,
    table: Table,
    name: str,
    sector: str,
    email: str = "",
    account: Any = None,
    organisation: str = "",
    named: bool = False,
    language: str = "es",
) -> Member:
    """Keeps a place at a table, private until it is confirmed: a name, a contact and a sector are enough."""
    need_open(table.call, Phase.TABLES)
    faults = need_reachable(email, account)
    need_sector(sector, faults, required=True)
    if not name.strip():
        faults["name"] = _("Escribe cómo te llamas: solo lo ve quien facilita la mesa, salvo que digas otra cosa.")
    address = email.strip().lower() or getattr(account, "email", "")
    alive = Member.objects.filter(table=table, published_on__isnull=False, sight=Said.Sight.SHOWN)
    if address and (alive.filter(email=address).exists() or alive.filter(account__email=address).exists()):
        faults["email"] = _("Con ese correo ya hay un lugar en esta mesa.")
    if faults:
        raise ValidationError(faults)
    return Member.objects.create(
        jurisdiction=table.jurisdiction,
        table=table,
        **_author(email, account, name, named, organisation, sector, language),
    )


@transaction.atomic
def support(*, about: Problem | Contribution, email: str = "", account: Any = None, language: str = "es") -> Backing:
    """Notes that an address supports something; uncounted until it is confirmed. The same address again is the same row."""
    if about.call is not None:
        need_talking(about.call)
    if not about.is_alive:
        raise ValidationError(_("Esto ya no está a la vista."))
    if isinstance(about, Problem) and about.merged_into_id:
        raise ValidationError(_("Este problema se unió a otro: apoya aquel."))
    address = email.strip().lower() or getattr(account, "email", "")
    faults = need_reachable(address, account)
    if faults:
        raise ValidationError(faults)
    owner = {"problem": about} if isinstance(about, Problem) else {"contribution": about}
    found, _new = Backing.objects.get_or_create(
        digest=tokens.digest(address), **owner, defaults={"email": address, "language": language}
    )
    return found


def role_words(role: Role | None) -> str:
    """Who entered something for somebody else, as their role is public."""
    return role.words if role else ""
