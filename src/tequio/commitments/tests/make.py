"""An invented plan as a plan document in which every part of a commitment's story has something to say, and its loading."""

import datetime as dt
from typing import Any

from django.db import transaction

from tequio.commitments.document.dump import dump_commitment
from tequio.commitments.document.load import load
from tequio.commitments.models import Activity, Commitment, Pause, RoadmapVersion
from tequio.common.i18n import text
from tequio.places.actions import create_jurisdiction
from tequio.places.models import Jurisdiction
from tequio.plans.models import Plan
from tequio.record.append import Actor, act, act_many

BY = Actor(role="secretariat")
Document = dict[str, Any]


def both(es: str, en: str) -> Document:
    """A text in two languages."""
    return {"es": es, "en": en}


def activity(n: int, **more: Any) -> Document:
    """An activity with everything an activity may tell."""
    return {
        "title": both(f"Publicar la bitácora {n} del agua", f"Publish water log {n}"),
        "kind": "publication",
        "description": both("Se publica cada mes, con las fugas reparadas.", "Published monthly, with leaks repaired."),
        "expected_output": both("Una bitácora abierta", "An open log"),
        "start": "2026-01-15",
        "due": f"2026-{3 + n:02}-28",
        "responsible_words": "Jefatura de Redes",
        "lead": {"name": "Organismo de Agua", "sector": "gov_municipal"},
        "supporting": [{"name": "Vecinas y Agua A.C.", "sector": "cso"}],
        "means_of_verification": [{"type": "dataset", "words": both("Archivo CSV", "CSV file")}, {"type": "web_page"}],
        "indicator": 1,
        **more,
    }


def indicator(n: int = 1, **more: Any) -> Document:
    """An indicator with its ficha técnica, two targets and three values."""
    return {
        "name": both(f"Fugas reparadas en 48 horas ({n})", f"Leaks repaired in 48 hours ({n})"),
        "level": "componente",
        "definition": both("Parte de las fugas que se reparan a tiempo.", "Share of leaks repaired in time."),
        "method": both("a / b × 100", "a / b × 100"),
        "variables": [{"symbol": "a", "name": both("Reparadas", "Repaired"), "unit": "fugas", "source": "Bitácora"}],
        "unit": "%",
        "frequency": "trimestral",
        "kind": "gestion",
        "dimension": "eficacia",
        "direction": "ascendente",
        "disaggregation": ["municipio"],
        "responsible_unit": {"name": "Organismo de Agua"},
        "baseline_value": "40",
        "baseline_year": 2024,
        "targets": [
            {"period": "2025", "value": "60"},
            {"period": "2026", "value": "80", "note": both("Anual", "Yearly")},
        ],
        "values": [
            {"period": "2025-06", "value": "45"},
            {
                "period": "2025-12",
                "value": "58.5",
                "evidence_words": "Bitácora",
                "evidence_url": "https://ejemplo.org/b",
            },
            {"period": "2026-03", "value": "66", "verified": True},
        ],
        "means": [{"document": both("Bitácora", "Log"), "unit": "Redes", "frequency": "mensual"}],
        "assumptions": both("Hay refacciones.", "Parts are in stock."),
        **more,
    }


def commitment(n: int = 1, rows: int = 2, **more: Any) -> Document:
    """A commitment with every field, and ``rows`` of each of its parts."""
    return {
        "code": f"agua-{n}",
        "ogp_id": f"VE{n:04}",
        "title": both(f"Agua que se puede revisar {n}", f"Water that can be checked {n}"),
        "branch": "municipal",
        "origin": "cocreated",
        "novelty": "new",
        "horizon": "medium",
        "lead": {"name": "Organismo de Agua", "sector": "gov_municipal"},
        "supporting": [
            {"name": "Vecinas y Agua A.C.", "sector": "cso", "words": "Vecinas y Agua A.C. A.C."},
            {"name": "Universidad del Ejemplo", "sector": "academia"},
        ],
        "start": "2026-01-01",
        "end": "2027-06-30",
        "problem": both("Nadie sabe cuántas fugas hay.", "Nobody knows how many leaks there are."),
        "causes": both("No se anotan.", "They are not written down."),
        "status_quo": both("Se atiende por teléfono.", "Handled by phone."),
        "action": both("Publicar cada fuga y su reparación.", "Publish each leak and its repair."),
        "contribution": both("Cualquiera puede revisar.", "Anybody can check."),
        "early_results": both("Menos quejas.", "Fewer complaints."),
        "values": [{"key": "transparency", "reason": both("Se publica todo.", "All is published.")}],
        "policy_areas": ["open_data"],
        "sdg_targets": [{"code": "6.4", "role": "main"}],
        "target_groups": [both("personas mayores", "older persons")],
        "assessments": [
            {
                "low": "limited",
                "high": "substantial",
                "words": "From limited to substantial",
                "by": "end-of-commitment report",
            }
        ],
        "activities": [activity(m) for m in range(1, rows + 1)],
        "indicators": [indicator(m) for m in range(1, rows + 1)],
        "money": [
            {
                "fiscal_year": 2026,
                "earmarked": "120000",
                "released": "90000",
                "spent": "30000.50",
                "source": f"Ramo {m}",
                "budget_line": "3361",
            }
            for m in range(1, rows + 1)
        ],
        "evidence": [
            {
                "title": both(f"Bitácora de enero {m}", f"January log {m}"),
                "kind": "dataset",
                "activity": 1,
                "date": "2026-02-03",
                "url": f"https://ejemplo.org/bitacora-{m}.csv",
                "page": "7",
                "quote": "Se repararon 12 de 20 fugas.",
                "source": "Organismo de Agua",
                "licence": "CC BY 4.0",
            }
            for m in range(1, rows + 1)
        ],
        "sources": ["https://ejemplo.org/plan"],
        **more,
    }


