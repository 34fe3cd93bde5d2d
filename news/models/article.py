from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
)
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.rich_text import RichText
from wagtail.search import index

from emca_site.core.models import BannerImageMixin, BodyMixin, ListingMixin, SitePage, SiteSettings
from emca_site.core.structured_data import absolute, organisation
from emca_site.media.pictures import prefetch_renditions
from emca_site.publishing.lifecycle.addresses import AddressField, address_shown
from emca_site.publishing.lifecycle.models.published import is_readable, published_now
from emca_site.text.rich_text import SMALL_FEATURES, RichTextSearchField
from news.kinds import Kind
from news.models.article_queryset import ArticleQuerySet, areas_shown
from priorities.models import published_areas


class ArticlePage(BannerImageMixin, ListingMixin, BodyMixin, SitePage):
    """One news article. Its date is the day on which it was first published."""

    RELATED_ARTICLES = 3
    review_after = 24
    is_listed_by_date = True
    prefetched_with = ["banner_image", "owned_by", "lead_picture", "media_contact"]

    kind = models.CharField(max_length=13, choices=Kind, default=Kind.NEWS)
    priorities = ParentalManyToManyField(
        "priorities.PriorityPage",
        verbose_name="areas",
        related_name="articles",
        blank=True,
        help_text="The areas it is about. It shows among their news.",
    )
    lead_picture = models.ForeignKey(
        "media.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Decorative: above the text, and beside the title in lists. A picture that "
        "tells the reader something belongs in the body, where you describe it.",
    )
    closes_on = models.DateField(
        "closing date",
        null=True,
        blank=True,
        help_text="Of a consultation: the last day on which people can reply.",
    )
    consultation_url = AddressField(
        "where to reply", blank=True, help_text="Of a consultation: the page with the questions."
    )
    notes_to_editors = RichTextField(features=SMALL_FEATURES, blank=True)
    media_contact = models.ForeignKey(
        "core.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who answers journalists. Empty: the press contact in the site settings, "
        "under press releases.",
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = []

    content_panels = [
        *SitePage.content_panels,
        *ListingMixin.listing_panels,
        "kind",
        FieldPanel("priorities", widget=forms.CheckboxSelectMultiple),
        "lead_picture",
        *BannerImageMixin.banner_panels,
        MultiFieldPanel(
            [FieldRowPanel(["closes_on", "consultation_url"])],
            heading="Consultation",
            help_text="Only for consultations. The page says by itself whether it is open.",
        ),
        *BodyMixin.body_panels,
        MultiFieldPanel(["notes_to_editors", "media_contact"], heading="For journalists"),
        MultipleChooserPanel(
            "chosen_articles",
            chooser_field_name="article",
            heading="Related articles",
            max_num=RELATED_ARTICLES,
            help_text="Up to three. The rest are filled from the newest of the same areas.",
        ),
        *SitePage.change_panels,
    ]
    search_fields = [
        *SitePage.search_fields,
        *ListingMixin.listing_search_fields,
        *BodyMixin.body_search_fields,
        RichTextSearchField("notes_to_editors"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = "article"
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="kind_known"),
        ]

    @classmethod
    def kinds_of(cls, ids: list[int]) -> dict[int, str]:
        kinds = cls.objects.filter(pk__in=ids).values_list("pk", "kind")
        return {pk: Kind(kind).label for pk, kind in kinds}

    @property
    def is_consultation(self) -> bool:
        return self.kind == Kind.CONSULTATION

    @property
    def is_open(self) -> bool:
        """Whether people can still reply: the closing date is the last day, in UK time."""
        return bool(
            self.is_consultation and self.closes_on and timezone.localdate() <= self.closes_on
        )

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["related"] = related = self.related_articles()
        self._fetch_areas(related)
        context["media_contact"] = self.media_contact or self._default_media_contact(request)
        prefetch_renditions(
            [
                self.banner_image,
                self.lead_picture,
                *self.body_pictures,
                *(article.lead_picture for article in related),
            ]
        )
        return context

    def rich_text_values(self):
        return [*super().rich_text_values(), RichText(self.notes_to_editors), self]

    @property
    def consultation_shown(self) -> str:
        """The address where people can reply; empty while that is not public."""
        return address_shown(self, self.consultation_url)

    def share_image(self, request=None):
        """Return its own picture, else that of its first area, else None."""
        own = self.banner_image or self.lead_picture
        if own or not self.areas_shown:
            return own
        areas = {area.pk: area for area in published_areas(request)}
        area = areas.get(self.areas_shown[0].pk)
        return area.banner_image if area else None

    def structured_data(self, authority: SiteSettings, image) -> list[dict]:
        """Return the article as a schema.org object. `image` is a rendition, or None."""
        if not self.first_published_at:  # a preview
            return []
        obj = {
            "@type": "NewsArticle",
            "headline": self.title[:110],
            "description": self.description,
            "url": absolute(self.url),
            "mainEntityOfPage": absolute(self.url),
            "datePublished": self.first_published_at.isoformat(),
            "dateModified": self.updated_at.isoformat(),
            "inLanguage": "en-GB",
            "author": organisation(authority),
            "publisher": {"@id": absolute("/#organisation")},
            "articleSection": [area.title for area in self.areas_shown],
        }
        if image:
            obj["image"] = [absolute(image.url)]
        return [obj]

    def listed_at(self) -> list[str]:
        """Return the addresses of the lists, feeds and pages that show it.

        They are the news, also narrowed to each of its areas, their feeds, and the pages of its
        areas and of the commitments that name it.
        """
        commitments = [each.page for each in self.commitments.select_related("page")]
        areas = [area for area in self.priorities.all() if area.url and is_readable(area)]
        return [
            *super().listed_at(),
            *(area.url for area in areas),
            *(each.url for each in commitments if each.url and is_readable(each)),
            *(
                reverse(name, query={"priority": area.slug})
                for name in ("news_feed", "news_feed_json")
                for area in areas
            ),
            *(f"{above}?priority={area.slug}" for above in super().listed_at() for area in areas),
        ]

    def related_articles(self) -> list["ArticlePage"]:
        """Return three articles: those that the editor chose, then the newest of the same areas."""
        related = [article for article in self._chosen() if article.pk != self.pk]
        missing = self.RELATED_ARTICLES - len(related)
        if missing > 0:
            others = (
                ArticlePage.objects.published()
                .about_any(self.priorities.all())
                .exclude(pk__in=[self.pk, *(article.pk for article in related)])
                .newest_first()
                .select_related("lead_picture")
                .defer_streamfields()
            )
            related.extend(others[:missing])
        return related

    def _chosen(self) -> list["ArticlePage"]:
        """Return the articles that the editor chose and lists may show, in one query."""
        chosen = self.chosen_articles.all()
        if isinstance(chosen, models.QuerySet):
            listed = chosen.filter(published_now("article__"))
            return [each.article for each in listed.select_related("article__lead_picture")]
        # In a preview the choice is in memory and not yet in the database.
        ids = [each.article_id for each in chosen]
        listed = ArticlePage.objects.published().select_related("lead_picture").in_bulk(ids)
        return [listed[pk] for pk in ids if pk in listed]

    def _fetch_areas(self, related: list["ArticlePage"]) -> None:
        """Prefetch the areas of this article and of the related ones, in one query."""
        own = self.priorities.all()
        articles = related
        if isinstance(own, models.QuerySet):
            articles = [self, *related]
        else:  # a preview: the ticked areas are in memory and not yet in the database
            shown = {area.pk for area in published_areas()}
            self.areas_shown = [area for area in own if area.pk in shown]
        models.prefetch_related_objects(articles, areas_shown())

    def _default_media_contact(self, request):
        if self.kind != Kind.PRESS_RELEASE:
            return None
        return SiteSettings.read(request).press_contact
