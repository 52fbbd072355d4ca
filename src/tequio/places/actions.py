"""Opens and changes jurisdictions."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tequio.common.i18n import text
from tequio.places.models import Jurisdiction
from tequio.record.append import Actor, act

# First words of addresses that belong to the installation (config/urls.py).
RESERVED_SLUGS = {
    *("en", "es", "api", "registro", "static", "media", "ayuda", "estilo", "cuentas", "mi", "buzon", "listas"),
    *("admin", "robots.txt", "favicon.ico"),
}


@transaction.atomic
def create_jurisdiction(
    *,
    slug: str,
    name: str,
    kind: str,
    by: Actor,
    name_en: str = "",
    code: str = "",
    is_practice: bool = False,
    **more: Any,
) -> Jurisdiction:
    """Opens a jurisdiction. Raises ``ValidationError`` for an address in use or kept for the installation, and for an
    INEGI code that is not two or five digits."""
    if slug in RESERVED_SLUGS or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise ValidationError(
            _("La dirección «%(slug)s» no se puede usar. Elige otra, en minúsculas y con guiones.") % {"slug": slug}
        )
    if Jurisdiction.objects.filter(slug=slug).exists():
        raise ValidationError(_("Ya hay un territorio con la dirección «%(slug)s».") % {"slug": slug})
    if code and not re.fullmatch(r"\d{2}|\d{5}", code):
        raise ValidationError(_("La clave del INEGI tiene dos cifras (estado) o cinco (municipio)."))
    jurisdiction = Jurisdiction(
        slug=slug, name=text(name, name_en), kind=kind, code=code, is_practice=is_practice, **more
    )
    with act("jurisdiction.created", jurisdiction, by=by):
        pass
    return jurisdiction


@transaction.atomic
def change_jurisdiction(
    *, jurisdiction: Jurisdiction, by: Actor, why: str = "", seen: int | None = None, **changes: Any
) -> Jurisdiction:
    """Changes a jurisdiction's own facts. Its address and whether it is practice stay for ever."""
    unknown = set(changes) - {"name", "kind", "code", "country", "time_zone", "order"}
    if unknown:
        raise TypeError(f"not a fact to change: {', '.join(sorted(unknown))}")
    with act("jurisdiction.changed", jurisdiction, by=by, why=why, seen=seen):
        for name, value in changes.items():
            setattr(jurisdiction, name, value)
    return jurisdiction
