"""Every page and every form, as a browser shows them at 320 pixels in light and dark, to whoever it is for: no fault of axe
and nothing that scrolls sideways. Each address of ``tests/matrix.py`` that shows a page stands here or in ``ELSEWHERE``."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import resolve

from tequio.commitments.models import Activity, Evidence
from tequio.lawmaking.models import Remark, Stage
from tequio.lawmaking.tests.world import draft, every_stage
from tequio.monitoring import actions
from tequio.monitoring.models import Look
from tequio.notices import follows, tokens
from tequio.notices.models import Follower
from tequio.record.append import Actor
from tequio.record.publish import publish
from tests.cast import Cast, Place, make_cast
from tests.matrix import ADDRESSES, Line

HERE = "/valle-del-ejemplo"
PUBLIC = [
    "/",
    f"{HERE}/",
    f"{HERE}/buscar/?q=bitacora",
    f"{HERE}/buscar/?q=nadanada",
    f"{HERE}/planes/",
    f"{HERE}/instituciones/",
    f"{HERE}/instituciones/agua/",
    f"{HERE}/secretariado/",
    f"{HERE}/numeros/",
    f"{HERE}/tablero/cambios/",
    f"{HERE}/tablero/?fecha=2026-01-02",
    f"{HERE}/comite/",
    f"{HERE}/actividades/1/decisiones/1/",
    f"{HERE}/actividades/2/",
    f"{HERE}/despues-del-plan/",
    f"{HERE}/datos-personales/",
    f"{HERE}/datos-personales/solicitar/",
    f"{HERE}/datos-personales/enviada/",
    f"{HERE}/registro/",
    f"{HERE}/registro/testigos/",
    f"{HERE}/registro/testigos/invitacion/",
    f"{HERE}/registro/testigos/imprimir/",
    f"{HERE}/registro/testigos/entregar/",
    f"{HERE}/registro/objeto/commitment/agua-1/",
    f"{HERE}/registro/verificar/",
    f"{HERE}/registro/actos/9/",
    f"{HERE}/seguir/",
    f"{HERE}/seguir/?que=commitment/agua-1",
    f"{HERE}/seguir/enviado/",
    f"{HERE}/datos/",
    f"{HERE}/datos/diccionario/compromisos/",
    "/ayuda/",
    "/ayuda/tablero/",
    "/listas/",
    "/listas/role/",
    "/cuentas/login/",
    "/en/valle-del-ejemplo/",
    "/no-existe/",
]
FORMS = [
    f"{HERE}/gestion/datos-personales/",
    f"{HERE}/gestion/datos-personales/plazos/",
    f"{HERE}/gestion/",
    f"{HERE}/gestion/planes/",
    f"{HERE}/gestion/planes/1/",
    *(f"{HERE}/gestion/planes/1/parte/{part}/" for part in ("basics", "phases", "people", "manual")),
    f"{HERE}/gestion/planes/1/publicar/",
    f"{HERE}/gestion/planes/cargar/",
    f"{HERE}/gestion/compromisos/",
    f"{HERE}/gestion/compromisos-nuevo/",
    f"{HERE}/gestion/compromisos/agua-1/",
    *(f"{HERE}/gestion/compromisos/agua-1/parte/{part}/" for part in ("story", "people", "alignment")),
    f"{HERE}/gestion/compromisos/agua-1/actividades/1/",
    f"{HERE}/gestion/compromisos/agua-1/indicadores/1/",
    f"{HERE}/gestion/compromisos/agua-1/indicadores/1/valores/",
    f"{HERE}/gestion/actividades/1/pausas/",
    f"{HERE}/gestion/compromisos/agua-1/evidencia/1/retener/",
    f"{HERE}/gestion/compromisos/agua-1/publicar/",
    f"{HERE}/avisos/",
    f"{HERE}/gestion/envios/",
    f"{HERE}/gestion/personas/",
    f"{HERE}/gestion/personas/nuevo/",
    *(f"{HERE}/gestion/personas/1/{step}/" for step in ("terminar", "relevar", "nombre")),
    f"{HERE}/gestion/instituciones/",
    f"{HERE}/gestion/instituciones-nueva/",
    *(f"{HERE}/gestion/instituciones/agua/{step}" for step in ("", "unir/", "extinguir/", "cargo/")),
    f"{HERE}/gestion/actuar/",
    f"{HERE}/gestion/planes/nuevo/",
    f"{HERE}/gestion/planes/1/vista-previa/",
    f"{HERE}/gestion/planes/1/documentos/",
    *(f"{HERE}/gestion/planes/1/documentos/{step}/" for step in ("nuevo", "1", "1/reemplazar", "1/retirar")),
    f"{HERE}/gestion/descartados/",
    f"{HERE}/gestion/compromisos/agua-1/vista-previa/",
    f"{HERE}/gestion/convocatorias/",
    *(f"{HERE}/gestion/convocatorias/{step}/" for step in ("nueva", "1", "1/editar", "1/integrar")),
    f"{HERE}/gestion/comite/integrar/",
    f"{HERE}/gestion/comite/plazos/",
    f"{HERE}/gestion/actividades/1/decisiones/1/anular/",
    f"{HERE}/gestion/observaciones/1/",
    f"{HERE}/gestion/despues-del-plan/",
    f"{HERE}/gestion/despues-del-plan/agua-1/",
    "/mi/",
    "/mi/constancias/",
    "/mi/constancias/comprobar/",
]
ACTIVITY = f"{HERE}/gestion/actividades/2"
COMMITTEE = [  # while its members look
    f"{HERE}/gestion/pendientes/",
    f"{HERE}/gestion/comite/",
    f"{HERE}/gestion/comite/reparto/",
    f"{HERE}/gestion/comite/declaracion/",
    *(f"{ACTIVITY}/{step}/" for step in ("mirada", "mirada/pasar", "revision", "propuesta")),
    f"{HERE}/gestion/observaciones/",
    f"{HERE}/gestion/observaciones/1/",
]
DECIDING = [f"{ACTIVITY}/{step}/" for step in ("revision", "propuesta", "sesion")]  # when all have looked
VOTING = [f"{ACTIVITY}/revision/", f"{HERE}/gestion/comite/"]  # when somebody proposed
LEAD = [
    f"{HERE}/gestion/pendientes/",
    f"{ACTIVITY}/responder/",
    f"{HERE}/gestion/reportes/",
    f"{HERE}/gestion/actividades/1/reporte/",
    f"{HERE}/gestion/evidencia-reservada/",
    f"{HERE}/gestion/observaciones/1/",
]
OPERATOR = ["/mi/territorio-nuevo/", "/mi/testigos/", "/mi/testigos/nuevo/", "/mi/testigos/otro-registro/"]
BILLS = f"{HERE}/iniciativas"
LAWS = [  # a bill at every stage
    f"{BILLS}/",
    f"{BILLS}/?etapa=vivas&q=nada",
    f"{BILLS}/temas/inclusion/",
    f"{BILLS}/de/delia-ejemplo/",
    *(f"{BILLS}/{stage}i/" for stage in Stage.values),
    *(f"{BILLS}/decreei/{part}/" for part in ("palabras", "numeros", "resumen", "opiniones")),
    *(f"{BILLS}/committeei/{part}/" for part in ("palabras", "opiniones", "opinar", "otras-palabras/art_2")),
    f"{BILLS}/committeei/opiniones/?lugar=art_2&estado=vencidas",
    f"{BILLS}/committeei/opinar/?lugar=art_2",
    f"{BILLS}/committeei/opinar/?pregunta=1",
    *(f"{BILLS}/committeei/opiniones/{{n}}/{part}" for part in ("", "responder/", "apoyar/")),
    f"{HERE}/textos/semillas-committee/1/",
    f"{HERE}/textos/semillas-committee/1/art_2/",
    f"{HERE}/seguir/?que=billsponsor/delia-ejemplo",
]
CONGRESS = [
    f"{HERE}/gestion/iniciativas/",
    f"{HERE}/gestion/iniciativas/nueva/",
    *(f"{HERE}/gestion/iniciativas/7i/{part}" for part in ("", "vista-previa/", "publicar/")),
    *(f"{HERE}/gestion/iniciativas/committeei/{part}" for part in ("", "responder/", "sesiones/", "sesiones/1/")),
    *(f"{HERE}/gestion/iniciativas/{code}i/palabras/" for code in ("committee", "decree")),
]
# Pages that need a story of their own; the tests that tell it look at them.
ELSEWHERE = {
    "privacy/tests/test_privacy.py": ["gestion/datos-personales/N/"],
    "portal/tests/test_look_browser.py": ["estilo/"],
    "commitments/tests/test_pages_browser.py": [
        *("planes/N/", "planes/N/manual/", "compromisos/N/", "compromisos/N/indicadores/N/"),
        *("compromisos/N/evidencia/N/", "actividades/N/"),
    ],
    "observations/tests/test_observing_browser.py": [
        *("observaciones/", "observaciones/reglas/", "observaciones/N/", "observaciones/nueva/N/N/"),
        "observaciones/enviada/N/",
    ],
    "cocreation/tests/test_cocreation_browser.py": [
        *("cocreacion/", "cocreacion/problemas/", "cocreacion/problemas/nuevo/", "cocreacion/aportaciones/"),
        *("cocreacion/respuestas/", "cocreacion/aportes/", "cocreacion/enviado/N/", "moderacion/"),
        *("gestion/cocreacion/", "gestion/cocreacion/convocatorias/nueva/", "gestion/cocreacion/respuestas/"),
        *("gestion/cocreacion/respuestas/publicar/", "gestion/moderacion/"),
    ],
    "meetings/tests/test_meetings_browser.py": [
        *("sesiones/", "sesiones/propuestas/", "organos/", "acuerdos/"),
        *("gestion/sesiones/", "gestion/organos/", "gestion/organos-nuevo/"),
    ],
    "opinions/tests/test_opinions_browser.py": [
        *("opiniones/", "opiniones/metodo/", "gestion/opiniones/", "gestion/opiniones/nueva/"),
    ],
    "labs/tests/test_labs_browser.py": ["laboratorios/", "gestion/laboratorios/", "gestion/laboratorios/nuevo/"],
    "secretariat/tests/test_deciding_browser.py": [
        *("secretariado/decisiones/", "secretariado/paridad/", "secretariado/requisitos/"),
        *("gestion/decisiones/", "gestion/decisiones/N/votar/"),
    ],
    "legaltext/tests/test_texts_browser.py": [
        *("textos/", "textos/glosario/", "textos/como-se-compara/", "gestion/textos/", "gestion/textos/nuevo/"),
    ],
    "sortition/tests/test_call_browser.py": ["comite/convocatoria/", "comite/convocatoria/formula/"],
    "monitoring/tests/test_report_browser.py": [
        *("gestion/actividades/N/reporte/revisar/", "gestion/actividades/N/reporte/enviado/"),
        "gestion/evidencia-reservada/N/N/",
    ],
    "people/tests/test_browser.py": ["cuentas/"],
}
NO_PAGE = re.compile(r"\.(csv|xlsx|json|xml|png|atom|ics|py|txt|tlog-proof)$")
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
def everybody(transactional_db: None) -> Cast:
    """The cast; activity 2 is being looked at."""
    cast = make_cast()
    activity = activity_of(cast.valle)
    lead = Actor(organisation="agua", role="lead")
    pieces = list(Evidence.objects.filter(commitment=cast.valle.commitment))
    actions.report_progress(activity=activity, said="complete", evidence=pieces, role=cast.valle.roles["lead"], by=lead)
    actions.begin_review(activity=activity, by=Actor(role="committee"))
    publish()
    return cast


def activity_of(place: Place) -> Activity:
    rows = Activity.objects.select_related("commitment__plan__jurisdiction", "jurisdiction")
    return rows.get(jurisdiction=place.jurisdiction, number=2)


def everybody_looks(place: Place) -> None:
    """The looks at activity 2 are done, and known."""
    looks = Look.objects.filter(activity=activity_of(place), status=Look.Status.ASSIGNED)
    for look in looks.select_related("activity__commitment__plan", "activity__jurisdiction", "report", "role"):
        keys = [piece.subject_key() for piece in look.report.evidence.all()]
        checklist = {key: {"opened": True, "shows": "yes", "note": "Página 2."} for key in keys}
        actions.record_look(
            look=look, role=look.role, result="partly", reason="Falta.", checklist=checklist, by=Actor(role="committee")
        )


def propose(place: Place) -> None:
    """Clara proposes; Carmen has not voted yet."""
    by = Actor(role="committee")
    actions.open_motion(activity=activity_of(place), role=place.clara, result="observed", reason="Falta.", by=by)


def followers_pages(place: Place) -> list[str]:
    """The pages that open from a mail."""
    follower = Follower.objects.create(jurisdiction=place.jurisdiction, email="daniel@ejemplo.invalid")
    follows.follow(follower=follower, key=f"{place.jurisdiction.slug}/commitment/agua-1")
    manage, leave = tokens.seal("manage", follower.pk), tokens.seal("leave", follower.pk, "-")
    return [f"{HERE}/seguir/mis-avisos/{manage}/", f"{HERE}/seguir/baja/{leave}/"]


@pytest.fixture
def pages(browser: Any, live_server: Any) -> Iterator[Any]:
    """A function that gives a phone's page, signed in or not."""
    contexts = []

    def phone(account: Any = None) -> Any:
        context = browser.new_context(viewport={"width": 320, "height": 800}, base_url=live_server.url)
        contexts.append(context)
        if account is not None:
            client = Client()
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        return context.new_page()

    yield phone
    for context in contexts:
        context.close()


