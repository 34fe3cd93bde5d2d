"""Loads the councils of the region, and who is responsible for what there."""

from django.db.models import Q

from demo.reading import content
from demo.rich_text import page_at
from emca_site.councils.models import Council, CouncilKind, CountyCouncil, Topic
from home.models import LoadedItem
from priorities.models import PriorityPage


def load_councils() -> int:
    """Make the county councils first, then those below them. Return how many were made."""
    words = content("who-does-what")
    counties = sum(
        LoadedItem.objects.load(f"county:{item['county']}", lambda item=item: _make_county(item))
        for item in words["county_councils"]
    )
    return counties + sum(
        LoadedItem.objects.load(f"council:{item['slug']}", lambda item=item: _make_council(item))
        for item in words["council_areas"]
    )


def load_topics() -> int:
    """Return how many were made."""
    return sum(
        LoadedItem.objects.load(
            f"topic:{item['key']}", lambda item=item, place=place: _make_topic(item, place)
        )
        for place, item in enumerate(content("who-does-what")["topics"], start=1)
    )


def find_council(slug: str) -> Council | None:
    return LoadedItem.objects.find(f"council:{slug}", Council)


def _make_county(item: dict) -> CountyCouncil:
    same = Q(county=item["county"]) | Q(name=item["council"])
    existing = CountyCouncil.objects.filter(same).first()
    if existing:
        return existing  # staff made the same one before
    council = CountyCouncil(name=item["council"], county=item["county"], website=item["website"])
    council.full_clean()
    council.save()
    return council


def _make_council(item: dict) -> Council | None:
    same = Q(slug=item["slug"]) | Q(place=item["name"]) | Q(name=item["council"])
    existing = Council.objects.filter(same).first()
    if existing:
        return existing
    county = None
    if item["county"]:
        county = LoadedItem.objects.find(f"county:{item['county']}", CountyCouncil)
        if county is None:
            return None  # staff deleted its county council
    council = Council(
        name=item["council"],
        place=item["name"],
        slug=item["slug"],
        kind=CouncilKind.DISTRICT if county else CouncilKind.CITY,
        county_council=county,
        website=item["website"],
    )
    council.full_clean()
    council.save()
    return council


def _make_topic(item: dict, place: int) -> Topic:
    existing = Topic.objects.filter(Q(slug=item["key"]) | Q(name=item["topic"])).first()
    if existing:
        return existing
    city, district = item["answers"]["city"], item["answers"]["two_tier"]
    topic = Topic(
        name=item["topic"],
        slug=item["key"],
        words=", ".join(item["words"]),
        area=LoadedItem.objects.find(f"page:/what-we-do/{item['area']}/", PriorityPage),
        sort_order=place,
        city_who=city["responsible"],
        city_helper=city["also"] or "",
        city_sentence=city["sentence"],
        district_who=district["responsible"],
        district_helper=district["also"] or "",
        district_sentence=district["sentence"],
        our_part=item["our_part"],
        note=item["exception"] or "",
        **_link(item),
    )
    topic.full_clean()
    topic.save()
    topic.note_councils.set(_places(item["exception_for"]))
    return topic


def _link(item: dict) -> dict:
    if not item["link"].startswith("/"):
        return {"link_url": item["link"], "link_text": item["link_text"]}
    page = page_at(item["link"])
    return {"link_page": page, "link_text": item["link_text"]} if page else {}


def _places(exception_for: str | list[str] | None) -> list[Council]:
    """Return the councils where the exception is true; an empty list means everywhere."""
    if exception_for == "two_tier":
        return list(Council.objects.filter(kind=CouncilKind.DISTRICT))
    if isinstance(exception_for, list):
        return [council for council in map(find_council, exception_for) if council]
    return []
