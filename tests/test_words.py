import pytest

from emca_site.text.words import counted, in_words, listed, mid_sentence, sentence


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (1, "one"),
        (10, "ten"),
        (11, "eleven"),
        (12, "twelve"),
        (16, "sixteen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (40, "forty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (101, "101"),
        (1000, "1,000"),
        (1234567, "1,234,567"),
        (-1, "-1"),
    ],
)
def test_a_number_is_in_words_up_to_a_hundred_and_in_figures_above(number, words):
    assert in_words(number) == words


def test_no_two_numbers_have_the_same_words():
    words = [in_words(number) for number in range(101)]
    assert len(set(words)) == 101
    assert all(word.replace("-", "").replace(" ", "").isalpha() for word in words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "no articles"),
        (1, "one article"),
        (2, "two articles"),
        (101, "101 articles"),
        (1000, "1,000 articles"),
        (1001, "more than 1,000 articles"),
        (99999, "more than 1,000 articles"),
    ],
)
def test_a_count_says_of_what_and_how_far_it_went(number, words):
    assert counted(number, "article", most=1000) == words


def test_a_count_without_an_end_goes_on():
    assert counted(1001, "article") == "1,001 articles"


def test_a_plural_may_be_made_in_its_own_way():
    assert counted(2, "county", "counties") == "two counties"


@pytest.mark.parametrize(
    ("words", "line"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), ("abc", "a, b or c")]
)
def test_things_in_a_row_read_as_a_sentence_does(words, line):
    assert listed(words, "or") == line


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Housing and land", "housing and land"),
        ("Net zero", "net zero"),
        ("EV charging", "EV charging"),
        ("", ""),
    ],
)
def test_a_name_inside_a_sentence_starts_small_unless_it_is_initials(title, inside):
    assert mid_sentence(title) == inside


def test_a_sentence_starts_with_a_capital_and_leaves_the_rest_alone():
    assert sentence("news about HS2") == "News about HS2"
    assert sentence("") == ""
