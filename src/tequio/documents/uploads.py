"""What is too big is not written anywhere: the rest of a file beyond the limit is read and dropped."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from tequio.documents.actions import MAX_BYTES

MOST_OF_REQUEST = 8 * MAX_BYTES  # bytes of all files of one form; beyond it the connection is closed


class CappedUploadHandler(FileUploadHandler):
    """Passes on each file's first bytes up to a little over the limit. Its size still counts all, so ``keep`` says no."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = self.passed = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.passed = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the handlers that store it, or None where the file is over the limit already."""
        self.total += len(raw_data)
        if self.total > MOST_OF_REQUEST:
            raise StopUpload(connection_reset=True)
        if self.passed > MAX_BYTES:
            return None
        self.passed += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is made by the handlers that stored it."""
        return
