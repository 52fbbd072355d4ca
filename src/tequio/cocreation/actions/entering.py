"""What the organisers write down for others: contributions on paper, by mail, spoken at a table or in a lab."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.cocreation.actions.confirming import publish
from tequio.cocreation.actions.saying import hang, need_files, need_sector, need_words
from tequio.cocreation.models import Call, Contribution, Phase, Problem, Table
from tequio.people.models import Role
from tequio.places.models import Jurisdiction, Municipality
from tequio.record.append import Actor


@transaction.atomic
def enter_contribution(
    *,
    call: Call,
    source: str,
    title: str,
    text: str,
    role: Role | None,
    by: Actor,
    kind: str = Contribution.Kind.PERSON,
    table: Table | None = None,
    problem: Problem | None = None,
    place: Municipality | None = None,
    name: str = "",
    named: bool = False,
    organisation: str = "",
    sector: str = "",
    email: str = "",
    minutes: str = "",
    sheet: str = "",
    received_on: dt.date | None = None,
    attached: Iterable[Any] = (),
    language: str = "es",
    on: dt.date | None = None,
) -> Contribution:
    """Publishes a contribution that came by another way than the portal, on behalf of whoever made it.

    ``sheet`` is the code of a paper or lab sheet: the same code again gives the contribution it made the first time, so
    that what was sent twice counts once. ``minutes`` is the record's key of the entry of the minutes that proves it.
    ``email`` is for letters to its author; ``received_on`` must lie within the call's phase. Raises ``ValidationError``.
    """
    today = on or timezone.localdate()
    arrived = received_on or today
    if sheet.strip():
        Jurisdiction.objects.select_for_update().get(pk=call.jurisdiction_id)
        known = Contribution.objects.filter(jurisdiction=call.jurisdiction, sheet=sheet.strip()).first()
        if known is not None:
            return known
    faults = need_words(title, text)
    need_sector(sector, faults)
    if source not in Contribution.Source.values or source == Contribution.Source.WEB:
        faults["source"] = _("Di por dónde llegó.")
    if kind not in Contribution.Kind.values:
        faults["kind"] = _("Di a nombre de quién es.")
    if kind == Contribution.Kind.ORGANISATION and not organisation.strip():
        faults["organisation"] = _("Escribe el nombre de la organización.")
    if arrived > today:
        faults["received_on"] = _("Ese día todavía no llega.")
    window = call.window(Phase.CONTRIBUTIONS)
    if not call.is_public() or window is None or not window[0] <= arrived <= window[1]:
        faults["received_on"] = _("Ese día la convocatoria no recibía aportaciones.")
    if faults:
        raise ValidationError(faults)
    made = Contribution(
        jurisdiction=call.jurisdiction,
        call=call,
        table=table,
        problem=problem,
        source=source,
        kind=kind,
        title=title.strip(),
        text=text.strip(),
        place=place,
        name=name.strip(),
        named=named and bool(name.strip()),
        organisation=organisation.strip(),
        sector=sector,
        email=email.strip().lower(),
        language=language,
        minutes=minutes,
        sheet=sheet.strip(),
        entered_by=role,
        received_on=arrived,
    )
    several = need_files(attached)
    if several:  # their rows need the contribution's own
        made.save()
        hang(made, several, f"role {role.pk}" if role else "lab")
    publish(made, by=by, on=on)
    return made
