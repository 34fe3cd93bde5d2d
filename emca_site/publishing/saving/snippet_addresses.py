"""Find the snippet model of a Wagtail address: the URL namespace contains the model's name."""

from django.apps import apps
from django.db import models
from django.urls import ResolverMatch

FAMILIES = ("wagtailsnippets_", "wagtailsnippetchoosers_")


def model_of(match: ResolverMatch) -> type[models.Model] | None:
    """Return the model of a URL namespace such as `wagtailsnippets_banners_notice`, or None."""
    for family in FAMILIES:
        namespace = (match.namespaces or [""])[0]
        if namespace.startswith(family):
            return apps.get_model(*namespace.removeprefix(family).split("_", 1))
    return None
