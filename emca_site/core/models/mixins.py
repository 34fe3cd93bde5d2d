"""One behaviour each, with its fields and its panels. A page lists what it is."""

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
    """Keeps a page off the addresses that the site uses itself."""

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
        """The picture that other sites show beside a link to this page, or None."""
        return self.banner_image


class StandfirstMixin(models.Model):
    """The sentence or two between a page's heading and its body."""

    standfirst = models.CharField(
        max_length=300, blank=True, help_text="One or two sentences below the heading."
    )

    standfirst_panels = ["standfirst"]
    standfirst_search_fields = [index.SearchField("standfirst")]

    class Meta:
        abstract = True


class ListingMixin(models.Model):
    """What a list or a card says about a page."""

    # Not blank: a draft may lack a summary, a published page may not.
    summary = models.CharField(
        max_length=200,
        help_text="One or two plain sentences, for lists and cards.",
    )

    # In lists where pages of many types stand together: what it is, and whether its date matters.
    listed_as = "Page"
    is_listed_by_date = False

    listing_panels = ["summary"]
    listing_search_fields = [index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What search engines show: written for them, else the summary."""
        return self.search_description or self.summary

    @classmethod
    def kinds_of(cls, ids: list[int]) -> dict[int, str]:
        """What lists call each of these pages, all of this type."""
        return dict.fromkeys(ids, cls.listed_as)


class LinkMixin(models.Model):
    """One link: to a page here, or to another site."""

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
        """Where the link goes; empty where a visitor may not know, or there is no link."""
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
    """The body of a page, and the headings that lead into it."""

    body = StreamField(BodyBlock(), blank=True)

    body_panels = ["body"]
    body_search_fields = [index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def headings(self) -> list[Heading]:
        """The second-level headings of the body, in order, with the ids they are drawn with."""
        anchors = Anchors()
        # As they are drawn: a heading may hold a figure.
        headings = headings_in(self.body, self.rich_texts.html_of)
        return [Heading(text, anchors(text)) for text in headings]

    def anchors_on_it(self) -> list[str]:
        """The places on the page that a link may lead to, its own headings first."""
        own = [heading.anchor for heading in self.headings]
        return [*own, *sorted(OWN_IDS | PLACES_ON_PAGES)]

    @cached_property
    def rich_texts(self) -> RichTexts:
        return RichTexts(*self.rich_text_values())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # For the templates of the blocks: ids are given out as headings are drawn.
        context["anchors"] = Anchors()
        with figures_of(self):
            self.rich_texts.expand()
        context["rich_texts"] = self.rich_texts
        return context

    @property
    def body_pictures(self) -> list:
        """The pictures in the body, for whoever fetches the renditions of the whole page."""
        return [block.value["image"] for block in self.body if block.block_type == "picture"]

    def rich_text_values(self) -> list:
        """Everything on the page that holds rich text, to be expanded together."""
        return [self.body]
