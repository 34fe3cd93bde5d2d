"""What the server sends is HTML that a strict reader accepts, and all of it hangs together."""

from itertools import pairwise

import html5lib
import pytest

from tests import whole_site

HTML = "{http://www.w3.org/1999/xhtml}"
REFERENCES = [
    "aria-controls",
    "aria-describedby",
    "aria-labelledby",
    "aria-owns",
    "for",
    "headers",
    "list",
    "popovertarget",
]


@pytest.fixture
def site(db):
    return whole_site.build()


def elements(tree, name: str | None = None):
    return (
        [each for each in tree.iter() if isinstance(each.tag, str)]
        if not name
        else list(tree.iter(f"{HTML}{name}"))
    )


def test_every_page_parses_strictly_and_hangs_together(client, site):
    for name, address in whole_site.ADDRESSES.items():
        answer = client.get(address)
        tree = html5lib.HTMLParser(strict=True).parse(answer.content.decode())

        ids = [each.get("id") for each in elements(tree) if each.get("id")]
        assert len(ids) == len(set(ids)), (name, sorted(id_ for id_ in ids if ids.count(id_) > 1))
        for each in elements(tree):
            for attribute in REFERENCES:
                for wanted in (each.get(attribute) or "").split():
                    assert wanted in ids, (name, attribute, wanted)
            assert not each.get("style"), name
            assert not [key for key in each.attrib if key.startswith("on")], name
        for link in elements(tree, "a"):
            if (link.get("href") or "").startswith("#"):
                assert link.get("href")[1:] in ids, (name, link.get("href"))

        assert len(elements(tree, "h1")) == len(elements(tree, "main")) == 1, name
        levels = [
            int(each.tag[-1])
            for each in elements(tree)
            if each.tag[-2:] in {"h1", "h2", "h3", "h4"}
        ]
        body = levels[levels.index(1) :]
        for before, after in pairwise(body):
            assert after <= before + 1, (name, levels)

        for image in elements(tree, "img"):
            assert image.get("alt") is not None, (name, image.get("src"))
            assert image.get("width"), (name, image.get("src"))
        for script in elements(tree, "script"):
            assert script.get("src") or script.get("type") == "application/ld+json", name


def test_every_link_of_ours_leads_somewhere(client, site):
    seen, wanted = set(), set(whole_site.ADDRESSES.values())
    while wanted:
        address = wanted.pop()
        seen.add(address)
        answer = client.get(address)
        status = {"/nothing/here/": 404, "/news/a-mistake/": 410}.get(address, 200)
        assert answer.status_code == status, address
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        tree = html5lib.parse(answer.content.decode())
        for link in elements(tree, "a"):
            href = (link.get("href") or "").split("#")[0]
            if href.startswith("?"):
                href = address.split("?")[0] + href
            if href.startswith("/") and not href.startswith("/admin/") and href not in seen:
                wanted.add(href)
        assert len(seen) < 400, "the site leads round in circles"
