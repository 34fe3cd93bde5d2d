"""Councils and topics as records, their forms on the desk, and what the demonstration says."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from demo.councils import load_councils, load_topics
from demo.reading import content
from emca_site.councils.answers import FIND_YOUR_COUNCIL, Answer
from emca_site.councils.directory import Directory
from emca_site.councils.models import Council, CouncilKind, CountyCouncil, Topic, Who
from home.models import LoadedItem
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    """The topics and councils of the demonstration."""
    call_command("setup_site")
    load_councils()
    load_topics()
    return Directory.find()


@pytest.fixture
def city():
    return builders.add_city("Midchester", website="https://midchester.example.org/")


@pytest.fixture
def borough():
    return builders.add_district("Northwick", website="https://northwick.example.org/")


# --- The records -------------------------------------------------------------------------------


def test_a_city_is_below_no_county_and_a_district_always_is(borough):
    for kind, county in [(CouncilKind.CITY, borough.county_council), (CouncilKind.DISTRICT, None)]:
        council = Council(name="N", place="P", slug="p", kind=kind, county_council=county)
        with pytest.raises(ValidationError) as refused:
            council.full_clean()
        assert "county_council" in refused.value.message_dict
        with pytest.raises(IntegrityError), transaction.atomic():
            council.save()


def test_a_county_council_with_districts_cannot_be_deleted(borough):
    with pytest.raises(ProtectedError):
        borough.county_council.delete()


@pytest.mark.parametrize(
    "fields",
    [
        {"city_who": ""},
        {"city_who": Who.COUNTY},  # there is none in a city
        {"city_sentence": ""},
        {"city_helper": Who.CITY},  # who is in charge does not help as well
        {"city_helper": Who.DISTRICT},
        {"district_who": ""},
        {"district_who": Who.CITY},
        {"district_sentence": ""},
        {"district_helper": Who.COUNTY},
        {"district_helper": "nobody"},
        {"our_part": ""},
    ],
    ids=str,
)
def test_the_database_keeps_no_topic_without_an_answer_for_both_kinds_of_council(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.add_topic(**fields)


def test_an_answer_names_the_councils_of_the_place(city, borough):
    topic = builders.add_topic(district_who=Who.DISTRICT, district_helper=Who.COUNTY)
    assert Answer(topic, city).names == "Midchester City Council"
    there = Answer(topic, borough)
    assert there.name == "Northwick Borough Council"
    assert there.names == "Northwick Borough Council and Westshire County Council"
    assert there.sentence == "Your county council mends roads."


def test_everybody_who_serves_a_place_has_a_line_and_somebody_else_only_where_they_act(
    city, borough
):
    topic = builders.add_topic(city_who=Who.OTHER, district_who=Who.AUTHORITY, district_helper="")
    assert [part.name for part in Answer(topic, city).parts] == [
        "This authority",
        "Midchester City Council",
        "The government",
        "Someone else",
    ]
    assert [(part.name, part.words, part.is_active) for part in Answer(topic, borough).parts] == [
        ("This authority", "In charge", True),
        ("Westshire County Council", "Does not do this", False),
        ("Northwick Borough Council", "Does not do this", False),
        ("The government", "Does not do this", False),
    ]


def test_a_note_is_good_to_know_only_where_it_is_true(city, borough):
    everywhere = builders.add_topic("One", note="Some lights are private.")
    here = builders.add_topic("Two", note="The park decides.", note_councils=[borough])
    assert everywhere.note_everywhere == "Some lights are private."
    assert Answer(everywhere, city).note == "Some lights are private."
    assert here.note_everywhere == ""
    assert Answer(here, city).note == ""
    assert Answer(here, borough).note == "The park decides."


def test_there_is_always_somewhere_to_go(home, city, borough):
    draft = builders.add_standard_page(home, "Secret", slug="secret", live=False)
    topic = builders.add_topic(link_page=draft, link_url="", district_who=Who.DISTRICT)
    assert Answer(topic, borough).link == (
        "Go to Northwick Borough Council",
        "https://northwick.example.org/",
    )
    Council.objects.update(website="")
    assert Answer(topic, Council.objects.get(pk=city.pk)).link == FIND_YOUR_COUNCIL
    draft.live = True
    draft.save()
    assert Answer(Topic.objects.get(), city).link == ("Report it", "/secret/")


@pytest.mark.parametrize("words", ["potholes", "A POTHOLE", "road repair", " Broken  road "])
def test_a_topic_is_found_by_its_short_name_its_name_and_the_words_people_use(words):
    builders.add_topic("A pothole", slug="potholes", words="road repair , broken  road")
    assert Directory.find().topic(words).slug == "potholes"


def test_a_short_name_comes_before_the_words_of_another_topic():
    builders.add_topic("First", slug="first", words="bins", sort_order=1)
    builders.add_topic("Second", slug="bins", sort_order=2)
    assert Directory.find().topic("bins").name == "Second"


def test_topics_stand_below_their_area_in_the_order_of_the_areas(transport, housing):
    builders.add_topic("Homes", area=housing, sort_order=1)
    builders.add_topic("Later bus", area=transport, sort_order=3)
    builders.add_topic("Bus", area=transport, sort_order=2)
    builders.add_topic("Dogs", sort_order=0)
    assert [(title, [topic.name for topic in topics]) for title, topics in groups()] == [
        ("Transport", ["Bus", "Later bus"]),
        ("Housing and land", ["Homes"]),
        ("Other things", ["Dogs"]),
    ]


def test_the_name_of_an_area_that_is_a_draft_is_not_told(transport):
    builders.add_topic("Bus", area=transport)
    transport.live = False
    transport.save()
    assert [title for title, _ in groups()] == ["Other things"]


def test_a_topic_outlives_its_area_and_its_page(transport):
    builders.add_topic("Bus", area=transport, link_page=transport, link_url="")
    transport.delete()
    assert [title for title, _ in groups()] == ["Other things"]


def groups():
    return Directory.find().topic_groups


def test_a_change_of_either_is_in_the_next_answer(city):
    builders.add_topic("Bus")
    assert [topic.name for topic in Directory.load().topics] == ["Bus"]
    topic = Topic.objects.get()
    topic.name = "Buses"
    topic.save()
    assert [topic.name for topic in Directory.load().topics] == ["Buses"]
    assert Directory.load().topics[0].note_everywhere == ""
    topic.note_councils.add(city)  # no row of the topic or the council changes
    assert [place.pk for place in Directory.load().topics[0].note_councils.all()] == [city.pk]


# --- The desk ----------------------------------------------------------------------------------

FORM = {
    "name": "A bus pass",
    "slug": "bus-passes",
    "city_who": "authority",
    "city_helper": "city",
    "city_sentence": "We make the rules.",
    "district_who": "authority",
    "district_helper": "",
    "district_sentence": "We make the rules.",
    "our_part": "This is our job.",
    "link_text": "Apply",
    "link_url": "https://example.org/",
}


def test_a_topic_is_written_on_the_desk_and_answers_at_once(desk, city, borough):
    answer = desk.post(
        reverse("wagtailsnippets_councils_topic:add"), FORM | {"note_councils": [borough.pk]}
    )
    assert answer.status_code == 302
    topic = Topic.objects.get()
    assert list(topic.note_councils.all()) == [borough]
    assert topic.sort_order is not None
    assert "This authority and Midchester City Council" in desk.get(city.get_absolute_url()).text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"city_sentence": ""}, "This field is required"),
        ({"district_who": ""}, "This field is required"),
        ({"district_who": "city"}, "not one of the available choices"),
        ({"district_helper": "authority"}, "Say who does it in a district or borough"),
        ({"link_text": ""}, "Say where the link goes"),
    ],
    ids=str,
)
def test_an_unfinished_topic_is_refused_in_words(desk, change, words):
    answer = desk.post(reverse("wagtailsnippets_councils_topic:add"), FORM | change)
    assert words in answer.text
    assert not Topic.objects.exists()


def test_the_order_of_topics_is_set_on_the_desk_and_shown_at_once(desk, city):
    topics = [builders.add_topic(name, sort_order=place) for place, name in enumerate("AB")]
    assert [topic.name for topic in Directory.load().topics] == ["A", "B"]
    address = reverse("wagtailsnippets_councils_topic:reorder", args=[topics[1].pk])
    assert desk.post(f"{address}?position=0").status_code == 200
    assert [topic.name for topic in Directory.load().topics] == ["B", "A"]


def test_the_list_of_topics_says_who_does_it(desk):
    builders.add_topic()
    listed = desk.get(reverse("wagtailsnippets_councils_topic:list")).text
    for words in ("In a city", "In a district or borough", "Your county council"):
        assert words in listed


@pytest.mark.parametrize("name", ["topic", "council", "countycouncil"])
def test_each_list_and_form_of_the_desk_opens(desk, city, borough, name):
    topic = builders.add_topic()
    pk = {"topic": topic.pk, "council": city.pk, "countycouncil": borough.county_council_id}[name]
    prefix = f"wagtailsnippets_councils_{name}"
    for address in (
        reverse(f"{prefix}:list"),
        reverse(f"{prefix}:add"),
        reverse(f"{prefix}:edit", args=[pk]),
    ):
        assert desk.get(address).status_code == 200


# --- The demonstration -------------------------------------------------------------------------


def test_the_demonstration_has_an_answer_for_every_topic_and_council(demo):
    assert (len(demo.topics), len(demo.councils)) == (36, 17)
    words = {item["key"]: item for item in content("who-does-what")["topics"]}
    places = {item["slug"]: item for item in content("who-does-what")["council_areas"]}
    for topic in demo.topics:
        for council in demo.councils:
            answer, item, place = Answer(topic, council), words[topic.slug], places[council.slug]
            expected = item["answers"]["city" if place["tiers"] == "one" else "two_tier"]
            assert (answer.who, answer.helper) == (expected["responsible"], expected["also"])
            assert answer.sentence == expected["sentence"]
            named = {"city": place["council"], "district": place["council"]}
            named["county"] = place["county_council"]
            if answer.who in named:
                assert answer.name == named[answer.who]
            where = item["exception_for"]
            is_there = council.slug in where if isinstance(where, list) else where == "all"
            if where == "two_tier":
                is_there = council.county_council is not None
            assert answer.note == (item["exception"] if is_there else "")
            assert all([answer.names, answer.sentence, topic.our_part, *answer.link])
            assert answer.link.text == item["link_text"]
            assert answer.link.url == item["link"]
            assert answer.link.url.startswith(("https://", "/"))
            assert sum(part.is_active for part in answer.parts) == 1 + bool(answer.helper)


def test_the_councils_of_the_demonstration_are_two_cities_and_fifteen_below_two_counties(demo):
    assert [(title, len(items)) for title, items in demo.council_groups] == [
        ("Cities", 2),
        ("Derbyshire", 8),
        ("Nottinghamshire", 7),
    ]
    for council in [*demo.councils, *CountyCouncil.objects.all()]:
        assert council.website.startswith("https://"), council


def test_each_topic_of_the_demonstration_has_an_area_and_words_that_lead_to_it_alone(demo):
    assert len(demo.topic_groups) == 5
    for topic in demo.topics:
        assert topic.words
        for word in topic.words.split(","):
            assert demo.topic(word) == topic, word


def test_edits_and_deletions_are_kept_when_the_demonstration_is_loaded_again(demo):
    Topic.objects.filter(slug="bins").update(name="Rubbish")
    Topic.objects.get(slug="parks").delete()
    Council.objects.get(slug="derby").delete()
    assert (load_councils(), load_topics()) == (0, 0)
    assert Topic.objects.get(slug="bins").name == "Rubbish"
    assert (Topic.objects.count(), Council.objects.count()) == (35, 16)


def test_what_staff_had_before_the_demonstration_stays_theirs():
    call_command("setup_site")
    own_county = builders.add_county("Derbyshire", name="Derbyshire CC")
    own = builders.add_district("Bolsover", name="Our own", county_council=own_county)
    topic = builders.add_topic("Our own bins", slug="bins")
    load_councils(), load_topics()
    assert (Topic.objects.count(), Council.objects.count()) == (36, 17)
    assert LoadedItem.objects.find("topic:bins", Topic).name == topic.name
    assert LoadedItem.objects.find("council:bolsover", Council).name == own.name


def test_councils_whose_county_staff_deleted_are_not_loaded():
    call_command("setup_site")
    LoadedItem.objects.load("county:Derbyshire", lambda: None)
    load_councils()
    assert Council.objects.count() == 9
