"""Two commitments of Valle del Ejemplo (invented) on public money: a budget that people understand, and purchasing."""

from collections.abc import Mapping

from tequio.portal.demo.valle_people import Cast
from tequio.portal.demo.writing import WORKS, Days, Document, activity, both, evidence, indicator, value

LEAD = {"slug": "tesoreria", "name": "Tesorería Municipal de Valle del Ejemplo"}


def budget(day: Days, cast: Cast, files: Mapping[str, str]) -> Document:
    """The commitment on the budget: what the institution says and what citizens verified are far apart here."""
    tomas = cast["tomas"].number
    return {
        "code": "presupuesto-1",
        "number": 2,
        "title": both("Presupuesto que se entiende", "A budget that people understand"),
        "branch": "municipal",
        "lead": LEAD,
        "supporting": [{"slug": "cuentas-claras", "name": "Colectivo Cuentas Claras (organización de ejemplo)"}],
        "head_role": cast[""].number,
        "liaison_role": tomas,
        "start": day(-360),
        "end": day(240),
        "problem": both(
            "El presupuesto se publica en tablas que casi nadie entiende.",
            "The budget is published in tables that hardly anybody understands.",
        ),
        "causes": both(
            "Se escribe para la auditoría, no para la gente.", "It is written for auditors, not for people."
        ),
        "status_quo": both("Hay un archivo de 400 páginas escaneadas.", "There is one file of 400 scanned pages."),
        "action": both(
            "Publicar un presupuesto ciudadano, sus datos abiertos y una consulta por barrio antes de aprobarlo.",
            "Publish a citizens' budget, its open data and a consultation by neighbourhood before it is approved.",
        ),
        "contribution": both(
            "La gente puede opinar antes de que se decida el gasto.", "People can be heard before spending is decided."
        ),
        "origin": "cocreated",
        "novelty": "new",
        "horizon": "medium",
        "values": [
            value(
                "transparency",
                "El gasto se explica con palabras y figuras.",
                "Spending is explained in words and figures.",
            ),
            value(
                "participation",
                "Cada barrio opina antes de la aprobación.",
                "Each neighbourhood is heard before approval.",
            ),
        ],
        "policy_areas": ["fiscal_openness", "public_participation_in_budget_fiscal_policy"],
        "sector": "finance_and_budget",
        "challenge_areas": ["fiscal_openness"],
        "sdg_targets": [{"code": "16.6", "role": "main"}, {"code": "16.7", "role": "secondary"}],
        "target_groups": [both("barrios y rancherías", "neighbourhoods and villages")],
        "sources": [f"{WORKS}/presupuesto"],
        "activities": [
            activity(
                both("Escribir el presupuesto ciudadano", "Write the citizens' budget"),
                both("Cuaderno de 12 páginas", "Booklet of 12 pages"),
                start=day(-350),
                due=day(-240),
                kind="publication",
                weight="25",
                means="document",
                responsible=tomas,
                indicator=1,
            ),
            activity(
                both("Publicar los datos del gasto", "Publish the data on spending"),
                both("Datos abiertos trimestrales", "Quarterly open data"),
                start=day(-240),
                due=day(-100),
                kind="publication",
                weight="25",
                means="dataset",
                responsible=tomas,
            ),
            activity(
                both("Consultar a los barrios", "Consult the neighbourhoods"),
                both("Relatoría de cinco reuniones", "Report of five meetings"),
                start=day(-160),
                due=day(-70),
                kind="meeting",
                weight="20",
                means="minute",
                responsible=tomas,
            ),
            activity(
                both("Responder a cada propuesta", "Answer each proposal"),
                both("Respuesta escrita a cada propuesta", "Written answer to each proposal"),
                start=day(-90),
                due=day(-35),
                kind="other",
                weight="20",
                means="official_letter",
                responsible=tomas,
            ),
            activity(
                both("Publicar qué se cambió por la consulta", "Publish what the consultation changed"),
                both("Informe breve", "Short report"),
                start=day(10),
                due=day(150),
                kind="study",
                weight="10",
                means="document",
                responsible=tomas,
            ),
        ],
        "indicators": [
            indicator(
                both("Personas que entienden el presupuesto", "People who understand the budget"),
                both(
                    "Personas encuestadas que contestan bien tres preguntas.",
                    "People surveyed who answer three questions rightly.",
                ),
                both("(Aciertos ÷ personas encuestadas) × 100", "(Right answers ÷ people surveyed) × 100"),
                unit="%",
                unit_slug="tesoreria",
                baseline="20",
                year=day.year(-400),
                targets=[(day.month(-30), "60")],
                values=[(day.month(-200), "24"), (day.month(-30), "33")],
                disaggregation=["sexo", "edad"],
            ),
            indicator(
                both("Propuestas con respuesta", "Proposals with an answer"),
                both(
                    "Propuestas de la consulta que ya tienen respuesta escrita.",
                    "Proposals of the consultation that have a written answer.",
                ),
                both("(Respuestas ÷ propuestas) × 100", "(Answers ÷ proposals) × 100"),
                unit="%",
                unit_slug="tesoreria",
                baseline="0",
                year=day.year(-400),
                targets=[(day.month(-30), "100")],
                values=[(day.month(-60), "45"), (day.month(-30), "80")],
            ),
        ],
        "money": [
            {
                "kind": "money",
                "fiscal_year": day.year(-200),
                "earmarked": "180000",
                "released": "120000",
                "spent": "95400",
                "source": "Recurso municipal (inventado)",
            },
        ],
        "evidence": [
            evidence(
                both("Presupuesto ciudadano", "Citizens' budget"),
                kind="document",
                activity=1,
                date=day(-244),
                sha256=files["booklet"],
                page="1",
            ),
            evidence(
                both("Datos del primer trimestre", "Data of the first quarter"),
                kind="dataset",
                activity=2,
                date=day(-98),
            ),
            evidence(
                both("Relatoría de dos reuniones", "Report of two meetings"), kind="minute", activity=3, date=day(-66)
            ),
        ],
    }


