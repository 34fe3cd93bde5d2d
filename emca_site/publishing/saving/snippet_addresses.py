"""Which snippet an address of Wagtail's is about: its namespace names the model."""

from django.apps import apps
from django.db import models
from django.urls import ResolverMatch

FAMILIES = ("wagtailsnippets_", "wagtailsnippetchoosers_")


def model_of(match: ResolverMatch) -> type[models.Model] | None:
    """Find the model of a view's namespace, `wagtailsnippets_banners_notice` for one."""
    for family in FAMILIES:
        namespace = (match.namespaces or [""])[0]
        if namespace.startswith(family):
            return apps.get_model(*namespace.removeprefix(family).split("_", 1))
    return None
