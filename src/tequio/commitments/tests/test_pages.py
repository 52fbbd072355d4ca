"""The stories as anybody reads them: what they say, in which order, what they leave empty, and what stays hidden."""

import datetime as dt
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tequio.commitments.models import Activity, Commitment, Evidence, Manual
from tequio.commitments.tests import make
from tequio.common.dates import PartialDate
from tequio.common.i18n import text
from tequio.documents.actions import keep
from tequio.plans.models import Plan
from tequio.record.append import act, act_many

Read = Callable[[str], str]
STORY = "/ejemplo/compromisos/agua-1/"
PAGES = [
    "/ejemplo/planes/",
    "/ejemplo/planes/1/",
    "/ejemplo/planes/1/manual/",
    STORY,
    f"{STORY}versiones/1/",
    f"{STORY}cambios/",
    f"{STORY}evidencia/1/",
    f"{STORY}indicadores/1/",
    "/ejemplo/actividades/1/",
]


def status(path: str) -> int:
    return Client().get(path).status_code


def test_each_page_reads_in_both_languages_and_names_itself(plan: Plan, read: Read) -> None:
    for path, (language, prefix) in product(PAGES, (("es-MX", ""), ("en", "/en"))):
        html = read(prefix + path)
        assert f'<html lang="{language}">' in html
        description = re.search(r'<meta name="description" content="([^"]*)">', html)
        assert description is not None
        assert len(description.group(1)) > 10
        assert html.count("<h1") == 1


def test_the_bytes_of_a_page_depend_on_nothing_but_its_address(plan: Plan, read: Read) -> None:
    assert [read(path) for path in PAGES] == [read(path) for path in PAGES]


def test_a_story_goes_from_the_problem_to_the_proof(plan: Plan, read: Read) -> None:
    html = read(STORY)
    assert re.findall(r'<section id="([^"]+)">', html) == [
        *("problema", "promesa", "pasos", "evidencia", "verificaciones", "indicadores", "dinero", "quienes"),
        *("para-que", "cambios", "informes", "observaciones", "fuentes"),
    ]
    index = re.findall(r'<li><a href="#([^"]+)">', html)
    assert index == re.findall(r'<section id="([^"]+)">', html)


def test_a_story_tells_every_field_of_a_full_commitment(plan: Plan, words: Read) -> None:
    said = words(STORY)
    for part in (
        "VE0001 · Gobierno municipal · Cocreado",
        "El problema Nadie sabe cuántas fugas hay.",
        "Por qué pasa No se anotan.",
        "Cómo estaban las cosas antes Se atiende por teléfono.",
        "La promesa Publicar cada fuga y su reparación.",
        "Cómo resuelve el problema Cualquiera puede revisar.",
        "Horizonte Mediano plazo (hasta el fin del plan)",
        "Publicar la bitácora 1 del agua",
        "Bitácora de enero 1",
        "Cerca de la meta 82.5 % de la meta",
        "Último valor: 66 % ( marzo de 2026 ) · meta: 80 ( 2026 )",
        "Etiquetado para esto $240 000 MXN",
        "Ejercido $60 001 MXN",
        "En la fuente: «Vecinas y Agua A.C. A.C.»",
        "Transparencia : Se publica todo.",
        "Datos abiertos",
        "principal",
        "Primera versión firmada",
        "Primeros resultados Menos quejas.",
        "https://ejemplo.org/plan",
        "Esto no se puede cambiar sin que se note.",
    ):
        assert part in said, part


def test_what_a_source_does_not_say_stays_empty_and_the_page_says_so(db: None, noon: Any, words: Read) -> None:
    make.made({"number": 1, "title": {"es": "Plan"}, "commitments": [{"code": "hueco", "title": {"es": "Hueco"}}]})
    said = words("/ejemplo/compromisos/hueco/")
    for part in (
        "El problema La fuente no lo dice",
        "La promesa La fuente no lo dice",
        "Empieza La fuente no lo dice Termina La fuente no lo dice",
        "No consta evidencia",
        "La fuente no da indicadores de este compromiso.",
        "La fuente no dice cuánto dinero tuvo, ni si lo tuvo.",
        "Titular La fuente no lo dice",
        "La fuente no nombra instituciones ni organizaciones de apoyo.",
        "La fuente no dice a qué valores de gobierno abierto responde.",
        "No consta ningún cambio",
        "Ningún informe consultado dice cuánto se cumplió.",
        "No hay fuentes registradas.",
    ):
        assert part in said
    assert "None" not in said
    assert "0 %" not in said


