"""Pages of notices: following, one's own notices, the log of mails."""
