from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks

from emca_site.publishing.uk_time.views import typed_date


@hooks.register("register_admin_urls")
def register_the_address_that_reads_dates():
    return [path("typed-date/", typed_date, name="publishing_typed_date")]


@hooks.register("insert_global_admin_js")
def show_what_was_understood():
    """Load the script before the forms: their inline scripts start the calendars."""
    return format_html(
        '<script src="{}" data-address="{}"></script>',
        static("js/desk-dates.js"),
        reverse("publishing_typed_date"),
    )
