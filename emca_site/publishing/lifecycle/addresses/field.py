"""Define the model and form fields for an address that an editor types."""

import re
from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from wagtail.models import Site

from emca_site.publishing.lifecycle.addresses.inside import addresses_inside, paths_carried
from emca_site.publishing.lifecycle.addresses.own import own_address

# Two slashes, or a slash and a backslash, would lead to another site.
_HERE = re.compile(r"/(?![/\\])[^\s\\<>\"]*", re.ASCII)
_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")
_elsewhere = URLValidator(schemes=["http", "https"])


def validate_address(value: str) -> None:
    """Raise ValidationError for all but a full web address or a path on this site."""
    if _HERE.fullmatch(value) or (value.startswith(("http://", "https://")) and own_address(value)):
        return
    try:
        _elsewhere(value)
    except ValidationError:
        raise ValidationError(
            "Give a whole web address such as https://example.org/plan, or one here such as "
            "/figures/."
        ) from None


def references_of(typed: str) -> Iterator[tuple]:
    """Yield references for Wagtail's index for each address on this site: to `Site`, by the path.

    They do not refer to the page that is there now: another page may get that address, and a
    person who may not see a draft could find it by typing its address.
    """
    for each in [typed, *addresses_inside(typed), *paths_carried(typed)]:
        if (own := own_address(each)) and own.can_be_looked_up:
            yield Site, own.key, "", ""


class AddressFormField(forms.CharField):
    """Form field that accepts paths on this site, and other addresses without a scheme."""

    widget = forms.TextInput
    default_validators = [validate_address]

    def to_python(self, value):
        text = super().to_python(value)
        return f"https://{text}" if _WITHOUT_SCHEME.fullmatch(text) else text


class WholeAddressFormField(forms.URLField):
    """Form field that adds this site's host to a path.

    It is for Wagtail's models that store whole addresses: redirects and promoted results.
    """

    widget = forms.TextInput  # in a URL input the browser would refuse an address without a host

    def to_python(self, value):
        if isinstance(value, str) and _HERE.fullmatch(value.strip()):
            value = settings.SITE_URL.rstrip("/") + value.strip()
        return super().to_python(value)


class AddressField(models.URLField):
    """Model field for an address on this site or another. Show it by `address_shown()` only."""

    default_validators = [validate_address]

    def deconstruct(self):
        # The column is that of any URLField, so migrations need not name this class.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs):
        kwargs.pop("assume_scheme", None)  # Wagtail passes this for every URLField
        own = {"form_class": AddressFormField, "max_length": self.max_length}
        return models.Field.formfield(self, **kwargs | own)

    def extract_references(self, value: str) -> Iterator[tuple]:
        return references_of(value)
