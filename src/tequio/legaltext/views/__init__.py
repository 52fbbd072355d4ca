"""Pages of legal texts."""
