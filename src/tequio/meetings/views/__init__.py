"""Pages of meetings: for everybody, for whoever attends, for whoever holds a seat, and the secretariat's work."""
