"""Saving a form: once, without overwriting, with nothing lost."""
