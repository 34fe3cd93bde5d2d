"""What the gate refuses and what it lets through: one row for each, with its exact message."""

from datetime import timedelta

import pytest
from django.utils import timezone

from emca_site.media.models import SiteImage
from emca_site.publishing.checks.gate import Finding, Severity, find, refusals
from news.models import ArticlePage

pytestmark = pytest.mark.django_db

UNFINISHED = "“{}” looks unfinished. Put in what is meant, or take it out."
FILE_NAME = "“{}” looks like the name of a file. Say what the picture shows."
SAYS_NOTHING = "“{}” does not say what the picture shows. Describe it in a few words."
NO_DECISION = "Describe the picture in a few words, or say that it is decorative."
REPEATS = (
    "The description repeats the caption. Say what the picture shows and the caption does not, or "
    "say that it is decorative."
)
VAGUE = "The link “{}” does not say where it goes. Name the page or what it is for."
ADDRESS = "The link “{}” shows an address. Name the page or what it is for."
NOWHERE = (
    "The link “{}” leads nowhere: nothing was chosen, or what was chosen is gone. Choose a page or "
    "give an address."
)
GONE = "The link “{}” leads to a {} that is gone. Choose another."
NO_WORDS = "A link has no words. Say where it goes, or take it out."
EMPTY_HEADING = "This heading is empty. Write it, or take it out."
TOO_LOW = (
    "The heading “{}” is one level too low: no larger heading stands above it. Make it heading {}."
)
NO_SUMMARY = "The summary is missing. Say in one or two plain sentences what it is about."
EMPTY = "“{}” is empty. Fill it in."
PASSED = "“{}” has passed, and the sentence still looks forward to it. Say what happened."


def article(**fields) -> dict:
    """The fields of an article with nothing to mend, unless told otherwise."""
    return {"title": "Buses", "slug": "buses", "summary": "In short."} | fields


def find_in(fields: dict) -> list[Finding]:
    """What the gate says of an article that was never saved."""
    return find(ArticlePage(**fields))


def text(html: str) -> dict:
    return article(body=[("text", html)])


def paragraph(words: str) -> dict:
    return text(f"<p>{words}</p>")


def picture(alt: str, caption: str = "", is_decorative: bool = False) -> dict:
    image = SiteImage(title="IMG_1234.jpg", collection_id=1)
    image.contextual_alt_text, image.decorative = alt, is_decorative
    return article(body=[("picture", {"image": image, "caption": caption})])


def table(caption: str = "Money", headings=("What", "How much"), rows=(("Land", "£1m"),)):
    value = {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": list(row)} for row in rows],
    }
    return article(body=[("table", {"table": value, "has_row_headings": True})])


def link(words: str, address: str = "https://example.org/") -> dict:
    value = {"text": words, "page": None, "external_url": address}
    return article(body=[("links", {"heading": "Read on", "links": [value]})])


def rich_link(words: str) -> dict:
    return paragraph(f'Go: <a href="https://example.org/">{words}</a>')


TEXT = ("body", (0,), "Body, 1: Text")
ALT = ("body", (0, "image", "alt_text"), "Body, 1: Picture")
LINK = ("body", (0, "links", 0, "text"), "Body, 1: List of links, Links 1")
TABLE = ("body", (0, "table"), "Body, 1: Table")

