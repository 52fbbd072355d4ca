"""Akoma Ntoso in."""

from tequio.legaltext.tree import Document


def read(content: bytes, profile: str) -> tuple[Document, str]:
    raise NotImplementedError
