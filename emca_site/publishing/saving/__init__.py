"""Saving forms on the desk: each only once, without overwriting others, and without data loss."""
