"""Two films of a second, recorded by a browser from a canvas, and what hostile ones are made of."""

import base64
import functools
import struct

WEBM = base64.b64decode(
    """
    GkXfo59ChoEBQveBAULygQRC84EIQoKEd2VibUKHgQRChYECGFOAZwEAAAAAAAQpEU2bdLlNu4tTq4QVSalmU6yBbk27i1OrhBZUrmtTrIGTTbuLU6uEH0O2
    dVOsgdRNu4xTq4QcU7trU6yCBBfsrgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVSalmoCrXsYMPQkBEiYREiTw5TYCG
    Q2hyb21lV0GGQ2hyb21lFlSua7yuuteBAXPFh1w8B7rzo0SDgQFV7oEBhoVWX1ZQOOCdsIFAuoEkU8CBAVWwkFWxgQFVuYECVbqBDVW7gQEfQ7Z1AQAAAAAA
    AzfngQCg26GsgQAAALACAJ0BKkAAJAAKhwiFhYiZhIg4AgAGjla50+hNmQD+y6v/VVPX36B1oaqmqO6BAaWjsAIAnQEqQAAkAAqHCIWFiJmEiDgCAAaOT8zH
    m/FYAP7rrgCgwaGggQBtADECACoRwAAYCdPJozuUcAY4KqoA/ruYhDSIIAB1oZmml+6BAaWS0QEAKhHAABgAGFgv9AAIjAAA+4EAoL6hnYEAxQARAgAqEcAA
    GAAaT/QMABEMBVOA/pbAKlQAdaGZppfugQGlktEBACoRwAAYABhYL/QACIwAAPuBbaC+oZ2BASoAMQIAKhHAABgM0MmjO5RwBjgqqgD+EsboAHWhmaaX7oEB
    pZLRAQAqEcAAGAAYWC/0AAiMAAD7gcWgvqGcgQGNABECACoRwAAYABpP9AwAEQwFU4DxUO6MwHWhmaaX7oEBpZLRAQAqEcAAGAAYWC/0AAiMAAD7ggEqoMKh
    oIEB8wARAgAqEcAAGAAaT/QMABT6qqiA2mcn6XrZO8QAdaGZppfugQGlktEBACoRwAAYABhYL/QACIwAAPuCAY2gxaGjgQJWABECACoRwAAYABpP9AwAFPqq
    qID+UxuT9L33SfqfygB1oZmml+6BAaWS0QEAKhHAABgAGFgv9AAIjAAA+4IB86DAoZ+BArkAEQIAKhHAABgAGk/0DAARDAVTgP7ETu9y0UAgdaGYppbugQGl
    kbEBACoRwBRgAGFgv9AAIjAA+4ICVqDBoZ+BAx0AEQIAKhHAABgAGk/0DAARDAVTgP6uDU3oPivgdaGZppfugQGlktEBACoRwAAYABhYL/QACIwAAPuCArmg
    vqGcgQOCABECACoRwAAYABpP9AwAEQwFU4D+bv6oAHWhmaaX7oEBpZLRAQAqEcAAGAAYWC/0AAiMAAD7ggMdoL6hnIED5QARAgAqEcAAGAAaT/QMABEMBVOA
    8VDujMB1oZmml+6BAaWS0QEAKhHAABgAGFgv9AAIjAAA+4IDgqDCoaCBBEkAEQIAKhHAABgAGk/0DAAU+qqogNpnJ+l62TvEAHWhmaaX7oEBpZLRAQAqEcAA
    GAAYWC/0AAiMAAD7ggPlHFO7a427i7OBALeG94EB8YHU
    """
)
MP4 = base64.b64decode(
    """
    AAAAJGZ0eXBpc29tAAACAGlzb21pc282aXNvMmF2YzFtcDQxAAACy21vb3YAAAB4bXZoZAEAAAAAAAAA5yu8qAAAAADnK7yoAAAD6AAAAAAAAARtAAEAAAEA
    AAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAIjdHJhawAAAGh0a2hk
    AQAAAwAAAADnK7yoAAAAAOcrvKgAAAABAAAAAAAAAAAAAARtAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAABA
    AAAAJAAAAAABs21kaWEAAAAsbWRoZAEAAAAAAAAA5yu8qAAAAADnK7yoAAB1MAAAAAAAAARtVcQAAAAAAC1oZGxyAAAAAAAAAAB2aWRlAAAAAAAAAAAAAAAA
    VmlkZW9IYW5kbGVyAAAAAVJtaW5mAAAAFHZtaGQAAAABAAAAAAAAAAAAAAAlZGluZgAAAB1kcmVmAAAAAAAAAAEAAAANdXJsIAAAAAEAAAABEXN0YmwAAAAQ
    c3RzYwAAAAAAAAAAAAAAEHN0dHMAAAAAAAAAAAAAABRzdHN6AAAAAAAAAAAAAAAAAAAAEHN0Y28AAAAAAAAAAAAAAMVzdHNkAAAAAAAAAAEAAAC1YXZjMQAA
    AAAAAAABAAAAAQAAAAAAAAAAAAAAAABAACQASAAAAEgAAAAAAAAAAQtBVkMxIENvZGluZwAAAAAAAAAAAAAAAAAAAAAAAAAAABj//wAAABBwYXNwAAAAAQAA
    AAEAAAAUYnRydAAAAAAAAAAAAAAAAAAAAChhdmNDAULACv/hABFnQsAKjI1CO883AQ0BB4RCNQEABGjOPIAAAAATY29scm5jbHgAAQANAAGAAAAAKG12ZXgA
    AAAgdHJleAAAAAAAAAABAAAAAQAAAAAAAAAAAAAAAAAAAMBtb29mAAAAEG1maGQAAAAAAAAAAQAAAKh0cmFmAAAAFHRmaGQAAgAgAAAAAQEBAAAAAAAUdGZk
    dAEAAAAAAAAAAAAAAAAAAHh0cnVuAQADBQAAAAwAAADIAgAAAAAAC7QAAAA0AAAMKQAAACMAAAtyAAAAMQAAC/0AAAAqAAALRgAAACIAAAu2AAAALQAADDAA
    AAAxAAALfgAAADcAAAucAAAAIgAAC78AAAAqAAALjQAAACcAAAPnAAAAKgAAAg5tZGF0AAAAMGW4AAQAAAQ///4IooPjscAAQA5MVk5OsVrrr+P/8FfFAAK9
    EBAi8QCZEAme1dra4AAAAB9h4ABAAL5AQ/rxwDicXifE+JkF4jxHiP6I31b6t9WwAAAALWHgAIABPkBr+FKqqqqqqqqqq8cOJ8T4nzyZ/P5/4JarqukUIemt
    t7bfELiFwAAAACZh4ADAAb5AIP68c/Xjn68c/XjnF6tiPEeI/npF4ti3+qRerH1YwAAAAB5h4AEAAj5AIPG8cGOHE+J8T5/P5/P/XJF6sfVvq2AAAAApYeAB
    QAK+QCD+vHP145+vHP145z6xHiPEfwS1XVfxhBbW28xkxniFxC4AAAAtYeABgAM+QCD+vHD9eOH68cP144frxw/Xjh+vHD9eOH56ReJmRMz/Vj6sfVjAAAAA
    M2HgAcADvkAg83//wRX47HAAcTiuJ8T58Vz+fz/wrFYrxWK+iAuvEAmRAJnxi45jFviFwAAAAB5h4AIABD5AIP6o5xPifE+J8/n8/QQUYar6afELiFwAAAAm
    YeACQAS+QCD+vHONxdsT4nxeLtiPEeI/glquq6RQh9W2/4hcQuAAAAAjYeACgAU+QCDxu44MfifE+J8/n8/n/npF4mZEzP9UiiF+rYAAAAAmYeACwAW+QCDx
    vHAY4BxPifE+fz+fz/wS1XVf2EFdi23pp8QuIXAAAABMbWZyYQAAADR0ZnJhAQAAAAAAAAEAAAA/AAAAAQAAAAAAAAAAAAAAAAAAAu8AAAABAAAAAQAAAAEA
    AAAQbWZybwAAAAAAAABM
    """
)


