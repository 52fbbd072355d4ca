"""Captions: what is right is kept as it is, what is wrong is named by its line."""

import pytest

from tequio.common import captions

GOOD = """WEBVTT - hecho a mano

NOTE revisado

1
00:01.000 --> 00:03.500 line:80% align:center
<v Delia Ejemplo>Cada municipio tendrá <i>un banco</i>
de semillas.

00:00:04.000 --> 00:00:06.000
Se prestan &amp; se devuelven.

00:00:12.000 --> 00:00:14.000
Gracias.
"""


def wrong(text: str, seconds: int | None = None) -> list[int]:
    return [fault.line for fault in captions.read(text, seconds).faults]


def test_good_captions_are_read_to_the_word_and_kept_to_the_letter() -> None:
    found = captions.read(GOOD, 20)
    assert (found.faults, found.text) == ((), GOOD)
    assert found.cues[0] == (1000, 3500, "Cada municipio tendrá un banco de semillas.", "Delia Ejemplo")
    assert [cue.text for cue in found.cues[1:]] == ["Se prestan & se devuelven.", "Gracias."]


def test_a_transcript_opens_a_paragraph_after_a_silence_and_says_who_speaks() -> None:
    cues = captions.read(GOOD.replace("00:04.000\n", "00:04.000\n")).cues
    assert captions.transcript(cues) == (
        "Delia Ejemplo: Cada municipio tendrá un banco de semillas.\n\nSe prestan & se devuelven.\n\nGracias."
    )


def test_subrip_becomes_webvtt_and_marks_of_windows_go() -> None:
    text = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHola.\r\n\r\n2\r\n00:00:03,500 --> 00:00:05,000\r\nAdiós.\r\n"
    found = captions.read(text)
    assert (found.faults, [cue[:3] for cue in found.cues]) == ((), [(1000, 2000, "Hola."), (3500, 5000, "Adiós.")])
    assert captions.read(found.text).cues == found.cues


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [1]),
        ("Hola", [1]),
        ("WEBVTT\n", [1]),
        ("WEBVTT\n00:01.000 --> 00:02.000\nHola\n", [2]),
        ("WEBVTT\n\nHola sin tiempos\n", [3]),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nHola\n", [3]),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nHola\n", [3]),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nHola\n", [3]),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nHola\n", [3]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 rojo\nHola\n", [3]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", [3]),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nUno\n\n00:01.000 --> 00:02.000\nDos\n", [6]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nUno\n00:03.000 --> 00:04.000\nDos\n", [5]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>\n", [4]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n3 < 4\n", [4]),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }\n\n00:01.000 --> 00:02.000\nUno\n", [3]),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nU\u202eno\n", [4]),
        ("x" * 200_001, [1]),
    ],
)
def test_each_fault_is_named_by_its_line(text: str, lines: list[int]) -> None:
    assert wrong(text) == lines


def test_a_caption_after_the_end_of_the_film_is_a_fault() -> None:
    assert (wrong(GOOD, 13), wrong(GOOD, 5)) == ([], [13])
