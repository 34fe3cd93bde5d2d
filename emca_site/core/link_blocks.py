"""Links that an editor chooses: to a page, to another address of this site or to another site."""

from django.core.exceptions import ValidationError
from wagtail import blocks

from emca_site.core.addresses import validate_address
from emca_site.publishing.lifecycle.addresses import address_shown
from emca_site.publishing.lifecycle.addresses.field import references_of
from emca_site.publishing.lifecycle.models.published import is_readable


class LinkValue(blocks.StructValue):
    @property
    def url(self) -> str:
        page = self.get("page")
        if page:
            return page.url if is_readable(page) else ""  # a draft's address is a secret
        return address_shown(self, self.get("external_url") or "")

    def typed_addresses(self) -> list[str]:
        return list(filter(None, [self.get("external_url")]))


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=100)
    page = blocks.PageChooserBlock(required=False)
    external_url = blocks.CharBlock(
        required=False,
        max_length=500,
        validators=[validate_address],
        label="Web address or an address here such as /figures/",
        help_text="For other sites, and for what is not a page: choose a page above.",
    )

    class Meta:
        icon = "link"
        link_fields = {"text": ("page", "external_url")}
        value_class = LinkValue
        template = "blocks/link.html"
        label = "Link"
        description = "A link to a page here, to another address here or to another site"
        preview_value = {"text": "Read the plan", "external_url": "https://example.org"}

    def clean(self, value):
        value = super().clean(value)
        one_target = bool(value["page"]) != bool(value["external_url"])
        if not one_target and not self.is_deferred_validation:  # drafts may be unfinished
            error = ValidationError("Choose a page or give a web address, not both.")
            raise blocks.StructBlockValidationError({"page": error, "external_url": error})
        return value

    def extract_references(self, value):
        yield from super().extract_references(value)
        for model, key, _, _ in references_of(value.get("external_url") or ""):
            yield model, key, "external_url", "external_url"


class LinksBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80)
    links = blocks.ListBlock(LinkBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        heading_fields = ["heading"]
        template = "blocks/links.html"
        label = "List of links"
        description = "Where to read on, under a heading"
        preview_value = {
            "heading": "Read on",
            "links": [{"text": "Read the plan", "external_url": "https://example.org"}],
        }


class SocialLinkValue(blocks.StructValue):
    @property
    def address(self) -> str:
        return address_shown(self, self.get("url") or "")

    def typed_addresses(self) -> list[str]:
        return list(filter(None, [self.get("url")]))


class SocialLinkBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=40)
    url = blocks.URLBlock()

    class Meta:
        value_class = SocialLinkValue

    def extract_references(self, value):
        for model, key, _, _ in references_of(value.get("url") or ""):
            yield model, key, "url", "url"
