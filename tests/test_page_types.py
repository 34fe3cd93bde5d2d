"""A page type that lacks what every page is asked is named before anybody opens such a page."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import models
from django.test.utils import isolate_apps
from wagtail.models import PAGE_MODEL_CLASSES, Page, PageManager

from emca_site.core import checks
from emca_site.core.models import SitePage
from tests.test_page_rules import PAGE_TYPES


@pytest.fixture
def new_type():
    """Make a page type of these bases and attributes, which is forgotten after the test."""
    with isolate_apps("home", "wagtail.contrib.settings"):

        def make(*bases, **attributes):
            meta = type("Meta", (), {"app_label": "home"})
            return type("LeafletPage", bases, {"__module__": __name__, "Meta": meta, **attributes})

        known = list(PAGE_MODEL_CLASSES)
        yield make
        PAGE_MODEL_CLASSES[:] = known


def said(page_type) -> list[tuple[str, str]]:
    return [(error.id, error.msg) for error in checks.errors_of(page_type)]


def test_a_page_type_of_wagtails_own_is_named_with_everything_it_lacks(new_type, monkeypatch):
    leaflet = new_type(Page)
    ((code, words),) = said(leaflet)
    assert code == "core.E001"
    assert words.startswith("The page type home.LeafletPage lacks description, ")
    for name in (
        "share_image()",
        "structured_data()",
        "objects.prefetched()",
        "objects.published()",
    ):
        assert name in words
    monkeypatch.setattr(checks, "page_types", lambda: [leaflet])
    assert "core.E001" in {error.id for error in run_checks(tags=[Tags.models])}


def test_only_what_is_missing_is_named(new_type):
    manager = PageManager()
    leaflet = new_type(SitePage, objects=manager, prefetched_with=[])
    assert said(leaflet) == [
        (
            "core.E001",
            "The page type home.LeafletPage lacks objects.prefetched(), objects.published(): "
            "its pages "
            "would answer with an error.",
        )
    ]


def test_a_relation_that_is_not_there_is_named(new_type):
    leaflet = new_type(
        SitePage, lead=models.CharField(max_length=9), prefetched_with=["map", "lead"]
    )
    ((code, words),) = said(leaflet)
    assert code == "core.E002"
    assert "home.LeafletPage names map, lead in prefetched_with" in words


def test_a_page_type_of_the_site_page_alone_lacks_nothing(new_type):
    assert said(new_type(SitePage)) == []


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_every_page_type_is_a_site_page_and_lacks_nothing(page_type):
    assert issubclass(page_type, SitePage)
    assert said(page_type) == []
