from django.db import models
from django.http import Http404
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from emca_site.banners.models import BannersMixin
from emca_site.core.models import BannerImageMixin, SitePage, SiteSettings
from emca_site.core.structured_data import organisation, website
from emca_site.councils.models import Topic
from emca_site.figures.blocks import FigureChooserBlock
from emca_site.figures.models import shown
from emca_site.media.pictures import prefetch_renditions
from emca_site.publishing.lifecycle.models.published import is_readable
from emca_site.publishing.lifecycle.models.retirement import Retirement, has_an_answer
from emca_site.site_version.models import cached
from news.models import ArticlePage, areas_shown
from priorities.models import published_areas


class HomePage(BannersMixin, BannerImageMixin, SitePage):
    """The front page: banners, the areas, key figures and the latest news."""

    ARTICLES_SHOWN = 4
    heading_fields = ["headline", "areas_heading", "figures_heading", "ask_heading", "news_heading"]
    link_fields = {"ask_link_text": ("", "")}  # the template sets the address

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
        [("figure", FigureChooserBlock())],
        blank=True,
        max_num=6,
        help_text="Three to six look best.",
    )
    ask_heading = models.CharField(
        "heading",
        max_length=80,
        blank=True,
        default="Not sure who to ask?",
        help_text="Above the way to “Who does what”. Empty: it is not shown.",
    )
    ask_text = models.CharField(
        "text",
        max_length=200,
        blank=True,
        default="Councils, the government and our own authority do different jobs.",
    )
    ask_link_text = models.CharField(
        "words on the button", max_length=60, default="Find out who does what"
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

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "priorities.PriorityIndexPage",
        "news.NewsIndexPage",
        "home.StandardPage",
        "home.AccessibilityStatementPage",
    ]

    content_panels = [
        *SitePage.content_panels,
        MultiFieldPanel(
            ["headline", "intro", *BannerImageMixin.banner_panels],
            heading="Top of the page",
            help_text="Banners, if there are any, take the place of the banner image.",
        ),
        MultiFieldPanel(["areas_heading", "areas_intro"], heading="Priority areas"),
        MultiFieldPanel(
            ["figures_heading", "figures_intro", FieldPanel("key_figures")], heading="Key figures"
        ),
        MultiFieldPanel(["ask_heading", "ask_text", "ask_link_text"], heading="Who does what"),
        MultiFieldPanel(["news_heading", "featured_article"], heading="News"),
        *SitePage.change_panels,
    ]
    search_fields = [*SitePage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = "home page"

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def structured_data(self, authority: SiteSettings, image) -> list[dict]:
        """Return the schema.org objects of the authority and of the site."""
        return [organisation(authority), website(authority)]

    def route(self, request, path_components):
        """Find a page at any depth in one query; Wagtail's own takes two for each level.

        The pages above it are stored on it for its breadcrumbs. For a page that is not visible to
        visitors no further query runs, as for an address that never existed.
        """
        if not path_components:
            return super().route(request, path_components)
        by_path = {
            page.path: page
            for page in Page.objects.descendant_of(self)
            .filter(slug__in=path_components, depth__lte=self.depth + len(path_components))
            .annotate(is_gone=Retirement.objects.is_gone("pk"))
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
        if not has_an_answer(parent):
            raise Http404
        page = parent.specific_class.objects.prefetched().get(pk=parent.pk)
        # A draft or expired page is not named to visitors of a page below it.
        page.ancestors_on_the_way = [above for above in way[:-1] if is_readable(above)]
        return page.route(request, [])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["areas"] = areas = published_areas(request)
        context["has_topics"] = cached("any topics", request, Topic.objects.exists)
        context["articles"] = articles = self.articles_shown()
        context["figures"] = shown(block.value for block in self.key_figures)
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
        """Return the article that is shown first, then the newest of the others."""
        published = ArticlePage.objects.published().defer_streamfields()
        published = published.select_related("lead_picture")
        first = published.chosen_or_newest(self.featured_article_id)
        if first is None:
            return []
        others = published.exclude(pk=first.pk).newest_first()[: self.ARTICLES_SHOWN - 1]
        articles = [first, *others]
        models.prefetch_related_objects(articles, areas_shown())
        return articles
