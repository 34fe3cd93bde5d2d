"""Sends forms as a browser does from a page of the site, and finds what is in the answer."""

import re
from html.parser import HTMLParser
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
FROM_THIS_SITE = {"Sec-Fetch-Site": "same-origin"}


def post(client, address: str, data: dict, headers: dict | None = None, **extra):
    headers = FROM_THIS_SITE if headers is None else headers
    body = urlencode(data, doseq=True)
    return client.post(address, body, content_type=FORM, headers=headers, **extra)


def token_in(answer) -> str:
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode())[1]


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(answer) -> list[tuple[str, dict]]:
    """Every element of a page with its attributes, in order."""
    parser = _Elements()
    parser.feed(answer.content.decode())
    return parser.found


def by_id(answer) -> dict[str, tuple[str, dict]]:
    return {
        attributes["id"]: (tag, attributes)
        for tag, attributes in elements(answer)
        if "id" in attributes
    }


def errors_are_tied_to_fields(answer, *ids: str) -> bool:
    """Whether the summary stands first and leads to each of these fields, and each names its error.

    And whether the title says that there is an error.
    """
    html = answer.content.decode()
    found = by_id(answer)
    summary = html.split('role="alert"')[1].split("</section>")[0]
    assert "<title>Error: " in html
    assert html.index('role="alert"') < html.index("<h1")
    assert re.findall(r'href="#([^"]+)"', summary) == list(ids)
    for field in ids:
        attributes = found[field][1]
        assert attributes["aria-invalid"] == "true"
        assert f"{field}_error" in attributes["aria-describedby"].split()
        assert set(attributes["aria-describedby"].split()) <= set(found)
        assert any(tag == "label" and label.get("for") == field for tag, label in elements(answer))
    return True
