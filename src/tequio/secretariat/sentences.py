"""The result of a decision in words that anybody understands, in Spanish and in English.

Written from what is public of an outcome (``deciding.Outcome.data``) and from nothing else: what may not be told is not
there to be told. No Django, so that whoever has the record alone can write the same words.
"""

from typing import Any

Data = dict[str, Any]


def explain(told: Data) -> dict[str, str]:
    """The result in both languages."""
    return {"es": spanish(told), "en": english(told)}


# Spanish

_INSIDE = {"civil": "dentro de sociedad civil", "government": "dentro de gobierno", "whole": "en toda la mesa"}
_HIDDEN = "El voto fue secreto y dar números diría quién votó qué, así que no se dan."


def _seats(n: int) -> str:
    return "1 asiento" if n == 1 else f"{n} asientos"


def _able(n: int) -> str:
    return f"podía votar {n}" if n == 1 else f"podían votar {n}"


def _voted(row: Data) -> str:
    """ "dentro de sociedad civil hubo 2 votos a favor y 3 en contra" """
    if not row["voted"]:
        return f"{_INSIDE[row['house']]} no votó nadie"
    yes, no, abstained = row["for"], row["against"], row["abstain"]
    if not yes:
        rest = [f"{no} en contra"] * bool(no) + [f"{abstained} en abstención"] * bool(abstained)
        return f"{_INSIDE[row['house']]} no hubo votos a favor, y sí {' y '.join(rest)}"
    for_ = f"{_INSIDE[row['house']]} hubo {'1 voto' if yes == 1 else f'{yes} votos'} a favor"
    no = no or "ninguno"
    return f"{for_}, {no} en contra y {abstained} en abstención" if abstained else f"{for_} y {no} en contra"


def _lacked(quorum: Data) -> str:
    parts = []
    if "seats" in quorum["lacking"]:
        parts.append(f"{_able(quorum['present'])} de {_seats(quorum['seats'])} y hacían falta {quorum['needed']}")
    if "sectors" in quorum["lacking"]:
        sectors = "1 sector" if quorum["sectors"] == 1 else f"{quorum['sectors']} sectores"
        parts.append(f"había asientos de {sectors} y se piden de {quorum['sectors_needed']}")
    for house, name in (("civil", "sociedad civil"), ("government", "gobierno")):
        own = quorum[house]
        if house in quorum["lacking"]:
            able = "no podía votar nadie" if not own["present"] else _able(own["present"])
            parts.append(f"de {name} {able} y se pide{'n' if own['needed'] > 1 else ''} {own['needed']}")
    return "; ".join(parts)


def _quorum(quorum: Data) -> str:
    return f"Había quórum: {_able(quorum['present'])} de {_seats(quorum['seats'])}, de {quorum['sectors']} sectores."


def spanish(told: Data) -> str:
    """The result in Spanish."""
    reason, quorum = told["reason"], told["quorum"]
    if reason == "no_quorum":
        return f"No pasó por falta de quórum: {_lacked(quorum)}."
    if reason == "objected":
        n = told["objections"]
        return f"No hubo consenso: {'objetó 1 asiento' if n == 1 else f'objetaron {n} asientos'}. {_quorum(quorum)}"
    if reason == "secrecy":
        return (
            "No pasó: la urna no se abrió. Votaron tan pocos asientos que el resultado habría dicho cómo votó cada quien."
            " Puede votarse otra vez, con más asientos o a la vista."
        )
    if told["method"] == "consensus":
        return f"Pasó por consenso: nadie objetó. {_quorum(quorum)}"
    if told["passed"]:
        if not told["shown"]:
            return f"Pasó: hubo mayoría dentro de sociedad civil y dentro de gobierno. {_HIDDEN} {_quorum(quorum)}"
        return f"Pasó: {', y '.join(_voted(row) for row in _houses(told))}. {_quorum(quorum)}"
    parts = ". ".join(
        _capital(_against(row, told)) if n else _against(row, told) for n, row in enumerate(told["counts"])
    )
    where = "en los dos lados y en toda la mesa" if len(told["counts"]) > 2 else "en los dos lados"
    return f"No pasó: {parts}. Para pasar hace falta mayoría {where}.{'' if told['shown'] else ' ' + _HIDDEN}"


