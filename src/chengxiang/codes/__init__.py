"""Codes of the field: identity numbers, places, land: check, parse, name. No Django."""
