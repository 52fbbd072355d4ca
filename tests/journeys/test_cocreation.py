"""From the public problem to the adopted commitment: a call, three problems, a table of seven people of four sectors,
minutes, contributions, answers in a batch, an order, a draft, a vote that fails inside civil society and one that passes.

Whoever takes part has a phone without scripts and no account; the secretariat has a desk. What is worth its seconds goes
through the browser, the rest through the verbs that the pages call.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from playwright.sync_api import expect

from tequio.cocreation import actions
from tequio.cocreation.models import Contribution, Credit, JointDraft, Phase, Problem, Table
from tequio.commitments.actions import publish_commitment
from tequio.commitments.models import Commitment, Draft
from tequio.meetings import actions as meetings
from tequio.meetings.models import Attendance, Session
from tequio.meetings.tests.make import minutes_of, numbers
from tequio.people.acting import actor_of
from tequio.people.actions import invite
from tequio.record.publish import publish
from tequio.record.verify import verify, verify_state
from tequio.secretariat import actions as deciding
from tequio.secretariat.deciding import Rules
from tequio.vocabularies import terms
from tequio.vocabularies.models import Term
from tequio.vocabularies.sync import sync
from tests.cast import SINCE, Place, make_cast, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
J = "/valle-del-ejemplo"
C, G = f"{J}/cocreacion/", f"{J}/gestion/cocreacion/"
MONDAY = dt.datetime(2026, 3, 16, 18, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 16)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Seven people of four sectors.
SEATS = {
    "c0": "cso",
    "c1": "cso",
    "c2": "academia",
    "c3": "citizen",
    "g0": "gov_municipal",
    "g1": "gov_municipal",
    "g2": "gov_municipal",
}
SPOKEN = "Publicar cada mes, barrio por barrio, cuánta agua se pierde en fugas. Así todos podemos revisarlo."


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


class Body:
    """The table's seats with somebody in each, and its sessions."""

    def __init__(self, place: Place) -> None:
        self.by = actor_of(place.roles["secretariat"])
        here = place.jurisdiction
        self.body = meetings.found_body(jurisdiction=here, kind="table", name="Mesa del agua", slug="agua", by=self.by)
        deciding.lay_down_rules(body=self.body, data=Rules(consensus_first=False).data(), by=self.by, on=SINCE)
        self.heads = {}
        for key, sector in SEATS.items():
            seat = meetings.add_seat(body=self.body, name=f"Lugar {key}", sector=sector, since=SINCE, by=self.by)
            person = invite(jurisdiction=here, name=f"Persona {key}", email=f"{key}@ejemplo.invalid")
            self.heads[key] = meetings.seat_holder(
                seat=seat, capacity="head", person=person, named=True, since=SINCE, by=self.by
            )

    def session(self, title: str, hour: int) -> Session:
        """A session that is going on, with everybody there."""
        at = dt.datetime.combine(TODAY, dt.time(hour), ZoneInfo("America/Mexico_City"))
        made = meetings.plan_session(
            body=self.body,
            kind="table",
            title=title,
            starts_at=at,
            ends_at=at + dt.timedelta(hours=1),
            place="Biblioteca",
            by=self.by,
        )
        meetings.write_item(session=made, title="Fugas de agua", by=self.by)
        meetings.call_session(session=made, by=self.by)
        opened = meetings.open_session(session=made, by=self.by, at=at)
        for holder in self.heads.values():
            meetings.register(session=opened, how=Attendance.How.HAND, holder=holder)
        return opened

    def minutes(self, session: Session) -> None:
        """Somebody's contribution stands in approved minutes."""
        closed = meetings.close_session(session=session, by=self.by)
        minutes = minutes_of(closed)
        first = closed.attendees.order_by("pk").first()
        assert first is not None
        entry = {"kind": "contribution", "who": f"a{first.pk}", "text": SPOKEN}
        items = {str(n): {"entries": [entry], "agreements": []} for n in numbers(closed)}
        meetings.save_draft(minutes=minutes, draft={"items": items}, revision=minutes.revision)
        meetings.open_review(minutes=minutes_of(closed), by=self.by, today=TODAY)
        reviewed = minutes_of(closed)
        meetings.approve(minutes=reviewed, by=self.by, today=reviewed.review_until + dt.timedelta(days=1))

    def vote(self, session: Session, draft: JointDraft, letters: str) -> Any:
        """All seven vote on adopting the draft, in the order of their seats."""
        decision = deciding.open_decision(
            session=session, question="¿Se adopta?", about=draft.subject_key(), by=self.by
        )
        for (_key, holder), letter in zip(self.heads.items(), letters, strict=True):
            choice = {"f": "for", "a": "against"}[letter]
            deciding.cast_ballot(decision=decision, holder=holder, choice=choice, by=actor_of(holder.role))
        return deciding.close_decision(decision=decision, by=self.by)


