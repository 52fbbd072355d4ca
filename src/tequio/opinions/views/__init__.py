"""Pages of conversations: for everybody, for whoever votes, and for work."""
