"""Formats a number with its unit: as text, short and spoken."""