def rest_of(place: Place) -> dict[str, Any]:
    """What a commitment needs beyond its story to be published."""
    lead = place.roles["lead"].number
    return {
        "branch": "municipal",
        "lead": {"slug": "agua", "name": "Organismo de Agua"},
        "head_role": lead,
        "liaison_role": lead,
        "start": "2026-04-01",
        "end": "2027-03-31",
        "horizon": "medium",
        "status_quo": {"es": "Nadie publica cuánta agua se pierde."},
        "contribution": {"es": "Cualquiera podrá revisar si las fugas se reparan."},
        "values": [{"key": "transparency", "reason": {"es": "Los datos se publican."}}],
        "policy_areas": ["education"],
        "sector": "education",
        "sdg_targets": [{"code": "6.4"}],
        "unfunded": True,
        "unfunded_reason": {"es": "Se hace con personal propio."},
        "activities": [
            {
                "title": {"es": "Publicar la primera tabla"},
                "expected_output": {"es": "Una tabla por barrio"},
                "start": "2026-04-01",
                "due": "2026-09-30",
                "responsible_words": "Dirección General",
                "means_of_verification": [{"type": "dataset"}],
            }
        ],
        "indicators": [
            {
                "name": {"es": "Meses publicados"},
                "method": {"es": "Conteo"},
                "unit": "meses",
                "frequency": "semestral",
                "direction": "ascendente",
                "baseline_value": "0",
                "targets": [{"period": "2027", "value": "12"}],
            }
        ],
    }


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

    # From the web, and on paper through an assistant.
    phone.goto(f"{C}convocatorias/{call.number}/aportar/?problema=1")
    phone.get_by_label("Tu propuesta en una línea").fill("Un mapa de las fugas")
    phone.get_by_label("¿En qué consiste y para qué?").fill("Poner en un mapa cada fuga que la gente reporta.")
    phone.get_by_label("Tu correo").fill("vera@ejemplo.invalid")
    phone.get_by_role("button", name="Enviar mi propuesta").click()
    confirm(phone)
    helper = window(place.accounts["facilitator"])
    helper.goto(f"{G}convocatorias/{call.number}/capturar/")
    helper.get_by_label("La propuesta en una línea").fill("Recibos que se entiendan")
    helper.get_by_label("Lo que propone, con sus palabras").fill("Que el recibo diga cuánto gasté y por qué.")
    helper.get_by_label("Código de la hoja").fill("AB-0001")
    helper.get_by_role("button", name="Publicar la aportación").click()
    expect(helper.get_by_text("Con ayuda de alguien")).to_be_visible()
    paper = Contribution.objects.get(source="paper")
    web = Contribution.objects.get(source="web")

    # Answers of a batch come out at once, each with its reason.
    batch = actions.open_batch(call=call, title={"es": "Respuestas del agua"})
    for given, decision, reason in (
        (spoken, "accepted", "feasible"),
        (web, "accepted_partly", "in_part"),
        (paper, "postponed", "no_time"),
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
    desk.get_by_role("button", name="Publicar estas 3 respuestas").click()
    expect(desk.get_by_text("Se publicaron 3 respuestas a la vez.")).to_be_visible()
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
        call=call, title={"es": "Fugas a la vista"}, contributions=[fresh, web], table=table, role=sofia, by=by
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
        "Decisión que lo adoptó",
    ):
        expect(origin.get_by_role("link", name=re.compile(words)).first).to_be_visible()
    origin.get_by_role("link", name=re.compile("Se pierde mucha agua")).first.click()
    expect(phone.get_by_role("link", name=re.compile("Compromiso:"))).to_be_visible()
    phone.get_by_role("link", name=re.compile("Publicar cada mes")).first.click()
    expect(phone.get_by_role("link", name="El acta de la sesión")).to_be_visible()
    assert (list(verify()), list(verify_state())) == ([], [])
    assert Commitment.public_rows().get(code="fugas-1").origin == "cocreated"
    assert Table.objects.get().members.count() == 7
