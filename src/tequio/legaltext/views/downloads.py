"""A version as a file: Akoma Ntoso, Word, PDF, plain text, JSON."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tequio.common.dates import in_words
from tequio.legaltext import akn as akoma
from tequio.legaltext import docx_out, pdf_out, queries
from tequio.legaltext.iris import identity
from tequio.legaltext.models import Expression
from tequio.legaltext.tree import plain
from tequio.legaltext.views.reading import find_version

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _file(expression: Expression, content: bytes, media_type: str, suffix: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    name = f"{expression.work.code}-v{expression.number}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def akn(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Akoma Ntoso 3.0; ``wId`` is the lasting name of each provision."""
    found = find_version(request, code, number)
    document, lineages = queries.document_and_lineages(found)
    content = akoma.write(document, identity(found), lineages)
    return _file(found, content, "application/akn+xml", "xml")


def text(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """The words alone."""
    found = find_version(request, code, number)
    content = plain(queries.document_of(found).nodes).encode()
    return _file(found, content, "text/plain; charset=utf-8", "txt")


def docx(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """For Word and what reads its files."""
    found = find_version(request, code, number)
    return _file(found, docx_out.write(queries.document_of(found)), DOCX, "docx")


def pdf(request: HttpRequest, jurisdiction: str, code: str, number: int) -> HttpResponse:
    """Tagged, with the fingerprint that the record holds."""
    found = find_version(request, code, number)
    version = f"{found} · {in_words(found.date)}"
    checked = _("Huella de este texto en el registro público:")
    content = pdf_out.write(queries.document_of(found), found.work.title, version, checked, found.file_id or "")
    return _file(found, content, "application/pdf", "pdf")


def json(request: HttpRequest, jurisdiction: str, code: str, number: int) -> FileResponse:
    """The exact bytes whose fingerprint the record holds."""
    found = find_version(request, code, number)
    if found.file is None:
        raise Http404
    response = FileResponse(found.file.path.open("rb"), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-v{number}.json"'
    return response
