from datetime import date, datetime
from urllib.parse import quote

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText

from emca_site.core.models import SiteSettings
from emca_site.publishing.uk_time.times import clock
from emca_site.text import words
from emca_site.text.headings import with_anchors
from emca_site.text.rich_text import RichTexts

register = template.Library()


@register.inclusion_tag("components/icon.html")
def icon(name: str) -> dict:
    """Render an icon from the sprite. It is decorative: there is always text beside it."""
    return {"name": name}


@register.simple_tag(takes_context=True)
def site_settings(context) -> SiteSettings:
    """Return the site's settings, looked up once per request."""
    return SiteSettings.read(context.get("request"))


@register.simple_tag(takes_context=True)
def rich_text(context, value: RichText | str, *, anchored: bool = False) -> str:
    """Return rich text as HTML, with links only to what visitors may read.

    `anchored` gives each second-level heading its id.
    """
    source = value.source if isinstance(value, RichText) else value
    html = context.get("rich_texts", RichTexts()).html_of(source)
    if anchored and "anchors" in context:
        html = with_anchors(html, context["anchors"])
    return mark_safe(html)  # HTML from Wagtail, with only allowed elements


@register.simple_tag(takes_context=True)
def anchor(context, text: str) -> str:
    """Return the id for a heading that a block's template renders itself."""
    return context["anchors"](text) if "anchors" in context else ""


def _uk(moment: date | datetime) -> date | datetime:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


@register.filter
def uk_date(moment: date | datetime | None) -> str:
    """Return a day as a `time` element: 24 November 2026."""
    if not moment:
        return ""
    day = _uk(moment)
    return format_html(
        '<time datetime="{}">{}</time>', day.strftime("%Y-%m-%d"), date_format(day, "j F Y")
    )


@register.filter
def uk_time(moment: datetime) -> str:
    """Return a moment as a `time` element: 24 November 2026, 9am."""
    local = _uk(moment)
    return format_html(
        '<time datetime="{}">{}, {}</time>',
        local.isoformat(timespec="minutes"),
        date_format(local, "j F Y"),
        clock(local),
    )


@register.filter
def mail_text(text: str) -> str:
    """Quote text for the subject or body of a mailto link."""
    return quote(text)


@register.filter
def in_words(number: int) -> str:
    """Return “five”, or “1,234” above a hundred."""
    return words.in_words(number)


@register.filter
def mid_sentence(text: str) -> str:
    """Return a name or heading as it is written inside a sentence."""
    return words.mid_sentence(text)
