"""Loads the news. All articles are made first and filled afterwards, as they link to each other."""

from demo.body import article_blocks, list_block, stream
from demo.facts import find_contact
from demo.picture_files import find_picture
from demo.publishing import is_untouched, publish
from demo.reading import content, uk_time
from demo.rich_text import page_at
from emca_site.publishing.lifecycle.models.retirement import RetiredAs, Retirement
from emca_site.publishing.publishable.models.change import Size
from home.models import LoadedItem
from news.models import ArticlePage, ChosenArticle, NewsIndexPage
from priorities.models import PriorityPage
from site_setup.teams import find_team

PUBLIC = ("live", "withdrawn")  # what is withdrawn stays readable


def make_articles() -> int:
    """Make each article as an empty draft that others can link to. Return how many were made."""
    return sum(
        LoadedItem.objects.load(f"page:{_address(words)}", lambda words=words: make_draft(words))
        for words in _public_articles()
    )


def fill_articles() -> int:
    """Fill and publish each draft that nobody has edited. Return how many were handled now."""
    return sum(
        LoadedItem.objects.load(f"content:{_address(words)}", lambda words=words: _fill(words))
        for words in _public_articles()
    )


def _public_articles() -> list[dict]:
    """Return the articles oldest first, so that the order of their ids matches their dates."""
    articles = [words for words in content("articles")["articles"] if words["state"] in PUBLIC]
    return sorted(articles, key=lambda words: words["published_on"])


def _address(words: dict) -> str:
    return f"/news/{words['slug']}/"


def find_article(slug: str) -> ArticlePage | None:
    """Return the demo article that was made with this slug, even if it moved."""
    return LoadedItem.objects.find(f"page:/news/{slug}/", ArticlePage)


def make_draft(words: dict) -> ArticlePage | None:
    index = LoadedItem.objects.find("page:/news/", NewsIndexPage)
    # If staff removed the news, or have an article at this address, make nothing.
    if index is None or index.get_children().filter(slug=words["slug"]).exists():
        return None
    return index.add_child(
        instance=ArticlePage(
            title=words["title"],
            slug=words["slug"],
            summary=words["summary"],
            owned_by=find_team("comms"),
            live=False,
        )
    )


def _fill(words: dict) -> ArticlePage | None:
    page = find_article(words["slug"])
    if page is None or not is_untouched(page, live=False):
        return page
    write(page, words)
    published_at = uk_time(words["published_on"])
    publish(page, published_at, uk_time(words.get("updated_on", words["published_on"])))
    _say_what_changed(page, words.get("what_changed", []))
    if words["state"] == "withdrawn":
        _retire(page, words)
    return page


def write(page: ArticlePage, words: dict) -> None:
    """Fill a draft with the given content."""
    page.kind = words["kind"]
    page.priorities = [area for area in map(_find_area, words["priorities"]) if area]
    page.lead_picture = find_picture(words["picture"]["name"])
    page.media_contact = find_contact(words["media_contact"])
    page.notes_to_editors = list_block(words["notes_to_editors"], is_ordered=False)["value"]
    page.body = stream(article_blocks(words["body"]))
    if consultation := words.get("consultation"):
        page.closes_on = consultation["closes_on"]
        page.consultation_url = consultation.get("reply_link", "")
    related = [article for article in map(find_article, words["related"]) if article]
    page.chosen_articles = [ChosenArticle(article=article) for article in related]


def _retire(page: ArticlePage, words: dict) -> None:
    """Archive the article from the day that the content gives."""
    successor = page_at(words["replaced_by"])
    retirement = Retirement.objects.start(
        page, RetiredAs.ARCHIVED, reason=words["withdrawn_reason"], successor=successor
    )
    retirement.retired_at = uk_time(words["withdrawn_on"])
    retirement.save(update_fields=["retired_at"])


def _say_what_changed(page: ArticlePage, changes: list[dict]) -> None:
    """Record changes on the days that the content gives, without an author."""
    for words in changes:
        when = uk_time(words["date"])
        page.changes.create(size=Size.BIG, note=words["text"], took_effect_at=when).copy_to_page()


def _find_area(slug: str) -> PriorityPage | None:
    return LoadedItem.objects.find(f"page:/what-we-do/{slug}/", PriorityPage)
