"""Pages of labs: for everybody, for capturing sheets, and for work."""
