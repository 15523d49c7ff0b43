"""Bringing residents and staff from a sheet: every line checked, then all of them in one transaction or none."""
