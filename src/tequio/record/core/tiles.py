"""Tiles of 256 hashes and bundles of 256 entries, in the layout of C2SP tlog-tiles."""

WIDTH = 256
LEVEL_STEP = 8
HASH_BYTES = 32


def index_path(index: int) -> str:
    """``1234067`` as ``x001/x234/067``."""
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)


def parse_index(path: str) -> int:
    """The inverse of ``index_path``; ``ValueError`` for any other writing of a number."""
    groups = path.split("/")
    if not all(g.startswith("x") and len(g) == 4 for g in groups[:-1]) or len(groups[-1]) != 3:
        raise ValueError("not a tile address")
    digits = "".join(group.removeprefix("x") for group in groups)
    if not (digits.isascii() and digits.isdigit()) or index_path(int(digits)) != path:
        raise ValueError("not a tile address")
    return int(digits)


def bundle(entries: list[bytes]) -> bytes:
    """Entries one after another, each with its length in two bytes, most significant first."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; ``ValueError`` if it is cut short."""
    entries, place = [], 0
    while place < len(data):
        length = int.from_bytes(data[place : place + 2], "big")
        entry = data[place + 2 : place + 2 + length]
        if len(data) < place + 2 or len(entry) != length:
            raise ValueError("bundle is cut short")
        entries.append(entry)
        place += 2 + length
    return entries