def box(kind: bytes, body: bytes = b"") -> bytes:
    """A box of MP4."""
    return struct.pack(">I4s", 8 + len(body), kind) + body


PLACE = b"+20.6767-103.3475/"
TOLD = box(b"udta", box(b"\xa9xyz", b"\x00\x12\x15\xc7" + PLACE) + box(b"\xa9mod", b"\x00\x05\x15\xc7Moto1"))


def in_index(added: bytes, film: bytes = MP4) -> bytes:
    """The film with a box more at the end of its index."""
    start = film.index(b"moov") - 4
    (length,) = struct.unpack(">I", film[start : start + 4])
    end = start + length
    return film[:start] + struct.pack(">I", length + len(added)) + film[start + 4 : end] + added + film[end:]


def swapped(one: bytes, other: bytes, film: bytes = MP4) -> bytes:
    """The film with some bytes of the same length in the place of others."""
    assert one in film
    assert len(one) == len(other)
    return film.replace(one, other)


HEAD = box(b"ftyp", b"isom\0\0\2\0isomavc1")
HOSTILE = {
    "a document": (b"%PDF-1.7 " * 9, "MP4 ni WebM"),
    "a page": (b"<html><script>alert(1)</script></html>" + b" " * 99, "MP4 ni WebM"),
    "a film of QuickTime": (swapped(MP4[8:12], b"qt  ", MP4), "QuickTime"),
    "a photo": (swapped(MP4[8:12], b"heic", MP4), "foto"),
    "Matroska": (swapped(b"webm", b"mkv\0", WEBM), "Matroska"),
    "cut short": (MP4[:-20], "incompleto"),
    "cut short as WebM": (WEBM[:-20], "incompleto"),
    "something behind": (MP4 + b"#!/bin/sh\nrm -rf /\n", "incompleto"),
    "something behind as WebM": (WEBM + b"#!/bin/sh\nrm -rf /\n", "incompleto"),
    "only a beginning": (HEAD, "incompleto"),
    "a length beyond the file": (HEAD + struct.pack(">I4s", 1, b"mdat") + b"\x7f" + b"\xff" * 7, "incompleto"),
    "a length of nothing": (HEAD + struct.pack(">I4s", 4, b"mdat"), "incompleto"),
    "boxes in boxes without end": (
        HEAD + box(b"mdat") + box(b"moov", b"".join(box(b"trak") for _ in range(9))),
        "imagen",
    ),
    "a well": (HEAD + box(b"mdat") + functools.reduce(lambda b, _n: box(b"moov", b), range(20), b""), "incompleto"),
    "only sound": (swapped(b"vide", b"soun"), "imagen"),
    "H.265": (swapped(b"avc1\0\0\0\0", b"hvc1\0\0\0\0"), "H.264"),
    "encrypted": (swapped(b"avc1\0\0\0\0", b"encv\0\0\0\0"), "cifrado"),
    "pictures from elsewhere": (swapped(b"url \0\0\0\1", b"url \0\0\0\0"), "otro lugar"),
    "a ZIP in it": (
        MP4 + box(b"free", b"PK\3\4" + b"PK\5\6" + b"\0" * 18),
        "dos cosas",
    ),
    "a page in its head": (
        box(b"ftyp", b"isom\0\0\2\0isom" + b"<script>") + MP4[MP4.index(b"moov") - 4 :],
        "dos cosas",
    ),
    "files attached": (WEBM + b"\x19\x41\xa4\x69\x82ab", "incompleto|adentro"),
}
