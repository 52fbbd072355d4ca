"""Pages of the Secretariat: for everybody, for the seats, and for whoever runs the sessions."""
