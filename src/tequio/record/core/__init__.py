"""The record's mathematics and formats. Imports nothing of Django, so that stand-alone tools can carry it."""