def plan(commitments: int = 1, rows: int = 2, **more: Any) -> Document:
    """A plan with every field; 2026-03-16, the day of the tests' clock, lies in its implementation."""
    return {
        "number": 1,
        "title": both("Plan de Agua Abierta 2026-2027", "Open Water Plan 2026-2027"),
        "summary": both("Un plan inventado.", "An invented plan."),
        "start": "2026-01-01",
        "end": "2027-08-31",
        "submitted_on": "2025-12-15",
        "term_name": "Administración 2024-2027",
        "term_start": "2024-10-01",
        "term_end": "2027-09-30",
        "phases": [
            {"key": "cocreation", "start": "2025-08-01", "end": "2025-11-30"},
            {"key": "submitted", "start": "2025-12-15"},
            {"key": "implementation", "start": "2026-01-01", "end": "2027-06-30"},
            {"key": "learning", "start": "2027-07-01"},
        ],
        "forewords": [
            {
                "author": "Ana Ejemplo",
                "office": "Presidenta",
                "institution": "Vecinas y Agua A.C.",
                "text": both("Agua para todas.", "Water for all."),
            }
        ],
        "vision": both("Agua limpia y cuentas claras.", "Clean water, clear accounts."),
        "goals": [both("Reparar a tiempo.", "Repair in time.")],
        "endorsements": [
            {
                "organisation": "Vecinas y Agua A.C.",
                "office": "Presidencia",
                "date": "2025-12-01",
                "is_government": False,
            }
        ],
        "holidays": ["2026-05-01"],
        "institutions": [{"name": "Organismo de Agua", "sector": "gov_municipal"}],
        "documents": [
            {
                "title": both("Acta de instalación", "Founding act"),
                "url": "https://ejemplo.org/acta.pdf",
                "date": "2025-08-01",
            }
        ],
        "manual": {
            "in_force_from": "2026-01-01",
            "rules": [
                {
                    "institution": "",
                    "activity_kind": "",
                    "metric": both("Producto publicado", "Output published"),
                    "accepted": ["document"],
                    "minimum": 1,
                    "deadline": {"days": 10, "calendar": "natural"},
                },
                {
                    "institution": "",
                    "activity_kind": "publication",
                    "metric": both("Datos abiertos", "Open data"),
                    "accepted": ["dataset", "web_page"],
                    "minimum": 2,
                    "deadline": {"days": 5, "calendar": "working"},
                },
            ],
        },
        "sources": ["https://ejemplo.org/plan"],
        "commitments": [commitment(n, rows) for n in range(1, commitments + 1)],
        **more,
    }


def place(slug: str = "ejemplo", **more: Any) -> Jurisdiction:
    """A jurisdiction of its own."""
    return create_jurisdiction(slug=slug, name=slug.title(), kind="municipality", by=BY, **more)


def made(document: Document | None = None, slug: str = "ejemplo") -> Plan:
    """The plan loaded and published in a jurisdiction of its own."""
    found = load(document or plan(), jurisdiction=place(slug), by=BY).plan
    assert found is not None
    return found


def paused(row: Activity, start: dt.date, end: dt.date | None, reason: str = "Lluvias") -> Pause:
    """A documented pause of an activity's deadline."""
    number = row.pauses.count() + 1
    pause = Pause(activity=row, number=number, start=start, end=end, reason=text(reason, "Rain"), basis="Acta 4")
    with transaction.atomic():
        act_many("pause.recorded", [pause], by=BY)
    return pause


def changed(row: Commitment, day: dt.date, reason: str = "Faltaba el sur", **fields: Any) -> RoadmapVersion:
    """The commitment changed by the road map, with its new version."""
    with transaction.atomic():
        with act("commitment.changed", row, by=BY, why=reason):
            for name, value in fields.items():
                setattr(row, name, value)
            row.roadmap_version += 1
        version = RoadmapVersion(
            commitment=row,
            number=row.roadmap_version,
            document=dump_commitment(Commitment.public_rows().get(pk=row.pk)),
            made_on=day,
            reason=reason,
            requested_by="Organismo de Agua",
            decision="Acuerdo 3",
            decided_on=day,
        )
        act_many("roadmap.version_made", [version], by=BY)
    return version


def draft(found: Plan, code: str = "secreto") -> Commitment:
    """A commitment that nobody but its authors may see."""
    return Commitment.objects.create(
        jurisdiction=found.jurisdiction, plan=found, code=code, title=text("Compromiso secreto", "Secret commitment")
    )
