"""Parsing XML and HTML that strangers send: no entities, no DTD, nothing fetched, no endless depth."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree

_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0[DE]", re.IGNORECASE)
MOST_ELEMENTS = 400_000


def parse(content: bytes) -> etree._Element:
    """The root of an XML document. Raises `ValidationError` for what is broken or declares entities."""
    if _DECLARED.search(content):
        raise ValidationError(
            _("El XML trae definiciones (DOCTYPE o ENTITY) que no debería. Quítalas y súbelo de nuevo.")
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValidationError(
            _("El XML está incompleto o mal formado. Guárdalo de nuevo y vuelve a subirlo.")
        ) from error
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise ValidationError(_("El XML tiene demasiados elementos. Divídelo en partes."))
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
