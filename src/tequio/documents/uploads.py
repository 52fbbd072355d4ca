"""What is too big is not written anywhere: the rest of a file beyond the limit is read and dropped."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from tequio.documents.actions import MAX_BYTES
from tequio.people.queries import roles_held

MOST_OF_REQUEST = 8 * MAX_BYTES  # bytes of all files of one form; beyond it the connection is closed

# Views that take larger files than the rest, and how large (bytes); each app names its own.
_larger: dict[str, Callable[[], int]] = {}


def take_larger(most: Callable[[], int], *views: str) -> None:
    """Has the views (by name) take files of up to ``most()`` bytes, from whoever holds a role in the jurisdiction of their
    address: nobody else can fill the disk with them. The view itself still asks who may."""
    _larger.update(dict.fromkeys(views, most))


def most_of(request: Any) -> int:
    """The bytes that a file in this request may have. Known once the address is; before that, the usual limit."""
    match = getattr(request, "resolver_match", None)
    most = _larger.get(match.view_name) if match else None
    if match is None or most is None or not request.user.is_authenticated:
        return MAX_BYTES
    held = roles_held(request.user).filter(jurisdiction__slug=match.kwargs.get("jurisdiction", ""))
    return most() if held.exists() else MAX_BYTES


class CappedUploadHandler(FileUploadHandler):
    """Passes on each file's first bytes up to a little over the limit. Its size still counts all, so ``keep`` says no."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = self.passed = 0
        self.most = MAX_BYTES

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """The request is about to be read."""
        self.most = most_of(self.request)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.passed = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the handlers that store it, or None where the file is over the limit already."""
        self.total += len(raw_data)
        if self.total > max(MOST_OF_REQUEST, self.most + MAX_BYTES):
            raise StopUpload(connection_reset=True)
        if self.passed > self.most:
            return None
        self.passed += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is made by the handlers that stored it."""
        return
