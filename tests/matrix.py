"""Who may what: the table that ``test_matrix.py`` walks. A new address or permission needs its line here.

``ADDRESSES``: each pattern of the URL resolver, without its language, and who may open it:

- ``public``: everybody gets the same page (200, or the redirect or 404 that the line says), signed in or not;
- ``machine``: the same, for addresses without language;
- ``entrance``: the ways in and out; whoever they do not fit is led on;
- ``signed-in``: a visitor is led to sign in, everybody else gets it (or, where the line says so, 403);
- ``trial``: does not exist in production (404 for everybody);
- ``post``: only takes forms (405 for a GET);
- a permission (with a dot): those of ``PERMISSIONS`` get it, other signed-in people are told no (403), a visitor is led to
  sign in.

``PERMISSIONS``: each permission of the installation and the roles that have it on the sample that ``ON`` gives, within
their own jurisdiction. Nobody has any in another one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast, Place


@dataclass(frozen=True)
class Line:
    """An address: who may open it, what the anonymous reader gets, and the values of its own arguments."""

    access: str
    status: int = 200
    values: dict[str, Any] = field(default_factory=dict)
    only_post: bool = False


def public(status: int = 200, **values: Any) -> Line:
    return Line("public", status, values)


def machine(status: int = 200, **values: Any) -> Line:
    return Line("machine", status, values)


def may(permission: str, only_post: bool = False, **values: Any) -> Line:
    return Line(permission, 200, values, only_post)


J = "<slug:jurisdiction>/"
MANAGE, PLANS = "people.manage", "plans.manage_plans"
CALLS = "sortition.manage_calls"
TEXTS = "legaltext.edit_texts"
BILLS = "lawmaking.work"
COMMITTEE, DECIDE = "monitoring.work_in_committee", "monitoring.decide"
REPORT = "monitoring.report_progress"
WORK, EDIT = "commitments.work", "commitments.edit_commitment"
ENTRANCE, SIGNED_IN, TRIAL = Line("entrance"), Line("signed-in"), Line("trial", 404)

ADDRESSES: dict[str, Line] = {
    # The installation
    "": public(),
    "ayuda/": public(),
    "ayuda/<slug:page>/": public(page="privacidad"),
    "estilo/": public(),
    "robots.txt": public(),
    "listas/": public(),
    "listas/<slug:scheme>/": public(scheme="role"),
    "mi/": SIGNED_IN,
    "mi/territorio-nuevo/": may("places.create_jurisdiction"),
    "mi/constancias/": SIGNED_IN,
    "mi/constancias/comprobar/": SIGNED_IN,
    "mi/constancias/olvidar/": Line("signed-in", only_post=True),
    "mi/constancias/<int:pk>.json": Line("signed-in", 404, {"pk": 999}),
    "cuentas/demo/": Line("trial-post", 404),
    "buzon/": TRIAL,
    "buzon/<str:name>/": Line("trial", 404, {"name": "1700000000000000-0"}),
    # The record, files and the API, for machines
    "registro/checkpoint": machine(),
    "registro/llaves": machine(),
    "registro/estado": machine(404),
    "registro/politica": machine(),
    "registro/testigos": machine(),
    "registro/checkpoint.atestiguado": machine(404),
    "registro/cosignatures": Line("post"),
    "registro/add-checkpoint": Line("post"),
    "registro/tequio_testigo.py": machine(),
    "registro/tequio_firma.html": machine(),
    "registro/peticion/<int:old>": machine(old=0),
    J + "registro/testigos/": public(),
    J + "registro/testigos/invitacion/": public(),
    J + "registro/testigos/imprimir/": public(),
    J + "registro/testigos/entregar/": public(),
    "mi/testigos/": may("witnesses.manage"),
    "mi/testigos/nuevo/": may("witnesses.manage"),
    "mi/testigos/otro-registro/": may("witnesses.manage"),
    "mi/testigos/<slug:slug>/terminar/": Line("witnesses.manage", 404, {"slug": "nadie"}),
    "registro/consistencia/<int:old>/<int:new>": machine(old=1, new=2),
    "registro/tile/entries/<path:place>": machine(404, place="999"),
    "registro/tile/<str:level>/<path:place>": machine(404, level="0", place="999"),
    "registro/blobs/sha256/<str:sha256>": machine(404, sha256="0" * 64),
    "registro/videos/sha256/<str:sha256>": machine(404, sha256="0" * 64),
    "registro/blobs/sha256/<str:sha256>/texto": machine(404, sha256="0" * 64),
    "api/v1/": machine(404),
    "api/v1/openapi.json": machine(),
    "api/v1/plan.schema.json": machine(),
    "api/v1/jurisdictions": machine(),
    "api/v1/<slug>/plans/<number>": machine(number=1),
    **{
        f"api/v1/<slug>/{name}": machine()
        for name in (
            *("numbers", "board", "plans", "commitments", "activities", "indicators", "money", "evidence", "reports"),
            "verifications",
            "looks",
            *("problems", "contributions", "credits", "scores"),
            *("statements", "lab-stops", "lab-outreach"),
            *("texts", "text-changes"),
            *("bills", "bill-steps", "bill-sessions", "opinions", "word-origins"),
            *("decisions", "ballots"),
            *("seats", "sessions", "agenda", "attendance", "agreements"),
            "observations",
            *("organisations", "record"),
        )
    },
    # A jurisdiction, for everybody
    J: public(),
    J + "mapa.xml": public(),
    J + "imagen/<slug:kind>/<slug:key>.png": public(kind="commitment", key="agua-1"),
    J + "tablero/": public(),
    J + "tablero/cambios/": public(),
    J + "tablero/cambios.csv": public(),
    J + "numeros/": public(),
    J + "numeros/<slug:panel>.csv": public(panel="diferencia"),
    J + "comite/": public(),
    J + "planes/": public(),
    J + "planes/<int:number>/": public(),
    J + "planes/<int:number>/manual/": public(),
    J + "compromisos/<slug:code>/": public(),
    J + "compromisos/<slug:code>/cambios/": public(404),
    J + "compromisos/<slug:code>/indicadores/<int:number>/": public(),
    J + "compromisos/<slug:code>/versiones/<int:number>/": public(404),
    J + "compromisos/<slug:code>/evidencia/<int:number>/": public(),
    J + "actividades/<int:number>/": public(),
    J + "instituciones/": public(),
    J + "instituciones/<slug:slug>/": public(),
    J + "secretariado/": public(),
    J + "textos/": public(),
    J + "textos/glosario/": public(),
    J + "textos/como-se-compara/": public(),
    J + "textos/<slug:code>/": public(404),
    J + "textos/<slug:code>/comparar/": public(404),
    J + "textos/<slug:code>/<int:number>/": public(404),
    J + "textos/<slug:code>/<int:number>/entero/": public(404),
    J + "textos/<slug:code>/<int:number>/desde/<int:other>/": public(404, other=2),
    J + "textos/<slug:code>/<int:number>/<slug:place>/": public(404, place="art_1"),
    **{
        f"{J}textos/<slug:code>/<int:number>/texto.{form}": public(404)
        for form in ("xml", "docx", "pdf", "txt", "json")
    },
    J + "buscar/": public(),
    J + "seguir/": public(),
    J + "seguir/enviado/": public(),
    J + "seguir/boton/": Line("post", 405),
    J + "seguir/confirmar/<str:token>/": public(404, token="x"),
    J + "seguir/mis-avisos/<str:token>/": public(404, token="x"),
    J + "seguir/baja/<str:token>/": public(404, token="x"),
    J + "avisos/": SIGNED_IN,
    J + "avisos/leidos/": Line("post", 405),
    J + "avisos/preferencias/": Line("post", 405),
    J + "gestion/envios/": may("notices.see_deliveries"),
    J + "datos/": public(),
    J + "datos/diccionario/<slug:name>/": public(name="compromisos"),
    J + "datos/<slug:name>.csv": public(name="compromisos"),
    J + "datos/<slug:name>.xlsx": public(name="compromisos"),
    J + "datos/planes/<int:number>.json": public(),
    J + "datos/planes/<int:number>.xlsx": public(),
    J + "datos/plan-plantilla.xlsx": public(),
    J + "datos/novedades.atom": public(),
    J + "datos/plazos.ics": public(),
    # Opinion groups and labs, for everybody; each thing of them has its own tests
    J + "opiniones/": public(),
    J + "opiniones/metodo/": public(),
    J + "opiniones/<int:number>/": public(404),
    J + "opiniones/<int:number>/resultado-<int:result>.json": public(404, result=1),
    J + "opiniones/<int:number>/resultado-<int:result>.csv": public(404, result=1),
    J + "opiniones/<int:number>/votar/": public(404),
    J + "opiniones/<int:number>/proponer/": public(405),
    J + "opiniones/<int:number>/mi-lugar/": public(404),
    J + "opiniones/<int:number>/entrar/": public(404),
    J + "opiniones/<int:number>/entrar/<str:token>/": public(404, token="x"),
    J + "laboratorios/": public(),
    J + "laboratorios/<int:number>/": public(404),
    J + "captura/<int:number>/<str:key>/": public(404, key="x"),
    J + "captura/<int:number>/<str:key>/enviar/": public(405, key="x"),
    J + "captura/<int:number>/<str:key>/sw.js": public(404, key="x"),
    # Co-creation, for everybody; each thing of it has its own tests
    J + "cocreacion/": public(),
    J + "cocreacion/convocatorias/<int:number>/": public(404),
    J + "cocreacion/convocatorias/<int:number>/prioridades/": public(404),
    J + "cocreacion/convocatorias/<int:number>/calificaciones.csv": public(404),
    J + "cocreacion/convocatorias/<int:number>/aportar/": public(404),
    J + "cocreacion/convocatorias/<int:number>/proponer/": public(404),
    J + "cocreacion/problemas/": public(),
    J + "cocreacion/problemas/nuevo/": public(),
    J + "cocreacion/problemas/<int:number>/": public(404),
    J + "cocreacion/mesas/<int:number>/": public(404),
    J + "cocreacion/mesas/<int:number>/unirse/": public(404),
    J + "cocreacion/aportaciones/": public(),
    J + "cocreacion/aportaciones/<int:number>/": public(404),
    J + "cocreacion/aportaciones/<int:number>/constancia/": public(404),
    J + "cocreacion/aportaciones/<int:number>/traducir/": public(404),
    J + "cocreacion/respuestas/": public(),
    J + "cocreacion/borradores/<int:number>/": public(404),
    J + "cocreacion/borradores/<int:number>/versiones/<int:version>/": public(404, version=1),
    J + "cocreacion/aportes/": public(),
    J + "cocreacion/comentar/<slug:kind>/<int:number>/": public(404, kind="problemas"),
    J + "cocreacion/apoyar/<slug:kind>/<int:number>/": public(404, kind="problemas"),
    J + "cocreacion/enviado/<str:token>/": public(token="-"),
    J + "cocreacion/enviar-de-nuevo/<str:token>/": public(405, token="-"),
    J + "cocreacion/confirmar/<str:token>/": public(404, token="-"),
    J + "cocreacion/mio/<str:token>/": public(404, token="-"),
    J + "moderacion/": public(),
    J + "observaciones/": public(),
    J + "observaciones/reglas/": public(),
    J + "observaciones/novedades.atom": public(),
    J + "observaciones/<int:number>/": public(),
    J + "observaciones/nueva/<slug:kind>/<str:key>/": public(kind="compromiso", key="agua-1"),
    J + "observaciones/enviada/<str:token>/": public(token="-"),
    J + "observaciones/enviar-de-nuevo/<str:token>/": public(405, token="-"),
    J + "observaciones/confirmar/<str:token>/": public(404, token="-"),
    J + "observaciones/mia/<str:token>/": public(404, token="-"),
    J + "comite/convocatoria/": public(),
    J + "comite/convocatoria/formula/": public(),
    J + "comite/convocatoria/sorteo.py": public(),
    J + "comite/convocatoria/<int:number>/": public(404),
    J + "comite/convocatoria/<int:number>/participar/": public(404),
    J + "comite/convocatoria/<int:number>/voluntariado.json": public(404),
    J + "comite/convocatoria/<int:number>/voluntariado.csv": public(404),
    J + "comite/convocatoria/<int:number>/resultado.json": public(404),
    J + "comite/convocatoria/confirmar/<str:key>/": public(404, key="x"),
    J + "comite/convocatoria/retirar/<str:key>/": public(404, key="x"),
    J + "comite/convocatoria/lugar/<str:key>/": public(404, key="x"),
    J + "despues-del-plan/": public(),
    J + "registro/": public(),
    J + "registro/verificar/": public(),
    J + "registro/actos/<int:number>/": public(),
    J + "registro/actos/<int:number>.json": public(),
    J + "registro/actos/<int:number>.tlog-proof": public(),
    J + "registro/objeto/<path:key>/": public(key="commitment/agua-1"),
    J + "sesiones/": public(),
    J + "sesiones/calendario.ics": public(),
    J + "sesiones/propuestas/": public(),
    J + "sesiones/presente/<str:token>/": public(404, token="x"),
    J + "sesiones/<int:number>/": public(404),
    J + "sesiones/<int:number>/sesion.ics": public(404),
    J + "sesiones/<int:number>/pantalla/": public(404),
    J + "sesiones/<int:number>/asistir/<str:token>/": public(404, token="x"),
    J + "secretariado/decisiones/": public(),
    J + "secretariado/decisiones/<int:number>/": public(404),
    J + "secretariado/reglas/<slug:body>/": public(404, body="nadie"),
    J + "secretariado/paridad/": public(),
    J + "secretariado/paridad.csv": public(),
    J + "secretariado/requisitos/": public(),
    J + "organos/": public(),
    J + "organos/<slug:slug>/": public(404, slug="nadie"),
    J + "acuerdos/": public(),
    J + "acuerdos/<int:number>/": public(404),
    # Work
    J + "gestion/": SIGNED_IN,
    J + "gestion/actuar/": SIGNED_IN,
    J + "gestion/instituciones/": may(MANAGE),
    J + "gestion/instituciones-nueva/": may(MANAGE),
    J + "gestion/instituciones/<slug:slug>/": may(MANAGE),
    J + "gestion/instituciones/<slug:slug>/unir/": may(MANAGE),
    J + "gestion/instituciones/<slug:slug>/extinguir/": may(MANAGE),
    J + "gestion/instituciones/<slug:slug>/cargo/": may(MANAGE),
    J + "gestion/personas/": may(MANAGE),
    J + "gestion/personas/nuevo/": may(MANAGE),
    J + "gestion/personas/<int:number>/terminar/": may(MANAGE),
    J + "gestion/personas/<int:number>/relevar/": may(MANAGE),
    J + "gestion/personas/<int:number>/nombre/": may(MANAGE),
    J + "gestion/textos/": may(TEXTS),
    J + "gestion/textos/nuevo/": may(TEXTS),
    J + "gestion/textos/<slug:code>/": Line(TEXTS, 404),
    J + "gestion/textos/<slug:code>/version/": Line(TEXTS, 404),
    J + "gestion/textos/<slug:code>/cuadro/": Line(TEXTS, 404),
    J + "gestion/textos/<slug:code>/<int:number>/": Line(TEXTS, 404),
    **{f"{J}gestion/textos/<slug:code>/<int:number>/{step}/": Line(TEXTS, 404) for step in ("publicar", "descartar")},
    **{
        f"{J}gestion/textos/<slug:code>/<int:number>/{step}/": may(TEXTS, only_post=True)
        for step in ("arreglar", "dejar", "deshacer", "responder")
    },
    J + "gestion/planes/": may(PLANS),
    J + "gestion/planes/nuevo/": may(PLANS),
    J + "gestion/planes/cargar/": may(PLANS),
    J + "gestion/planes/<int:number>/": may(PLANS),
    J + "gestion/planes/<int:number>/vista-previa/": may(PLANS),
    J + "gestion/planes/<int:number>/publicar/": may(PLANS),
    J + "gestion/planes/<int:number>/presentar/": may(PLANS, only_post=True),
    J + "gestion/planes/<int:number>/descartar/": may(PLANS, only_post=True),
    J + "gestion/planes/<int:number>/parte/<slug:section>/": may(PLANS, section="basics"),
    J + "gestion/planes/<int:number>/documentos/": may(PLANS),
    J + "gestion/planes/<int:number>/documentos/nuevo/": may(PLANS),
    J + "gestion/planes/<int:number>/documentos/<int:pk>/": may(PLANS, pk=1),
    J + "gestion/planes/<int:number>/documentos/<int:pk>/reemplazar/": may(PLANS, pk=1),
    J + "gestion/planes/<int:number>/documentos/<int:pk>/retirar/": may(PLANS, pk=1),
    J + "gestion/descartados/": may(WORK),
    J + "gestion/descartados/<int:pk>/": may(WORK, only_post=True, pk=1),
    J + "gestion/convocatorias/": may(CALLS),
    J + "gestion/convocatorias/nueva/": may(CALLS),
    J + "gestion/convocatorias/<int:number>/": may(CALLS),
    J + "gestion/convocatorias/<int:number>/editar/": may(CALLS),
    J + "gestion/convocatorias/<int:number>/integrar/": may(CALLS),
    **{
        f"{J}gestion/convocatorias/<int:number>/{step}/": may(CALLS, only_post=True)
        for step in ("publicar", "recorrer", "semilla", "cerrar", "sortear")
    },
    **{
        f"{J}gestion/convocatorias/<int:number>/personas/<int:person>/{step}/": may(CALLS, only_post=True, person=1)
        for step in ("confirmar", "borrar")
    },
    J + "gestion/convocatorias/<int:number>/lugares/<int:seat>/avisar/": may(CALLS, only_post=True, seat=1),
    J + "gestion/convocatorias/<int:number>/lugares/<int:seat>/dejar/": may(CALLS, only_post=True, seat=1),
    J + "gestion/compromisos/": may(WORK),
    J + "gestion/compromisos-nuevo/": may(WORK),
    J + "gestion/compromisos/<slug:code>/": may(EDIT),
    J + "gestion/compromisos/<slug:code>/vista-previa/": may(EDIT),
    J + "gestion/compromisos/<slug:code>/publicar/": may("commitments.publish_commitment"),
    J + "gestion/compromisos/<slug:code>/descartar/": may(EDIT, only_post=True),
    J + "gestion/compromisos/<slug:code>/parte/<slug:section>/": may(EDIT, section="basics"),
    J + "gestion/compromisos/<slug:code>/indicadores/<int:number>/valores/": may("commitments.record_value"),
    J + "gestion/compromisos/<slug:code>/indicadores/<int:number>/valores/<int:value>/corregir/": Line(
        "commitments.record_value", 404, {"value": 1}
    ),
    J + "gestion/compromisos/<slug:code>/indicadores/<int:number>/valores/<int:value>/verificar/": Line(
        "monitoring.verify_value", 404, {"value": 1}
    ),
    J + "gestion/compromisos/<slug:code>/evidencia/<int:number>/retener/": may("commitments.hold_back"),
    J + "gestion/actividades/<int:number>/pausas/": may("commitments.publish_commitment"),
    J + "gestion/actividades/<int:number>/pausas/<int:pause>/terminar/": Line(
        "commitments.publish_commitment", 404, {"pause": 1}
    ),
    J + "gestion/compromisos/<slug:code>/<slug:part>/<slug:place>/": may(EDIT, part="actividades", place="1"),
    J + "gestion/compromisos/<slug:code>/<slug:part>/<int:place>/ordenar/": may(
        EDIT, only_post=True, part="actividades", place=1
    ),
    # Co-creation, at work
    J + "gestion/opiniones/": may("opinions.moderate"),
    J + "gestion/opiniones/nueva/": may("opinions.manage"),
    J + "gestion/opiniones/<int:number>/": Line("opinions.moderate", 404),
    J + "gestion/opiniones/<int:number>/editar/": Line("opinions.manage", 404),
    **{
        f"{J}gestion/opiniones/<int:number>/{step}/": may("opinions.manage", only_post=True)
        for step in ("publicar", "frase", "recorrer", "cerrar")
    },
    J + "gestion/opiniones/<int:number>/frases/<int:statement>/": may("opinions.moderate", only_post=True, statement=1),
    J + "gestion/laboratorios/": may("labs.work"),
    J + "gestion/laboratorios/nuevo/": may("labs.manage"),
    J + "gestion/laboratorios/<int:number>/": Line("labs.work", 404),
    J + "gestion/laboratorios/<int:number>/hojas/": Line("labs.work", 404),
    **{
        f"{J}gestion/laboratorios/<int:number>/{step}/": Line("labs.manage", 404)
        for step in ("editar", "parada", "difusion")
    },
    **{
        f"{J}gestion/laboratorios/<int:number>/{step}/": may("labs.manage", only_post=True)
        for step in ("publicar", "enlace")
    },
    J + "gestion/laboratorios/<int:number>/paradas/<int:stop>/": Line("labs.manage", 404, {"stop": 1}),
    J + "gestion/laboratorios/<int:number>/paradas/<int:stop>/cancelar/": Line("labs.manage", 404, {"stop": 1}),
    J + "gestion/laboratorios/<int:number>/paradas/<int:stop>/asistencia/": Line("labs.work", 404, {"stop": 1}),
    J + "gestion/laboratorios/<int:number>/difusion/<int:outreach>/": Line("labs.work", 404, {"outreach": 1}),
    J + "gestion/laboratorios/<int:number>/hojas/nuevas/": may("labs.work", only_post=True),
    J + "gestion/laboratorios/<int:number>/hojas/<str:code>/aportar/": may("labs.work", only_post=True, code="x"),
    J + "gestion/laboratorios/<int:number>/hojas/<str:code>/foto/": Line("labs.work", 404, {"code": "x"}),
    J + "gestion/cocreacion/": may("cocreation.work"),
    J + "gestion/cocreacion/convocatorias/nueva/": may("cocreation.organise"),
    J + "gestion/cocreacion/convocatorias/<int:number>/": Line("cocreation.organise", 404),
    J + "gestion/cocreacion/convocatorias/<int:number>/publicar/": may("cocreation.organise", only_post=True),
    J + "gestion/cocreacion/convocatorias/<int:number>/mesa-nueva/": Line("cocreation.organise", 404),
    J + "gestion/cocreacion/convocatorias/<int:number>/capturar/": Line("cocreation.respond", 404),
    J + "gestion/cocreacion/convocatorias/<int:number>/calificar/": Line("cocreation.score", 404),
    J + "gestion/cocreacion/convocatorias/<int:number>/cerrar-calificacion/": may(
        "cocreation.organise", only_post=True
    ),
    J + "gestion/cocreacion/convocatorias/<int:number>/borrador-nuevo/": Line("cocreation.draft", 404),
    J + "gestion/cocreacion/mesas/<int:number>/": Line("cocreation.respond", 404),
    J + "gestion/cocreacion/problemas/<int:number>/unir/": Line("cocreation.respond", 404),
    J + "gestion/cocreacion/respuestas/": may("cocreation.respond"),
    J + "gestion/cocreacion/respuestas/publicar/": may("cocreation.organise"),
    J + "gestion/cocreacion/aportaciones/<int:number>/responder/": Line("cocreation.respond", 404),
    J + "gestion/cocreacion/borradores/<int:number>/": Line("cocreation.draft", 404),
    J + "gestion/cocreacion/borradores/<int:number>/compromiso/": may("cocreation.organise", only_post=True),
    J + "gestion/cocreacion/borradores/<int:number>/aportes/<int:contribution>/": Line(
        "cocreation.draft", 404, {"contribution": 1}
    ),
    J + "gestion/moderacion/": may("cocreation.moderate"),
    J + "gestion/moderacion/<slug:kind>/<int:number>/": Line("cocreation.moderate", 404, {"kind": "problem"}),
    J + "gestion/moderacion/<slug:kind>/<int:number>/archivos/<int:pk>/": Line(
        "cocreation.moderate", 404, {"kind": "problem", "pk": 1}
    ),
    J + "iniciativas/": public(),
    **{
        J + f"iniciativas/<slug:code>/{part}": public(404, code="ninguna", place="art_1", language="es")
        for part in (
            *("", "opiniones/", "opiniones/<int:number>/", "palabras/", "resumen/", "resumen.docx", "opinar/"),
            *("video/", "video/subtitulos-<slug:language>.vtt"),
            *("otras-palabras/<slug:place>/", "opiniones/<int:number>/responder/", "opiniones/<int:number>/apoyar/"),
            *("novedades.atom", "fechas.ics", "numeros/"),
        )
    },
    J + "iniciativas/<slug:code>/numeros/<slug:panel>.csv": public(404, code="ninguna", panel="palabras"),
    J + "iniciativas/novedades.atom": public(),
    J + "iniciativas/fechas.ics": public(),
    **{
        J + f"iniciativas/{group}/{part}": public(404, topic="ninguno", sponsor="nadie")
        for group in ("temas/<slug:topic>", "de/<slug:sponsor>")
        for part in ("", "novedades.atom")
    },
    J + "gestion/iniciativas/": may(BILLS),
    J + "gestion/iniciativas/nueva/": may(BILLS),
    **{
        J + f"gestion/iniciativas/<slug:code>/{part}": Line(BILLS, 404, {"code": "ninguna", "language": "es"})
        for part in (
            *("", "vista-previa/", "publicar/", "responder/", "palabras/", "sesiones/", "sesiones/<int:number>/"),
            *("video/", "video/archivo", "video/subtitulos-<slug:language>.vtt"),
        )
    },
    J + "gestion/iniciativas/<slug:code>/paso/": may(BILLS, only_post=True, code="ninguna"),
    J + "datos-personales/": public(),
    J + "datos-personales/solicitar/": public(),
    J + "datos-personales/enviada/": public(),
    J + "datos-personales/confirmar/<str:token>/": public(404, token="x"),
    J + "datos-personales/mia/<str:token>/": public(404, token="x"),
    J + "datos-personales/mia/<str:token>/datos.json": public(404, token="x"),
    J + "gestion/datos-personales/": may("privacy.decide"),
    J + "gestion/datos-personales/plazos/": may("privacy.decide"),
    J + "gestion/datos-personales/<int:number>/": Line("privacy.decide", 404, {"number": 999}),
    J + "gestion/observaciones/": may("observations.work"),
    J + "gestion/observaciones/<int:number>/": may("observations.handle"),
    J + "gestion/observaciones/<int:number>/foto/": may("observations.answer", only_post=True),
    J + "gestion/observaciones/<int:number>/responder/": may("observations.answer", only_post=True),
    J + "gestion/observaciones/<int:number>/mostrar/": may("observations.answer", only_post=True),
    J + "gestion/observaciones/<int:number>/ocultar/": may("observations.answer", only_post=True),
    J + "gestion/observaciones/<int:number>/apelacion/": may("observations.answer", only_post=True),
    J + "gestion/observaciones/<int:number>/comentar/": may("observations.comment", only_post=True),
    J + "gestion/observaciones/<int:number>/pedir-revision/": may("observations.flag", only_post=True),
    J + "gestion/sesiones/": may("meetings.work"),
    J + "gestion/sesiones/<int:number>/": Line("meetings.run", 404),
    **{
        f"{J}gestion/sesiones/<int:number>/{step}/": Line("meetings.run", 404)
        for step in (
            *("datos", "orden-del-dia", "documento", "convocar", "cancelar", "asistencia", "hoja", "codigo", "acta"),
        )
    },
    **{
        f"{J}gestion/sesiones/<int:number>/{step}/": may("meetings.run", only_post=True, pk=1)
        for step in (
            *("empezar", "terminar", "acta/aprobar"),
            *("asistencia/<int:pk>/confirmar", "asistencia/<int:pk>/quitar"),
        )
    },
    J + "gestion/sesiones/<int:number>/punto/<int:item>/": may("meetings.run", only_post=True, item=1),
    J + "gestion/sesiones/<int:number>/acta/revision/": Line("meetings.work", 404),
    J + "gestion/sesiones/<int:number>/acta/correcciones/<int:correction>/": Line(
        "meetings.run", 404, {"correction": 1}
    ),
    J + "gestion/sesiones/<int:number>/acta/<int:entry>/retirar/": Line("meetings.run", 404, {"entry": 1}),
    J + "gestion/propuestas-de-tema/<int:number>/": Line("meetings.run", 404),
    J + "gestion/acuerdos/<int:number>/": Line("meetings.see_agreement", 404),
    J + "gestion/organos/": may("meetings.manage"),
    J + "gestion/organos-nuevo/": may("meetings.manage"),
    J + "gestion/organos/<slug:slug>/": Line("meetings.manage", 404, {"slug": "nadie"}),
    J + "gestion/organos/<slug:slug>/sesion/": Line("meetings.run", 404, {"slug": "nadie"}),
    J + "gestion/organos/<slug:slug>/proponer/": Line("meetings.propose", 404, {"slug": "nadie"}),
    J + "gestion/organos/<slug:slug>/lugares/": Line("meetings.manage", 404, {"slug": "nadie"}),
    J + "gestion/organos/<slug:slug>/lugares/<int:number>/": Line("meetings.manage", 404, {"slug": "nadie"}),
    J + "gestion/organos/<slug:slug>/lugares/<int:number>/delegar/": Line("meetings.work", 404, {"slug": "nadie"}),
    J + "gestion/decisiones/": may("secretariat.manage_decisions"),
    J + "gestion/decisiones/nueva/<int:session>/": Line("secretariat.manage_decisions", 404, {"session": 999}),
    J + "gestion/decisiones/<int:number>/": Line("secretariat.manage_decisions", 404),
    J + "gestion/decisiones/<int:number>/a-votacion/": may("secretariat.manage_decisions", only_post=True),
    J + "gestion/decisiones/<int:number>/sala/": Line("secretariat.manage_decisions", 404),
    J + "gestion/decisiones/<int:number>/cerrar/": Line("secretariat.manage_decisions", 404),
    J + "gestion/decisiones/<int:number>/retirar/": may("secretariat.manage_decisions", only_post=True),
    J + "gestion/decisiones/<int:number>/quitar/<slug:kind>/<int:pk>/": Line(
        "secretariat.manage_decisions", 404, {"kind": "voto", "pk": 1}
    ),
    J + "gestion/decisiones/<int:number>/votar/": may("secretariat.take_part"),
    **{
        f"{J}gestion/decisiones/<int:number>/{step}/": may("secretariat.take_part", only_post=True)
        for step in ("objetar", "objecion", "conflicto")
    },
    J + "gestion/reglas/<slug:body>/": Line("secretariat.manage_decisions", 404, {"body": "nadie"}),
    J + "actividades/<int:number>/decisiones/<int:decision>/": public(decision=1),
    J + "gestion/pendientes/": SIGNED_IN,
    J + "gestion/comite/": may(COMMITTEE),
    J + "gestion/comite/reparto/": may(COMMITTEE),
    J + "gestion/comite/declaracion/": may(COMMITTEE),
    J + "gestion/comite/integrar/": may("monitoring.set_committee"),
    J + "gestion/comite/plazos/": may("monitoring.set_committee"),
    J + "gestion/actividades/<int:number>/mirada/": may(DECIDE),
    J + "gestion/actividades/<int:number>/mirada/pasar/": may(DECIDE),
    J + "gestion/actividades/<int:number>/miradas/<int:look>/reasignar/": may(DECIDE, only_post=True, look=1),
    J + "gestion/actividades/<int:number>/revision/": may("monitoring.review"),
    J + "gestion/actividades/<int:number>/revision/empezar/": may(DECIDE, only_post=True),
    J + "gestion/actividades/<int:number>/revision/repartir/": may(DECIDE, only_post=True),
    J + "gestion/actividades/<int:number>/propuesta/": may(DECIDE),
    J + "gestion/actividades/<int:number>/propuesta/votar/": may(DECIDE, only_post=True),
    J + "gestion/actividades/<int:number>/propuesta/cerrar/": may(DECIDE, only_post=True),
    J + "gestion/actividades/<int:number>/propuesta/retirar/": may(DECIDE, only_post=True),
    J + "gestion/actividades/<int:number>/sesion/": may(DECIDE),
    J + "gestion/actividades/<int:number>/responder/": may("monitoring.reply_to_decision"),
    J + "gestion/actividades/<int:number>/decisiones/<int:decision>/anular/": may(
        "monitoring.annul_decision", decision=1
    ),
    J + "gestion/despues-del-plan/": may("oversight.work"),
    J + "gestion/despues-del-plan/<slug:code>/": may("oversight.handle"),
    J + "gestion/despues-del-plan/<slug:code>/confirmar/": may("oversight.check", only_post=True),
    J + "gestion/despues-del-plan/<slug:code>/devolver/": may("oversight.check", only_post=True),
    J + "gestion/despues-del-plan/<slug:code>/entregar/": may("oversight.hand_over", only_post=True),
    J + "gestion/reportes/": may("monitoring.work_reports"),
    J + "gestion/actividades/<int:number>/reporte/": may(REPORT),
    J + "gestion/actividades/<int:number>/reporte/revisar/": may(REPORT),
    J + "gestion/actividades/<int:number>/reporte/enviado/": may(REPORT),
    J + "gestion/actividades/<int:number>/reporte/descartar/": may(REPORT, only_post=True),
    J + "gestion/actividades/<int:number>/reporte/recuperar/": may(REPORT, only_post=True),
    J + "gestion/actividades/<int:number>/reporte/archivo/<int:pk>/": may(REPORT, only_post=True, pk=1),
    J + "gestion/evidencia-reservada/": may("monitoring.work_reports"),
    J + "gestion/evidencia-reservada/<slug:code>/<int:number>/": may("monitoring.replace_evidence"),
    J + "gestion/evidencia-reservada/<slug:code>/<int:number>/archivo/": may(
        "monitoring.replace_evidence", only_post=True
    ),
    # Accounts (allauth)
    **{
        f"cuentas/{path}": ENTRANCE
        for path in (
            *("login/", "logout/", "inactive/", "signup/", "login/code/", "login/code/confirm/", "confirm-email/"),
            *("2fa/authenticate/", "2fa/webauthn/login/"),
            *("3rdparty/login/cancelled/", "3rdparty/signup/"),
            *("social/login/cancelled/", "social/login/error/", "social/signup/", "social/connections/"),
        )
    },
    "cuentas/3rdparty/login/error/": Line("entrance", 401),
    "cuentas/password/<path:rest>": Line("entrance", 200, {"rest": "reset/"}),
    **{
        f"cuentas/password/{path}": ENTRANCE for path in ("change/", "set/", "reset/", "reset/done/", "reset/key/done/")
    },
    "cuentas/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Line("regex"),
    "cuentas/oidc/^(?P<provider_id>[^/]+)/login/": Line("regex"),
    "cuentas/oidc/^(?P<provider_id>[^/]+)/login/callback/": Line("regex"),
    **{
        f"cuentas/{path}": SIGNED_IN
        for path in (
            *("email/", "3rdparty/", "2fa/", "2fa/totp/activate/"),
            *("2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"),
            *("2fa/recovery-codes/download/", "2fa/webauthn/", "2fa/webauthn/add/"),
        )
    },
    # Refused to whoever has no second step to show.
    **{
        f"cuentas/{path}": Line("signed-in", 403)
        for path in ("reauthenticate/", "2fa/reauthenticate/", "2fa/webauthn/reauthenticate/")
    },
    "cuentas/2fa/webauthn/keys/<int:pk>/remove/": Line("signed-in", 200, {"pk": 999}),
    "cuentas/2fa/webauthn/keys/<int:pk>/edit/": Line("signed-in", 200, {"pk": 999}),
}

# Values of arguments, unless a line says otherwise.
SAMPLES: dict[str, Callable[[Place], Any]] = {
    "jurisdiction": lambda place: place.jurisdiction.slug,
    "slug": lambda place: place.organisations["agua"].slug,
    "code": lambda place: place.commitment.code,
    "number": lambda place: 1,
}
# ``slug`` is the jurisdiction's in the API.
API_SAMPLES: dict[str, Callable[[Place], Any]] = {**SAMPLES, "slug": SAMPLES["jurisdiction"]}

PERMISSIONS: dict[str, set[str]] = {
    "people.manage": {"secretariat", "poc"},
    "legaltext.edit_texts": {"secretariat", "poc", "legislature"},
    "lawmaking.work": {"legislature"},
    "sortition.manage_calls": {"secretariat", "poc"},
    "places.create_jurisdiction": {"operator"},
    "witnesses.manage": {"operator"},
    "plans.manage_plans": {"secretariat", "poc"},
    "commitments.work": {"secretariat", "poc", "lead", "seat_head", "seat_liaison"},
    "commitments.edit_commitment": {"secretariat", "poc", "lead"},
    "commitments.publish_commitment": {"secretariat", "poc"},
    "commitments.record_value": {"secretariat", "poc", "lead"},
    "commitments.hold_back": {"secretariat", "poc", "lead"},
    "monitoring.verify_value": {"committee"},
    "notices.see_deliveries": {"secretariat", "poc"},
    "monitoring.report_progress": {"lead"},
    "monitoring.work_reports": {"lead", "seat_head", "seat_liaison"},
    "monitoring.replace_evidence": {"lead"},
    "monitoring.reply_to_decision": {"lead"},
    "monitoring.begin_review": {"committee"},
    "monitoring.decide": {"committee"},
    "monitoring.work_in_committee": {"committee"},
    "monitoring.review": {"committee"},
    "monitoring.declare_conflict": {"committee"},
    "monitoring.set_committee": {"secretariat", "poc"},
    "monitoring.annul_decision": {"secretariat", "poc"},
    "opinions.manage": {"secretariat", "poc"},
    "opinions.moderate": {"secretariat", "poc", "facilitator"},
    "labs.manage": {"secretariat", "poc"},
    "labs.work": {"secretariat", "poc", "facilitator"},
    "cocreation.organise": {"secretariat", "poc"},
    "cocreation.respond": {"secretariat", "poc", "facilitator"},
    "cocreation.draft": {"secretariat", "poc", "facilitator", "seat_head", "seat_liaison"},
    "cocreation.score": {"seat_head", "seat_liaison", "support", "participant", "monitor", "lead"},
    "cocreation.moderate": {"secretariat", "facilitator", "committee"},
    "cocreation.work": {
        *("secretariat", "poc", "facilitator", "seat_head", "seat_liaison", "support", "participant", "monitor"),
        *("lead", "committee"),
    },
    "privacy.decide": {"secretariat", "poc"},
    "observations.work": {"committee", "lead", "seat_head", "seat_liaison", "secretariat", "poc"},
    "observations.handle": {"committee", "lead", "secretariat", "poc"},
    "observations.answer": {"committee"},
    "observations.comment": {"lead"},
    "observations.flag": {"secretariat", "poc"},
    "meetings.manage": {"secretariat", "poc"},
    "meetings.work": {"secretariat", "poc", "seat_head", "seat_liaison", "facilitator"},
    "meetings.run": {"secretariat", "poc", "facilitator"},
    "meetings.propose": set(),  # whoever holds a seat of the body: nobody of the cast
    "meetings.correct": set(),  # whoever was present for a seat
    "meetings.follow_up": {"secretariat", "poc"},  # and whoever the agreement is of
    "meetings.see_agreement": {"secretariat", "poc", "lead", "support", "seat_head", "seat_liaison"},
    "meetings.delegate": {"secretariat", "poc"},  # and the head of the seat
    "secretariat.manage_decisions": {"secretariat", "poc"},
    "secretariat.take_part": set(),  # whoever holds a seat of the body that decides: nobody of the cast
    "oversight.work": {"committee", "monitor", "secretariat", "poc"},
    "oversight.handle": {"committee", "monitor", "secretariat", "poc"},
    "oversight.check": {"committee", "monitor"},
    "oversight.hand_over": {"secretariat", "poc"},
}

# The object that a permission is asked on; the jurisdiction where nothing is said.
ON: dict[str, Callable[[Place], Any]] = {
    "commitments.edit_commitment": lambda place: place.commitment,
    "commitments.publish_commitment": lambda place: place.commitment,
    "commitments.record_value": lambda place: place.commitment,
    "commitments.hold_back": lambda place: place.commitment.evidence.first(),
    "monitoring.verify_value": lambda place: place.commitment.indicators.first(),
    "monitoring.report_progress": lambda place: place.activity,
    "monitoring.replace_evidence": lambda place: place.commitment.evidence.first(),
    "monitoring.reply_to_decision": lambda place: place.decision,
    "monitoring.begin_review": lambda place: place.activity,
    "monitoring.decide": lambda place: place.activity,
    "monitoring.review": lambda place: place.activity,
    "monitoring.declare_conflict": lambda place: place.plan,
    "monitoring.set_committee": lambda place: place.plan,
    "monitoring.annul_decision": lambda place: place.decision,
    "observations.handle": lambda place: place.observation,
    "observations.answer": lambda place: place.observation,
    "observations.comment": lambda place: place.observation,
    "observations.flag": lambda place: place.observation,
    "oversight.handle": lambda place: place.commitment,
    "oversight.check": lambda place: place.commitment,
    "oversight.hand_over": lambda place: place.commitment,
}


def actors(cast: Cast) -> dict[str, Any]:
    """Everybody who may come: by name, the account (None for the visitor)."""
    found: dict[str, Any] = {"visitor": None, "without a role": cast.without_role, "operator": cast.operator}
    found |= cast.valle.accounts
    return found


def foreigners(cast: Cast) -> dict[str, Any]:
    """The same roles in the other jurisdiction."""
    return {f"{kind} of another place": account for kind, account in cast.otro.accounts.items()}
