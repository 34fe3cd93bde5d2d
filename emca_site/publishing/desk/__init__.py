"""Wagtail's admin screens (the desk) as this site registers them."""
