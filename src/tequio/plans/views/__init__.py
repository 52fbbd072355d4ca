"""Pages of plans: for everybody, and where the secretariat keeps their documents."""
