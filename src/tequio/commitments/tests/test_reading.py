"""An old version of a commitment, read field by field in words."""

from typing import Any

import pytest

from tequio.commitments.models import Commitment
from tequio.commitments.reading import own_fields, parts, said
from tequio.commitments.tests import make
from tequio.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ({"es": "Agua", "en": "Water"}, "Agua"),
        ({"name": "ITEI", "sector": "autonomous", "slug": "itei", "words": "I.T.E.I."}, "ITEI · I.T.E.I."),
        ({"name": "ITEI", "words": "ITEI", "note": {"es": "extinto"}}, "ITEI · extinto"),
        ({"period": "2025-06", "value": "1200.50"}, "junio de 2025: 1\u202f200.5"),
        ({"low": "limited", "high": "substantial", "by": "informe"}, "Limitado – Sustancial · informe"),
        ({"low": "complete", "high": "complete"}, "Completo"),
        ({"key": "transparency", "reason": {"es": "Se publica"}}, "Transparencia: Se publica"),
        ({"key": "transparency"}, "Transparencia"),
        ({"type": "dataset", "words": {"es": "CSV"}}, "Conjunto de datos: CSV"),
        ([{"es": "a"}, {"es": "b"}, {}], "a, b"),
        ({"symbol": "a", "name": {"es": "Reparadas"}}, "a · Reparadas"),
    ],
)
def test_anything_in_a_document_can_be_said_in_words(value: Any, words: str) -> None:
    assert said(value) == words


def test_a_stored_version_reads_whole_and_leaves_out_what_is_empty(plan: Plan) -> None:
    document = Commitment.objects.get(code="agua-1").versions.get(number=1).document
    shown = {str(field.label): field for field in own_fields(document)}
    assert shown["Problema público"].prose == make.both(
        "Nadie sabe cuántas fugas hay.", "Nobody knows how many leaks there are."
    )
    assert shown["Poder u orden"].words == "Gobierno municipal"
    assert shown["Término"].words == "30 de junio de 2027"
    assert shown["Metas de los ODS"].lines == ("6.4 Agua limpia y saneamiento",)
    assert "Continúa a" not in shown
    assert [(str(name), len(rows)) for name, rows in parts(document)] == [
        ("Actividades", 2),
        ("Indicadores", 2),
        ("Recursos", 2),
        ("Evidencia", 2),
    ]