def test_money_that_was_never_given_is_told_with_its_reason(db: None, noon: Any, words: Read) -> None:
    reason = make.both("Se hace con el personal que hay.", "Done with present staff.")
    make.made(
        make.plan(commitments=0, rows=0)
        | {"commitments": [make.commitment(1, 1, money=[], unfunded=True, unfunded_reason=reason)]}
    )
    assert "No tiene recurso asignado, y así se declaró. Se hace con el personal que hay." in words(STORY)


def test_a_sources_contradiction_is_flagged_beside_its_own_words(db: None, noon: Any, words: Read) -> None:
    document = make.plan(0) | {
        "commitments": [make.commitment(1, 0, start="2026-09", end="2026-05", start_raw="Sep 2026", end_raw="May 2026")]
    }
    from tequio.commitments.document.load import load

    load(document, jurisdiction=make.place(), by=make.BY, accept_known_faults=True)
    said = words(STORY)
    assert "La fuente tiene 1 contradicción o hueco" in said
    assert (
        "Empieza septiembre de 2026 (en la fuente: «Sep 2026») Termina mayo de 2026 (en la fuente: «May 2026»)" in said
    )
    assert "Aviso sobre la fuente" in said


def test_an_activity_explains_its_clock_and_keeps_its_first_date(plan: Plan, words: Read) -> None:
    row = Activity.public_rows().get(number=1)
    make.paused(row, dt.date(2026, 4, 1), dt.date(2026, 4, 3))
    row = Activity.public_rows().get(number=1)
    with transaction.atomic(), act("activity.changed", row, by=make.BY):
        row.due = PartialDate("2026-05-15")
    said = words("/ejemplo/actividades/1/")
    for part in (
        "Fecha compromiso 15 de mayo de 2026 Primero se prometió para: 28 de abril de 2026",
        "Se prometió para el 15 de mayo de 2026; las pausas documentadas devuelven 3 días; el manual de cumplimiento da "
        "5 días hábiles para entregar la evidencia; así, vence el 25 de mayo de 2026.",
        "1 de abril de 2026 – 3 de abril de 2026 : Lluvias (sustento: Acta 4)",
        "Conjunto de datos : Archivo CSV",
        "Bitácora de enero 1",
        "Al menos 2 piezas de evidencia.",
    ):
        assert part in said, part


def test_a_withdrawn_activity_keeps_its_page_and_leaves_the_road_map(plan: Plan, read: Read) -> None:
    row = Activity.public_rows().get(number=2)
    assert 'rel="next" href="/ejemplo/actividades/2/"' in read("/ejemplo/actividades/1/")
    with transaction.atomic(), act("activity.withdrawn", row, by=make.BY, why="Se repetía"):
        row.withdrawn = True
    assert 'rel="next"' not in read("/ejemplo/actividades/1/")
    assert "Esta actividad se retiró de la hoja de ruta." in read("/ejemplo/actividades/2/")
    assert "1 actividad ·" in read("/ejemplo/planes/1/")


def test_a_change_makes_a_version_and_the_signed_first_one_stays_readable(plan: Plan, read: Read, words: Read) -> None:
    row = Commitment.public_rows().get(code="agua-1")
    action = text("Publicar cada fuga, su reparación y su costo en el sur.", "South.")
    make.changed(row, dt.date(2026, 2, 1), action=action, end=PartialDate("2027-08-15"))
    first, second = words(f"{STORY}versiones/1/"), words(f"{STORY}versiones/2/")
    assert "Esta es la primera versión, la que se firmó. Ya no es la vigente. Se conserva tal como estaba." in first
    assert "Qué se hará Publicar cada fuga y su reparación." in first
    assert "Esta es la versión vigente." in second
    assert (
        "Por qué se cambió Faltaba el sur Quién lo pidió Organismo de Agua Qué decisión lo aprueba Acuerdo 3" in second
    )
    between = read(f"{STORY}cambios/?de=1&a=2")
    assert "De la primera versión firmada a la 2" in between
    assert (
        "Publicar cada fuga<ins>, su reparación</ins> y su <del>reparación</del><ins>costo en el sur</ins>." in between
    )
    assert "<del>30 de junio de 2027</del> → <ins>15 de agosto de 2027</ins>" in between
    assert words(f"{STORY}cambios/?de=1&a=2") == words(f"{STORY}cambios/")
    assert "Versión 2 vigente Faltaba el sur" in words(STORY)


