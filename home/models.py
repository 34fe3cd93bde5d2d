from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction
from django.http import Http404
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.blocks import SnippetChooserBlock

from emca_site.banners.models import BannersMixin
from emca_site.core.models import (
    AddressMixin,
    BannerImageMixin,
    BodyMixin,
    ListingMixin,
    StandfirstMixin,
)
from emca_site.media.pictures import prefetch_renditions
from emca_site.publishing.models import PublishablePageMixin, PublishedPageQuerySet, drawn_with
from news.models import ArticlePage, areas_shown
from priorities.models import published_areas

Thing = TypeVar("Thing", bound=models.Model)


class HomePage(PublishablePageMixin, BannersMixin, BannerImageMixin, Page):
    """The front page: banners, the areas, key figures and the latest news."""

    ARTICLES_SHOWN = 4

    headline = models.CharField(
        max_length=100, blank=True, help_text="The site's line: the main heading of the page."
    )
    intro = models.CharField(
        max_length=300, blank=True, help_text="What the authority does, in one or two sentences."
    )
    areas_heading = models.CharField(max_length=80, default="What we work on")
    areas_intro = models.CharField(max_length=200, blank=True)
    figures_heading = models.CharField(max_length=80, default="Some numbers to know")
    figures_intro = models.CharField(max_length=200, blank=True)
    key_figures = StreamField(
        [("figure", SnippetChooserBlock("figures.Figure", icon="order"))],
        blank=True,
        max_num=6,
        help_text="Three to six look best.",
    )
    news_heading = models.CharField(max_length=80, default="Latest news")
    featured_article = models.ForeignKey(
        "news.ArticlePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Stands first, on a card with its picture. Empty, or not published: the newest "
        "article.",
    )

    objects = drawn_with(PublishedPageQuerySet, "banner_image")

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "priorities.PriorityIndexPage",
        "news.NewsIndexPage",
        "home.StandardPage",
    ]

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            ["headline", "intro", *BannerImageMixin.banner_panels],
            heading="Top of the page",
            help_text="Banners, if there are any, take the place of the banner image.",
        ),
        MultiFieldPanel(["areas_heading", "areas_intro"], heading="Priority areas"),
        MultiFieldPanel(
            ["figures_heading", "figures_intro", FieldPanel("key_figures")], heading="Key figures"
        ),
        MultiFieldPanel(["news_heading", "featured_article"], heading="News"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = "home page"

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def route(self, request, path_components):
        """Find a page at any depth in one query; Wagtail's own takes two for each level.

        The pages on the way are kept on the one found, for its breadcrumbs.
        """
        if not path_components:
            return super().route(request, path_components)
        by_path = {
            page.path: page
            for page in Page.objects.descendant_of(self).filter(
                slug__in=path_components, depth__lte=self.depth + len(path_components)
            )
        }
        parent, way = self, [self]
        for slug in path_components:
            parent = next(
                (
                    page
                    for page in by_path.values()
                    if page.slug == slug and page.path[: -Page.steplen] == parent.path
                ),
                None,
            )
            if parent is None:
                raise Http404
            way.append(parent)
        page = parent.specific
        page.ancestors_on_the_way = way[:-1]
        return page.route(request, [])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["areas"] = areas = published_areas(request)
        context["articles"] = articles = self.articles_shown()
        prefetch_renditions(
            [
                self.banner_image,
                *(banner.picture for banner in context["banners"]),
                *(area.banner_image for area in areas),
                *(article.lead_picture for article in articles),
            ]
        )
        return context

    def articles_shown(self) -> list[ArticlePage]:
        """The article that stands first and the newest of the others."""
        published = ArticlePage.objects.published().defer_streamfields()
        first = published.chosen_or_newest(self.featured_article_id)
        if first is None:
            return []
        others = published.exclude(pk=first.pk).newest_first()[: self.ARTICLES_SHOWN - 1]
        articles = [first, *others]
        models.prefetch_related_objects(articles, areas_shown())
        return articles


class StandardPage(
    PublishablePageMixin,
    AddressMixin,
    StandfirstMixin,
    BannerImageMixin,
    ListingMixin,
    BodyMixin,
    Page,
):
    """A page about the authority or the site, such as contact or privacy."""

    objects = drawn_with(PublishedPageQuerySet, "banner_image")

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]

    content_panels = [
        *Page.content_panels,
        *StandfirstMixin.standfirst_panels,
        *BannerImageMixin.banner_panels,
        *BodyMixin.body_panels,
    ]
    promote_panels = [*ListingMixin.listing_panels, *Page.promote_panels]
    search_fields = [
        *Page.search_fields,
        *ListingMixin.listing_search_fields,
        *StandfirstMixin.standfirst_search_fields,
        *BodyMixin.body_search_fields,
    ]

    class Meta:
        verbose_name = "standard page"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        prefetch_renditions([self.banner_image, *self.body_pictures])
        return context


class LoadedItemManager(models.Manager):
    def load(self, key: str, make: Callable[[], models.Model | None]) -> bool:
        """Make something once and for all, together with its record. Says whether it was now."""
        if self.filter(key=key).exists():
            return False
        with transaction.atomic():
            # Two processes may start at the same time: the second waits here for the first.
            item, is_new = self.get_or_create(key=key)
            if is_new and (thing := make()):
                item.object_id = thing.pk
                item.save(update_fields=["object_id"])
        return is_new

    def find(self, key: str, model: type[Thing]) -> Thing | None:
        """What was made under this key, wherever it is by now; nothing if it was deleted."""
        item = self.filter(key=key, object_id__isnull=False).first()
        return model._base_manager.filter(pk=item.object_id).first() if item else None


class LoadedItem(models.Model):
    """Something that set-up or the demo content made.

    The record outlives the thing: what staff delete does not come back, and what they rename or
    move is not made a second time.
    """

    key = models.CharField(max_length=200, unique=True)
    object_id = models.PositiveBigIntegerField(null=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = LoadedItemManager()

    def __str__(self):
        return self.key
