"""Wagtail's screens as this site registers them."""
