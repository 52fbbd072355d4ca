"""Demo data: the three real plans of Jalisco as the sources tell them, and an invented municipality for practice."""
