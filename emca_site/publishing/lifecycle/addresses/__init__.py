"""Handle addresses that somebody typed: which are this site's own, and which may be shown.

An address on one of the site's own hosts is shown only while it leads to something public, and
then as it is now: a page that was moved is followed. Drafts, retired pages and addresses that do
not exist are treated alike, so that no link tells them apart.
"""

from emca_site.publishing.lifecycle.addresses.field import (
    AddressField,
    AddressFormField,
    validate_address,
)
from emca_site.publishing.lifecycle.addresses.own import OwnAddress, own_address
from emca_site.publishing.lifecycle.addresses.shown import (
    address_shown,
    full_address_shown,
    look_up,
    prefetch_addresses,
)
from emca_site.publishing.lifecycle.addresses.targets import Target, Targets, find_targets

__all__ = [
    "AddressField",
    "AddressFormField",
    "OwnAddress",
    "Target",
    "Targets",
    "address_shown",
    "find_targets",
    "full_address_shown",
    "look_up",
    "own_address",
    "prefetch_addresses",
    "validate_address",
]
