"""Data about a page for machines, in the vocabulary of schema.org (JSON-LD)."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from emca_site.core.models import SiteSettings

# Prevents any text of an editor from ending the script element.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


def absolute(address: str) -> str:
    """Return an address of this site with its host; an address that has a host is unchanged."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def as_script(objs: Iterable[dict]) -> SafeString:
    """Return the JSON-LD script element for the head of a page. Browsers do not run it."""
    data = json.dumps(
        {"@context": "https://schema.org", "@graph": list(objs)}, ensure_ascii=False
    ).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # escaped above


def organisation(authority: SiteSettings) -> dict:
    """Return the schema.org object of the authority."""
    obj = {
        "@type": "GovernmentOrganization",
        "@id": absolute("/#organisation"),
        "name": authority.name,
        "url": absolute("/"),
        "logo": absolute("/apple-touch-icon.png"),
    }
    if authority.short_name:
        obj["alternateName"] = authority.short_name
    if authority.description:
        obj["description"] = authority.description
    if authority.contact and (authority.contact.email or authority.contact.phone):
        obj["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "customer service",
            **({"email": authority.contact.email} if authority.contact.email else {}),
            **({"telephone": authority.contact.phone} if authority.contact.phone else {}),
        }
    if shown := authority.social_links_shown:
        obj["sameAs"] = [absolute(link.address) for link in shown]
    return obj


def website(authority: SiteSettings) -> dict:
    """Return the schema.org object of the site, with how to search it."""
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "name": authority.name,
        "url": absolute("/"),
        "inLanguage": "en-GB",
        "publisher": {"@id": absolute("/#organisation")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute("/search/?q={search_term_string}"),
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(way: Iterable[Page]) -> dict:
    """Return the breadcrumb list: the pages from the home page down to this one."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": page.title,
                "item": absolute(page.url),
            }
            for position, page in enumerate(way, start=1)
        ],
    }
