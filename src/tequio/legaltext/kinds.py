"""What the parts of a text are called on screens, and how each sort of text is read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.legaltext.models import Work

NAMES: dict[str, Promise] = {
    "libro": _("Libro"),
    "titulo": _("Título"),
    "capitulo": _("Capítulo"),
    "seccion": _("Sección"),
    "apartado": _("Apartado"),
    "articulo": _("Artículo"),
    "fraccion": _("Fracción"),
    "inciso": _("Inciso"),
    "numeral": _("Numeral"),
    "subinciso": _("Subinciso"),
    "parrafo": _("Párrafo"),
    "transitorios": _("Transitorios"),
    "transitorio": _("Artículo transitorio"),
    "preambulo": _("Preámbulo"),
    "considerandos": _("Considerandos"),
    "considerando": _("Considerando"),
    "antecedentes": _("Antecedentes"),
    "antecedente": _("Antecedente"),
    "resolutivos": _("Resolutivos"),
    "resolutivo": _("Resolutivo"),
    "clausula": _("Cláusula"),
    "lineamiento": _("Lineamiento"),
    "cierre": _("Cierre"),
    "cita": _("Texto que se cita"),
    "anexo": _("Anexo"),
    "table": _("Tabla"),
    "figure": _("Figura"),
}

PROFILE_OF = {
    Work.Kind.LAW: "law",
    Work.Kind.REGULATION: "law",
    Work.Kind.RULES: "rules",
    Work.Kind.AGREEMENT: "agreement",
    Work.Kind.DECREE: "decree",
    Work.Kind.BILL: "initiative",
    Work.Kind.SENTENCE: "sentence",
    Work.Kind.OTHER: "law",
}
