"""Mixins with one behaviour each, its fields and its panels. Page types combine them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from emca_site.core.addresses import RESERVED_SLUGS
from emca_site.core.blocks import BodyBlock, headings_in
from emca_site.figures.prefetching import figures_of
from emca_site.publishing.lifecycle.addresses import AddressField, address_shown
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.text.headings import OWN_IDS, PLACES_ON_PAGES, Anchors, Heading
from emca_site.text.rich_text import RichTexts


class AddressMixin(models.Model):
    """Refuses slugs that hide addresses of the site itself."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError(
                {"slug": f"The site uses “{self.slug}” itself. Choose another address."}
            )


class BannerImageMixin(models.Model):
    """A decorative picture across the top of a page."""

    banner_image = models.ForeignKey(
        "media.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Decorative. At least 1680 pixels wide. Put the focal point right of the "
        "middle: on wide screens the heading covers the left.",
    )

    prefetched_with = ["banner_image", "owned_by"]
    banner_panels = ["banner_image"]

    class Meta:
        abstract = True

    def share_image(self, request=None):
        """Return the picture that other sites show beside a link to this page, or None."""
        return self.banner_image


class StandfirstMixin(models.Model):
    """The one or two sentences between a page's heading and its body."""

    standfirst = models.CharField(
        max_length=300, blank=True, help_text="One or two sentences below the heading."
    )

    standfirst_panels = ["standfirst"]
    standfirst_search_fields = [index.SearchField("standfirst")]

    class Meta:
        abstract = True


class ListingMixin(models.Model):
    """The summary of a page for lists and cards."""

    # Not blank: a draft may lack a summary, a published page may not.
    summary = models.CharField(
        max_length=200,
        help_text="One or two plain sentences, for lists and cards.",
    )

    # For lists of mixed page types: the name of the type, and whether to show the date.
    listed_as = "Page"
    is_listed_by_date = False

    listing_panels = ["summary"]
    listing_search_fields = [index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """The description for search engines: the one written for them, else the summary."""
        return self.search_description or self.summary

    @classmethod
    def kinds_of(cls, ids: list[int]) -> dict[int, str]:
        """Return the name that lists use for each of these pages, which are all of this type."""
        return dict.fromkeys(ids, cls.listed_as)


class LinkMixin(models.Model):
    """One link: to a page of this site, or to another site."""

    link_text = models.CharField(
        max_length=60,
        blank=True,
        help_text="Says where the link goes. Never “click here” or “read more” alone.",
    )
    link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = AddressField("web address", blank=True, help_text="Only for other sites.")

    link_fields = {"link_text": ("link_page", "link_url")}
    link_panels = [
        MultiFieldPanel(
            ["link_text", FieldRowPanel(["link_page", "link_url"])],
            heading="Link",
        )
    ]

    class Meta:
        abstract = True

    @property
    def url(self) -> str:
        """The address of the link; empty if it is not visible to visitors, or there is no link."""
        if self.link_page:
            return self.link_page.url if is_readable(self.link_page) else ""
        return address_shown(self, self.link_url)

    def clean(self):
        super().clean()
        if self.link_page_id and self.link_url:
            raise ValidationError({"link_url": "Choose a page or give a web address, not both."})
        if (self.link_page_id or self.link_url) and not self.link_text:
            raise ValidationError({"link_text": "Say where the link goes."})


class BodyMixin(models.Model):
    """The body of a page, and the headings for its list of contents."""

    body = StreamField(BodyBlock(), blank=True)

    body_panels = ["body"]
    body_search_fields = [index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def headings(self) -> list[Heading]:
        """The second-level headings of the body, in order, with their ids as rendered."""
        anchors = Anchors()
        # As rendered, because a heading may hold a figure.
        headings = headings_in(self.body, self.rich_texts.html_of)
        return [Heading(text, anchors(text)) for text in headings]

    def anchors_on_it(self) -> list[str]:
        """Return the ids on the page that a link may lead to, its own headings first."""
        own = [heading.anchor for heading in self.headings]
        return [*own, *sorted(OWN_IDS | PLACES_ON_PAGES)]

    @cached_property
    def rich_texts(self) -> RichTexts:
        return RichTexts(*self.rich_text_values())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # For the templates of the blocks: each heading gets its id when it is rendered.
        context["anchors"] = Anchors()
        with figures_of(self):
            self.rich_texts.expand()
        context["rich_texts"] = self.rich_texts
        return context

    @property
    def body_pictures(self) -> list:
        """The pictures in the body, so that the renditions of the whole page can be prefetched."""
        return [block.value["image"] for block in self.body if block.block_type == "picture"]

    def rich_text_values(self) -> list:
        """Return everything on the page that holds rich text, so that it is expanded together."""
        return [self.body]
