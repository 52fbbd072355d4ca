"""What people write: a text to bring in, what is said of it, and how its structure is put right."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common.forms import TextFormField
from tequio.legaltext import authors_table
from tequio.legaltext.kinds import NAMES, PROFILE_OF
from tequio.legaltext.models import Expression, Work
from tequio.legaltext.readers import Read, docx, paste, read
from tequio.legaltext.tree import Document

MOST_PASTED = 6_000_000  # characters


class BringForm(forms.Form):
    """A text to read: a file, or its words pasted. ``reading`` is what was found in it."""

    file = forms.FileField(
        label=gettext_lazy("El archivo"),
        help_text=gettext_lazy("Word (.docx), PDF con texto, TXT, Markdown, HTML o Akoma Ntoso. Hasta 25 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.md,.html,.htm,.xml"}),
    )
    words = forms.CharField(
        label=gettext_lazy("O pega aquí el texto"),
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    date = forms.DateField(
        label=gettext_lazy("¿De qué fecha es este texto?"),
        help_text=gettext_lazy("El día desde el que se lee así: el de su publicación o el de la reforma."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    stage = forms.ChoiceField(label=gettext_lazy("¿Qué es?"), choices=Expression.Stage.choices, initial="in_force")
    name = forms.CharField(
        label=gettext_lazy("Nombre de la versión"),
        help_text=gettext_lazy("Por ejemplo: «Reforma de marzo de 2026»."),
        max_length=160,
        required=False,
    )

    reading: Read
    given: Read | ValidationError | None = None  # what was read before the form is looked at (``views.slowly``)
    sha256 = ""
    file_name = ""

    def __init__(self, *args: Any, work: Work | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        self.fields["date"].initial = timezone.localdate

    def profile(self) -> str:
        """How the text is read."""
        kind = self.work.kind if self.work else self.cleaned_data.get("kind", "law")
        return PROFILE_OF[Work.Kind(kind)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload, words = data.get("file"), data.get("words") or ""
        if upload is None and not words.strip():
            raise ValidationError(_("Elige un archivo o pega el texto."))
        try:
            if upload is not None:
                content = upload.read()
                if isinstance(self.given, ValidationError):
                    raise self.given
                self.reading = self.given or read(content, upload.name, self.profile())
                self.sha256, self.file_name = hashlib.sha256(content).hexdigest(), upload.name
            else:
                self.reading = paste(words, self.profile())
        except ValidationError as error:
            raise ValidationError({"file" if upload is not None else "words": error}) from error
        if upload is not None and self.errors:
            self.give_back()
        return data

    def give_back(self) -> None:
        """A file does not come back with a form: its words do, so that nothing has to be sought again."""
        self.data: Any = self.data.copy()
        self.data["words"] = self.reading.source


class NewTextForm(BringForm):
    """The first version of a text that is not here yet."""

    title = forms.CharField(
        label=gettext_lazy("Título oficial"),
        help_text=gettext_lazy("Si lo dejas vacío se toma del texto."),
        max_length=500,
        required=False,
    )
    kind = forms.ChoiceField(label=gettext_lazy("¿Qué clase de texto es?"), choices=Work.Kind.choices)

    field_order = ("file", "words", "kind", "title", "date", "stage", "name")


class VersionForm(BringForm):
    """A further version of a text."""

    supersedes = forms.ModelChoiceField(
        label=gettext_lazy("¿Con qué versión se compara?"),
        help_text=gettext_lazy(
            "Los artículos que siguen siendo los mismos conservan su identidad y lo que se dijo de ellos."
        ),
        queryset=Expression.objects.none(),
        required=False,
        empty_label=gettext_lazy("La vigente en esa fecha"),
    )

    field_order = ("file", "words", "date", "stage", "name", "supersedes")

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, work=work, **kwargs)
        rows = Expression.objects.filter(work=work, status=Expression.Status.PUBLISHED)
        self.fields["supersedes"].queryset = rows.order_by("-date", "-number")  # type: ignore[attr-defined]


class TableForm(forms.Form):
    """The comparative table of a bill against a law. ``made`` is the law as it would read.

    ``rows`` keeps a table that was read while a person says which column is which, so that nobody sends the file twice.
    """

    WHICH = (("0", gettext_lazy("La de la izquierda")), ("1", gettext_lazy("La de la derecha")))

    file = forms.FileField(
        label=gettext_lazy("La iniciativa, en Word (.docx)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    which = forms.ChoiceField(
        label=gettext_lazy("¿Qué columna es la ley vigente?"),
        choices=(("", gettext_lazy("Lo dice su encabezado")), *WHICH),
        required=False,
    )
    date = forms.DateField(
        label=gettext_lazy("¿De qué fecha es la iniciativa?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(
        label=gettext_lazy("Nombre de la versión"),
        help_text=gettext_lazy("Por ejemplo: «Iniciativa 7/LXIII»."),
        max_length=160,
        required=False,
    )
    rows = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3_000_000)

    made: authors_table.Made
    table: list[list[str]] = []

    def __init__(self, *args: Any, law: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.law = law
        self.fields["date"].initial = timezone.localdate
        self.fields["file"].required = not self.data.get("rows")  # read before, while the columns are being named

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "file" in self.errors:
            return data
        self.table = self._tables(data)
        which = data.get("which") or ""
        columns = authors_table.Columns(int(which), 1 - int(which)) if which else authors_table.columns(self.table)
        if columns is None:
            self.data: Any = self.data.copy()
            self.data["rows"] = json.dumps(self.table, ensure_ascii=False)
            raise ValidationError({"which": _("El encabezado no lo dice. Mira el cuadro y elige la columna.")})
        try:
            self.made = authors_table.apply(self.table, columns, self.law)
        except ValueError as error:
            raise ValidationError(
                _("La columna de la propuesta no trae ningún artículo. Revisa cuál columna es cuál.")
            ) from error
        return data

    def _tables(self, data: dict[str, Any]) -> list[list[str]]:
        upload = data.get("file")
        if upload is None and data.get("rows"):
            try:
                found = json.loads(data["rows"])
            except ValueError as error:
                raise ValidationError({"file": _("Elige el archivo otra vez.")}) from error
            rows = [[str(cell) for cell in row] for row in found if isinstance(row, list)]
            tables = [rows] if isinstance(found, list) else []
        elif upload is None:
            raise ValidationError({"file": _("Elige el documento de Word de la iniciativa.")})
        else:
            content = upload.read()
            if not content.startswith(b"PK\x03\x04"):
                raise ValidationError(
                    {"file": _("El cuadro se lee de un documento de Word (.docx). Guárdalo así y súbelo.")}
                )
            try:
                tables = docx.tables(content)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error
        candidates = authors_table.candidates(tables)
        if not candidates:
            raise ValidationError(
                {"file": _("No encontramos un cuadro de dos columnas con artículos. Súbelo como tabla de Word.")}
            )
        return [list(row) for table in candidates for row in table]


class WorkForm(forms.ModelForm):
    """What is said of a text."""

    plain_title = TextFormField(
        label=gettext_lazy("Título en palabras llanas"),
        help_text=gettext_lazy("Como se lo dirías a una vecina: de qué trata, sin siglas ni números."),
        max_length=200,
        required=False,
    )
    aliases = forms.CharField(
        label=gettext_lazy("Otras claves"),
        help_text=gettext_lazy("Separadas por comas: por ejemplo su número de INFOLEJ."),
        max_length=300,
        required=False,
    )
    source_url = forms.URLField(
        label=gettext_lazy("Dónde está publicado"), max_length=500, required=False, assume_scheme="https"
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Work
        fields = ("title", "plain_title", "kind", "number", "date", "aliases", "source_url")
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = ", ".join(self.instance.aliases)
        self.initial["rev"] = self.instance.rev

    def clean_aliases(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data["aliases"].split(",") if word.strip()]


class StepForm(forms.Form):
    """One step that puts the structure right."""

    STEPS = (
        ("join", gettext_lazy("Unirla con lo que está antes")),
        ("lift", gettext_lazy("Subirla un nivel")),
        ("lower", gettext_lazy("Bajarla: es parte de la anterior")),
        ("split", gettext_lazy("Partirla en dos")),
        ("relabel", gettext_lazy("Decir qué es y qué número lleva")),
        ("drop", gettext_lazy("Quitarla: está repetida")),
    )

    step = forms.ChoiceField(label=gettext_lazy("¿Qué le pasa a esta parte?"), choices=STEPS, widget=forms.RadioSelect)
    begins = forms.CharField(
        label=gettext_lazy("Para partirla: ¿con qué palabras empieza la parte nueva?"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Qué es"),
        choices=(("", gettext_lazy("Lo que ya es")), *NAMES.items()),
        required=False,
    )
    label = forms.CharField(
        label=gettext_lazy("Etiqueta"),
        help_text=gettext_lazy("Sus primeras palabras, tal como vienen: «Artículo 5.-», «II.», «a)»."),
        max_length=200,
        required=False,
    )
    number = forms.CharField(
        label=gettext_lazy("Número"),
        help_text=gettext_lazy("5, 31-a, 4-bis, 2. Para fracciones, también con número: III es 3."),
        max_length=60,
        required=False,
    )
    heading = forms.CharField(label=gettext_lazy("Encabezado"), max_length=500, required=False)
    eid = forms.CharField(widget=forms.HiddenInput)
    doubt = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def said(self) -> dict[str, Any]:
        """The arguments of the step."""
        data = self.cleaned_data
        names = {"split": ("begins", "kind", "label", "number"), "relabel": ("kind", "label", "number", "heading")}
        return {name: data[name] for name in names.get(data["step"], ())}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("step") == "split" and not data.get("begins", "").strip():
            self.add_error("begins", _("Copia las primeras palabras de la parte nueva."))
        if data.get("step") == "relabel" and not data.get("kind"):
            self.add_error("kind", _("Elige qué es."))
        return data