def _against(row: Data, told: Data) -> str:
    lost = row["house"] in told["lacking"]
    if not told["shown"]:
        return f"{_INSIDE[row['house']]} {'no hubo mayoría' if lost else 'sí la hubo'}"
    if not lost:
        return f"{_voted(row)}: sí hubo mayoría"
    needed = row["needed"]
    return f"{_voted(row)}: hacía{'n' if needed > 1 else ''} falta {needed} a favor"


def _houses(told: Data) -> list[Data]:
    return [row for row in told["counts"] if row["house"] != "whole"]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# English

_WITHIN = {"civil": "inside civil society", "government": "inside government", "whole": "in the whole table"}
_NO_FIGURES = "The ballot was secret and figures would tell who voted what, so none are given."


def _en_seats(n: int) -> str:
    return "1 seat" if n == 1 else f"{n} seats"


def _en_voted(row: Data) -> str:
    """ "inside civil society there were 2 votes in favour and 3 against" """
    within = _WITHIN[row["house"]]
    if not row["voted"]:
        return f"{within} nobody voted"
    yes, no, abstained = row["for"], row["against"] or "none", row["abstain"]
    votes = "there was 1 vote" if yes == 1 else f"there were {yes or 'no'} votes"
    if abstained:
        return f"{within} {votes} in favour, {no} against and {abstained} in abstention"
    return f"{within} {votes} in favour and {no} against"


def _en_lacked(quorum: Data) -> str:
    parts = []
    if "seats" in quorum["lacking"]:
        parts.append(f"{quorum['present']} of {_en_seats(quorum['seats'])} could vote and {quorum['needed']} had to")
    if "sectors" in quorum["lacking"]:
        sectors = "1 sector" if quorum["sectors"] == 1 else f"{quorum['sectors']} sectors"
        parts.append(f"there were seats of {sectors} and {quorum['sectors_needed']} are asked for")
    for house, name in (("civil", "civil society"), ("government", "government")):
        own = quorum[house]
        if house in quorum["lacking"]:
            able = own["present"] or "nobody"
            parts.append(f"of {name} {able} could vote and {own['needed']} had to")
    return "; ".join(parts)


def _en_quorum(quorum: Data) -> str:
    able, seats = quorum["present"], _en_seats(quorum["seats"])
    return f"There was a quorum: {able} of {seats} could vote, of {quorum['sectors']} sectors."


def english(told: Data) -> str:
    """The result in English."""
    reason, quorum = told["reason"], told["quorum"]
    if reason == "no_quorum":
        return f"It did not pass for want of a quorum: {_en_lacked(quorum)}."
    if reason == "objected":
        return f"There was no consensus: {_en_seats(told['objections'])} objected. {_en_quorum(quorum)}"
    if reason == "secrecy":
        return (
            "It did not pass: the ballot box was not opened. So few seats voted that the result would have told how each"
            " of them voted. It can be voted again, with more seats or in the open."
        )
    if told["method"] == "consensus":
        return f"It passed by consensus: nobody objected. {_en_quorum(quorum)}"
    if told["passed"]:
        if not told["shown"]:
            both = "there was a majority inside civil society and inside government"
            return f"It passed: {both}. {_NO_FIGURES} {_en_quorum(quorum)}"
        return f"It passed: {', and '.join(_en_voted(row) for row in _houses(told))}. {_en_quorum(quorum)}"
    parts = ". ".join(
        _capital(_en_against(row, told)) if n else _en_against(row, told) for n, row in enumerate(told["counts"])
    )
    rest = "" if told["shown"] else f" {_NO_FIGURES}"
    where = "on both sides and in the whole table" if len(told["counts"]) > 2 else "on both sides"
    return f"It did not pass: {parts}. To pass it needs a majority {where}.{rest}"


def _en_against(row: Data, told: Data) -> str:
    lost = row["house"] in told["lacking"]
    if not told["shown"]:
        return f"{_WITHIN[row['house']]} {'there was no majority' if lost else 'there was one'}"
    if not lost:
        return f"{_en_voted(row)}: a majority"
    needed = row["needed"]
    return f"{_en_voted(row)}: {needed} in favour {'was' if needed == 1 else 'were'} needed"
