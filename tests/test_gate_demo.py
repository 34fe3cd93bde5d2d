"""The demonstration passes the gate that it shows."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from emca_site.banners.models import Banner, Notice
from emca_site.figures.models import Figure
from emca_site.media import pictures
from emca_site.publishing.gate import find, refusals

pytestmark = pytest.mark.django_db


def test_nothing_that_the_demonstration_publishes_would_be_refused(settings, tmp_path, monkeypatch):
    settings.DEBUG = True
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(pictures, "make_renditions", lambda image: 0)
    call_command("load_demo", verbosity=0)
    pages = Page.objects.filter(depth__gt=1).live().specific()
    shown = [Banner.objects.published(), Notice.objects.published(), Figure.objects.all()]
    things = [*pages, *(thing for several in shown for thing in several)]
    assert len(things) > 50
    refused = {str(thing): refusals(find(thing)) for thing in things}
    assert {name: found for name, found in refused.items() if found} == {}