@pytest.mark.parametrize("query", ["?de=7", "?a=0", "?de=x"])
def test_a_version_that_never_was_is_not_found(plan: Plan, query: str) -> None:
    assert [status(f"{STORY}cambios/"), status(f"{STORY}cambios/{query}"), status(f"{STORY}versiones/9/")] == [
        200,
        404,
        404,
    ]


def test_evidence_says_where_in_it_the_proof_stands(plan: Plan, words: Read) -> None:
    said = words(f"{STORY}evidencia/1/")
    for part in (
        "Lo que dice Se repararon 12 de 20 fugas. Página 7",
        "Demuestra Publicar la bitácora 1 del agua",
        "Abrir en su sitio",
    ):
        assert part in said


def test_evidence_kept_as_a_file_shows_its_fingerprint_and_where_to_open_it(
    plan: Plan, words: Read, read: Read, settings: Any, tmp_path: Path
) -> None:
    settings.BLOB_ROOT = tmp_path
    blob = keep(upload=SimpleUploadedFile("bitacora.csv", "fuga,días\n1,2\n".encode()))
    row = Evidence(
        commitment=Commitment.objects.get(code="agua-1"), number=8, title=text("Bitácora guardada"), blob=blob
    )
    with transaction.atomic():
        act_many("evidence.submitted", [row], by=make.BY)
    said = words(f"{STORY}evidencia/8/")
    assert f"Calcula la de tu copia y compárala: {blob.sha256}" in said
    assert "Demuestra El compromiso; la fuente no dice qué actividad" in said
    assert f'<a class="btn" href="{reverse("documents:blob", args=[blob.sha256])}"' in read(f"{STORY}evidencia/8/")


def test_evidence_with_personal_data_is_seen_nowhere(plan: Plan, read: Read) -> None:
    row = Commitment.objects.get(code="agua-1")
    shown = Evidence.objects.get(commitment=row, number=1)
    Evidence.objects.create(
        commitment=row, activity=shown.activity, number=9, title=text("Lista con nombres"), personal_data=True
    )
    assert "Bitácora de enero 1" in read(STORY)
    assert status(f"{STORY}evidencia/1/") == 200
    assert "Lista con nombres" not in read(STORY) + read("/ejemplo/actividades/1/")
    assert status(f"{STORY}evidencia/9/") == 404


def test_a_draft_is_not_found_and_named_nowhere(plan: Plan, read: Read) -> None:
    row = make.draft(plan)
    Activity.objects.create(jurisdiction=plan.jurisdiction, number=77, commitment=row, title=text("Paso secreto"))
    for path in (
        "compromisos/secreto/",
        "compromisos/secreto/versiones/1/",
        "compromisos/secreto/cambios/",
        "actividades/77/",
    ):
        assert status(f"/ejemplo/{path}") == 404
    assert "secreto" not in read("/ejemplo/planes/1/") + read("/ejemplo/planes/")
    assert "1 compromiso" in read("/ejemplo/planes/")


def test_a_plan_that_is_not_published_hides_all_that_belongs_to_it(db: None, noon: Any) -> None:
    place = make.place()
    plan = Plan.objects.create(jurisdiction=place, number=1, slug="p", title=text("Plan"))
    row = Commitment.objects.create(jurisdiction=place, plan=plan, code="agua-1", title=text("Agua"))
    Activity.objects.create(jurisdiction=place, number=1, commitment=row, title=text("Paso"))
    assert [status(path) for path in PAGES] == [200, 404, 404, 404, 404, 404, 404, 404, 404]


