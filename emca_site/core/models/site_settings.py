from django.db import models
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from emca_site.core.link_blocks import SocialLinkBlock, SocialLinkValue
from emca_site.publishing.saving.record_forms import RecordForm
from emca_site.site_version.models import cached
from emca_site.text.rich_text import LINE_FEATURES, RichTexts


@register_setting(icon="site", order=1)
class SiteSettings(BaseGenericSetting):
    """Settings of the whole site: the authority's name, its contacts, the text of the footer.

    A setting takes effect as soon as it is saved.
    """

    name = models.CharField(
        "authority's name",
        max_length=100,
        default="Name of the authority",
        help_text="In full, as in page titles.",
    )
    short_name = models.CharField(
        max_length=30, blank=True, help_text="The name that people use, such as initials."
    )
    name_first_line = models.CharField(
        "name beside the mark, first line",
        max_length=40,
        blank=True,
        help_text="The large line in the header. Empty: the whole name.",
    )
    name_second_line = models.CharField(
        "name beside the mark, second line", max_length=60, blank=True
    )
    strapline = models.CharField(
        max_length=120, blank=True, help_text="One line under the name at the foot of every page."
    )
    description = models.CharField(
        max_length=200,
        blank=True,
        help_text="What search engines and other sites show for a page without one of its own.",
    )
    share_picture = models.ForeignKey(
        "media.SiteImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Shown beside links to pages that have no picture of their own.",
    )

    contact = models.ForeignKey(
        "core.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who to write to about anything. Shown at the foot of every page.",
    )
    press_contact = models.ForeignKey(
        "core.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For articles that name no press contact of their own.",
    )
    access_contact = models.ForeignKey(
        "core.Contact",
        verbose_name="accessibility contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who to ask for another format of a file.",
    )

    social_links = StreamField(
        [("link", SocialLinkBlock(icon="link"))],
        blank=True,
    )
    footer_text = RichTextField(
        blank=True, features=LINE_FEATURES, help_text="The small print at the foot of every page."
    )

    base_form_class = RecordForm

    panels = [
        MultiFieldPanel(
            [
                "name",
                "short_name",
                FieldRowPanel(["name_first_line", "name_second_line"]),
                "strapline",
                "description",
                "share_picture",
            ],
            heading="The authority",
        ),
        MultiFieldPanel(
            ["contact", "press_contact", "access_contact", "social_links"], heading="Contact"
        ),
        "footer_text",
    ]

    select_related = ["contact", "press_contact", "access_contact", "share_picture"]

    class Meta:
        verbose_name = "Site settings"
        verbose_name_plural = "Site settings"

    def __str__(self):
        return self.name

    @classmethod
    def read(cls, request=None) -> "SiteSettings":
        """Return the settings as they are now. Unlike `load`, it never writes a row."""
        return cached("site settings", request, cls._find)

    @classmethod
    def _find(cls) -> "SiteSettings":
        found = cls.base_queryset().first() or cls()
        _ = found.rich_texts.targets  # looked up once, then cached for all pages
        return found

    @cached_property
    def rich_texts(self) -> RichTexts:
        return RichTexts(RichText(self.footer_text), self.social_links)

    @property
    def footer_html(self) -> SafeString:
        return mark_safe(self.rich_texts.html_now(self.footer_text))  # HTML from Wagtail

    @property
    def social_links_shown(self) -> list[SocialLinkValue]:
        """The links whose addresses are public."""
        return [link.value for link in self.social_links if link.value.address]
