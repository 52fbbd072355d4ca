"""Forms for the documents of a plan."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common.dates import PartialDateFormField
from tequio.common.forms import TextFormField
from tequio.documents.actions import discard, keep_with_notes
from tequio.documents.models import Blob
from tequio.plans.models import PlanDocument

SALT = "plan document"
KEPT_FOR = 24 * 60 * 60  # seconds that a form remembers the file that came with it


class DescriptionForm(forms.Form):
    """What is said of a document."""

    title = TextFormField(label=gettext_lazy("Título"), max_length=250, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Qué es"), choices=PlanDocument.Kind.choices)
    date = PartialDateFormField(label=gettext_lazy("Fecha del documento"), required=False)

    def __init__(self, *args: Any, document: PlanDocument | None = None, **kwargs: Any) -> None:
        if document is not None:
            kwargs["initial"] = {"title": document.title, "kind": document.kind, "date": document.date}
        super().__init__(*args, **kwargs)
        if document is not None and document.kind not in PlanDocument.Kind.values:
            known: Any = self.fields["kind"]
            known.choices = [(document.kind, document.kind or _("— elige —")), *PlanDocument.Kind.choices]
            known.required = False
        self.order_fields(["title", "kind", "date", "file", "url"])


class WhyForm(forms.Form):
    """The public reason of a change."""

    why = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Es público."),
        max_length=400,
        widget=forms.Textarea({"rows": 2}),
    )


class ChangeDocumentForm(WhyForm, DescriptionForm):
    """A description put right."""


class DocumentForm(DescriptionForm):
    """A document to publish: its description, and a file or an address.

    A file that came is kept when something else is wrong, or when it carries names or other traces: those are shown, and
    the person says that they may be public.
    """

    file = forms.FileField(
        label=gettext_lazy("Archivo"),
        help_text=gettext_lazy(
            "Hace falta un archivo o una dirección. PDF, imagen o documento de oficina, de hasta 10 MB."
        ),
        required=False,
    )
    url = forms.URLField(
        label=gettext_lazy("O su dirección"),
        help_text=gettext_lazy("Si el documento ya está publicado en otro sitio."),
        max_length=500,
        assume_scheme="https",
        required=False,
    )
    kept = forms.CharField(widget=forms.HiddenInput(), required=False)
    seen = forms.BooleanField(
        label=gettext_lazy("Lo revisé: puede publicarse como está"), widget=forms.HiddenInput(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes: list[str] = []
        self.blob: Blob | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload, kept = data.get("file"), data.get("kept")
        try:
            self.blob = self._take(upload) if upload else self._again(kept)
        except ValidationError as error:
            self.add_error("file", error)
        if self.blob is not None and data.get("url"):
            self.add_error("url", _("Elige un archivo o escribe una dirección: una de las dos cosas."))
        if self.blob is None and not data.get("url") and not {"file", "url"} & set(self.errors):
            self.add_error("file", _("Elige un archivo o escribe una dirección."))
        if self.notes and not data.get("seen"):
            self.add_error("seen", _("Antes de publicarlo, revisa lo que el archivo dice de quien lo hizo."))
        if self.blob is not None:
            # Named by nothing yet: it goes by itself unless it is published.
            discard(blob=self.blob)
            again: Any = self.data
            again = again.copy()
            again["kept"] = signing.dumps([self.blob.pk, self.notes], salt=SALT)
            self.data = again
        if self.notes:
            self.fields["seen"].widget = forms.CheckboxInput()
        return data

    def _take(self, upload: Any) -> Blob:
        found = keep_with_notes(upload=upload)
        self.notes = found.notes
        return found.blob

    def _again(self, kept: str | None) -> Blob | None:
        try:
            pk, self.notes = signing.loads(kept or "", salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            return None
        return Blob.objects.filter(pk=pk).first()


class ReplaceForm(WhyForm, DocumentForm):
    """A newer document in the place of another."""
