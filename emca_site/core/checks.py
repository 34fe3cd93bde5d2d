"""A Django system check: every page type has what the frame of every page asks of it."""

from collections.abc import Iterator

from django.apps import apps
from django.core.checks import Error, Tags, register
from django.core.exceptions import FieldDoesNotExist
from wagtail.models import Page

# `HomePage.route()`, `templates/base.html` and the tag `found` ask these of a page. Wagtail's own
# `Page` does not have them.
ATTRIBUTES = ("description", "updated_at", "owned_by")
METHODS = ("share_image", "structured_data", "retirement", "permissions_for_user")
QUERIES = ("prefetched", "published")
HINT = "Build it on emca_site.core.models.SitePage, after its own mixins."


@register(Tags.models)
def check_page_types(app_configs=None, **kwargs) -> list[Error]:
    return [error for model in page_types() for error in errors_of(model)]


def page_types() -> list[type[Page]]:
    """Every page type of the site, without Wagtail's own `Page`."""
    return [model for model in apps.get_models() if issubclass(model, Page) and model is not Page]


def errors_of(model: type[Page]) -> Iterator[Error]:
    """Yield an error for what a page type lacks, and for unknown names in its `prefetched_with`."""
    if missing := list(_missing(model)):
        yield Error(
            f"The page type {model._meta.label} lacks {', '.join(missing)}: its pages would answer "
            "with an error.",
            hint=HINT,
            obj=model,
            id="core.E001",
        )
    if unknown := [
        name for name in getattr(model, "prefetched_with", []) if not _leads(model, name)
    ]:
        yield Error(
            f"The page type {model._meta.label} names {', '.join(unknown)} in prefetched_with, "
            "which is no foreign key of it: its pages would answer with an error.",
            hint="Set prefetched_with to the foreign keys that the page's own template follows.",
            obj=model,
            id="core.E002",
        )


def _missing(model: type[Page]) -> Iterator[str]:
    yield from (name for name in ATTRIBUTES if not hasattr(model, name))
    yield from (f"{name}()" for name in METHODS if not callable(getattr(model, name, None)))
    queryset = model.objects.get_queryset()
    yield from (f"objects.{name}()" for name in QUERIES if not hasattr(queryset, name))


def _leads(model: type[Page], name: str) -> bool:
    try:
        return model._meta.get_field(name).many_to_one or model._meta.get_field(name).one_to_one
    except FieldDoesNotExist:
        return False
