"""Data sets as CSV and JSON: what all of them have in common."""
