"""Packs what the page cache does not: pages of people who are signed in, and long answers to machines."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


class CompressMiddleware(GZipMiddleware):
    """Gzip for text alone: pictures, PDF and office files are packed already. Tokens in forms are masked anew for each
    answer and the length varies by some bytes (Django's own guard), so that lengths tell nothing of them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(PACKED):
            return response
        return super().process_response(request, response)
