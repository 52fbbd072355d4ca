"""Personal data: what people may ask about theirs, what was decided with which legal basis, and what was erased."""
