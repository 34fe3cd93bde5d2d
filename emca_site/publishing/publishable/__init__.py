"""Publishable pages and snippets: models with drafts, schedules and changes.

One person edits them and another approves them.
"""
