"""The code of a sheet: seven letters and figures by chance that are hard to confuse, and one that tells a slip of the pen."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"  # no 0 O 1 I L U Z: 29 signs, a prime, so that the check holds
LENGTH = 7


def new() -> str:
    """A code, as it is stored: eight signs without a hyphen."""
    word = "".join(secrets.choice(ALPHABET) for _n in range(LENGTH))
    return word + _check(word)


def shown(code: str) -> str:
    """As it is printed: ``K7QM-3RTA``."""
    return f"{code[:4]}-{code[4:]}"


def read(words: str) -> str:
    """The stored form of what somebody typed; empty where it cannot be a code: wrong length, sign, or check."""
    code = "".join(sign for sign in words.upper() if sign.isalnum())
    if len(code) != LENGTH + 1 or any(sign not in ALPHABET for sign in code) or _check(code[:-1]) != code[-1]:
        return ""
    return code


def _check(word: str) -> str:
    """A weighted sum: one wrong sign, or two that changed places side by side, give another."""
    total = sum((place + 1) * ALPHABET.index(sign) for place, sign in enumerate(word))
    return ALPHABET[total % 29]
