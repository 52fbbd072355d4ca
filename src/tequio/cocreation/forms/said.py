"""What anybody fills in: one screen each, and who they are at the end of it."""

from typing import Any

from django import forms
from django.forms.widgets import ClearableFileInput
from django.utils.translation import gettext_lazy as _

from tequio.cocreation.models import FIELDS, Call, Problem, Table
from tequio.common.i18n import best
from tequio.places.models import Jurisdiction, Municipality
from tequio.vocabularies import terms

PICTURES = "image/jpeg,image/png,image/webp,application/pdf"


class Several(ClearableFileInput):
    """Chooses several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files; empty where none was chosen."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        rows = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(row, initial) for row in rows]


class MunicipalityChoice(forms.ModelChoiceField):
    """A municipality by its name alone: the state is known."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class TitleChoice(forms.ModelChoiceField):
    """A table or a problem by what pages call it."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.title_line[:90] if isinstance(obj, Problem) else best(obj.title)[0]


def long(rows: int, most: int) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows, "maxlength": most})


class AuthorForm(forms.Form):
    """How to answer whoever writes, and whether their name is public. Without ``email`` for whoever is signed in."""

    order_last: tuple[str, ...] = ("name", "named", "email")

    name = forms.CharField(label=_("Tu nombre"), max_length=120, required=False)
    named = forms.BooleanField(
        label=_("Publicar mi nombre junto a lo que digo"),
        help_text=_("Si no la marcas, nadie lo verá."),
        required=False,
    )
    email = forms.EmailField(
        label=_("Tu correo"),
        help_text=_("Ahí te llega el enlace para confirmar y lo que pase después. Nunca se publica."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "place" in self.fields:
            if jurisdiction.kind == Jurisdiction.Kind.STATE and jurisdiction.code:
                rows = Municipality.objects.filter(state_code=jurisdiction.code).order_by("name")
                self.fields["place"].queryset = rows  # type: ignore[attr-defined]
            else:
                del self.fields["place"]
        if signed_in:
            del self.fields["email"]
        last = [name for name in self.order_last if name in self.fields]
        self.order_fields([name for name in self.fields if name not in last] + last)


def sector_field(required: bool = False) -> forms.ChoiceField:
    """From which sector somebody comes."""
    return forms.ChoiceField(
        label=_("¿De qué sector vienes?"),
        choices=terms.choices("sector", blank=str(_("Elige"))) if required else terms.choices("sector", blank=""),
        required=required,
    )


class ProblemForm(AuthorForm):
    """A public problem. Only the line, what happens and the address are asked for; the rest helps."""

    title = forms.CharField(
        label=_("El problema en una línea"),
        help_text=_("Por ejemplo: «Las calles del centro se inundan cuando llueve»."),
        max_length=200,
    )
    text = forms.CharField(
        label=_("¿Qué pasa?"),
        help_text=_("Como se lo contarías a una vecina. No pongas datos de otras personas."),
        max_length=3000,
        widget=long(5, 3000),
    )
    who = forms.CharField(label=_("¿Quién lo padece?"), max_length=400, required=False)
    place = MunicipalityChoice(
        label=_("¿En qué municipio?"), queryset=Municipality.objects.none(), required=False, empty_label=_("Sin decir")
    )
    since = forms.CharField(label=_("¿Desde cuándo?"), max_length=120, required=False)
    causes = forms.CharField(label=_("¿Por qué crees que pasa?"), max_length=2000, widget=long(3, 2000), required=False)
    links = forms.CharField(
        label=_("Enlaces que lo muestran"),
        help_text=_("Uno en cada renglón: una nota, un dato, un video."),
        max_length=1500,
        widget=long(2, 1500),
        required=False,
    )
    attached = FilesField(
        label=_("Fotos o documentos"),
        help_text=_("Hasta tres, de 10 MB. Alguien los mira antes de que se vean."),
        required=False,
        widget=Several(attrs={"accept": PICTURES}),
    )
    environment = forms.CharField(
        label=_("¿Cómo afecta al ambiente?"), max_length=1500, widget=long(2, 1500), required=False
    )
    outlook = forms.CharField(
        label=_("Si nada cambia, ¿cómo estará en diez años?"), max_length=1500, widget=long(2, 1500), required=False
    )
    sdg_targets = forms.MultipleChoiceField(
        label=_("Metas de los ODS"),
        help_text=_("Déjalo vacío si no las conoces: las pone quien organiza."),
        choices=terms.choices("sdg_target"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )


class ContributionForm(AuthorForm):
    """A proposal. A title, what it is and an address are enough."""

    title = forms.CharField(
        label=_("Tu propuesta en una línea"),
        help_text=_("Por ejemplo: «Publicar cada mes cuánta agua se pierde»."),
        max_length=200,
    )
    text = forms.CharField(
        label=_("¿En qué consiste y para qué?"),
        help_text=_("No pongas datos de otras personas."),
        max_length=5000,
        widget=long(7, 5000),
    )
    problem = TitleChoice(
        label=_("¿Qué problema atiende?"),
        queryset=Problem.objects.none(),
        required=False,
        empty_label=_("Ninguno de la lista"),
    )
    table = TitleChoice(
        label=_("¿Es para alguna mesa?"),
        queryset=Table.objects.none(),
        required=False,
        empty_label=_("Para cualquiera"),
    )
    place = MunicipalityChoice(
        label=_("¿De qué municipio?"), queryset=Municipality.objects.none(), required=False, empty_label=_("Sin decir")
    )
    organisation = forms.CharField(
        label=_("Organización"),
        help_text=_("Solo si hablas por ella: su nombre se publica."),
        max_length=200,
        required=False,
    )
    sector = sector_field()
    attached = FilesField(
        label=_("Archivos"),
        help_text=_("Hasta tres, de 10 MB. Alguien los mira antes de que se vean."),
        required=False,
        widget=Several(attrs={"accept": PICTURES}),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, jurisdiction=call.jurisdiction, **kwargs)
        choose_from(self, call)


def choose_from(form: forms.Form, call: Call) -> None:
    """Offers the problems in sight and the tables of a call; a choice without any is left out."""
    problems = Problem.objects.filter(jurisdiction=call.jurisdiction, sight="shown", merged_into=None)
    for name, rows in (("problem", problems.order_by("number")), ("table", Table.objects.filter(call=call))):
        if rows.exists():
            form.fields[name].queryset = rows  # type: ignore[attr-defined]
        else:
            del form.fields[name]


class JoinForm(AuthorForm):
    """A place at a table: a name, a contact and a sector are enough (standards TQ-9)."""

    order_last = ("organisation", "named")

    sector = sector_field(required=True)
    organisation = forms.CharField(
        label=_("Organización"), help_text=_("Si vienes de una: su nombre se publica."), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["named"].label = _("Publicar mi nombre en la lista de la mesa")
        self.order_fields(
            [name for name in ("name", "email", "sector", "organisation", "named") if name in self.fields]
        )


class CommentForm(AuthorForm):
    """A comment, on one part where it is on a draft."""

    text = forms.CharField(label=_("Tu comentario"), max_length=2000, widget=long(5, 2000))
    field = forms.ChoiceField(label=_("¿Sobre qué parte?"), choices=list(FIELDS.items()))

    def __init__(self, *args: Any, on_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_draft:
            del self.fields["field"]


class TranslationForm(AuthorForm):
    """A contribution in another language."""

    tongue = forms.CharField(
        label=_("¿A qué lengua?"), help_text=_("Por ejemplo: wixárika, náhuatl, inglés."), max_length=60
    )
    title = forms.CharField(label=_("La propuesta en una línea, traducida"), max_length=200)
    text = forms.CharField(label=_("El texto, traducido"), max_length=5000, widget=long(8, 5000))


class SupportForm(AuthorForm):
    """Only an address, so that each counts once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name"], self.fields["named"]
        if "email" in self.fields:
            self.fields["email"].help_text = _("Un apoyo por correo. Se borra en cuanto lo confirmas: no se publica.")


class AppealForm(forms.Form):
    """Why it should be seen; for whoever moderates alone."""

    words = forms.CharField(
        label=_("Por qué debería verse"),
        help_text=_("Solo lo lee quien modera. Decide otra persona, no quien lo ocultó."),
        max_length=2000,
        widget=long(4, 2000),
    )


class ReviewAskForm(forms.Form):
    """What the answer did not take into account; for whoever answers alone."""

    words = forms.CharField(
        label=_("¿Qué no se tomó en cuenta?"),
        help_text=_("Se puede pedir una vez. La segunda respuesta también se publica."),
        max_length=2000,
        widget=long(4, 2000),
    )


class RewordForm(forms.Form):
    """A better wording by its author."""

    title = forms.CharField(label=_("Tu propuesta en una línea"), max_length=200)
    text = forms.CharField(label=_("En qué consiste"), max_length=5000, widget=long(6, 5000))