def purchases(day: Days, cast: Cast) -> Document:
    """The commitment on purchasing: nothing reported yet, one activity late."""
    tomas = cast["tomas"].number
    return {
        "code": "compras-1",
        "number": 5,
        "title": both("Compras a la vista de todos", "Purchasing in everybody's sight"),
        "branch": "municipal",
        "lead": LEAD,
        "supporting": [{"slug": "camara", "name": "Cámara de Comercio del Ejemplo"}],
        "head_role": cast[""].number,
        "liaison_role": tomas,
        "start": day(-40),
        "end": day(320),
        "problem": both(
            "Los negocios locales no se enteran a tiempo de lo que compra el municipio.",
            "Local businesses do not learn in time what the municipality buys.",
        ),
        "causes": both("Las convocatorias se publican en un muro.", "Calls are published on a wall."),
        "status_quo": both(
            "Tres negocios ganan siete de cada diez contratos (dato inventado).",
            "Three businesses win seven of every ten contracts (invented figure).",
        ),
        "action": both(
            "Publicar cada compra desde que se planea hasta que se paga.",
            "Publish every purchase from planning to payment.",
        ),
        "contribution": both(
            "Cualquiera puede comparar precios y avisar de algo raro.",
            "Anybody can compare prices and report what looks odd.",
        ),
        "origin": "proactive",
        "novelty": "new",
        "horizon": "short",
        "values": [
            value("transparency", "Cada compra se ve completa.", "Every purchase is seen whole."),
            value("technology", "Los datos siguen un estándar abierto.", "The data follow an open standard."),
        ],
        "policy_areas": ["open_contracting", "anti_corruption"],
        "sector": "finance_and_budget",
        "challenge_areas": ["anti_corruption"],
        "sdg_targets": [{"code": "12.7", "role": "main"}],
        "target_groups": [both("pequeños negocios", "small businesses")],
        "sources": [f"{WORKS}/compras"],
        "activities": [
            activity(
                both("Publicar el calendario de compras", "Publish the calendar of purchases"),
                both("Calendario anual", "Yearly calendar"),
                start=day(-38),
                due=day(-25),
                kind="publication",
                weight="20",
                means="web_page",
                responsible=tomas,
            ),
            activity(
                both("Elegir el estándar de datos", "Choose the data standard"),
                both("Nota técnica", "Technical note"),
                start=day(-20),
                due=day(12),
                kind="study",
                weight="20",
                means="document",
                responsible=tomas,
            ),
            activity(
                both("Abrir el portal de compras", "Open the purchasing site"),
                both("Sitio con todas las compras", "Site with every purchase"),
                start=day(20),
                due=day(180),
                kind="platform",
                weight="40",
                means="web_page",
                responsible=tomas,
            ),
            activity(
                both("Enseñar a los negocios a usarlo", "Teach businesses to use it"),
                both("Tres talleres", "Three workshops"),
                start=day(150),
                due=day(260),
                kind="training",
                weight="20",
                means="attendance_list",
                responsible=tomas,
            ),
        ],
        "indicators": [
            indicator(
                both("Compras publicadas completas", "Purchases published whole"),
                both(
                    "Compras con datos de plan, contrato y pago.", "Purchases with data on plan, contract and payment."
                ),
                both("(Compras completas ÷ compras) × 100", "(Whole purchases ÷ purchases) × 100"),
                unit="%",
                unit_slug="tesoreria",
                baseline="0",
                year=day.year(-60),
                targets=[(day.month(300), "90")],
                values=[],
            )
        ],
        "money": [
            {
                "kind": "money",
                "fiscal_year": day.year(),
                "earmarked": "250000",
                "source": "Recurso municipal (inventado)",
                "note": both("Todavía no se entrega.", "Not released yet."),
            }
        ],
    }
