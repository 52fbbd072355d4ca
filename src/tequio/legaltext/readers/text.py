"""Plain text and Markdown."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tequio.legaltext.readers.reading import Reading

MOST_CHARACTERS = 6_000_000  # the longest code of the country has 2,5 million
LONGEST_LINE = 400_000
MOST_LINES = 200_000
_COMBINING = re.compile("[\u0300-\u036f]{6,}")


def read(content: bytes) -> Reading:
    """The text of the bytes: UTF-8, UTF-16 with its mark, else the Windows alphabet."""
    return checked(decode(content))


def decode(content: bytes) -> str:
    """Raises `ValidationError` for bytes that are no text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _no_text() from error
    sample = content[:4096]
    if b"\0" in content or sum(byte < 9 or 13 < byte < 27 for byte in sample) > len(sample) // 20:
        raise _no_text()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _no_text() -> ValidationError:
    return ValidationError(_("El archivo no es texto que se pueda leer. Sube Word, PDF, texto, HTML o Akoma Ntoso."))


def checked(words: str) -> Reading:
    """The text as it is, when its size and characters let it be read."""
    if len(words) > MOST_CHARACTERS or words.count("\n") > MOST_LINES:
        raise ValidationError(
            _("El texto es demasiado largo: más de 6 millones de letras o 200 mil renglones. Divídelo.")
        )
    if len(words) > LONGEST_LINE and max(map(len, words.splitlines()), default=0) > LONGEST_LINE:
        raise ValidationError(
            _("El texto trae un renglón larguísimo. Separa sus párrafos con saltos de línea y súbelo.")
        )
    if _COMBINING.search(words):
        raise ValidationError(_("El texto trae letras con muchos acentos encimados. Cópialo de nuevo del original."))
    if re.search("[\ud800-\udfff]", words):
        raise ValidationError(_("El texto trae letras rotas. Cópialo de nuevo del original."))
    return Reading(words)
