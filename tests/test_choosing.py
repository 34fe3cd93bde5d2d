"""Which tests `make test` leaves to `make test-all`, and which ones `make quick` takes."""

from types import SimpleNamespace

import pytest

from tests import quick
from tests.covering import covering
from tests.on_postgresql import CAN_DIFFER, CAN_DIFFER_BY_VALUE


def item(name: str, *values: str):
    """A test as pytest collects it, with one value of each of its lists of parameters."""
    parts = {"originalname": name, "name": "-".join((name, *values))}
    parameters = {"callspec": SimpleNamespace(_idlist=values)} if values else {}
    file = "tests/test_x.py"
    return Item(parent=SimpleNamespace(nodeid=file), location=(file, 1, ""), **parts, **parameters)


class Item(SimpleNamespace):
    __hash__ = object.__hash__


def test_of_a_cross_product_every_value_is_run_and_not_every_pair():
    product = [item("test_a", one, two) for one in "abc" for two in "xy"]
    chosen = covering(product)
    assert len(chosen) == 3
    for place, values in enumerate(("abc", "xy")):
        assert {each.callspec._idlist[place] for each in chosen} == set(values)


def test_a_test_with_one_list_of_parameters_or_none_is_run_whole():
    whole = [item("test_a", value) for value in "abcde"] + [item("test_b"), item("test_c")]
    assert covering(whole) == set(whole)


def test_each_test_of_a_file_may_be_run_with_its_first_values_alone():
    tests = [item("test_a", value) for value in "abcde"] + [item("test_b")]
    assert covering(tests, {"tests/test_x.py"}) == {tests[0], tests[-1]}
    assert covering(tests, {"tests/test_y.py"}) == set(tests)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("emca_site/search/results.py", "tests/test_search.py"),
        ("templates/news/article_page.html", "tests/test_articles.py"),
        ("tests/test_notices.py", "tests/test_notices.py"),
        ("emca_site/publishing/audit/look_back_list.py", "tests/test_look_back.py"),
    ],
)
def test_what_changed_brings_its_tests(changed, expected):
    files, _ = quick.tests_for([changed])
    assert files[:3] == quick.ALWAYS
    assert expected in files
    assert len(files) <= len(quick.ALWAYS) + quick.MOST_FILES


def test_what_was_added_is_found_and_the_main_branch_need_not_be_there(monkeypatch):
    answers = {"merge-base": "", "diff": "news/feeds.py", "ls-files": "news/new.py\nnews/feeds.py"}
    monkeypatch.setattr(quick, "git", lambda command, *rest: answers[command])
    assert quick.changed_files() == ["news/feeds.py", "news/new.py"]


@pytest.mark.parametrize("name", [*quick.ALWAYS, *CAN_DIFFER, *CAN_DIFFER_BY_VALUE])
def test_every_test_that_is_named_is_there(name):
    file, _, function = name.partition("::")
    text = (quick.ROOT / file).read_text()
    assert f"def {function or 'test_'}" in text
