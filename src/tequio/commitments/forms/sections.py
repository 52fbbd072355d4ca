"""The sections of plans and commitments, a form each, and the forms of activities, indicators and money."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.commitments.document import fields, labels
from tequio.commitments.forms.inputs import LinesField, first_value, input_for
from tequio.common.dates import PartialDate
from tequio.common.forms import TextFormField
from tequio.people.models import Organisation, Role
from tequio.places.models import Jurisdiction
from tequio.vocabularies import terms

Doc = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A section: its key in the address, its heading, a sentence of help, and the document's fields that it holds."""

    key: str
    title: str | Promise
    hint: str | Promise
    fields: tuple[str, ...]


COMMITMENT_SECTIONS = (
    Section(
        "basics",
        gettext_lazy("Lo básico"),
        gettext_lazy("Qué es, de quién y de cuándo a cuándo."),
        ("title", "ogp_id", "branch", "origin", "novelty", "horizon", "start", "end"),
    ),
    Section(
        "story",
        gettext_lazy("Problema y promesa"),
        gettext_lazy(
            "En palabras que entienda cualquiera. La situación actual es la de antes: aquí no van los avances."
        ),
        ("problem", "causes", "status_quo", "action", "contribution", "target_groups"),
    ),
    Section(
        "people",
        gettext_lazy("Quiénes"),
        gettext_lazy("La institución responsable, su titular y su enlace, y quienes apoyan."),
        ("lead", "head_role", "liaison_role", "supporting"),
    ),
    Section(
        "alignment",
        gettext_lazy("Valores y alineación"),
        gettext_lazy("Al menos un valor central, cada uno con su razón."),
        ("values", "policy_areas", "sector", "challenge_areas", "sdg_targets"),
    ),
    Section(
        "money",
        gettext_lazy("Recursos"),
        gettext_lazy("Con qué se hará. Si no hay recurso, dilo y explica por qué: no se deja en blanco."),
        ("unfunded", "unfunded_reason"),
    ),
)
PLAN_SECTIONS = (
    Section(
        "basics",
        gettext_lazy("Lo básico"),
        gettext_lazy("Título, fechas y administración."),
        ("title", "summary", "start", "end", "term_name", "term_start", "term_end"),
    ),
    Section("phases", gettext_lazy("Fases"), gettext_lazy("Cuándo empieza y termina cada fase."), ("phases",)),
    Section(
        "vision",
        gettext_lazy("Visión estratégica"),
        gettext_lazy("Hacia dónde va el gobierno abierto en este territorio."),
        ("vision", "achievements", "challenges", "goals", "plan_contribution", "administration_alignment"),
    ),
    Section(
        "people",
        gettext_lazy("Instituciones y respaldos"),
        gettext_lazy("Quiénes participan, quién presenta el plan y quién lo respalda."),
        ("institutions", "forewords", "endorsements"),
    ),
    Section(
        "manual",
        gettext_lazy("Manual de cumplimiento"),
        gettext_lazy("Con qué se mide cada tipo de actividad, qué evidencia se acepta y cómo corre el plazo."),
        ("manual", "holidays"),
    ),
    Section(
        "settings",
        gettext_lazy("Semáforo y avisos"),
        gettext_lazy("Umbrales de los indicadores y días para avisar que algo vence."),
        ("thresholds_preset", "due_soon_days"),
    ),
)
ITEM_FIELDS = {
    "activities": (
        *("title", "kind", "description", "expected_output", "start", "due", "responsible_role", "responsible_words"),
        *("lead", "supporting", "weight", "means_of_verification", "indicator", "horizon"),
    ),
    "indicators": (
        *("name", "level", "definition", "method", "unit", "frequency", "kind", "dimension", "accumulation"),
        *("direction", "baseline_value", "baseline_year", "no_baseline_reason", "targets", "responsible_unit"),
        *("assumptions", "remarks"),
    ),
    "money": ("kind", "fiscal_year", "earmarked", "released", "spent", "currency", "source", "budget_line", "note"),
}
TABLES = {"plan": (fields.PLAN, labels.PLAN), "commitment": (fields.COMMITMENT, labels.COMMITMENT)}
TABLES |= {part: (table, labels.PARTS[part][0]) for part, table in fields.PARTS.items()}
LINES = {
    "forewords": (
        ("author", "office", "institution", "text"),
        gettext_lazy("Un renglón: autora o autor | cargo | institución | texto"),
    ),
    "endorsements": (
        ("organisation", "office", "person", "date"),
        gettext_lazy(
            "Un renglón: organización | cargo | persona | fecha (2025-03-01). Si es de gobierno, termina con | gobierno"
        ),
    ),
    "manual": (
        ("activity_kind", "institution", "metric", "accepted", "minimum", "days", "calendar"),
        gettext_lazy(
            "Un renglón por regla: tipo de actividad | institución | qué se mide | evidencia aceptada, separada por comas "
            "| cuántas piezas | días | naturales o hábiles. Deja vacío lo que valga para todo."
        ),
    ),
}


