"""A text comes in: the work, and a draft of one of its versions."""

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.legaltext.models import Expression, Import, Work
from tequio.legaltext.profiles import PROFILES
from tequio.legaltext.stored import pack
from tequio.legaltext.tree import Document, missing, with_eids
from tequio.people.models import Role
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act

LONGEST_CODE = 60
TAKEN = {"glosario", "como-se-compara", "nuevo"}  # words of addresses


@transaction.atomic
def create_work(*, jurisdiction: Jurisdiction, kind: str, title: str, code: str = "", **more: Any) -> Work:
    """A text that no version of is public yet; private. ``more`` are further columns of ``Work``."""
    if not title.strip():
        raise ValidationError({"title": _("Escribe el título oficial, como viene en el texto.")})
    wanted = slugify(code or title)[:LONGEST_CODE].strip("-") or "texto"
    taken = TAKEN | set(
        Work.objects.filter(jurisdiction=jurisdiction, code__startswith=wanted).values_list("code", flat=True)
    )
    if code and wanted in taken:
        raise ValidationError({"code": _("Ya hay un texto con esa clave.")})
    found = next(name for n in range(1, 10_000) if (name := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    return Work.objects.create(jurisdiction=jurisdiction, kind=kind, title=title.strip(), code=found, **more)


@transaction.atomic
def edit_work(*, work: Work, by: Actor, seen: int | None = None, **columns: Any) -> None:
    """Corrects what is said of a text; where it is public, with an act."""
    if not work.is_public():
        for name, value in columns.items():
            setattr(work, name, value)
        work.save()
        return
    with act("work.changed", work, by=by, seen=seen):
        for name, value in columns.items():
            setattr(work, name, value)


@transaction.atomic
def begin_version(
    *,
    work: Work,
    document: Document,
    source: str,
    date: dt.date,
    stage: str = Expression.Stage.IN_FORCE,
    name: str = "",
    supersedes: Expression | None = None,
    file_name: str = "",
    sha256: str = "",
    role: Role | None = None,
) -> Expression:
    """A draft of a version of ``work``, from the structure that was read in ``source``. ``supersedes`` is the version that it
    will be compared with; without one, the newest published one up to ``date``. ``sha256`` is that of the file that came.

    Raises ``ValidationError`` when the structure does not hold every word of the source: nothing may be lost silently.
    """
    document, source = _without_nulls(document, source)
    if document.profile not in PROFILES:
        raise ValidationError(_("No conocemos esa clase de texto."))
    if not document.nodes:
        raise ValidationError(_("No encontramos ningún texto. Si es una imagen escaneada, pega aquí sus palabras."))
    lost = missing(document, source)
    if lost is not None:
        raise ValidationError(
            _("Algo de la fuente no quedó en la estructura, a partir de «%(words)s». Pégalo como texto.")
            % {"words": lost[0]}
        )
    Work.objects.select_for_update().get(pk=work.pk)
    last = Expression.objects.filter(work=work).aggregate(n=Max("number"))["n"] or 0
    if supersedes is None:
        earlier = Expression.objects.filter(work=work, status=Expression.Status.PUBLISHED, date__lte=date)
        supersedes = earlier.order_by("-date", "-number").first()
    expression = Expression.objects.create(
        work=work, number=last + 1, date=date, stage=stage, name=name.strip(), supersedes=supersedes
    )
    Import.objects.create(
        expression=expression,
        profile=document.profile,
        name=file_name[:255],
        sha256=sha256 or hashlib.sha256(source.encode()).hexdigest(),
        source=source,
        tree=pack(with_eids(document)),
        by=role,
    )
    return expression


def _without_nulls(document: Document, source: str) -> tuple[Document, str]:
    """PostgreSQL keeps no character zero: in the source it becomes a space, so that all places stay, and it is no piece that
    was removed. The readers leave none in the words."""
    if "\0" not in source:
        return document, source
    kept = (replace(piece, text=piece.text.replace("\0", " ")) for piece in document.removed_lines)
    return replace(document, removed_lines=tuple(piece for piece in kept if piece.text.strip())), source.replace(
        "\0", " "
    )


@transaction.atomic
def discard(*, expression: Expression) -> None:
    """Takes back a draft; a text without any other version goes with it. Raises ``ValidationError`` for a published one."""
    if expression.is_public():
        raise ValidationError(_("Una versión publicada no se borra: queda en el registro para siempre."))
    work = expression.work
    expression.delete()
    if not work.rev and not work.expressions.exists():
        work.delete()
