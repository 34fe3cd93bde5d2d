"""What `setup_site` finds on a site where somebody has begun without it."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from home.models import HomePage


@pytest.mark.django_db
def test_a_welcome_page_that_somebody_has_edited_stays():
    welcome = Page.objects.get(depth=2)
    welcome.title = "Our own page"
    welcome.save_revision().publish()
    call_command("setup_site")
    assert Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page.specific == HomePage.objects.get()
