"""What changed, in a paragraph that somebody would say aloud; in the reader's language."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.legaltext.align import Changed
from tequio.legaltext.tree import Node

NAMED = 8  # articles of a kind that are named; the rest is counted


class Side(NamedTuple):
    """A version: its units by place."""

    units: dict[str, Node]

    def name(self, path: str) -> str:
        """What people call a unit: "artículo 5", "transitorio segundo"."""
        node = self.units.get(path)
        if node is None:
            return path
        if node.kind == "articulo" and node.number_key:
            return _("artículo %(number)s") % {"number": short(node)}
        return node.label.strip(" .-–—:)") or path


def short(node: Node) -> str:
    """The number alone: ``5``, ``31 A``, ``4 Bis``."""
    parts = node.number_key.split("-")
    return " ".join([parts[0], *(part.upper() if len(part) < 3 else part.title() for part in parts[1:])])


def _listed(paths: Sequence[str], side: Side) -> str:
    """Articles by number, neighbours as a range: "3, 5 a 8 y 12"."""
    nodes = [side.units[path] for path in paths if path in side.units]
    plain = [int(node.number_key) for node in nodes if node.kind == "articulo" and node.number_key.isdigit()]
    if len(plain) < len(paths):
        names = [side.name(path) for path in paths]
        return _joined(names)
    ranges: list[tuple[int, int]] = []
    for number in sorted(plain):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    words = []
    for first, last in ranges:
        if first == last:
            words.append(str(first))
        elif last == first + 1:
            words += [str(first), str(last)]
        else:
            words.append(_("%(first)s a %(last)s") % {"first": first, "last": last})
    listed = _joined(words)
    return ngettext("artículo %(listed)s", "artículos %(listed)s", len(plain)) % {"listed": listed}


def _joined(names: Sequence[str]) -> str:
    shown = list(names[:NAMED])
    if len(names) > NAMED:
        more = len(names) - NAMED
        shown.append(ngettext("%(n)s más", "%(n)s más", more) % {"n": more})
    if len(shown) < 2:
        return "".join(shown)
    return _("%(first)s y %(last)s") % {"first": ", ".join(shown[:-1]), "last": shown[-1]}


def paragraph(changes: Sequence[Changed], old: Side, new: Side, total: int) -> str:
    """The changes in words, the weightiest first."""
    if not changes:
        return _("Las dos versiones dicen lo mismo.")
    touched = len([change for change in changes if change.kind not in ("renumbered", "moved") or change.also])
    first = ngettext(
        "Cambia %(n)s artículo o disposición con número propio, de %(total)s.",
        "Cambian %(n)s artículos o disposiciones con número propio, de %(total)s.",
        touched,
    ) % {"n": touched, "total": total}
    said = [first]
    for kind, sentence, side in (
        ("reworded", _("Cambia el texto: %(listed)s."), new),
        ("added", _("Es nuevo: %(listed)s."), new),
        ("repealed", _("Se deroga: %(listed)s."), new),
        ("removed", _("Ya no está: %(listed)s."), old),
    ):
        paths = [
            path
            for change in changes
            if kind in (change.kind, *change.also)
            for path in (change.old if side is old else change.new)
        ]
        if paths:
            said.append(sentence % {"listed": _listed(paths, side)})
    for change in changes:
        if change.kind == "split":
            said.append(
                _("El %(one)s se divide en: %(many)s.")
                % {"one": old.name(change.old[0]), "many": _listed(change.new, new)}
            )
        elif change.kind == "merged":
            said.append(
                _("Se juntan en el %(one)s: %(many)s.")
                % {"one": new.name(change.new[0]), "many": _listed(change.old, old)}
            )
    renumbered = [change for change in changes if "renumbered" in (change.kind, *change.also)]
    if renumbered:
        said.append(
            _("Cambian de número: %(listed)s (antes %(before)s).")
            % {
                "listed": _listed([path for change in renumbered for path in change.new], new),
                "before": _listed([path for change in renumbered for path in change.old], old),
            }
        )
    moved = [path for change in changes if "moved" in (change.kind, *change.also) for path in change.new]
    if moved:
        said.append(_("Cambia de lugar: %(listed)s.") % {"listed": _listed(moved, new)})
    return " ".join(said)
