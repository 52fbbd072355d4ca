"""Structured legal texts: versions, provisions, comparison, anchors. Knows nothing of bills, grants or courts."""
