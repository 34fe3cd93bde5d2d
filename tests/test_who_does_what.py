"""The page that says who answers for a topic in a council area."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.councils import load_councils, load_topics
from emca_site.councils.directory import Directory
from emca_site.councils.models import Topic, Who
from home.models import StandardPage
from tests import builders

pytestmark = pytest.mark.django_db

ADDRESS = "/who-does-what/"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


@pytest.fixture
def region(home, transport):
    """A city, a borough, and two topics: one that differs by place and one that does not."""
    builders.add_city("Midchester", website="https://midchester.example.org/")
    builders.add_district("Northwick", website="https://northwick.example.org/")
    builders.add_topic(
        "A pothole", slug="potholes", area=transport, note="Some roads are private.", words="hole"
    )
    builders.add_topic(
        "A bus",
        slug="buses",
        area=transport,
        city_who=Who.AUTHORITY,
        city_sentence="We plan buses.",
        district_who=Who.AUTHORITY,
        district_sentence="We plan buses.",
    )
    builders.add_standard_page(home, "Contact us", slug="contact")


def page_of(client, **asked) -> str:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    return answer.text


def main_of(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def head_of(page: str) -> tuple[str, str, str]:
    """Title, description and canonical address, as a search engine reads them."""
    head = page.split("</head>")[0]
    patterns = [
        r"<title>(.*?) \W ",
        'name="description" content="(.*?)"',
        'canonical" href="(.*?)"',
    ]
    found = [re.search(pattern, head) for pattern in patterns]
    return tuple(unescape(match[1]) if match else "" for match in found)


def choices_of(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)" selected>', page)


# --- The states --------------------------------------------------------------------------------


def test_with_nothing_chosen_it_offers_two_choices_and_every_topic_by_area(client, region):
    page = page_of(client)
    main = main_of(page)
    assert '<form class="twoform mt" action="/who-does-what/">' in main
    for name in ("topic", "council"):
        assert f'<label class="label" for="{name}">' in main
        assert f'<select id="{name}" name="{name}"' in main
    assert "<h3>Transport</h3>" in main
    assert '<a href="/who-does-what/?topic=potholes">A pothole</a>' in main
    assert choices_of(page) == []
    assert head_of(page)[0] == "Find out who does what"
    assert head_of(page)[2] == "https://testserver/who-does-what/"
    assert "noindex" not in page


def test_empty_choices_are_no_choices(client, region):
    assert head_of(page_of(client, topic="", council=" ")) == head_of(page_of(client))


def test_a_topic_alone_says_what_is_true_for_everybody_and_asks_for_the_place(client, region):
    page = page_of(client, topic="potholes")
    main = main_of(page)
    assert "It depends on where you live" in main
    assert "In a city: Your city council mends roads." in main
    assert "Anywhere else: Your county council mends roads." in main
    assert "Some roads are private." in main
    assert "We do not mend roads." in main
    assert '<a href="/who-does-what/?topic=potholes&amp;council=northwick">Northwick</a>' in main
    assert choices_of(page) == ["potholes"]
    assert head_of(page) == (
        "A pothole: who does what",
        "A pothole: find out who looks after it where you live, and where to go.",
        "https://testserver/who-does-what/?topic=potholes",
    )


def test_a_topic_that_is_the_same_everywhere_is_answered_at_once(client, region):
    main = main_of(page_of(client, topic="buses"))
    assert '<h2 id="answer">This authority</h2>' in main
    assert "We plan buses." in main
    assert "It depends" not in main


def test_a_council_alone_gives_every_answer_in_one_table_with_row_groups(client, region):
    page = page_of(client, council="northwick")
    main = main_of(page)
    assert main.count("<table>") == 1
    assert '<caption id="all-caption">' in main
    assert '<th scope="rowgroup" colspan="3">Transport</th>' in main
    assert main.count('<th scope="row">') == Topic.objects.count() == 2
    assert "<td>Westshire County Council</td>" in main
    assert '<a href="https://northwick.example.org/">Northwick Borough Council</a>' in main
    assert choices_of(page) == ["northwick"]
    assert head_of(page) == (
        "Every answer for Northwick: who does what",
        "Who looks after what in Northwick, and where to go.",
        "https://testserver/who-does-what/?council=northwick",
    )


def test_both_give_the_answer_who_has_a_part_what_is_good_to_know_and_the_table(client, region):
    page = page_of(client, topic="potholes", council="northwick")
    main = main_of(page)
    deep = main.split('<section class="answer deep')[1].split("</section>")[0]
    assert "<span>A pothole</span><span>Northwick</span>" in deep
    assert '<h2 id="answer">Westshire County Council</h2>' in deep
    assert "Your county council mends roads." in deep
    assert deep.count('class="btn"') == 1
    assert '<a class="btn" href="https://example.org/report">Report it</a>' in deep
    parts = main.split('<ul class="parts')[1].split("</ul>")[0]
    lines = re.findall(
        r'<li( class="does")?>.*?icons.svg#(\w+)".*?<b>(.*?)</b><span>(.*?)</span>', parts
    )
    assert lines == [
        ("", "ring", "This authority", "Does not do this"),
        (' class="does"', "going", "Westshire County Council", "In charge"),
        ("", "ring", "Northwick Borough Council", "Does not do this"),
        ("", "ring", "The government", "Does not do this"),
    ]
    assert "Some roads are private." in main
    assert main.count("<table>") == 1
    assert choices_of(page) == ["potholes", "northwick"]
    assert head_of(page) == (
        "A pothole, Northwick: who does what",
        "Northwick: Westshire County Council. Your county council mends roads.",
        "https://testserver/who-does-what/?topic=potholes&council=northwick",
    )


def test_the_words_people_use_lead_to_the_one_address(client, region):
    page = page_of(client, topic="Hole", council="northwick", extra="1")
    assert head_of(page)[2].endswith("/?topic=potholes&council=northwick")


def test_an_unknown_topic_names_the_persons_own_councils_and_a_way_on(client, region):
    page = page_of(client, topic="dragons", council="northwick")
    main = main_of(page)
    assert "We do not have that topic</h2>" in main
    assert '<a href="https://northwick.example.org/">Northwick Borough Council</a> or' in main
    assert "Westshire County Council</a>." in main
    assert '<a href="/contact/">ask us</a>' in main
    assert 'href="https://www.gov.uk/find-local-council"' in main
    assert '<a href="/who-does-what/?topic=buses&amp;council=northwick">A bus</a>' in main
    assert "dragons" not in page
    assert choices_of(page) == ["northwick"]


def test_an_unknown_council_keeps_the_topic_and_offers_the_places(client, region):
    page = page_of(client, topic="potholes", council="atlantis")
    assert "We do not have that council area</h2>" in page
    assert '<a href="/who-does-what/?topic=potholes&amp;council=northwick">Northwick</a>' in page
    assert choices_of(page) == ["potholes"]


def test_both_unknown_is_one_answer(client, region):
    page = page_of(client, topic="dragons", council="atlantis")
    assert "We do not have that topic or council area</h2>" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"topic": "dragons"},
        {"council": "atlantis"},
        {"topic": "potholes", "council": "atlantis"},
        {"topic": "dragons", "council": "northwick"},
    ],
    ids=str,
)
def test_search_engines_are_told_not_to_keep_what_is_unknown(client, region, asked):
    page = page_of(client, **asked)
    assert '<meta name="robots" content="noindex">' in page.split("</head>")[0]
    assert head_of(page)[2] == ""
    assert head_of(page)[0].endswith("not found")


@pytest.mark.parametrize("asked", [{}, {"topic": "potholes"}, {"council": "northwick"}], ids=str)
def test_there_is_a_way_on_for_what_is_not_listed(client, region, asked):
    main = main_of(page_of(client, **asked))
    assert "Not listed here?" in main
    assert '<a href="/contact/">ask us</a>' in main
    assert 'href="https://www.gov.uk/find-local-council"' in main


@pytest.mark.parametrize("asked", [{}, {"topic": "a"}, {"council": "b"}], ids=str)
def test_it_answers_when_nothing_is_listed_yet(client, home, asked):
    assert page_of(client, **asked).count("<h1>") == 1


def test_a_draft_of_the_contact_page_is_not_linked(client, region):
    StandardPage.objects.filter(slug="contact").update(live=False)
    assert "/contact/" not in page_of(client, topic="dragons")


# --- Whatever is asked -------------------------------------------------------------------------

ODD = {
    "invalid UTF-8": "topic=%ff%fe&council=%c3%28",
    "markup": "topic=%3Cscript%3Ealert(1)%3C/script%3E&council=%22%3E%3Cimg%20src=x%3E",
    "long": f"topic={'a' * 8_000}",
    "repeated": "topic=potholes&topic=dragons&council=northwick&council=midchester",
    "brackets": "topic[]=1&council[a][b]=2&topic=[[[[",
    "numbers": "topic=-1&council=99999999999999999999999999",
    "emoji": "topic=%F0%9F%9A%8C&council=%E2%80%AE",
    "no value": "topic&council",
    "nonsense": "&&&=&=;%%%",
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_anything_odd_gets_the_page_and_is_never_sent_back(client, region, query):
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200
    main = main_of(answer.text)
    assert "Find out who does what" in main
    for sent in ("alert(1)", "src=x", "aaaaaaaaa", "\x00", "[[[[", "99999"):
        assert sent not in answer.text


def test_what_staff_type_is_never_markup(client, region):
    Topic.objects.filter(slug="potholes").update(
        name=HOSTILE, note=HOSTILE, our_part=HOSTILE, city_sentence=HOSTILE, link_text=HOSTILE
    )
    for asked in ({}, {"topic": "potholes"}, {"topic": "potholes", "council": "midchester"}):
        page = page_of(client, **asked)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("asked", [{}, {"topic": "potholes", "council": "northwick"}], ids=str)
def test_a_visitor_gets_no_cookie_and_nothing_is_written(client, region, asked):
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(ADDRESS, asked)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    for query in captured.captured_queries:
        assert query["sql"].startswith("SELECT"), query["sql"]


def test_nothing_can_be_sent_to_it(client, region):
    assert client.post(ADDRESS).status_code == 405


# --- The ways to it ----------------------------------------------------------------------------


def test_the_header_the_footer_and_the_404_lead_there(client, home):
    home_page, own = client.get("/").text, page_of(client)
    assert '<li><a href="/who-does-what/">Who does what</a></li>' in home_page.split("</header>")[0]
    assert '<a href="/who-does-what/">Who does what</a>' in home_page.split("<footer")[1]
    assert '<a href="/who-does-what/" aria-current="page">' in own.split("</header>")[0]
    assert '<a href="/who-does-what/">' in main_of(client.get("/nothing/").text)


def test_the_home_page_asks_whether_you_know_who_to_ask(client, home):
    assert "Not sure who to ask?" not in client.get("/").text  # there is nothing to say yet
    builders.add_topic()
    main = main_of(client.get("/").text)
    assert '<h2 id="ask">Not sure who to ask?</h2>' in main
    assert '<a class="btn" href="/who-does-what/">Find out who does what</a>' in main
    home.ask_heading = ""
    home.save()
    assert 'id="ask"' not in client.get("/").text


# --- The demonstration -------------------------------------------------------------------------


def test_every_place_of_the_demonstration_has_every_answer(client, db):
    call_command("setup_site")
    load_councils()
    load_topics()
    directory = Directory.find()
    for council in directory.councils:
        main = main_of(page_of(client, council=council.slug))
        assert main.count('<th scope="row">') == 36
        for group in directory.answers_for(council):
            for answer in group.items:
                assert f"<td>{answer.names}</td>" in main
    for place, topic in enumerate(directory.topics):
        council = directory.councils[place % len(directory.councils)]
        page = page_of(client, topic=topic.slug, council=council.slug)
        assert unescape(page).count(f"<span>{topic.name}</span><span>{council.place}</span>") == 1
        assert "noindex" not in page
        for address in re.findall(r'href="(/[^"#?]*)', main_of(page)):
            assert not address.startswith("//")
