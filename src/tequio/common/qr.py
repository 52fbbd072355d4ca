"""A QR code as a drawing that needs no image file, no style and no script."""

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def dots(text: str) -> tuple[int, str]:
    """The side of the code of ``text`` in modules, margin included, and its dark modules as the path of a drawing."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dot in enumerate(row) if dot)


def svg(text: str, label: str) -> SafeString:
    """The code of ``text`` as SVG in the colour of the page's text on white; ``label`` says what it leads to."""
    size, path = dots(text)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" width="180" height="180" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        size,
        label,
        mark_safe(path),
    )