REFUSED = [
    # Unfinished words
    (
        paragraph("Our number is insert ICO registration number."),
        TEXT,
        UNFINISHED.format("insert ICO registration number"),
    ),
    (paragraph("Contact [name] for more."), TEXT, UNFINISHED.format("[name]")),
    (paragraph("It starts on [date]."), TEXT, UNFINISHED.format("[date]")),
    (paragraph("Said [job title of speaker]."), TEXT, UNFINISHED.format("[job title of speaker]")),
    (paragraph("[insert quote]"), TEXT, UNFINISHED.format("[insert quote]")),
    (paragraph("The venue is (insert venue)."), TEXT, UNFINISHED.format("(insert venue)")),
    (paragraph("Insert your text here."), TEXT, UNFINISHED.format("Insert your text here")),
    (paragraph("INSERT QUOTE"), TEXT, UNFINISHED.format("INSERT QUOTE")),
    (paragraph("Place: insert …"), TEXT, UNFINISHED.format("insert …")),
    (paragraph("Time: TBC"), TEXT, UNFINISHED.format("TBC")),
    (paragraph("Time: tbd."), TEXT, UNFINISHED.format("tbd")),
    (paragraph("About XXX homes."), TEXT, UNFINISHED.format("XXX")),
    (paragraph("It costs £xxm."), TEXT, UNFINISHED.format("£xxm")),
    (paragraph("Lorem ipsum dolor sit amet."), TEXT, UNFINISHED.format("Lorem ipsum")),
    (paragraph("About ??? homes."), TEXT, UNFINISHED.format("???")),
    (paragraph("The day is to be confirmed."), TEXT, UNFINISHED.format("to be confirmed")),
    (paragraph("Placeholder for the map."), TEXT, UNFINISHED.format("Placeholder")),
    (paragraph("This is a placeholder."), TEXT, UNFINISHED.format("is a placeholder")),
    (paragraph("Dear {{ first_name }},"), TEXT, UNFINISHED.format("{{ first_name }}")),
    (paragraph("TODO check this."), TEXT, UNFINISHED.format("TODO")),
    (paragraph("Call [<b>name</b>]."), TEXT, UNFINISHED.format("[name]")),
    (article(title="Buses TBC"), ("title", (), "Title"), UNFINISHED.format("TBC")),
    (
        article(search_description="[summary text]"),
        ("search_description", (), "Meta description"),
        UNFINISHED.format("[summary text]"),
    ),
    (
        article(notes_to_editors="<ol><li>Photo: TBC</li></ol>"),
        ("notes_to_editors", (), "Notes to editors"),
        UNFINISHED.format("TBC"),
    ),
    (
        article(body=[("quote", {"text": "It helps.", "attribution": "[name]"})]),
        ("body", (0, "attribution"), "Body, 1: Quote, Who said it"),
        UNFINISHED.format("[name]"),
    ),
    (
        table(rows=[("Land", "£1m"), ("Homes", "TBC")]),
        ("body", (0, "table", 1, 1), "Body, 1: Table, row 2, column 2"),
        UNFINISHED.format("TBC"),
    ),
    # Pictures
    (picture(""), ALT, NO_DECISION),
    (picture("   "), ALT, NO_DECISION),
    *(
        (picture(alt), ALT, FILE_NAME.format(alt))
        for alt in [
            "IMG_1234",
            "IMG-20240501-WA0003",
            "photo.jpg",
            "New homes.jpeg",
            "DSC00012",
            "image1",
            "Photo (2)",
            "Screenshot 2024-05-01 at 10.12.30",
            "untitled",
            "hero_banner",
            "new-homes-2",
            "1604938475",
        ]
    ),
    (picture("image"), ALT, SAYS_NOTHING.format("image")),
    *(
        (picture(alt), ALT, SAYS_NOTHING.format(alt))
        for alt in ["A picture of", "image of a", "Photo of an", "The logo of the …", "photo  of"]
    ),
    (picture("..."), ALT, SAYS_NOTHING.format("...")),
    (picture("New homes", caption="New homes."), ALT, REPEATS),
    # Headings
    (text("<h2></h2><p>Words.</p>"), TEXT, EMPTY_HEADING),
    (text("<h2>Why</h2><h3> <br/></h3><p>Words.</p>"), TEXT, EMPTY_HEADING),
    (text("<h3>Part of it</h3><p>Words.</p>"), TEXT, TOO_LOW.format("Part of it", 2)),
    (text("<h2>Why</h2><h4>Detail</h4><p>Words.</p>"), TEXT, TOO_LOW.format("Detail", 3)),
    (
        article(body=[("figures", {"heading": "  ", "figures": []})]),
        ("body", (0, "heading"), "Body, 1: Figures, Heading"),
        EMPTY_HEADING,
    ),
    (article(seo_title="  "), ("seo_title", (), "Title tag"), EMPTY_HEADING),
    # Links
    *(
        (rich_link(words), TEXT, VAGUE.format(words))
        for words in ["click here", "Here", "Read more", "more", "this link", "Link", "Read more…"]
    ),
    (rich_link("Click here for the plan"), TEXT, VAGUE.format("Click here for the plan")),
    (rich_link("https://example.org/plan"), TEXT, ADDRESS.format("https://example.org/plan")),
    (rich_link("www.example.org"), TEXT, ADDRESS.format("www.example.org")),
    (rich_link("example.org/plan"), TEXT, ADDRESS.format("example.org/plan")),
    (rich_link(" "), TEXT, NO_WORDS),
    (paragraph("See <a>the plan</a>."), TEXT, NOWHERE.format("the plan")),
    (
        paragraph('See <a linktype="page" id="99999">the plan</a>.'),
        TEXT,
        GONE.format("the plan", "page"),
    ),
    (
        paragraph('See <a linktype="page" id="x">the plan</a>.'),
        TEXT,
        GONE.format("the plan", "page"),
    ),
    (
        paragraph('See <a linktype="document" id="99999">the plan</a>.'),
        TEXT,
        GONE.format("the plan", "file"),
    ),
    (link("click here"), LINK, VAGUE.format("click here")),
    (link(""), LINK, NO_WORDS),
    (link("The plan", address=""), LINK, NOWHERE.format("The plan")),
    # Tables
    (table(caption=""), TABLE, "Give the table a caption that says what it shows."),
    (table(headings=("What", " ")), TABLE, "Give every column a heading."),
    (table(headings=(), rows=()), TABLE, "Add at least one column and one row."),
    # What is missing
    (article(summary=""), ("summary", (), "Summary"), NO_SUMMARY),
    (article(summary="   "), ("summary", (), "Summary"), NO_SUMMARY),
    (article(title=""), ("title", (), "Title"), EMPTY.format("Title")),
    (
        article(body=[("callout", {"heading": "Look", "text": "<p></p>"})]),
        ("body", (0, "text"), "Body, 1: Callout, Text"),
        EMPTY.format("Text"),
    ),
    (
        article(body=[("file", {"file": None, "name": ""})]),
        ("body", (0, "file"), "Body, 1: File"),
        EMPTY.format("File"),
    ),
    (
        article(body=[("contacts", {"contacts": []})]),
        ("body", (0, "contacts"), "Body, 1: Contacts"),
        EMPTY.format("Contacts"),
    ),
    (
        article(body=[("picture", {"image": None, "caption": ""})]),
        ("body", (0, "image", "image"), "Body, 1: Picture"),
        EMPTY.format("Picture"),
    ),
]