def test_a_commitment_that_goes_on_from_a_hidden_one_does_not_name_it(plan: Plan, read: Read) -> None:
    hidden, row = make.draft(plan), Commitment.public_rows().get(code="agua-1")
    hidden.continues = row
    hidden.save()
    assert "secreto" not in read(STORY)


def test_no_page_of_one_jurisdiction_answers_in_another(plan: Plan) -> None:
    make.place("otro")
    assert [status(path) for path in PAGES] == [200] * 9
    assert [status(path.replace("/ejemplo/", "/otro/")) for path in PAGES] == [200] + [404] * 8


def test_a_plan_tells_its_dates_phases_and_what_is_to_come(plan: Plan, words: Read) -> None:
    said = words("/ejemplo/planes/1/")
    for part in (
        "Plan 1 · 1 de enero de 2026 – 31 de agosto de 2027 · quedan 533 días",
        "Implementación quedan 471 días",
        "Agua para todas. Ana Ejemplo, Presidenta, Vecinas y Agua A.C.",
        "A largo plazo Agua limpia y cuentas claras.",
        "Vecinas y Agua A.C. · Presidencia · 1 de diciembre de 2025 no gubernamental",
        "1 de mayo de 2026 Actualizar el sitio público quedan 46 días cada 4 meses · 1 de 4",
        "Acta de instalación",
        "Agua que se puede revisar 1 La institución dice Sin reporte La ciudadanía verificó Sin reporte",
    ):
        assert part in said, part


def test_the_manual_reads_as_rules_and_each_version_keeps_its_address(plan: Plan, words: Read) -> None:
    said = words("/ejemplo/planes/1/manual/")
    assert "Es la versión vigente, desde el 1 de enero de 2026 ." in said
    assert (
        "Todas las instituciones Publicación de información Datos abiertos Al menos 2 piezas : conjunto de datos, página web "
        "5 días hábiles después de la fecha compromiso"
    ).replace(" :", ":") in said


def test_an_older_and_a_coming_manual_say_that_they_do_not_rule(plan: Plan, words: Read) -> None:
    rules = [{"institution": "organismo-de-agua", "minimum": 1, "deadline": {"months": 1}}]
    for version, day in ((2, dt.date(2026, 3, 1)), (3, dt.date(2026, 9, 1))):
        with transaction.atomic():
            row = Manual(plan=plan, version=version, in_force_from=day, rules=rules, reason="Se acordó en sesión")
            act_many("manual.published", [row], by=make.BY)
    said = {n: words(f"/ejemplo/planes/1/manual/?version={n}") for n in (1, 2, 3)}
    assert "Esta versión ya no es la vigente. Rigió desde el 1 de enero de 2026 ." in said[1]
    assert "Es la versión vigente, desde el 1 de marzo de 2026 . Por qué se cambió: Se acordó en sesión" in said[2]
    assert "Esta versión todavía no rige: empieza el 1 de septiembre de 2026 ." in said[3]
    assert (
        "Organismo de Agua Todos los tipos No se dice Al menos 1 pieza 1 mes después de la fecha compromiso" in said[2]
    )
    assert words("/ejemplo/planes/1/manual/") == said[2]


def test_an_indicator_prints_its_thresholds_beside_its_light(plan: Plan, words: Read) -> None:
    said = words(f"{STORY}indicadores/1/")
    for part in (
        "Umbrales «Simple», los del plan.",
        "En meta 90 % o más Cerca de la meta de 60 a menos de 90 % Lejos de la meta menos de 60 %",
        "Nivel Componente",
        "Línea base 40 (2024)",
        "Sí, por el Comité",
        "No es la luz de la ciudadanía",
    ):
        assert part in said, part


def test_a_page_costs_the_same_queries_with_one_row_and_with_three(
    db: None, noon: Any, queries: Callable[[str], int]
) -> None:
    make.made(make.plan(1, 1), "uno")
    make.made(make.plan(3, 3), "tres")
    few, many = ({path: queries(path.replace("ejemplo", place)) for path in PAGES} for place in ("uno", "tres"))
    assert few == many
    assert max(many.values()) <= 30
