"""Pages of co-creation: for everybody, for whoever says something, and for work."""
