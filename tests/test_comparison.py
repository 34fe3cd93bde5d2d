"""What a version says in words, and what is different in another, without any screen."""

import pytest

from emca_site.core.blocks import BodyBlock
from emca_site.publishing.comparison.templatetags.comparison_tags import marked
from emca_site.publishing.comparison.versions import Said, compare
from emca_site.publishing.comparison.versions.blocks import said_in_block
from emca_site.publishing.comparison.versions.differences import ADDED, CHANGED, MOVED, REMOVED
from emca_site.publishing.comparison.versions.rich_text import paragraphs_of
from emca_site.publishing.comparison.versions.said import Shape, as_text, as_whole
from emca_site.publishing.comparison.versions.text import compare_texts

BODY = BodyBlock()
READER_ONLY = ('<span class="w-sr-only">removed: </span>', '<span class="w-sr-only">added: </span>')


def html_of(before, after) -> list[str]:
    lines = [str(marked(line)) for line in compare_texts(before, after)]
    for words in READER_ONLY:
        lines = [line.replace(words, "") for line in lines]
    return lines


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("A bus helps.", "A tram helps.", ["A <del>bus</del> <ins>tram</ins> helps."]),
        ("A bus helps.", "A bus helps us.", ["A bus helps<ins> us</ins>."]),
        ("A red bus helps.", "A bus helps.", ["A<del> red</del> bus helps."]),
        # What stands together is marked together.
        (
            "It will be built by the end of June in the city.",
            "It will be built by some day of July in the city.",
            [
                "It will be built by <del>the end</del> <ins>some day</ins> of <del>June</del> "
                "<ins>July</ins> in the city."
            ],
        ),
        ("Up to 1,400 homes.", "Up to 1,450 homes.",
         ["Up to <del>1,400</del> <ins>1,450</ins> homes."]),
        ("Same.\nOld words here.", "Same.", ["Same.", "<del>Old words here.</del>"]),
        ("One thing.", "Quite another story altogether",
         ["<del>One thing.</del>", "<ins>Quite another story altogether</ins>"]),
        ("", "New.", ["<ins>New.</ins>"]),
        ("It well-kept.\n<b>", "It is.\n<b>",
         ["It <del>well-kept</del> <ins>is</ins>.", "&lt;b&gt;"]),
    ],
)  # fmt: skip
def test_words_are_marked_inside_a_paragraph(before, after, lines):
    assert html_of(as_text(before), as_text(after)) == lines


def test_values_change_as_a_whole_and_never_run_together():
    assert html_of(as_whole("At risk"), as_whole("On track")) == [
        "<del>At risk</del> <ins>On track</ins>"
    ]


def test_screen_readers_are_told_what_was_removed_and_added():
    (line,) = compare_texts(as_whole("One"), as_whole("Two"))
    for words in READER_ONLY:
        assert words in marked(line)


def test_very_long_texts_are_compared_without_going_through_every_pair_of_words():
    before, after = "old " * 30_000, "new " * 30_000
    assert html_of(as_text(before), as_text(after))[0].startswith("<del>old")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<h2>Why</h2><p>One<br/>two</p>", ["Heading: Why", "One", "two"]),
        ("<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>", ["• a", "• b", "1. c"]),
        (
            '<p><a href="https://example.org/">The plan</a>.</p>',
            ["The plan (link to https://example.org/)."],
        ),
        ('<p><a linktype="page" id="999999">x</a></p>', ["x (link to something that is gone)"]),
        ('<p><a linktype="page" id="x">x</a></p>', ["x (link to something that is gone)"]),
        ('<p>of <embed embedtype="figure" id="0"/></p>', ["of [figure: something that is gone]"]),
        ('<p>of <embed embedtype="odd" url="u"/></p>', ["of [u]"]),
        ("<p>&lt;b&gt; &amp;</p>", ["<b> &"]),
        ("<p>never closed <b>x", ["never closed x"]),
        ("<p>said<!-- not said --></p>", ["said"]),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["1. a", "• b", "1. c"]),
        ("", []),
        (None, []),
    ],
)
def test_rich_text_is_read_with_what_its_links_lead_to(html, words):
    found = paragraphs_of(html)
    assert ["".join(word.text for word in paragraph) for paragraph in found] == words


def test_bold_is_a_difference():
    before, after = paragraphs_of("<p>All of it.</p>"), paragraphs_of("<p>All <b>of</b> it.</p>")
    assert html_of(before, after) == ["All <del>of</del> <ins><strong>of</strong></ins> it."]