LET_THROUGH = [
    *(
        paragraph(words)
        for words in [
            "Insert the card, then your PIN number.",
            "Insert your ticket here.",
            "To insert a link, choose the button.",
            "“They [sic] came,” he said.",
            "“We told [the council] so.”",
            "“They [Derby City Council] did it [last year].”",
            "“It was on [the date of the election].”",
            "He said [in 2024] that it helps […] and more [1].",
            "The list is to be confirmed by the board.",
            "The search box has placeholder text and no label.",
            "The work is to be completed in 2030, and the rest to be decided.",
            "Size XXL. A taxi. Sixx.",
            "Really?? Yes.",
            "A to-do list is not a todo.",
            "The TBCs are a band.",
            "Read more about buses here.",
        ]
    ),
    *(
        picture(alt)
        for alt in [
            "New homes beside a canal",
            "Illustration of two walkers on a rocky edge",
            "Photo of the Mayor at a bus stop",
            "Stoke-on-Trent",
            "Budget for 2026-27",
            "Image 4 of the plan shows a tram",
            "A download in progress",
            "M1",
        ]
    ),
    picture("Image of a tram in Market Square"),
    picture("", is_decorative=True),
    picture("IMG_1234", is_decorative=True),
    picture("A tram in Market Square", caption="The new tram"),
    text("<h2>Why</h2><h3>Part</h3><p>Words.</p><h3>Part</h3><p>Words.</p><h2>How</h2>"),
    article(
        body=[
            ("callout", {"heading": "Look", "text": "<p>Words.</p>"}),
            ("text", "<h3>Below the callout</h3><p>Words.</p>"),
        ]
    ),
    *(
        rich_link(words)
        for words in ["GOV.UK", "Read more about buses", "here and there", "The plan (PDF)", "e.on"]
    ),
    paragraph('Write to <a href="mailto:web@example.org">web@example.org</a>.'),
    link("The plan"),
    link("All figures", address="/figures/"),
    link("Answers", address="https://example.org/?q=???"),
    table(),
    table(rows=[("Land", "")]),
    article(body=[]),
]


