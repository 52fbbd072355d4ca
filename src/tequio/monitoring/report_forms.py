"""The form in which an institution reports progress. What it holds is kept as it was typed, right or wrong (``document``),
and judged only before it is sent."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import formset_factory
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.commitments.forms.rows import Rows
from tequio.commitments.models import Evidence
from tequio.common.dates import PartialDate, PartialDateFormField
from tequio.common.forms import TextFormField
from tequio.common.i18n import best
from tequio.documents.types import SUFFIXES
from tequio.monitoring.models import DraftFile, Report, ReportDraft, Said
from tequio.vocabularies import terms

Doc = dict[str, Any]
MOST_PIECES, LONGEST = 40, 20_000  # rows of evidence · characters kept of one input
PREFIX = "pieces"
PIECE = ("file", "url", "title", "kind", "date", "page", "quote", "source", "author", "licence", "personal_data")


class Quiet(forms.Form):
    """A form that holds what was typed and says nothing of it while it is ``quiet``."""

    quiet = False

    @property
    def errors(self) -> Any:
        return ErrorDict() if self.quiet else super().errors


class ReportForm(Quiet):
    """How far along, what was done, when, and what is public already."""

    revision = forms.CharField(max_length=40, widget=forms.HiddenInput({"autocomplete": "off"}))
    said = forms.ChoiceField(
        label=gettext_lazy("¿Cómo va?"),
        choices=Said.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Di si está sin iniciar, en proceso o cumplida.")},
    )
    text = TextFormField(
        label=gettext_lazy("¿Qué se hizo?"),
        help_text=gettext_lazy("Con palabras que entienda cualquiera: qué, cuándo, para quién y qué falta."),
        long=True,
        max_length=5000,
        required=True,
    )
    on = forms.DateField(
        label=gettext_lazy("¿En qué fecha estaba así?"),
        help_text=gettext_lazy("Casi siempre, hoy."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    cut = forms.ChoiceField(
        label=gettext_lazy("Corte de avance"),
        help_text=gettext_lazy("Solo si tu plan los pide."),
        choices=[("", gettext_lazy("Ninguno")), *Report.Cut.choices],
        required=False,
    )
    cited = forms.MultipleChoiceField(
        label=gettext_lazy("Evidencia que ya es pública"),
        help_text=gettext_lazy("Marca la que también demuestra este avance. No hace falta subirla otra vez."),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )

    def __init__(self, data: Any = None, *, known: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.known = {str(piece.number): piece for piece in known}
        if known:
            self.fields["cited"].choices = [(key, _told(piece)) for key, piece in self.known.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["cited"]

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Esa fecha todavía no llega."))
        return day

    @property
    def cited_pieces(self) -> list[Evidence]:
        return [self.known[key] for key in self.cleaned_data.get("cited", ()) if key in self.known]


def _told(piece: Evidence) -> str:
    kind = terms.label("evidence_type", piece.kind) if piece.kind else ""
    return " · ".join(part for part in (best(piece.title)[0], kind, piece.date.words if piece.date else "") if part)


class PieceForm(Quiet):
    """A new piece of evidence: a file or an address, what it is, and where in it to look."""

    file = forms.IntegerField(widget=forms.HiddenInput({"autocomplete": "off"}), required=False)
    upload = forms.FileField(
        label=gettext_lazy("Archivo"),
        help_text=gettext_lazy("PDF, foto, hoja de cálculo, documento o datos; hasta 10 MB."),
        widget=forms.FileInput({"accept": ",".join(sorted(SUFFIXES.values()))}),
        required=False,
    )
    url = forms.URLField(
        label=gettext_lazy("O su dirección en internet"),
        help_text=gettext_lazy("Guardaremos una copia, por si después cambia o desaparece."),
        assume_scheme="https",
        max_length=500,
        required=False,
    )
    title = forms.CharField(
        label=gettext_lazy("¿Qué es?"),
        help_text=gettext_lazy("Por ejemplo «Bitácora de enero»."),
        max_length=300,
        error_messages={"required": gettext_lazy("Ponle un título que diga qué es.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Tipo"),
        error_messages={"required": gettext_lazy("Elige de la lista qué tipo de evidencia es.")},
    )
    date = PartialDateFormField(
        label=gettext_lazy("¿De qué fecha es?"),
        error_messages={"required": gettext_lazy("Di de qué fecha es; si no sabes el día, basta el mes o el año.")},
    )
    page = forms.CharField(label=gettext_lazy("¿En qué página hay que mirar?"), max_length=40, required=False)
    quote = forms.CharField(
        label=gettext_lazy("¿Qué dice ahí?"),
        help_text=gettext_lazy("Copia el pasaje que lo demuestra."),
        widget=forms.Textarea({"rows": 3}),
        max_length=5000,
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("¿De dónde sale?"), max_length=250, required=False)
    author = forms.CharField(label=gettext_lazy("¿Quién lo hizo?"), max_length=250, required=False)
    licence = forms.CharField(
        label=gettext_lazy("Licencia"),
        help_text=gettext_lazy("Con qué permiso puede usarlo la gente, por ejemplo «Datos abiertos» o «CC BY 4.0»."),
        max_length=120,
        required=False,
    )
    personal_data = forms.BooleanField(
        label=gettext_lazy("Tiene datos personales"),
        help_text=gettext_lazy(
            "Nombres de particulares, firmas, domicilios, teléfonos, CURP, caras de niñas o niños. Esta pieza no se publica, "
            "ni la ve el Comité, hasta que subas una copia con esos datos tachados. Su título sí será público: no los pongas ahí."
        ),
        required=False,
    )

    def __init__(self, *args: Any, files: dict[int, DraftFile], links: Doc, refused: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.links = links
        self.fields["kind"].choices = [("", _("— elige —")), *terms.choices("evidence_type")()]  # type: ignore[attr-defined]
        said = str(self.data.get(self.add_prefix("file"), "")) if self.data else ""
        self.kept = files.get(int(said)) if said.isdigit() else None
        if self.kept:
            self.fields["upload"].label = _("Cambiar el archivo")
        self.refused = refused.get(self.prefix or "", "")

    @property
    def errors(self) -> Any:
        """While quiet, only why a file that was just chosen could not be kept."""
        found = super().errors
        if self.quiet and self.refused:
            found["upload"] = self.error_class([self.refused], renderer=self.renderer)
        return found

    @property
    def more_wrong(self) -> bool:
        """Whether something is wrong among the data that are folded away."""
        return bool({"source", "author", "licence"} & set(self.errors))

    def has_changed(self) -> bool:
        """Whether anything was written; a row that was left blank is no evidence."""
        return any(name != "upload" for name in self.changed_data)

    def clean_file(self) -> DraftFile | None:
        return self.kept

    def clean_date(self) -> PartialDate:
        day: PartialDate = self.cleaned_data["date"]
        if day.first and day.first > timezone.localdate():
            raise ValidationError(_("Esa fecha todavía no llega."))
        return day

    def clean(self) -> Doc:
        data = super().clean() or {}
        if self.data.get(self.add_prefix("file")) and self.kept is None:
            self.add_error("upload", _("Ese archivo ya no está. Elígelo otra vez."))
        elif not data.get("file") and not data.get("url") and "url" not in self.errors:
            self.add_error("upload", _("Elige un archivo o escribe una dirección."))
        link = self.links.get(data.get("url") or "", {})
        if link.get("blocks") and not data.get("file") and not data.get("personal_data"):
            self.add_error("url", link["words"])
        return data


class PieceRows(Rows):
    """The rows of new evidence; what is wrong in one is told with its place."""

    row_words = gettext_lazy("Evidencia")


def document_of(data: Any) -> Doc:
    """What the form holds, as it was typed."""

    def typed(name: str) -> str:
        return str(data.get(name, ""))[:LONGEST]

    count = typed(f"{PREFIX}-TOTAL_FORMS")
    pieces = [
        {name: value for name in PIECE if (value := typed(f"{PREFIX}-{n}-{name}").strip())}
        for n in range(min(int(count), MOST_PIECES) if count.isdigit() else 0)
    ]
    return {
        "said": typed("said"),
        "text": [typed("text_es"), typed("text_en")],
        "on": typed("on"),
        "cut": typed("cut"),
        "cited": [str(key)[:20] for key in data.getlist("cited")][:500],
        "pieces": pieces,
    }


def data_of(document: Doc, revision: str) -> MultiValueDict[str, Any]:
    """The same as a form sends it; for no document, the form as it begins."""
    today = timezone.localdate().isoformat()
    words, pieces = document.get("text") or ["", ""], document.get("pieces") or [{}]
    data: MultiValueDict[str, Any] = MultiValueDict(
        {
            "revision": [revision],
            "said": [document.get("said", "")],
            "text_es": [words[0]],
            "text_en": [words[1]],
            "on": [document.get("on", today)],
            "cut": [document.get("cut", "")],
            "cited": document.get("cited", []),
            f"{PREFIX}-TOTAL_FORMS": [str(len(pieces))],
            f"{PREFIX}-INITIAL_FORMS": ["0"],
        }
    )
    for n, piece in enumerate(pieces):
        for name, value in piece.items():
            data[f"{PREFIX}-{n}-{name}"] = value
    return data


class Both:
    """The report's form with its rows of evidence. ``quiet`` forms say nothing of what is wrong."""

    def __init__(
        self,
        data: Any,
        *,
        draft: ReportDraft | None,
        known: Sequence[Evidence],
        quiet: bool = True,
        refused: dict[str, str] | None = None,
    ) -> None:
        files = {file.pk: file for file in draft.files.select_related("blob")} if draft else {}
        links = draft.links if draft else {}
        self.files = files
        self.form = ReportForm(data, known=known)
        made = formset_factory(PieceForm, formset=PieceRows, extra=0, max_num=MOST_PIECES, absolute_max=MOST_PIECES)
        kwargs = {"files": files, "links": links, "refused": refused or {}}
        self.rows: Any = made(data, prefix=PREFIX, form_kwargs=kwargs)
        self.form.quiet = quiet
        for row in self.rows.forms:
            row.quiet = quiet

    def is_valid(self) -> bool:
        """Whether the report can be sent as it is."""
        return all([self.form.is_valid(), self.rows.is_valid()])

    @property
    def written(self) -> list[PieceForm]:
        """The rows in which something was written."""
        return [row for row in self.rows.forms if row.has_changed()]


class RedactedForm(forms.Form):
    """The file, the quoted passage again, and the word of whoever looked through it."""

    file = forms.FileField(
        label=gettext_lazy("La copia sin datos personales"),
        help_text=gettext_lazy(
            "Tacha o recorta los datos; un rectángulo puesto encima de un PDF no los borra. Hasta 10 MB."
        ),
        widget=forms.FileInput({"accept": ",".join(sorted(SUFFIXES.values()))}),
    )
    quote = forms.CharField(
        label=gettext_lazy("Pasaje citado"),
        help_text=gettext_lazy("Se publica junto con el archivo. Quita también de aquí los datos personales."),
        widget=forms.Textarea({"rows": 3}),
        max_length=5000,
        required=False,
    )
    sure = forms.BooleanField(
        label=gettext_lazy("La revisé: no quedan datos personales en el archivo ni en el pasaje"),
        error_messages={
            "required": gettext_lazy("Revísala y marca esta casilla: lo que se publica no se puede borrar del todo.")
        },
    )
