"""Pages of observations: for everybody, for whoever observes, and for work."""
