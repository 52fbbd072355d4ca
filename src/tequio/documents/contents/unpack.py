"""Unpacking without holding what comes out."""

import zlib
from collections.abc import Iterator

SLICE, WINDOW = 1 << 16, 1 << 18


class Unpacker:
    """Unpacks zlib data piece by piece, at most 256 kB at once. ``used`` is how many bytes of the packed data it took;
    ``whole`` whether they ended as they should."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.used = 0
        self.whole = False

    def pieces(self) -> Iterator[bytes]:
        """What comes out. Raises ``zlib.error`` where the data is broken."""
        unpacker = zlib.decompressobj()
        for start in range(0, len(self.data), SLICE):
            rest: bytes | memoryview = self.data[start : start + SLICE]
            size = len(rest)
            while True:
                piece = unpacker.decompress(rest, WINDOW)
                rest = unpacker.unconsumed_tail
                if piece:
                    yield piece
                if unpacker.eof:
                    self.used, self.whole = start + size - len(unpacker.unused_data), True
                    return
                if not rest and len(piece) < WINDOW:
                    break
