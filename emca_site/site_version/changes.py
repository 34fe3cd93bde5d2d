"""Renews the version of the site when something on it changes.

This is one of four modules that listen to signals. The others are
`publishing/audit/immediate_changes.py`, which records changes that need no approval,
`publishing/approval/wagtail_mail.py`, which mails about a withdrawn approval, and
`figures/reindex.py`, which renews the search index of the pages that show a figure.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, Site
from wagtail.signals import post_page_move

from emca_site.site_version.models import SiteVersion

# These rows show on no page, or are written while a page is rendered.
UNSEEN = {"site_version.siteversion", "media.siteimagerendition", "search.fruitlesssearch"}
# Models of Wagtail that pages show, beside the page tree: promoted results, and the redirects of
# old addresses, which typed links may use.
SEEN = {
    "wagtailredirects.redirect",
    "wagtailsearchpromotions.query",
    "wagtailsearchpromotions.searchpromotion",
}


def shows(model: type[models.Model]) -> bool:
    """Whether a public page may show rows of this model."""
    if issubclass(model, Page | Site | Group) or model._meta.label_lower in SEEN:
        return True
    # Everything else that pages show is in apps of this project.
    module = model.__module__
    ours = any(f"{module}.".startswith(f"{app}.") for app in settings.SITE_ROOMS)
    seen = model._meta.label_lower not in UNSEEN and getattr(model, "shows_on_pages", True)
    return ours and seen


def renew(sender, **kwargs):
    if kwargs.get("raw") or not shows(sender):
        return
    SiteVersion.renew()


def listen() -> None:
    for signal in (post_save, post_delete, m2m_changed, post_page_move):
        signal.connect(renew, dispatch_uid="emca_site.site_version.changes")
