"""Pages about what became of commitments: for everybody, and for work."""
