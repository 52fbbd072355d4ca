"""Bodies and seats, sessions, agenda, attendance, minutes, agreements."""
