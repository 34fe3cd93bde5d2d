"""Decide what is public, retired, moved or gone, and find what links to it."""
