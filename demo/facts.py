"""Loads what many pages share: contacts, figures and the site settings."""

import json
from datetime import date
from decimal import Decimal
from html import escape

from django.contrib.auth.models import Group
from django.utils import timezone

from demo.picture_files import find_picture
from demo.publishing import publish
from demo.reading import content
from emca_site.core.models import Contact, SiteSettings
from emca_site.figures.models import Figure
from home.models import LoadedItem
from priorities.areas import AREAS
from priorities.models import PriorityPage
from site_setup.teams import find_team

CONTACT_FIELDS = ("name", "email", "phone", "hours", "out_of_hours_phone", "note")


def load_contacts() -> int:
    """Return how many were made."""
    return sum(
        LoadedItem.objects.load(f"contact:{key}", lambda team=team: _make_contact(team))
        for key, team in content("site")["contacts"].items()
    )


def load_figures() -> int:
    """Return how many were made."""
    return sum(
        LoadedItem.objects.load(f"figure:{item['key']}", lambda item=item: _make_figure(item))
        for item in content("figures")["figures"]
    )


def load_settings() -> int:
    """Fill the site settings, unless that was done before. Return whether it was done now."""
    return LoadedItem.objects.load("settings", _fill_settings)


def find_contact(key: str | None) -> Contact | None:
    return LoadedItem.objects.find(f"contact:{key}", Contact) if key else None


def _make_contact(team: dict) -> Contact:
    contact = Contact(**{name: team[name] for name in CONTACT_FIELDS if name in team})
    contact.full_clean()
    contact.save()
    return contact


def _make_figure(item: dict) -> Figure:
    existing = Figure.objects.filter(key=item["key"]).first()
    if existing:
        return existing  # staff made the same one before
    is_full_day = isinstance(item["as_at"], date)
    in_words = "" if is_full_day or item["as_at_text"] == "not stated" else item["as_at_text"]
    figure = Figure(
        key=item["key"],
        label=item["label"],
        value=Decimal(item["value"]),
        unit=item["unit"],
        qualifier=item["qualifier"],
        as_at=item["as_at"] if is_full_day else None,
        as_at_text=in_words,
        source_name=item["source_name"],
        source_url=item["source_link"],
        confidence=item["confidence"],
        doubt=item["doubt"],
        note=item["note"],
        area=_find_area(item["areas"][0]),
        owned_by=_find_owner(item["owner"]),
        review_by=item["review_by"],
        live=False,
    )
    figure.full_clean()
    figure.save()
    publish(figure, timezone.now())
    return figure


def _find_owner(address: str) -> Group | None:
    """Return the team of the account that the content names: an area's, else the comms staff."""
    name = address.partition("@")[0]
    return find_team(name if name in {area.key for area in AREAS} else "comms")


def _find_area(slug: str) -> PriorityPage | None:
    return LoadedItem.objects.find(f"page:/what-we-do/{slug}/", PriorityPage)


def _fill_settings() -> SiteSettings:
    site_settings, untouched = SiteSettings.load(), SiteSettings()
    fields = [field for field in SiteSettings._meta.concrete_fields if not field.primary_key]
    if any(
        field.value_to_string(site_settings) != field.value_to_string(untouched) for field in fields
    ):
        return site_settings
    site = content("site")
    foot = site["footer"]
    for name in ("name", "short_name", "name_first_line", "name_second_line", "strapline"):
        setattr(site_settings, name, site[name])
    site_settings.description = site["meta_description"]
    site_settings.share_picture = find_picture(site["share_picture"])
    site_settings.contact = find_contact("general")
    site_settings.press_contact = find_contact("press")
    site_settings.access_contact = find_contact("access")
    site_settings.social_links = json.dumps(
        [
            {"type": "link", "value": {"name": link["label"], "url": link["link"]}}
            for link in site["social"]
        ]
    )
    licence = f'<a href="{escape(foot["licence_link"])}">{escape(foot["licence_words"])}</a>'
    licence_line = escape(foot["licence_line"]).replace(escape(foot["licence_words"]), licence)
    site_settings.footer_text = f"<p>{escape(foot['demo_line'])}</p><p>{licence_line}</p>"
    site_settings.full_clean()
    site_settings.save()
    return site_settings
