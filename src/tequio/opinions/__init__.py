"""Short statements voted agree, disagree or pass, and the groups that the votes show."""
