"""From the public problem to the adopted commitment: a call, three problems, a table of seven people of four sectors,
minutes, contributions from the web, a lab's paper and with help, the opinions of forty people, answers in a batch, an order, a
draft, a vote that fails inside civil society and one that passes, and the whole thread pulled from both ends.

Whoever takes part has a phone without scripts and no account; the secretariat has a desk. What is worth its seconds goes
through the browser, the rest through the verbs that the pages call.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from playwright.sync_api import expect

from tequio.cocreation import actions
from tequio.cocreation.models import Contribution, Credit, JointDraft, Phase, Problem, Table
from tequio.commitments.actions import publish_commitment
from tequio.commitments.models import Commitment, Draft
from tequio.opinions.queries import newest_result, reading
from tequio.people.acting import actor_of
from tequio.record.publish import publish
from tequio.record.verify import verify, verify_state
from tequio.vocabularies import terms
from tequio.vocabularies.models import Term
from tequio.vocabularies.sync import sync
from tests.cast import Place, make_cast, signed_in
from tests.journeys.cocreating import SEATS, Body, ask_opinions, forty_vote, open_lab, rest_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
J = "/valle-del-ejemplo"
C, G = f"{J}/cocreacion/", f"{J}/gestion/cocreacion/"
MONDAY = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def place(tmp_path: Any, settings: Any) -> Iterator[Place]:
    """The practice jurisdiction on a Monday."""
    settings.BLOB_ROOT = tmp_path
    sync(Term)  # the lists: a test on real transactions before this one may have emptied their table
    terms.forget()
    with time_machine.travel(MONDAY, tick=False):
        yield make_cast().valle


@pytest.fixture
def window(browser: Any, live_server: Any) -> Iterator[Any]:
    """A function that opens a browser: for nobody on a phone without scripts, or for a role at a desk."""
    settings.BASE_URL, before = live_server.url, settings.BASE_URL
    contexts = []

    def opened(account: Any = None) -> Any:
        size = PHONE if account is None else DESK
        context = browser.new_context(viewport=size, java_script_enabled=False, base_url=live_server.url)
        contexts.append(context)
        if account is not None:
            value = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield opened
    settings.BASE_URL = before
    for context in contexts:
        context.close()


def confirm(page: Any) -> None:
    """Opens the link of the newest letter and presses its button."""
    expect(page.get_by_role("heading", name="Falta un paso: abre tu correo")).to_be_visible()
    found = re.search(rf"{C}confirmar/\S+", str(mail.outbox[-1].body))
    assert found is not None
    page.goto(found[0])
    page.get_by_role("button", name="Confirmar").click()


def test_from_the_problem_to_the_adopted_commitment(place: Place, window: Any) -> None:
    by, sofia = actor_of(place.roles["secretariat"]), place.roles["secretariat"]
    phases = [{"key": key, "start": "2026-03-10", "end": "2026-04-30"} for key in Phase.values]
    call = actions.create_call(
        jurisdiction=place.jurisdiction, title={"es": "Hagamos el plan"}, phases=phases, plan=place.plan
    )
    desk, phone = window(place.accounts["secretariat"]), window()
    desk.goto(f"{G}convocatorias/{call.number}/")
    desk.get_by_role("button", name="Publicar la convocatoria").click()
    expect(desk.get_by_text("La convocatoria ya es pública.")).to_be_visible()
    call.refresh_from_db()

    # Three problems: one from a phone, without an account.
    phone.goto(f"{C}convocatorias/{call.number}/")
    phone.get_by_role("link", name="Proponer un problema").click()
    phone.get_by_label("El problema en una línea").fill("Se pierde mucha agua en fugas")
    phone.get_by_label("¿Qué pasa?").fill("Las fugas duran semanas y nadie publica cuántas hay.")
    phone.get_by_label("Tu correo").fill("vera@ejemplo.invalid")
    phone.get_by_role("button", name="Proponer el problema").click()
    confirm(phone)
    expect(phone.get_by_role("heading", name="Se pierde mucha agua en fugas")).to_be_visible()
    for title in ("De noche no hay transporte", "No hay banquetas en el cerro"):
        told = {"title": title, "text": "Lo vivimos todos los días.", "email": "vera@ejemplo.invalid"}
        actions.confirm(said=actions.propose_problem(jurisdiction=place.jurisdiction, call=call, **told))
    problem = Problem.objects.get(number=1)

    # A table of seven people of four sectors, one of them from the phone.
    body = Body(place)
    table = actions.open_table(call=call, title={"es": "Mesa del agua"}, body=body.body, problems=[problem], by=by)
    for n, sector in enumerate(list(SEATS.values())[1:]):
        member = actions.join(table=table, name=f"Persona {n}", sector=sector, email=f"m{n}@ejemplo.invalid")
        actions.confirm(said=member)
    phone.goto(f"{C}mesas/{table.number}/")
    phone.get_by_role("link", name="Unirme a la mesa").click()
    phone.get_by_label("Tu nombre").fill("Vera")
    phone.get_by_label("Tu correo").fill("vera@ejemplo.invalid")
    phone.get_by_label("¿De qué sector vienes?").select_option("cso")
    phone.get_by_role("button", name="Unirme").click()
    confirm(phone)
    expect(phone.get_by_text("7 personas")).to_be_visible()

    # What was said at the table arrives with the minutes that prove it.
    session = body.session("Primera sesión de la mesa", 10)
    body.minutes(session)
    spoken = Contribution.objects.select_related("table", "problem", "call__jurisdiction").get(source="table")
    assert (spoken.table, spoken.problem, spoken.sector) == (table, problem, "cso")

    # From the web, on a lab's paper that a volunteer enters without an account, and with somebody's help.
    phone.goto(f"{C}convocatorias/{call.number}/aportar/?problema=1")
    phone.get_by_label("Tu propuesta en una línea").fill("Un mapa de las fugas")
    phone.get_by_label("¿En qué consiste y para qué?").fill("Poner en un mapa cada fuga que la gente reporta.")
    phone.get_by_label("Tu correo").fill("vera@ejemplo.invalid")
    phone.get_by_role("button", name="Enviar mi propuesta").click()
    confirm(phone)
    lab, capture, code = open_lab(place, call)
    phone.goto(capture)
    phone.get_by_label("Código de la hoja").fill(code)
    phone.get_by_label("¿De qué parada?").select_option(index=1)
    phone.get_by_label("Lo que propone, en una línea").fill("Avisar en cada barrio cuándo se repara")
    phone.get_by_label("Lo que dice la hoja").fill("Que avisen en la tienda de cada barrio cuándo reparan la fuga.")
    phone.get_by_role("button", name="Guardar la hoja").click()
    expect(phone.get_by_text(f"La hoja {code} llegó.")).to_be_visible()
    helper = window(place.accounts["facilitator"])
    helper.goto(f"{G}convocatorias/{call.number}/capturar/")
    helper.get_by_label("La propuesta en una línea").fill("Recibos que se entiendan")
    helper.get_by_label("Lo que propone, con sus palabras").fill("Que el recibo diga cuánto gasté y por qué.")
    helper.get_by_label("Código de la hoja").fill("AB-0001")
    helper.get_by_role("button", name="Publicar la aportación").click()
    expect(helper.get_by_text("Con ayuda de alguien")).to_be_visible()
    helped, written = Contribution.objects.get(source="paper"), Contribution.objects.get(source="lab")
    web = Contribution.objects.get(source="web")
    assert (helped.kind, written.sheet) == ("assisted", code)

    # Forty people vote on short statements: two groups, and what both agree on, beside the call.
    asked = ask_opinions(place, call)
    forty_vote(place, asked)
    phone.goto(f"{C}convocatorias/{call.number}/")
    phone.get_by_role("link", name="¿Qué va primero con el agua?").click()
    result = newest_result(asked)
    assert result is not None
    assert (result.people, sorted(group.people for group in reading(result).groups)) == (40, [13, 27])
    expect(phone.get_by_role("heading", name="En esto coinciden los grupos")).to_be_visible()
    expect(phone.locator("#coinciden").get_by_text("Publicar las fugas cada mes")).to_be_visible()

    # Answers of a batch come out at once, each with its reason.
    batch = actions.open_batch(call=call, title={"es": "Respuestas del agua"})
    for given, decision, reason in (
        (spoken, "accepted", "feasible"),
        (web, "accepted_partly", "in_part"),
        (written, "accepted", "feasible"),
        (helped, "postponed", "no_time"),
    ):
        actions.hold_answer(
            contribution=given,
            decision=decision,
            reason=reason,
            words="Así se decidió, por lo que dijo la mesa y lo que se puede pagar.",
            role=sofia,
            batch=batch,
        )
    desk.goto(f"{G}respuestas/publicar/")
    desk.get_by_role("button", name="Publicar estas 4 respuestas").click()
    expect(desk.get_by_text("Se publicaron 4 respuestas a la vez.")).to_be_visible()
    assert "respuesta a tu aportación" in mail.outbox[-1].subject
    assert Contribution.objects.filter(closed_on=None).count() == 0

    # An order that anybody computes again; a draft whose words are credited.
    points = dict.fromkeys((row["key"] for row in call.criteria), 4)
    for kind in ("seat_head", "support"):
        role = place.roles[kind]
        fresh = Contribution.public_rows().get(pk=spoken.pk)
        actions.score(contribution=fresh, role=role, points=points, by=actor_of(role))
    actions.close_scoring(call=call, by=by)
    fresh = Contribution.public_rows().get(pk=spoken.pk)
    draft = actions.start_draft(
        call=call, title={"es": "Fugas a la vista"}, contributions=[fresh, web, written], table=table, role=sofia, by=by
    )
    desk.goto(f"{G}borradores/{draft.number}/")
    desk.locator("[name='action_es']").fill(
        "El organismo publicará cada mes, barrio por barrio, cuánta agua se pierde."
    )
    desk.locator("[name='why_es']").fill("Se escribe lo que se hará")
    desk.get_by_role("button", name="Publicar esta versión").click()
    expect(desk.get_by_role("heading", name="Versión 2")).to_be_visible()
    desk.goto(f"{G}borradores/{draft.number}/aportes/{spoken.number}/")
    desk.get_by_role("button", name=re.compile("vinieron de ella")).last.click()
    expect(desk.get_by_text("ya está en el libro de aportes")).to_be_visible()
    assert Credit.objects.exclude(words="").count() == 1

    # It becomes a commitment; the vote fails inside civil society, then passes on both sides.
    draft = JointDraft.public_rows().get(pk=draft.pk)
    account = place.accounts["secretariat"]
    made = actions.make_commitment(draft=draft, plan=place.plan, code="fugas-1", account=account, by=by)
    second = body.session("Segunda sesión de la mesa", 11)
    failed = body.vote(second, draft, "faaafff")
    draft.refresh_from_db()
    assert (failed.state, failed.outcome["lacking"], draft.status) == ("failed", ["civil"], "open")
    passed = body.vote(second, draft, "fffafff")
    draft = JointDraft.public_rows().get(pk=draft.pk)
    assert (passed.state, draft.status, draft.decision) == ("passed", "adopted", passed.subject_key())
    assert "ya es parte de un compromiso" in mail.outbox[-1].subject
    working = Draft.objects.get(commitment=made)
    working.document = {**working.document, **rest_of(place)}
    publish_commitment(commitment=made, draft=working, by=by)
    publish()

    # The thread, pulled from both ends, and the record proves it.
    phone.goto(f"{J}/compromisos/fugas-1/")
    origin = phone.locator("#origen")
    for words in (
        "Se pierde mucha agua en fugas",
        "Publicar cada mes",
        "Un mapa de las fugas",
        "Avisar en cada barrio",
        "Decisión que lo adoptó",
    ):
        expect(origin.get_by_role("link", name=re.compile(words)).first).to_be_visible()
    origin.get_by_role("link", name=re.compile("Se pierde mucha agua")).first.click()
    expect(phone.get_by_role("link", name=re.compile("Compromiso:"))).to_be_visible()
    phone.get_by_role("link", name=re.compile("Publicar cada mes")).first.click()
    expect(phone.get_by_role("link", name="El acta de la sesión")).to_be_visible()
    phone.goto(f"{J}/laboratorios/{lab.number}/")
    phone.get_by_role("link", name=re.compile("Avisar en cada barrio")).click()
    expect(phone.get_by_role("link", name=re.compile("Fugas a la vista")).first).to_be_visible()
    assert (list(verify()), list(verify_state())) == ([], [])
    assert Commitment.public_rows().get(code="fugas-1").origin == "cocreated"
    assert Table.objects.get().members.count() == 7