class SectionForm(forms.Form):
    """A form for some fields of a document. ``changes()`` gives what to write into the draft."""

    revision = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        names: tuple[str, ...],
        document: Doc,
        revision: int,
        jurisdiction: Jurisdiction,
    ) -> None:
        super().__init__(data, initial={"revision": revision})
        self.kind, self.names = kind, names
        table, words = TABLES[kind]
        organisations = (
            _organisations(jurisdiction)
            if {"lead", "supporting", "institutions", "responsible_unit"} & set(names)
            else {}
        )
        roles = _roles(jurisdiction) if {"head_role", "liaison_role", "responsible_role"} & set(names) else []
        for name in names:
            if name == "values":
                self._add_values(document)
            elif name == "phases":
                self._add_phases(document)
            elif name in LINES:
                columns, hint = LINES[name]
                rows = document.get(name, [])
                value = _manual_lines(rows) if name == "manual" else _plain_lines(rows, name)
                self.fields[name] = LinesField(columns=columns, label=words[name], help_text=hint, required=False)
                self.initial[name] = value
            else:
                self.fields[name] = input_for(
                    table[name], name, label=words[name], organisations=organisations, roles=roles
                )
                self.initial[name] = first_value(document.get(name))

    def _add_values(self, document: Doc) -> None:
        chosen = {row["key"]: row.get("reason", {}) for row in document.get("values", [])}
        for key in terms.keys("ogp_value"):
            self.fields[f"value_{key}"] = forms.BooleanField(label=terms.label("ogp_value", key), required=False)
            self.fields[f"reason_{key}"] = TextFormField(
                label=_("Por qué: %(value)s") % {"value": terms.label("ogp_value", key)}, required=False
            )
            self.initial[f"value_{key}"] = key in chosen
            self.initial[f"reason_{key}"] = chosen.get(key, {})

    def _add_phases(self, document: Doc) -> None:
        known = {row["key"]: row for row in document.get("phases", [])}
        for key in terms.keys("plan_phase"):
            word = terms.label("plan_phase", key)
            for end, label in (("start", _("%(phase)s: empieza")), ("end", _("%(phase)s: termina"))):
                field = forms.DateField(
                    label=label % {"phase": word},
                    required=False,
                    widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                )
                self.fields[f"phase_{key}_{end}"] = field
                self.initial[f"phase_{key}_{end}"] = known.get(key, {}).get(end)

    def changes(self) -> Doc:
        """The document's fields as the person wrote them."""
        found: Doc = {}
        for name in self.names:
            if name == "values":
                found[name] = self._values()
            elif name == "phases":
                found[name] = self._phases()
            elif name == "manual":
                rules = [_rule(item) for item in self.cleaned_data[name]]
                found[name] = {"rules": rules} if rules else {}
            elif name == "endorsements":
                found[name] = [_endorsement(item) for item in self.cleaned_data[name]]
            elif name == "forewords":
                found[name] = [
                    {**row, "text": {"es": row["text"]}} if "text" in row else row for row in self.cleaned_data[name]
                ]
            else:
                found[name] = self.cleaned_data.get(name)
        return found

    def _values(self) -> list[Doc]:
        data = self.cleaned_data
        rows = [
            {"key": key, "reason": data[f"reason_{key}"]} for key in terms.keys("ogp_value") if data[f"value_{key}"]
        ]
        return [{name: value for name, value in row.items() if value} for row in rows]

    def _phases(self) -> list[Doc]:
        rows = []
        for key in terms.keys("plan_phase"):
            row = {end: self.cleaned_data.get(f"phase_{key}_{end}") for end in ("start", "end")}
            dated = {end: day.isoformat() for end, day in row.items() if day}
            if dated:
                rows.append({"key": key, **dated})
        return rows

    def clean(self) -> Doc:
        data = super().clean() or {}
        for start, end in (("start", "end"), ("start", "due"), ("term_start", "term_end")):
            first, last = _day(data.get(start)), _day(data.get(end))
            if first and last and last.last and first.first and last.last < first.first:
                self.add_error(end, ValidationError(_("Termina antes de empezar.")))
        for field in ("manual",):
            for item in data.get(field) or []:
                for message in _wrong_rule(item):
                    self.add_error(field, message)
        return data


