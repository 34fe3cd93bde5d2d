"""Loads the commitments in each area, with their progress."""

from datetime import date
from decimal import Decimal

from demo.articles import find_article
from demo.body import figures_block, stream
from demo.councils import find_council
from demo.publishing import publish
from demo.reading import content, uk_time
from emca_site.core.models import Contact
from emca_site.councils.models import Council
from emca_site.figures.models import Figure
from emca_site.progress.periods import Precision
from emca_site.progress.statuses import Reach
from emca_site.publishing.publishable.models.change import Size
from emca_site.text.words import mid_sentence
from home.models import LoadedItem
from priorities.models import (
    CommitmentArticle,
    CommitmentPage,
    Evidence,
    PriorityPage,
    Stage,
)

NOT_STATED = "not stated"
NO_FIGURE = "No figure published yet"
PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def load_commitments() -> int:
    """Return how many were made."""
    words = content("commitments")
    items = [words["defaults"] | item for item in words["commitments"]]
    return sum(
        LoadedItem.objects.load(f"commitment:{item['key']}", lambda item=item: _make(item))
        for item in items
    )


def _make(item: dict) -> CommitmentPage | None:
    area = _area(item["area"])
    # If staff removed the area, or have a page at this address, make nothing.
    if area is None or area.get_children().filter(slug=item["key"]).exists():
        return None
    page = CommitmentPage(
        title=item["statement"],
        slug=item["key"],
        summary=item["why"],
        owned_by=area.owned_by,
        status=item["status"],
        status_reason=item["status_reason"],
        progress_text="" if item["progress_text"] == NO_FIGURE else item["progress_text"],
        as_at_text="" if item["as_at_text"] == NOT_STATED else item["as_at_text"],
        note=item["note"],
        contact=_contact(item["who_answers"], area),
        body=stream(figures_block(item.get("context_figures", []), "Numbers to know")),
        live=False,
        **_target(item["target"]),
    )
    page.stages = [Stage(sort_order=place, **words) for place, words in enumerate(item["stages"])]
    page.evidence = [
        Evidence(sort_order=place, link_text=link["text"], link_url=link["link"])
        for place, link in enumerate(item["evidence"])
    ]
    page.also_areas = [each for each in map(_area, item.get("also_areas", [])) if each]
    page.reach, page.councils = _where(item["council_areas"])
    articles = [each for each in map(find_article, item["related_articles"]) if each]
    page.chosen_articles = [CommitmentArticle(article=article) for article in articles]
    area.add_child(instance=page)
    changed = item["changed"] or {"on": item["published_on"]}
    publish(page, uk_time(item["published_on"]), uk_time(changed["on"]))
    _tell_history(page, item)
    return page


def _tell_history(page: CommitmentPage, item: dict) -> None:
    """Write the history of a loaded commitment as if it had been published on the days that the
    content gives."""
    row = CommitmentPage.objects.get(pk=page.pk)
    now, row.history = row.what_readers_see(), []
    changed = item["changed"]
    history = [(item["published_on"], now)]
    if changed:
        history = [(item["published_on"], now | {"reason": ""} | changed["before"])]
        history.append((changed["on"], now))
        note = f"Now {row.get_status().noun}."
        if now["status"] == changed["before"]["status"]:
            note = f"New stage: {mid_sentence(now['stage'])}."
        when = uk_time(changed["on"])
        row.changes.create(size=Size.BIG, note=note, took_effect_at=when).copy_to_page()
    row.history = [{"at": uk_time(day).isoformat(), **state} for day, state in history]
    CommitmentPage.objects.filter(pk=row.pk).update(history=row.history)


def _area(slug: str) -> PriorityPage | None:
    return LoadedItem.objects.find(f"page:/what-we-do/{slug}/", PriorityPage)


def _contact(name: str, area: PriorityPage) -> Contact | None:
    """Return the contact, or None if it is that of the area already."""
    if area.contact and area.contact.name == name:
        return None
    return Contact.objects.filter(name=name).first()


def _target(target: dict) -> dict:
    """Return the target fields. A number that is one of the figures is linked, not copied."""
    fields = {"target_text": target["text"]}
    if target["value"]:
        fields["unit"] = target["unit"]
        figure = target["figure"] and LoadedItem.objects.find(f"figure:{target['figure']}", Figure)
        if figure and figure.unit == target["unit"]:
            fields["target_figure"] = figure
        else:
            fields["target_value"] = Decimal(target["value"])
    if target["date"]:
        fields["target_precision"] = PRECISIONS[len(target["date"])]
        fields["target_on"] = date.fromisoformat(f"{target['date']}-01-01"[:10])
    return fields


def _where(council_areas: str | list[str]) -> tuple[Reach, list[Council]]:
    if isinstance(council_areas, list):
        return Reach.SOME, [each for each in map(find_council, council_areas) if each]
    return (Reach.ALL if council_areas == "all" else Reach.UNKNOWN), []
