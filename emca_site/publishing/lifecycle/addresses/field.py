"""The field for an address that an editor types."""

import re
from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from wagtail.models import Site

from emca_site.publishing.lifecycle.addresses.inside import addresses_inside
from emca_site.publishing.lifecycle.addresses.own import own_address

# Two slashes, or one and a backslash, would lead to another site.
_HERE = re.compile(r"/(?![/\\])[^\s\\<>\"]*", re.ASCII)
_WITHOUT_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")
_elsewhere = URLValidator(schemes=["http", "https"])


def validate_address(value: str) -> None:
    """Accept a web address in full, or one on this site that begins with a slash."""
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
    """What Wagtail's reference index keeps of an address on this site: the site, by the path.

    Not the page that is there now: another may come to stand there, and whoever may not know of a
    draft would be told of it by what they typed.
    """
    for each in [typed, *addresses_inside(typed)]:
        if (own := own_address(each)) and own.can_be_looked_up:
            yield Site, own.key, "", ""


class AddressFormField(forms.CharField):
    """Takes addresses here without a host, and addresses elsewhere without a scheme."""

    widget = forms.TextInput
    default_validators = [validate_address]

    def to_python(self, value):
        text = super().to_python(value)
        return f"https://{text}" if _WITHOUT_SCHEME.fullmatch(text) else text


class WholeAddressFormField(forms.URLField):
    """Completes an address here with this site's host, for Wagtail's models that store whole ones.

    They are redirects and promoted results.
    """

    widget = forms.TextInput  # a browser would refuse what has no host before it is sent

    def to_python(self, value):
        if isinstance(value, str) and _HERE.fullmatch(value.strip()):
            value = settings.SITE_URL.rstrip("/") + value.strip()
        return super().to_python(value)


class AddressField(models.URLField):
    """The address of a page here or of another site. Print it by `address_shown()`."""

    default_validators = [validate_address]

    def deconstruct(self):
        # The column is that of any URLField: migrations need not know the difference.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs):
        kwargs.pop("assume_scheme", None)  # which Wagtail says for every URLField
        own = {"form_class": AddressFormField, "max_length": self.max_length}
        return models.Field.formfield(self, **kwargs | own)

    def extract_references(self, value: str) -> Iterator[tuple]:
        return references_of(value)
