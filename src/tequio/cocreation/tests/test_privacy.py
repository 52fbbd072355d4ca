"""Contacts, and names without consent, never leave: pages, downloads, feeds, the record, the search and the copy."""

import json
from typing import Any

from django.test import Client

from tequio.cocreation import actions, tokens
from tequio.cocreation.tests.make import Story, answer, by, contribution, doing
from tequio.opendata.tables_cocreation import TABLES
from tequio.record.models import Act, Disclosure
from tequio.record.publish import publish
from tequio.search.models import Entry

J = "/valle-del-ejemplo/"
CANARIES = ("canario.secreto@ejemplo.invalid", "Canaria Sinpermiso", "apelo.canario", "reviso.canario")
MAIL, NAME, APPEAL, REVIEW = CANARIES


def tell(story: Story) -> Any:
    """Everything that anybody can say, with the same secret contact and a name without consent."""
    who = {"email": MAIL, "name": NAME}
    given = contribution(story.call, text="Publicar las bitácoras de las pipas de agua.", problem=story.problem, **who)
    for said in (
        actions.comment(about=given, text="De acuerdo con esto.", **who),
        actions.translate(
            contribution=given, tongue="inglés", title="Water trucks", text="Publish the truck logs.", **who
        ),
        actions.join(table=story.table, sector="academia", **who),
    ):
        actions.confirm(said=said)
    actions.confirm_support(backing=actions.support(about=given, email=MAIL))
    paper = actions.enter_contribution(
        call=story.call,
        source="paper",
        title="Una llave pública",
        text="Poner una llave pública en la plaza.",
        **who,
        **doing(story.place),
    )
    actions.release(
        responses=[answer(given, story.place), answer(paper, story.place, "postponed", reason="no_time")],
        **by(story.place),
    )
    given.refresh_from_db()
    actions.ask_review(contribution=given, words=f"Falta decir cuándo: {REVIEW}")
    actions.hide(said=given, rule="unrelated", reason="Se revisa.", **doing(story.place))
    actions.appeal(said=given, words=f"Se debe ver: {APPEAL}")
    return given


def public_addresses(story: Story, given: Any) -> list[str]:
    c = J + "cocreacion/"
    return [
        *(c, c + "problemas/", c + "aportaciones/", c + "respuestas/", c + "aportes/", J + "moderacion/"),
        *(
            f"{c}aportaciones/{given.number}/",
            f"{c}problemas/{story.problem.number}/",
            f"{c}mesas/{story.table.number}/",
        ),
        *(f"{c}borradores/{story.draft.number}/", f"{c}convocatorias/{story.call.number}/"),
        *(
            f"{c}convocatorias/{story.call.number}/prioridades/",
            f"{c}convocatorias/{story.call.number}/calificaciones.csv",
        ),
        *(f"{J}datos/{table.name}.csv" for table in TABLES),
        *(f"/api/v1/valle-del-ejemplo/{table.api}" for table in TABLES),
        J + "datos/novedades.atom",
        J + "registro/",
    ]


def test_contacts_and_names_without_consent_never_leave(story: Story) -> None:
    given = tell(story)
    publish()
    found = {}
    for address in public_addresses(story, given):
        answer_ = Client().get(address)
        assert answer_.status_code == 200, address
        text = answer_.getvalue().decode() if answer_.streaming else answer_.content.decode()
        found[address] = [word for word in CANARIES if word in text]
    assert {address: words for address, words in found.items() if words} == {}
    # They are there to leak: whoever moderates or facilitates sees them where that is needed.
    client = story.place.client("facilitator")
    table = client.get(f"{J}gestion/cocreacion/mesas/{story.table.number}/").content.decode()
    assert (MAIL in table, NAME in table) == (True, True)
    assert APPEAL in client.get(f"{J}gestion/moderacion/contribution/{given.number}/").content.decode()
    record = b"".join(bytes(entry) for entry in Act.objects.values_list("entry", flat=True)).decode()
    hidden = json.dumps(list(Disclosure.objects.values_list("value", flat=True)), ensure_ascii=False)
    searched = " ".join(f"{row.title} {row.body}" for row in Entry.objects.all())
    assert [word for word in CANARIES for place in (record, hidden, searched) if word in place] == []


def test_a_token_says_nothing_of_anybody(story: Story) -> None:
    token = tokens.sign(tokens.AUTHOR, story.contribution)
    mine = Client().get(f"{J}cocreacion/mio/{token}/")
    assert (mine.status_code, [one.name for one in mine.templates][:1]) == (200, ["cocreation/mine.html"])
    assert Client().get(f"/otro-lugar/cocreacion/mio/{token}/").status_code == 404
    assert Client().get(f"{J}cocreacion/confirmar/{token}/").status_code == 404