def _day(value: Any) -> PartialDate | None:
    try:
        return PartialDate(value) if value else None
    except ValueError:
        return None


def _organisations(jurisdiction: Jurisdiction) -> dict[str, Doc]:
    rows = Organisation.objects.filter(jurisdiction=jurisdiction, replaced_by=None).order_by("name")
    return {
        row.slug: {
            key: value for key, value in (("slug", row.slug), ("name", row.name), ("sector", row.sector)) if value
        }
        for row in rows
    }


def _roles(jurisdiction: Jurisdiction) -> list[tuple[str, str]]:
    rows = Role.objects.filter(jurisdiction=jurisdiction, until=None).select_related("organisation", "office", "person")
    return [(str(row.number), f"{row.words}{f' · {row.public_name}' if row.public_name else ''}") for row in rows]


def _plain_lines(rows: list[Doc], name: str) -> list[Doc]:
    if name == "forewords":
        return [{**row, "text": row.get("text", {}).get("es", "")} for row in rows]
    return [
        {**row, "date": f"{row.get('date', '')}{' | gobierno' if row.get('is_government') else ''}"} for row in rows
    ]


def _endorsement(item: Doc) -> Doc:
    found = dict(item)
    for key, value in list(found.items()):
        if str(value).lower() == "gobierno" and key != "organisation":
            del found[key]
            found["is_government"] = True
    return found


CALENDARS = {"natural": "natural", "naturales": "natural", "working": "working", "habiles": "working"}


def _manual_lines(manual: Doc) -> list[Doc]:
    return [
        {
            "activity_kind": terms.label("activity_kind", rule["activity_kind"], "es")
            if rule.get("activity_kind")
            else "",
            "institution": rule.get("institution", ""),
            "metric": rule.get("metric", {}).get("es", ""),
            "accepted": ", ".join(terms.label("evidence_type", key, "es") for key in rule.get("accepted", [])),
            "minimum": rule.get("minimum", ""),
            "days": rule.get("deadline", {}).get("days", ""),
            "calendar": "hábiles" if rule.get("deadline", {}).get("calendar") == "working" else "naturales",
        }
        for rule in (manual or {}).get("rules", [])
    ]


def _wrong_rule(item: Doc) -> list[str]:
    wrong = []
    if item.get("activity_kind") and not terms.resolve("activity_kind", item["activity_kind"]):
        wrong.append(_("«%(words)s» no es un tipo de actividad.") % {"words": item["activity_kind"]})
    wrong += [
        _("«%(words)s» no es un tipo de evidencia.") % {"words": words.strip()}
        for words in item.get("accepted", "").split(",")
        if words.strip() and not terms.resolve("evidence_type", words)
    ]
    wrong += [
        _("«%(words)s» debe ser un número entero.") % {"words": item[key]}
        for key in ("minimum", "days")
        if item.get(key) and not item[key].isdigit()
    ]
    return wrong


def _rule(item: Doc) -> Doc:
    rule: Doc = {
        "institution": item.get("institution", ""),
        "activity_kind": terms.resolve("activity_kind", item.get("activity_kind", "")) or "",
        "metric": {"es": item["metric"]} if item.get("metric") else {},
        "accepted": [
            terms.resolve("evidence_type", words) for words in item.get("accepted", "").split(",") if words.strip()
        ],
        "minimum": int(item.get("minimum") or 0),
    }
    if item.get("days"):
        calendar = CALENDARS.get(terms.fold(item.get("calendar", "")), "natural")
        rule["deadline"] = {"days": int(item["days"]), "calendar": calendar, "from": "due"}
    return {key: value for key, value in rule.items() if value not in ("", {}, [], None)}
