"""The international name of a version (Akoma Ntoso IRI)."""

from tequio.legaltext.akn import Identity
from tequio.legaltext.models import Expression
from tequio.places.models import Jurisdiction

# ISO 3166-2:MX by INEGI's code of the state.
_CODES = (
    "agu bcn bcs cam coa col chp chh cmx dur gua gro hid jal mex mic mor nay nle oax pue que roo slp sin son tab tam tla "
    "ver yuc zac"
)
STATES = {f"{n:02}": code for n, code in enumerate(_CODES.split(), 1)}


def place_of(jurisdiction: Jurisdiction) -> str:
    """``mx-jal`` for a state or what lies in it, else the country alone."""
    state = STATES.get(jurisdiction.code[:2], "")
    country = jurisdiction.country.lower()
    return f"{country}-{state}" if state and country == "mx" else country


def identity(expression: Expression) -> Identity:
    """What names the version in the world. A text without a date of its own has that of its first version here."""
    work = expression.work
    began = work.date or expression.date
    return Identity(
        jurisdiction=place_of(work.jurisdiction),
        date=began.isoformat(),
        number=work.number or work.code,
        version=expression.date.isoformat(),
    )
