"""How the Secretariat decides: rules, decisions, ballots, parity, minimum requirements."""
