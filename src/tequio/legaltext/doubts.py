"""What each doubt says to the person who settles it."""

from django.utils.translation import gettext_lazy as _

from tequio.legaltext.tree import Doubt

SENTENCES = {
    "no_articles": _("No encontré artículos ni otras divisiones numeradas. Revisa si elegiste bien el tipo de texto."),
    "repeated": _("«%(label)s» ya aparece antes en este texto. Quita uno de los dos o corrige su número."),
    "article_jump": _("Después de «%(before)s» sigue «%(label)s»: falta alguno, o el número está mal."),
    "article_back": _("«%(label)s» viene después de «%(before)s»: el orden no es el esperado."),
    "no_separator": _("«%(label)s» no lleva punto ni guion después del número. Confirma que ahí empieza un artículo."),
    "maybe_article": _("Aquí dice «%(label)s» al empezar un renglón. Lo dejé como texto: quizá sea un artículo."),
    "maybe_item": _("Aquí dice «%(label)s» al empezar un renglón. Lo dejé como texto: quizá sea parte de una lista."),
    "body_after_transitory": _(
        "Después de los transitorios vuelve a empezar el cuerpo del texto. Revisa si está repetido."
    ),
    "quoted": _("Tomé lo que sigue como el texto que este decreto cita y cambia, no como artículos del decreto mismo."),
    "second_list": _("En «%(label)s» vuelve a empezar una lista que ya había empezado en el mismo lugar."),
    "numbering_lost": _(
        "«%(label)s» se repite una y otra vez: quizá se perdió la numeración automática. Vuelve a numerar."
    ),
    "same_number": _("«%(label)s» repite el número anterior."),
    "jump": _("Antes de «%(label)s» falta por lo menos un número de la lista."),
    "goes_back": _("«%(label)s» lleva un número menor que el anterior de su lista."),
    "late_start": _("La lista empieza en «%(label)s» y no en el primer número."),
    "hyphen": _("Una palabra está cortada al final del renglón; dejé su guion. Revisa si debe llevarlo."),
    "direction_marks": _(
        "El texto trae marcas invisibles que cambian el sentido de la lectura. Las quité; revisa que se lea bien."
    ),
    "two_readings": _("Dos formas de leer el PDF no coinciden aquí. Compara con el original."),
    "page_without_text": _("La página %(page)s no tiene texto que se pueda leer: quizá es una imagen. Cópiala a mano."),
    "tracked_changes": _("El documento trae cambios sin aceptar. Leí lo agregado y dejé fuera lo eliminado."),
    "hidden_text": _("El documento trae texto oculto. Lo incluí; revisa si debe estar."),
    "automatic_numbers": _("Los números de las listas los ponía Word. Los escribí como se ven; revisa algunos."),
    "footnotes": _("El documento trae notas al pie. Las puse al final del texto."),
    "no_footers": _("Los encabezados y pies de página no se leyeron como parte del texto."),
    "foreign_akn": _(
        "El Akoma Ntoso viene de otro programa. Están todas sus palabras; negritas y datos de vigencia, no. Compara."
    ),
    "table_differs": _("El cuadro dice que «%(label)s» vigente es «%(theirs)s», y la ley dice «%(ours)s»."),
    "table_unknown": _("El cuadro cita como vigente «%(label)s», y la ley no tiene ese artículo."),
    "table_gone": _("El cuadro ya no trae de «%(label)s»: %(gone)s. Confirma que la propuesta lo quita."),
    "table_left": _("Esta parte del cuadro no es un artículo de la ley. La dejé al final: revisa dónde va."),
    "akn_lost": _(
        "%(count)s signos del archivo no quedaron en ninguna parte. Pega el texto o compáralo con el original."
    ),
    "akn_references": _("%(count)s enlaces del archivo se quitaron; los buscamos de nuevo en las palabras mismas."),
    "akn_contents": _("El índice del archivo no es parte del texto: se hace solo."),
    "akn_note": _("Aquí había una nota al pie; quedó como nota de esta parte, fuera de su texto."),
    "akn_deleted": _("El archivo marca «%(words)s» como eliminado. Lo dejé: quítalo si ya no es parte del texto."),
    "akn_inserted": _("El archivo marca «%(words)s» como agregado. Lo dejé: confirma que es parte del texto."),
    "akn_picture": _("Aquí había una imagen o fórmula que no se conserva: «%(words)s»."),
    "akn_cells": _("La tabla tenía celdas unidas; revisa que sus columnas se lean bien."),
    "unread_mark": _("No conozco la marca «%(name)s»; conservé su texto."),
}
"""Code → sentence, filled with the doubt's values."""


def sentence(doubt: Doubt) -> str:
    """The doubt in words, in the reader's language."""
    return str(SENTENCES[doubt.code]) % dict(doubt.values)
