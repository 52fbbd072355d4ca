"""Citizens in the making of laws: bills, article by article, fate and provenance of every contribution."""
