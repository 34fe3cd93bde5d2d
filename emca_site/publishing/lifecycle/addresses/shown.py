"""Show the typed addresses of objects, and prefetch their targets for many objects together."""

from collections.abc import Iterable
from urllib.parse import urljoin

from django.conf import settings
from django.db import models

from emca_site.publishing.lifecycle.addresses.field import AddressField
from emca_site.publishing.lifecycle.addresses.targets import Targets, find_targets

_HELD = "_targets_of_addresses"


def addresses_of(publishable) -> list[str]:
    """Return what was typed into a model's address fields, or an object's `typed_addresses()`."""
    if isinstance(publishable, models.Model):
        fields = [each for each in publishable._meta.get_fields() if isinstance(each, AddressField)]
        return [typed for each in fields if (typed := getattr(publishable, each.attname))]
    return publishable.typed_addresses()


def prefetch_addresses(publishables: Iterable) -> None:
    """Look up the typed addresses of all these objects in one query, unless that was done."""
    publishables = [each for each in publishables if each is not None and not hasattr(each, _HELD)]
    typed = [each for publishable in publishables for each in addresses_of(publishable)]
    if typed:
        hold(publishables, find_targets(typed))


def hold(publishables: Iterable, targets: Targets) -> None:
    for publishable in publishables:
        setattr(publishable, _HELD, targets)


def address_shown(publishable, typed: str) -> str:
    """Return the address to show for one that was typed into this object.

    It is an empty string while the address leads to nothing public.
    """
    if not typed:
        return ""
    held = getattr(publishable, _HELD, None)
    if held is None or typed not in held.typed:
        held = find_targets([typed])
    return held.typed[typed].shown


def full_address_shown(publishable, typed: str) -> str:
    """Return the address to show with its host, for feeds and data."""
    address = address_shown(publishable, typed)
    return urljoin(f"{settings.SITE_URL}/", address) if address else ""


def look_up(typed: str) -> str:
    """Return the address to show for one that belongs to no object; empty if it is not public."""
    return find_targets([typed]).typed[typed].shown
