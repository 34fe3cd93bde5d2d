"""Tests take turns in a window, and none finds what another has left there."""

from tests.browser.conftest import Window

LEFT = "() => [document.cookie, localStorage.left ?? '', sessionStorage.left ?? '']"


def test_a_window_forgets_who_was_in_it(chromium, server):
    window = Window(chromium, server.url, javascript=True)
    page = window.context.new_page()
    page.goto("/search/")
    page.evaluate("document.cookie = localStorage.left = sessionStorage.left = 'left=1'")
    assert page.evaluate(LEFT) == ["left=1"] * 3
    window.context.route("**/*", lambda route: route.abort())
    window.context.set_offline(True)
    window.make_empty()
    assert window.context.pages == [window.stays]
    page = window.context.new_page()
    assert page.goto("/search/").ok
    assert page.evaluate(LEFT) == ["", "", ""]
    window.context.close()
