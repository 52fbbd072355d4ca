"""Tequio runs open-government Local Action Plans and keeps the proof of what was done."""

__version__ = "0.1.0"
