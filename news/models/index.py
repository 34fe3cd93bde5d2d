from django.db import models

from emca_site.banners.models import BannersMixin
from emca_site.core.models import (
    BannerImageMixin,
    ListingMixin,
    SitePage,
    StandfirstMixin,
)
from emca_site.core.paging import CappedPaginator, NumberedPage
from emca_site.media.pictures import prefetch_renditions
from emca_site.text.words import counted, sentence
from news.filters import ArticleFilter
from news.kinds import Kind
from news.models.article import ArticlePage
from news.models.article_queryset import areas_shown
from news.models.chosen import published_years
from priorities.models import published_areas


class NewsIndexPage(BannersMixin, StandfirstMixin, BannerImageMixin, ListingMixin, SitePage):
    """Lists every article, newest first, and narrows the list by area, kind and year."""

    ARTICLES_PER_PAGE = 12

    featured_article = models.ForeignKey(
        "news.ArticlePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Stands large above the list, on its first page and until a reader filters, and "
        "not in the list as well. Empty, or not published: the newest article.",
    )

    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.ArticlePage"]

    content_panels = [
        *SitePage.content_panels,
        *ListingMixin.listing_panels,
        *StandfirstMixin.standfirst_panels,
        *BannerImageMixin.banner_panels,
        "featured_article",
        *SitePage.change_panels,
    ]
    search_fields = [
        *SitePage.search_fields,
        *ListingMixin.listing_search_fields,
        *StandfirstMixin.standfirst_search_fields,
    ]

    class Meta:
        verbose_name = "list of news"
        verbose_name_plural = "lists of news"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        areas, years = published_areas(request), published_years(request)
        chosen = ArticleFilter.read(request.GET, areas, years)
        # All articles are below this page, so no filter by it is needed. It would keep the database
        # from using the index of dates.
        everything = ArticlePage.objects.published().defer_streamfields()
        everything = everything.select_related("lead_picture")
        articles = chosen.apply(everything)
        featured = None if chosen else everything.chosen_or_newest(self.featured_article_id)
        if featured:
            articles = articles.exclude(pk=featured.pk)
        pages = CappedPaginator(
            articles.newest_first(),
            self.ARTICLES_PER_PAGE,
            lambda number: f"{self.url or ''}{chosen.query(number)}",
        )
        shown = pages.get_page(request.GET.get("page"))
        shown.object_list = list(shown.object_list)
        is_front = not chosen and shown.number == 1
        if not is_front:
            featured, context["banners"] = None, []
        articles = [featured, *shown] if featured else list(shown)
        models.prefetch_related_objects(articles, areas_shown())
        prefetch_renditions(
            [
                self.banner_image,
                *(banner.picture for banner in context["banners"]),
                *(article.lead_picture for article in articles),
            ]
        )
        return context | {
            "chosen": chosen,
            "page_title": chosen.title(of=self.title),
            "here": chosen.query(shown.number),
            "areas": areas,
            "kinds": list(Kind),
            "years": years,
            "articles": shown,
            "count": self._count_in_words(shown, chosen),
            "featured": featured,
            "is_first_picture": not (self.banner_image or context["banners"]),
            "ways_out": []
            if shown
            else [each for each in chosen.wider if each.apply(everything).exists()],
        }

    @staticmethod
    def _count_in_words(shown: NumberedPage, chosen: ArticleFilter) -> str:
        """Return the heading: “Two articles match”, “Sixteen articles, newest first”."""
        paginator = shown.paginator
        count = sentence(counted(paginator.count, "article", most=paginator.MOST_COUNTED))
        if not chosen:
            count += ", newest first"
        elif paginator.count == 1:
            count += " matches"
        else:
            count += " match"
        if shown.number > 1:
            count += f", page {shown.number} of {paginator.num_pages}"
        return count
