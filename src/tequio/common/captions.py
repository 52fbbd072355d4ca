"""Captions of a film: WebVTT read strictly, every fault with its line and what to do; SubRip (.srt) made into WebVTT.

Source: W3C, WebVTT: The Web Video Text Tracks Format, section 4 (syntax). Stricter than browsers, which leave out in silence
what they do not understand: whoever cannot hear would not know that a sentence is missing.
"""

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

MOST_CHARACTERS = 200_000  # two hours of speech have some hundred thousand
MOST_FAULTS = 20
_TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)[.](\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?$")
_SETTING = re.compile(r"(?:vertical:(?:rl|lr)|(?:line|position|size|align):[-\w.,%]+)$")
_TAG = re.compile(r"<([^>]*)(>?)")
_KNOWN = re.compile(rf"/?(?:[biuc]|ruby|rt|v|lang)(?:\.[\w.-]+)?(?:[ \t][^<>]*)?$|{_TIME}$")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?[ \t]+([^>]+)>")
_SRT_TIMING = re.compile(r"(\d{1,3}:\d{2}:\d{2}),(\d{3})([ \t]+-->[ \t]+)(\d{1,3}:\d{2}:\d{2}),(\d{3}).*$")
PAUSE = 2_500  # milliseconds of silence that open a paragraph of the transcript
PARAGRAPH = 450  # characters after which the next end of a sentence closes one


class Cue(NamedTuple):
    """What is said from ``start`` to ``end`` (milliseconds). ``text`` is plain, ``voice`` whose it is where the file says so."""

    start: int
    end: int
    text: str
    voice: str


class Fault(NamedTuple):
    """What is wrong at a line, counted from one."""

    line: int
    words: str


@dataclass(frozen=True)
class Captions:
    """What was read: the text as it is kept, its cues, and all that is wrong with it (then nothing is kept)."""

    text: str
    cues: tuple[Cue, ...]
    faults: tuple[Fault, ...]


def decode(content: bytes) -> str:
    """The text of a file of captions. Raises ``ValueError`` for one that is not UTF-8."""
    return content.decode("utf-8-sig")


def read(written: str, seconds: int | None = None) -> Captions:
    """Reads WebVTT, or SubRip, of a film of so many ``seconds`` where that is known."""
    text = unicodedata.normalize("NFC", written).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip("\n") + "\n"
    if len(text) > MOST_CHARACTERS:
        return Captions(text, (), (Fault(1, _("Son demasiado largos para unos subtítulos. ¿Es el archivo correcto?")),))
    if re.match(r"\s*\d+[ \t]*\n\d{1,3}:\d{2}:\d{2},\d{3}", text):
        text = _from_subrip(text)
    reader = _Reader(text.split("\n"), seconds)
    reader.read()
    faults = sorted(reader.faults)[:MOST_FAULTS]
    return Captions(text, () if faults else tuple(reader.cues), tuple(faults))


def _from_subrip(text: str) -> str:
    lines = []
    for line in text.strip().split("\n"):
        found = _SRT_TIMING.match(line)
        if found is None:
            lines.append(line)
        else:
            begin, end = (f"{part:0>8}" for part in (found[1], found[4]))
            lines.append(f"{begin}.{found[2]}{found[3]}{end}.{found[5]}")
    return "\n".join(["WEBVTT", "", *lines]) + "\n"


class _Reader:
    def __init__(self, lines: list[str], seconds: int | None) -> None:
        self.lines, self.seconds = lines, seconds
        self.cues: list[Cue] = []
        self.faults: list[Fault] = []

    def fault(self, place: int, words: str) -> None:
        self.faults.append(Fault(place + 1, words))

    def read(self) -> None:
        first = self.lines[0]
        if not re.match(r"WEBVTT(?:[ \t].*)?$", first):
            self.fault(
                0, _("El archivo debe empezar con la palabra WEBVTT. ¿Son los subtítulos? Se aceptan .vtt y .srt.")
            )
            return
        for place, line in enumerate(self.lines):
            if bad := re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", line):
                self.fault(place, _("Hay un signo invisible (U+%(code)s). Bórralo.") % {"code": f"{ord(bad[0]):04X}"})
        if len(self.lines) > 1 and self.lines[1].strip() and "-->" in self.lines[1]:
            self.fault(1, _("Falta un renglón vacío después de WEBVTT."))
        place = 1
        while place < len(self.lines) and self.lines[place].strip():  # what may follow the first line
            place += 1
        while place < len(self.lines):
            if not self.lines[place].strip():
                place += 1
                continue
            end = place
            while end < len(self.lines) and self.lines[end].strip():
                end += 1
            self.block(place, end)
            place = end
        if not self.cues and not self.faults:
            self.fault(0, _("No trae ningún subtítulo."))

    def block(self, place: int, end: int) -> None:
        first = self.lines[place]
        if re.match(r"NOTE(?:[ \t]|$)", first):
            return
        if re.match(r"(?:STYLE|REGION)[ \t]*$", first):
            self.fault(
                place,
                _("Trae una parte de estilo (STYLE o REGION). Bórrala: aquí no se usa."),
            )
            return
        timing = place if "-->" in first else place + 1
        if timing >= end or "-->" not in self.lines[timing]:
            self.fault(place, _("Este texto no tiene sus tiempos arriba (como 00:00:01.000 --> 00:00:04.000)."))
            return
        times = self.times(timing)
        words = self.lines[timing + 1 : end]
        for number, line in enumerate(words, timing + 1):
            if "-->" in line:
                self.fault(number, _("Falta un renglón vacío antes de este subtítulo."))
                return
            self.tags(number, line)
        plain, voice = _plain(" ".join(words))
        if not plain:
            self.fault(timing, _("Este subtítulo no dice nada. Escríbelo o bórralo."))
        elif times is not None:
            self.cues.append(Cue(*times, plain, voice))

    def times(self, place: int) -> tuple[int, int] | None:
        line = self.lines[place].strip()
        found = _TIMING.match(line)
        if found is None:
            comma = re.search(r"\d,\d{3}", line)
            self.fault(
                place,
                _("Los milésimos van con punto, no con coma: 00:00:01.000.")
                if comma
                else _("Los tiempos no se entienden. Se escriben 00:00:01.000 --> 00:00:04.000."),
            )
            return None
        start, end = _milliseconds(found.groups()[:4]), _milliseconds(found.groups()[4:8])
        for setting in (found[9] or "").split():
            if not _SETTING.match(setting):
                self.fault(
                    place, _("«%(words)s» no es nada que un subtítulo entienda. Bórralo.") % {"words": setting[:40]}
                )
        if end <= start:
            self.fault(place, _("Termina antes de empezar."))
        elif self.cues and start < self.cues[-1].start:
            self.fault(place, _("Empieza antes que el subtítulo anterior. Ponlos en orden."))
        elif self.seconds is not None and start > (self.seconds + 1) * 1000:
            self.fault(
                place, _("Empieza cuando el video ya terminó (dura %(length)s).") % {"length": clock(self.seconds)}
            )
        return start, end

    def tags(self, place: int, line: str) -> None:
        for found in _TAG.finditer(line):
            if not found[2] or not _KNOWN.match(found[1]):
                self.fault(
                    place,
                    _("«%(words)s» no es una marca de subtítulos. Si es un signo, escribe &lt;.")
                    % {"words": found[0][:30]},
                )
                return


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _plain(words: str) -> tuple[str, str]:
    voice = _VOICE.search(words)
    text = html.unescape(re.sub(r"<[^>]*>", "", words))
    return " ".join(text.split()), " ".join(html.unescape(voice[1]).split()) if voice else ""


def clock(seconds: int) -> str:
    """``192`` as ``3:12``."""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def transcript(cues: tuple[Cue, ...]) -> str:
    """What is said as running text: a paragraph after each silence, each change of voice, and where one grows long."""
    paragraphs: list[list[str]] = []
    before: Cue | None = None
    for cue in cues:
        length = sum(map(len, paragraphs[-1])) if paragraphs else 0
        opens = (
            before is None
            or cue.start - before.end > PAUSE
            or cue.voice != before.voice
            or (length > PARAGRAPH and before.text.endswith((".", "?", "!", "…")))
        )
        if opens:
            named = cue.voice and (before is None or cue.voice != before.voice)
            paragraphs.append([f"{cue.voice}: {cue.text}" if named else cue.text])
        elif before is not None and cue.text != before.text:  # captions that roll repeat a line
            paragraphs[-1].append(cue.text)
        before = cue
    return "\n\n".join(" ".join(part) for part in paragraphs)
