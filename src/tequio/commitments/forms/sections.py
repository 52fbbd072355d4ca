"""The sections of plans and commitments, a form each, and the forms of activities, indicators and money."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.commitments.document import fields, labels
from tequio.commitments.forms import legend, rows, thresholds
from tequio.commitments.forms.inputs import first_value, input_for
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
        "legend",
        gettext_lazy("Palabras del semáforo"),
        gettext_lazy("Con qué palabras se lee cada luz en el tablero de este plan, y qué quiere decir."),
        ("legend",),
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
        *("name", "level", "definition", "method", "variables", "unit", "frequency", "kind", "dimension"),
        *("accumulation", "direction", "disaggregation", "baseline_value", "baseline_year", "baseline_note"),
        *("no_baseline_reason", "targets", "attainment_method", "thresholds", "means", "collection_period"),
        *("availability", "responsible_unit", "responsible_words", "assumptions", "remarks"),
    ),
    "money": ("kind", "fiscal_year", "earmarked", "released", "spent", "currency", "source", "budget_line", "note"),
}
HINTS = {
    "forewords": gettext_lazy("Quién presenta el plan, con sus palabras."),
    "endorsements": gettext_lazy("Hace falta al menos una organización que no sea de gobierno."),
    "manual": gettext_lazy(
        "Cuando dos reglas sirven para la misma actividad, vale la más particular: primero institución y tipo, luego "
        "institución, luego tipo, y al final la general."
    ),
    "targets": gettext_lazy("Una por periodo."),
    "variables": gettext_lazy("Cada símbolo del método: «a» y «b» si el método es (a / b) × 100."),
    "means": gettext_lazy("Dónde puede cualquiera comprobar los valores."),
    "thresholds": gettext_lazy("Valen si arriba eliges «Propios». Un tramo empieza donde acaba el anterior."),
    "sdg_targets": gettext_lazy("La principal y las que también ayuda a cumplir, cada una con su razón."),
}
WITH_INSTITUTIONS = {"lead", "supporting", "institutions", "responsible_unit", "manual"}
TABLES = {"plan": (fields.PLAN, labels.PLAN), "commitment": (fields.COMMITMENT, labels.COMMITMENT)}
TABLES |= {part: (table, labels.PARTS[part][0]) for part, table in fields.PARTS.items()}


class SectionForm(forms.Form):
    """A form for some fields of a document, lists as rows. ``changes()`` gives what to write into the draft; ``seen`` is
    what the form remembers of the draft that it shows (``actions.drafts.seen_of``)."""

    template_name = "commitments/work/section_form.html"
    revision = forms.RegexField(r"^\d+(-[0-9a-f]{16})?$", widget=forms.HiddenInput({"autocomplete": "off"}))

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        names: tuple[str, ...],
        document: Doc,
        revision: int | str,
        jurisdiction: Jurisdiction,
        plan_preset: str = "",
    ) -> None:
        self.quiet = rows.asked(data)
        if self.quiet:
            data = rows.rearranged(data)
        super().__init__(data, initial={"revision": revision})
        self.kind, self.names, self.document, self.plan_preset = kind, names, document, plan_preset
        table, words = TABLES[kind]
        organisations = _organisations(jurisdiction) if WITH_INSTITUTIONS & set(names) else {}
        roles = _roles(jurisdiction) if {"head_role", "liaison_role", "responsible_role"} & set(names) else []
        self.rows: dict[str, rows.Rows] = {}
        for name in names:
            if name == "values":
                self._add_values(document)
            elif name == "phases":
                self._add_phases(document)
            elif name == "legend":
                inputs, first = legend.fields(document.get(name) or {})
                self.fields.update(inputs)
                self.initial.update(first)
            elif name in rows.LISTS:
                if name == "thresholds":
                    field, self.initial[thresholds.CHOICE] = thresholds.choice_field(document.get(name) or {})
                    self.fields[thresholds.CHOICE] = field
                self._add_rows(name, words[name], organisations)
            else:
                self.fields[name] = input_for(
                    table[name], name, label=words[name], organisations=organisations, roles=roles
                )
                self.initial[name] = first_value(document.get(name))

    @property
    def errors(self) -> Any:
        """None when a button of the rows was pressed: nothing was asked yet."""
        return ErrorDict() if self.quiet else super().errors

    def is_valid(self) -> bool:
        """Whether all of it may be written, every row too."""
        if self.quiet:
            return False
        own = super().is_valid()
        return all([own, *(found.is_valid() for found in self.rows.values())])

    def sdg_words(self) -> list[str]:
        """What the search of SDG targets offers."""
        return [terms.label("sdg_target", key) for key in terms.keys("sdg_target")]

    def pieces(self) -> list[Any]:
        """Fields and lists in reading order, as they are drawn."""
        found: list[Any] = []
        for name in self.names:
            if name == "thresholds":
                found.append(thresholds.Lights(self, self.plan_preset))
            elif name in self.rows:
                found.append(self.rows[name])
            elif name == "legend":
                found.append(legend.Lights(self))
            else:
                own = [key for key in self.fields if key == name or key in self._parts_of(name)]
                found += [self[key] for key in own]
        return found

    def _parts_of(self, name: str) -> set[str]:
        """The inputs of a field that has several."""
        starts = {"values": ("value_", "reason_"), "phases": ("phase_",), "legend": ("legend_",)}.get(name, ())
        return {key for key in self.fields if starts and key.startswith(starts)}

    def _add_rows(self, name: str, label: Any, organisations: dict[str, Doc]) -> None:
        entries: Any = self.document.get(name) or []
        if isinstance(entries, dict):  # a manual's rules, an indicator's bands
            entries = entries.get("rules") or entries.get("bands") or []
        made = rows.rows_of(
            name,
            entries,
            label=label,
            hint=HINTS.get(name, ""),
            data=self.data if self.is_bound else None,
            organisations=[(slug, doc["name"]) for slug, doc in organisations.items()],
        )
        if made is not None:
            self.rows[name] = made
            for form in made.forms:
                form.quiet = self.quiet

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
        """The document's fields as the person wrote them, without those that are wrong."""
        wrong = set(self.errors)
        found: Doc = {}
        for name in self.names:
            if name in rows.LISTS:
                if name in self.rows and self.rows[name].is_valid():
                    found[name] = self._rows(name)
            elif wrong & ({name} | self._parts_of(name)):
                continue
            elif name == "values":
                found[name] = self._values()
            elif name == "phases":
                found[name] = self._phases()
            elif name == "legend":
                found[name] = legend.changes(self.document.get(name) or {}, self.cleaned_data)
            else:
                found[name] = self.cleaned_data.get(name)
        return found

    def wrong(self) -> list[str]:
        """What is wrong, each as a sentence with the name of its place."""
        found = [
            f"{self[name].label}: {words}" for name in self.errors if name in self.fields for words in self.errors[name]
        ]
        found += [str(words) for words in self.non_field_errors()]
        for made in self.rows.values():
            found += [str(words) for words in made.non_form_errors()]
            for place, form in enumerate(made.forms, 1):
                found += [
                    f"{made.row_words} {place}, {form[name].label}: {words}"
                    for name, errors in form.errors.items()
                    if name in form.fields
                    for words in errors
                ]
        return found

    def _rows(self, name: str) -> Any:
        values = self.rows[name].values
        if name == "thresholds":
            return thresholds.written(
                self.document.get(name) or {}, self.cleaned_data.get(thresholds.CHOICE, ""), values
            )
        if name != "manual":
            return values
        return {**(self.document.get("manual") or {}), "rules": values} if values else {}

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
        if "thresholds" in self.rows and data.get(thresholds.CHOICE) == thresholds.OWN:
            thresholds.mark(self.rows["thresholds"])
        for start, end in (("start", "end"), ("start", "due"), ("term_start", "term_end")):
            first, last = _day(data.get(start)), _day(data.get(end))
            if first and last and last.last and first.first and last.last < first.first:
                self.add_error(end, ValidationError(_("Termina antes de empezar.")))
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