def faults_of(page: Any, paths: list[str]) -> list[Any]:
    """What axe finds on each page: everything in light, and what colours can change in dark; and what is too wide."""
    faults: list[Any] = []
    for path in paths:
        page.emulate_media(color_scheme="light")
        answer = page.goto(path)
        if answer.status != (404 if path == "/no-existe/" else 200):
            faults.append((path, answer.status))
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(page).response["violations"]
        page.emulate_media(color_scheme="dark")
        found += page.evaluate("words => axe.run(words)", CONTRAST)["violations"]
        faults += [(path, fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]
        width = page.evaluate("document.documentElement.scrollWidth")
        faults += [(path, "scrolls sideways", width)] if width > 320 else []
    return faults


def test_no_public_page_has_a_fault(everybody: Cast, pages: Any) -> None:
    assert faults_of(pages(), [*PUBLIC, *followers_pages(everybody.valle)]) == []


def test_no_form_of_the_secretariat_has_a_fault(everybody: Cast, pages: Any) -> None:
    assert faults_of(pages(everybody.valle.accounts["secretariat"]), FORMS) == []


def test_no_page_of_the_committee_or_an_institution_has_a_fault(everybody: Cast, pages: Any) -> None:
    place = everybody.valle
    people = {kind: pages(place.accounts[kind]) for kind in ("committee", "lead")}
    faults = faults_of(people["committee"], COMMITTEE)
    everybody_looks(place)
    faults += faults_of(people["committee"], DECIDING)
    faults += faults_of(people["lead"], LEAD)
    propose(place)
    faults += faults_of(people["committee"], VOTING)
    faults += faults_of(pages(everybody.operator), OPERATOR)
    assert faults == []


def test_no_page_of_a_bill_at_any_stage_has_a_fault(everybody: Cast, pages: Any) -> None:
    place = everybody.valle
    every_stage(place)
    draft(place)
    publish()
    number = Remark.objects.get(bill__code="committeei", kind="wording").number
    faults = faults_of(pages(), [path.replace("{n}", str(number)) for path in LAWS])
    assert faults + faults_of(pages(place.accounts["legislature"]), CONGRESS) == []


def shows_a_page(address: str, line: Line) -> bool:
    opens = line.access in ("public", "signed-in") or "." in line.access
    return opens and not line.only_post and line.status == 200 and not NO_PAGE.search(address)


def test_each_page_of_the_matrix_is_looked_at() -> None:
    shown = [*PUBLIC, *FORMS, *COMMITTEE, *DECIDING, *VOTING, *LEAD, *OPERATOR, *LAWS, *CONGRESS]
    paths = {
        path.split("?")[0].replace("{n}", "1")
        for path in shown
        if not path.startswith("/en/") and path != "/no-existe/"
    }
    seen = {resolve(path).route for path in paths}
    told = [address for several in ELSEWHERE.values() for address in several]

    def is_told(address: str) -> bool:
        short = re.sub(r"<[^>]+>", "N", address.removeprefix("<slug:jurisdiction>/"))
        return short in told or short.startswith("cuentas/")

    pages_there = {address for address, line in ADDRESSES.items() if shows_a_page(address, line)}
    assert sorted(address for address in pages_there - seen if not is_told(address)) == []


def test_a_form_with_errors_reads_them_first_and_leads_to_each_by_keyboard(everybody: Cast, pages: Any) -> None:
    page = pages(everybody.valle.accounts["secretariat"])
    page.goto(f"{HERE}/gestion/compromisos/agua-1/parte/basics/")
    page.locator("[name='start']").fill("ayer")
    page.keyboard.press("Enter")
    page.wait_for_selector(".summary")
    assert page.evaluate("document.activeElement.classList.contains('summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "start"
    assert page.locator("[name='start']").input_value() == "ayer"