def body(*blocks) -> tuple[Said, ...]:
    raw = [{"type": kind, "value": value, "id": pk} for kind, value, pk in blocks]
    return (said_in_block(BODY, BODY.to_python(raw), "Body", "body"),)


def what_became(before, after) -> list[tuple[str, str]]:
    """The path of each change and what it is."""
    comparison = compare(before, after)
    found = {}

    def walk(differences):
        for each in differences:
            if each.number:
                found[each.number] = each.change
            walk(each.parts)

    walk(comparison.differences)
    assert sorted(found) == [number for number, _ in comparison.changes]
    return [(name, found[number]) for number, name in comparison.changes]


ONE = ("text", "<p>One is here.</p>", "1")
TWO = ("quote", {"text": "Two", "attribution": "Somebody"}, "2")
THREE = ("callout", {"heading": "Three", "text": "<p>Words.</p>"}, "3")


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([ONE, TWO], [ONE, TWO], []),
        ([ONE, TWO], [ONE], [("Body: Quote", REMOVED)]),
        ([ONE], [TWO, ONE], [("Body: Quote", ADDED)]),
        ([ONE, TWO, THREE], [TWO, THREE, ONE], [("Body: Text", MOVED)]),
        ([ONE, TWO], [ONE, ("quote", {**TWO[1], "text": "Too"}, "2")],
         [("Body: Quote: Text", CHANGED)]),
        ([], [ONE], [("Body: Text", ADDED)]),
        # Stored anew, with keys of the editor's own.
        ([ONE], [("text", '<p data-block-key="ab">One is here.</p>', "1")], []),
        # One id twice, as somebody copied the block: neither is lost.
        ([ONE], [ONE, ("text", "<p>Two is here.</p>", "1")], [("Body: Text", ADDED)]),
        # Without ids, as what a program made has none in the lists inside.
        ([("details", {"items": [{"question": "a?", "answer": "b"}]}, "1")],
         [("details", {"items": [
             {"id": "9", "type": "item", "value": {"question": "new?", "answer": "c"}},
             {"id": "8", "type": "item", "value": {"question": "a?", "answer": "b"}}]}, "1")],
         [("Body: Questions and answers: Questions: Item 1", ADDED)]),
        ([("aims", {"items": [{"title": "a", "text": ""}, {"title": "b", "text": ""}]}, "1")],
         [("aims", {"items": [{"title": "a", "text": ""}, {"title": "c", "text": ""}]}, "1")],
         [("Body: Aims: Aims: Item 2: Title", CHANGED)]),
    ],
)  # fmt: skip
def test_only_what_changed_is_listed(before, after, changes):
    assert what_became(body(*before), body(*after)) == changes


def test_what_moved_and_changed_says_both():
    changed = ("text", "<p>One is there.</p>", "1")
    ((name, change),) = what_became(body(ONE, TWO, THREE), body(TWO, THREE, changed))
    assert (name, change) == ("Body: Text (moved)", CHANGED)


def test_blocks_that_did_not_change_are_folded():
    (field,) = compare(body(ONE, TWO, THREE), body(ONE, TWO)).differences
    assert [len(part.folded) for part in field.parts] == [2, 0]


def test_fields_of_a_group_that_did_not_change_are_left_out():
    def group(number):
        parts = (
            Said("Number", as_whole(number), key="number"),
            Said("Unit", as_whole("Homes"), key="unit"),
        )
        return (Said("Target", parts=parts, shape=Shape.GROUP, key="target"),)

    (target,) = compare(group("1"), group("2")).differences
    assert [part.label for part in target.parts] == ["Number"]


def test_a_table_is_compared_row_by_row():
    def table(number):
        value = {
            "columns": [{"type": "text", "heading": "For"}, {"type": "number", "heading": "Sum"}],
            "rows": [{"values": ["Land", "£1m"]}, {"values": ["Homes", number]}],
            "caption": "Money",
        }
        return body(("table", {"table": value, "has_row_headings": True}, "1"))

    (field,) = compare(table("£2m"), table("£3m")).differences
    (block,) = field.parts
    lines = [str(marked(line)) for line in block.parts[0].lines]
    for words in READER_ONLY:
        lines = [line.replace(words, "") for line in lines]
    assert lines == [
        "Money",
        "For | Sum",
        "Land | £1m",
        "Homes | <del>£2m</del> <ins>£3m</ins>",
    ]
