"""Pages of the call: for everybody, for volunteers, and for the secretariat."""
