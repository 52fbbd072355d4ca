"""What the congress's people fill in about a bill's video. A form for each of its parts: a film that took an hour to send is
not sent again because of a comma in its captions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.common import captions
from tequio.common.i18n import versions
from tequio.lawmaking.models import Bill

MOST_OF_CAPTIONS = 1 << 20  # bytes of a file


class _About(forms.Form):
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bill: Bill, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).update(rev=bill.rev)
        super().__init__(*args, **kwargs)
        self.bill = bill


class FilmForm(_About):
    """A film."""

    film = forms.FileField(
        label=gettext_lazy("El archivo del video"),
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm,.mp4,.webm"}),
    )


class LinkForm(_About):
    """The address of one elsewhere."""

    video_url = forms.URLField(
        label=gettext_lazy("Dirección del video"), max_length=500, required=False, assume_scheme="https"
    )
    captioned = forms.BooleanField(
        label=gettext_lazy("En ese sitio se ven los subtítulos, y los revisó una persona"), required=False
    )

    def __init__(self, *args: Any, bill: Bill, **kwargs: Any) -> None:
        super().__init__(*args, bill=bill, **kwargs)
        self.initial.update(video_url=bill.video_url, captioned=bill.captioned)


class PosterForm(_About):
    """The picture before it plays."""

    poster = forms.FileField(
        label=gettext_lazy("Imagen de portada"),
        help_text=gettext_lazy("PNG, JPG o WebP. Se ve antes de tocar el video; pesa mucho menos que él."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


def _captions_file(language: str) -> forms.FileField:
    words = (
        gettext_lazy("Archivo de subtítulos") if language == "es" else gettext_lazy("Archivo de subtítulos en inglés")
    )
    return forms.FileField(label=words, required=False, widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}))


class WordsForm(_About):
    """Captions and transcript. A file of captions comes into its field, where what is wrong is put right."""

    file_es = _captions_file("es")
    captions_es = forms.CharField(
        label=gettext_lazy("Subtítulos"),
        help_text=gettext_lazy(
            "Si subiste el archivo, aquí aparece y aquí lo corriges. Puedes también pegarlo: formato WebVTT o SubRip."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true", "class": "code"}),
    )
    transcript_es = forms.CharField(
        label=gettext_lazy("Lo que dice el video"),
        help_text=gettext_lazy("Completo: es para quien no oye, no tiene datos o prefiere leer."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file_en = _captions_file("en")
    captions_en = forms.CharField(
        label=gettext_lazy("Subtítulos en inglés"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "code"}),
    )
    transcript_en = forms.CharField(
        label=gettext_lazy("Lo que dice el video, en inglés"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ("file_es", "captions_es", "transcript_es", "file_en", "captions_en", "transcript_en")

    def __init__(self, *args: Any, bill: Bill, **kwargs: Any) -> None:
        super().__init__(*args, bill=bill, **kwargs)
        for name in ("captions", "transcript"):
            both = versions(getattr(bill, name))
            self.initial.update({f"{name}_{language}": both.get(language, "") for language in ("es", "en")})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for language in ("es", "en"):
            upload = data.get(f"file_{language}")
            if upload is None:
                continue
            try:
                if upload.size > MOST_OF_CAPTIONS:
                    raise ValueError
                self.put(f"captions_{language}", captions.decode(upload.read()))
            except ValueError:
                words = _("No son subtítulos que podamos leer. Guárdalos como texto UTF-8, en formato .vtt o .srt.")
                self.add_error(f"file_{language}", ValidationError(words))
        return data

    def put(self, name: str, words: str) -> None:
        """Has a field hold these words, also where the form comes back."""
        self.cleaned_data[name] = words
        self.data: Any = self.data.copy()
        self.data[self.add_prefix(name)] = words

    def make_transcript(self) -> bool:
        """Writes the transcript from the captions, in each language that has none; whether there were captions to use."""
        made = False
        for language in ("es", "en"):
            found = captions.read(self.cleaned_data.get(f"captions_{language}") or "")
            if found.cues and not self.cleaned_data.get(f"transcript_{language}"):
                self.put(f"transcript_{language}", captions.transcript(found.cues))
            made = made or bool(found.cues)
        return made

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """The arguments of the action."""
        data = self.cleaned_data
        return {
            "captioned": {language: data[f"captions_{language}"] for language in ("es", "en")},
            "said": {language: data[f"transcript_{language}"] for language in ("es", "en")},
        }
