"""Links that an editor chooses: to a page, to another address here or to another site."""

from django.core.exceptions import ValidationError
from wagtail import blocks

from emca_site.core.addresses import validate_address
from emca_site.publishing.models import is_readable


class LinkValue(blocks.StructValue):
    @property
    def url(self) -> str:
        page = self.get("page")
        if page:
            return page.url if is_readable(page) else ""  # a draft's address is a secret
        return self.get("external_url") or ""


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


class LinksBlock(blocks.StructBlock):
    heading = blocks.CharBlock(max_length=80)
    links = blocks.ListBlock(LinkBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        template = "blocks/links.html"
        label = "List of links"
        description = "Where to read on, under a heading"
        preview_value = {
            "heading": "Read on",
            "links": [{"text": "Read the plan", "external_url": "https://example.org"}],
        }
