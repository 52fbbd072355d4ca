"""Pages about people: for everybody, for work, and for one's own account."""
