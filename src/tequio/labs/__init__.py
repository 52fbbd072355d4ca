"""Itinerant innovation labs: kit, offline capture, route, what each one brought."""
