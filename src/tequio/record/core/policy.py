"""Which cosignatures are enough (C2SP tlog-policy): witnesses in groups, and the group that is the quorum."""

from collections.abc import Collection
from dataclasses import dataclass, field

from tequio.record.core.cosignature import WitnessKey
from tequio.record.core.note import NoteError, Verifier

NONE = "none"


@dataclass
class Policy:
    """A log with its witnesses. ``groups`` are ``name: (how many, members)`` in the order of the file; ``quorum`` names a
    group, a witness or ``none``."""

    logs: list[Verifier] = field(default_factory=list)
    witnesses: dict[str, WitnessKey] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    groups: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    quorum: str = NONE

    def holds(self, keys: Collection[WitnessKey]) -> bool:
        """Whether cosignatures of these keys make the quorum."""
        return self.quorum == NONE or self._holds(self.quorum, set(keys))

    def _holds(self, name: str, keys: set[WitnessKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in keys
        needed, members = self.groups[name]
        return sum(self._holds(member, keys) for member in members) >= needed

    @property
    def text(self) -> str:
        """The policy as a file."""
        lines = [f"log {log.vkey}" for log in self.logs]
        for name, key in self.witnesses.items():
            lines.append(" ".join(filter(None, ["witness", name, key.vkey, self.urls.get(name, "")])))
        for name, (needed, members) in self.groups.items():
            words = {1: "any", len(members): "all"}.get(needed, str(needed))
            lines.append(f"group {name} {words} {' '.join(members)}")
        lines.append(f"quorum {self.quorum}")
        return "\n".join(lines) + "\n"

    @classmethod
    def parse(cls, text: str) -> "Policy":
        """From a file; raises ``NoteError`` with the line's number for anything that does not fit."""
        policy, said = cls(), False
        grouped: set[str] = set()
        for number, line in enumerate(text.split("\n"), 1):
            words = line.partition("#")[0].split()
            if not words:
                continue
            try:
                if words[0] == "quorum":
                    if said or len(words) != 2 or not policy._knows(words[1]):
                        raise NoteError("one quorum, of a known name")
                    policy.quorum, said = words[1], True
                else:
                    policy._take(words, grouped)
            except (ValueError, IndexError) as error:
                raise NoteError(f"line {number}: {error}") from error
        if not said:
            raise NoteError("the policy names no quorum")
        return policy

    def _knows(self, name: str) -> bool:
        return name == NONE or name in self.witnesses or name in self.groups

    def _take(self, words: list[str], grouped: set[str]) -> None:
        if words[0] == "log" and len(words) in (2, 3):
            self.logs.append(Verifier.parse(words[1]))
        elif words[0] == "witness" and len(words) in (3, 4):
            if self._knows(words[1]):
                raise NoteError("a name stands for one thing")
            self.witnesses[words[1]] = WitnessKey.parse(words[2])
            if len(words) == 4:
                self.urls[words[1]] = words[3]
        elif words[0] == "group" and len(words) >= 4:
            name, needed, members = words[1], words[2], words[3:]
            count = {"any": 1, "all": len(members)}.get(needed) or int(needed)
            if self._knows(name) or not 1 <= count <= len(members):
                raise NoteError("a group asks for 1 to all of its members, under a name of its own")
            for member in members:
                if member == NONE or not self._knows(member) or member in grouped:
                    raise NoteError(f"{member} is unknown or stands in another group")
                grouped.add(member)
            self.groups[name] = (count, members)
        else:
            raise NoteError(f"unknown line {words[0]}")