def described(findings) -> list[tuple]:
    return [((each.field, each.path, each.place), each.message) for each in findings]


@pytest.mark.parametrize(("fields", "where", "message"), REFUSED)
def test_it_is_refused_where_it_stands_and_with_words_that_say_how_to_mend_it(
    fields, where, message
):
    assert described(refusals(find_in(fields)))[:1] == [(where, message)]


@pytest.mark.parametrize("fields", LET_THROUGH)
def test_it_is_let_through_with_nothing_said(fields):
    assert find_in(fields) == []


def test_everything_that_is_wrong_in_one_place_is_said_once():
    found = find_in(text("<h3>TBC</h3><p>TBC and [name], TBC again.</p>"))
    assert [finding.message for finding in found] == [
        TOO_LOW.format("TBC", 2),
        UNFINISHED.format("TBC"),
        UNFINISHED.format("[name]"),
    ]


def test_a_picture_with_very_long_words_is_warned_of():
    (found,) = find_in(picture("A tram. " * 40))
    assert (found.severity, found.path) == (Severity.WARNING, (0, "image", "alt_text"))
    assert found.message == (
        "The description has 319 letters and spaces. Up to 250 are easy to listen to: put the rest "
        "in the text."
    )


TODAY = timezone.localdate()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("The station will open in March 2024.", "March 2024"),
        ("Work starts on 3 May 2024.", "3 May 2024"),
        ("Homes are due by the end of March 2024.", "March 2024"),
        (
            "Go. It is a target for 31 homes by 31 March 2024.",
            "31 March 2024",
        ),
        ("From Monday 2nd June 2025 buses will run later.", "2nd June 2025"),
        (f"It will open in {LAST_MONTH:%B %Y}.", f"{LAST_MONTH:%B %Y}"),
    ],
)
def test_a_date_that_has_passed_is_warned_of_where_it_is_said_as_still_to_come(words, said):
    (found,) = find_in(paragraph(words))
    assert (found.severity, found.message) == (Severity.WARNING, PASSED.format(said))


@pytest.mark.parametrize(
    "words",
    [
        "The station opened in March 2024.",
        "The target date was March 2024.",
        "The plan was published on 3 May 2024. It will help.",
        "On 3 May 2024 the Mayor said that buses will run later.",
        "The law of March 2024.",
        "It will open by 31 February 2024.",
        "It will open in May.",
        f"It will open in {TODAY:%B %Y}.",
        f"It will open on {TODAY.day} {TODAY:%B %Y}.",
        f"It will open on 1 January {TODAY.year + 1}.",
    ],
)
def test_a_date_is_not_warned_of_where_it_is_past_as_said_or_still_to_come(words):
    assert find_in(paragraph(words)) == []
