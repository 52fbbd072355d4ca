"""Short ways to write a plan document by hand: texts in two languages, days around today, and the parts of a commitment."""

import datetime as dt
from typing import Any

Document = dict[str, Any]
Text = dict[str, str]
WORKS = "https://example.org/valle-del-ejemplo"  # an address kept for examples (RFC 2606)


def both(es: str, en: str) -> Text:
    """A text in the two languages."""
    return {"es": es, "en": en}


class Days:
    """Days counted from the day on which the demo is loaded, written as dates."""

    def __init__(self, today: dt.date) -> None:
        self.today = today

    def date(self, offset: int) -> dt.date:
        """The day so many days from today."""
        return self.today + dt.timedelta(days=offset)

    def __call__(self, offset: int) -> str:
        return self.date(offset).isoformat()

    def month(self, offset: int) -> str:
        """The month of that day."""
        return self(offset)[:7]

    def year(self, offset: int = 0) -> int:
        """The year of that day."""
        return self.date(offset).year


def activity(
    title: Text,
    output: Text,
    *,
    start: str,
    due: str,
    kind: str,
    weight: str,
    means: str,
    responsible: int,
    **more: Any,
) -> Document:
    """An activity; ``means`` is the type of evidence that shows that it was done."""
    return {
        "title": title,
        "expected_output": output,
        "start": start,
        "due": due,
        "kind": kind,
        "weight": weight,
        "means_of_verification": [{"type": means, "words": output}],
        "responsible_role": responsible,
        **more,
    }


def evidence(title: Text, *, kind: str, activity: int, date: str, **more: Any) -> Document:
    """A piece of evidence of the activity with that place in its commitment."""
    piece = {"title": title, "kind": kind, "activity": activity, "date": date, "licence": "CC BY 4.0", **more}
    if "sha256" not in piece:
        piece.setdefault("url", f"{WORKS}/evidencia-{activity}-{kind.replace('_', '-')}")
    return piece


def value(key: str, es: str, en: str) -> Document:
    """A value of open government with the reason why it is one here."""
    return {"key": key, "reason": both(es, en)}


def indicator(
    name: Text,
    definition: Text,
    method: Text,
    *,
    unit: str,
    unit_slug: str,
    baseline: str,
    year: int,
    targets: list[tuple[str, str]],
    values: list[tuple[str, str]],
    **more: Any,
) -> Document:
    """An indicator with its technical sheet; targets and values are pairs of period and figure."""
    return {
        "name": name,
        "level": "componente",
        "definition": definition,
        "method": method,
        "unit": unit,
        "frequency": "trimestral",
        "kind": "gestion",
        "dimension": "eficacia",
        "accumulation": "periodico",
        "direction": "ascendente",
        "collection_period": "Los primeros diez días de cada trimestre",
        "availability": "A los quince días del cierre del trimestre",
        "responsible_unit": {"slug": unit_slug, "name": unit_slug},
        "baseline_value": baseline,
        "baseline_year": year,
        "targets": [{"period": period, "value": figure} for period, figure in targets],
        "values": [
            {"period": period, "value": figure, "reported_by": "Enlace de la institución (de práctica)"}
            for period, figure in values
        ],
        "means": [
            {"document": both("Registro mensual", "Monthly log"), "frequency": "mensual", "url": f"{WORKS}/registro"}
        ],
        "assumptions": both("El registro se llena cada semana.", "The log is filled in every week."),
        **more,
    }
