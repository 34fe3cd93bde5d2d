"""Data sets as CSV and JSON: what every one of them has in common."""
