"""Every page and every block, for every kind of visitor (WCAG 2.2 AA and best practice)."""

from itertools import product

import pytest

from tests.whole_site import ADDRESSES

WIDTHS = [320, 360, 768, 1440]
REPORTED = {"/nothing/here/", "/news/a-mistake/"}  # the browser reports these itself
# Between them they have every block and every form.
FORCED = ["/", "/what-we-do/transport/", "/news/", "/accessibility-statement/report/?page=/about/"]
EACH = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


def rest_of(is_rest: bool) -> list[pytest.MarkDecorator]:
    """The mark of what only `make test-all` runs, if this is such."""
    return [pytest.mark.exhaustive] if is_rest else []


TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# Text that is cut off: its box hides what does not fit. What is hidden from sight on purpose is one
# pixel wide; a table scrolls in its own box.
CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(each => {
  const style = getComputedStyle(each);
  return ['hidden', 'clip'].includes(style.overflowY) && each.clientWidth > 1 && each.innerText
    && each.scrollHeight > each.clientHeight + 1;
}).map(each => each.outerHTML.slice(0, 120))"""

# A link inside a sentence may be as low as its line; everything else is 24 pixels or more.
SMALL_TARGETS = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(each => {
  if (!each.checkVisibility() || each.closest('[aria-hidden=true]')) return false;
  const box = each.getBoundingClientRect();
  if (box.width >= 23.5 && box.height >= 23.5) return false;
  const label = each.closest('label');
  if (label && label.getBoundingClientRect().height >= 24) return false;
  const around = each.parentElement.textContent.trim();
  const inSentence = getComputedStyle(each).display.startsWith('inline')
    && around !== each.textContent.trim();
  return !inSentence && box.bottom > 0;
}).map(each => each.outerHTML.slice(0, 120))"""

# Where the focus is now, whether it can be seen, and which of all elements it is.
FOCUS = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const box = each.getClientRects()[0];
  const x = box.left + Math.min(box.width, innerWidth) / 2, y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  const block = each.closest('.card, .slab, .news, .banner');
  return {
    place: [...document.querySelectorAll('*')].indexOf(each),
    name: each.outerHTML.slice(0, 100),
    hidden: !(top && (each.contains(top) || top.contains(each) || (block && block.contains(top)))),
    ringed: getComputedStyle(each).outlineStyle !== 'none' || !!(block
      && getComputedStyle(block).outlineStyle !== 'none'),
  };
}"""


@EACH
def test_axe_finds_nothing_on_a_phone_in_light_or_on_a_desk_in_dark(page_at, axe, address):
    """On both for the pages that have every block and every form, and in turn for the others."""
    phone, desk = (360, "light"), (1440, "dark")
    in_turn = [desk] if [*ADDRESSES.values()].index(address) % 2 else [phone]
    visit = page_at(360)
    visit.page.goto(address)
    check_with_axe(visit, axe, [phone, desk] if address in FORCED else in_turn)
    if address not in REPORTED:
        visit.assert_clean()


@pytest.mark.exhaustive
@EACH
def test_axe_finds_nothing_at_any_width_in_light_and_dark(page_at, axe, address):
    visit = page_at(WIDTHS[0])
    visit.page.goto(address)
    check_with_axe(visit, axe, product(WIDTHS, ("light", "dark")))
    visit.page.emulate_media(color_scheme="light", forced_colors="active")
    visit.page.reload()  # colours that are forced on a page already drawn are not all seen by axe
    assert axe(visit.page) == [], "forced colours"
    if address not in REPORTED:
        visit.assert_clean()


def check_with_axe(visit, axe, kinds) -> None:
    for width, scheme in kinds:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme=scheme)
        assert axe(visit.page) == [], (width, scheme)


@pytest.mark.parametrize("address", FORCED)
def test_axe_finds_nothing_in_forced_colours(page_at, axe, address):
    visit = page_at(360, forced_colours=True)
    visit.page.goto(address)
    assert axe(visit.page) == []


@EACH
def test_nothing_makes_the_page_scroll_sideways_or_cuts_text_off(page_at, address):
    visit = page_at(320)
    visit.page.goto(address)

    def check(what: str):
        assert visit.page.evaluate(OVERFLOW) <= 0, what
        assert visit.page.evaluate(CLIPPED) == [], what

    for width in [*WIDTHS, 900, 1024]:
        visit.page.set_viewport_size({"width": width, "height": 900})
        check(f"{width} pixels")
    visit.page.set_viewport_size({"width": 320, "height": 256})
    check("400 % zoom of a screen of 1280 by 1024")
    for width in (320, 1280):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
        check(f"200 % text at {width} pixels")
        visit.page.evaluate("document.documentElement.style.fontSize = ''")
    visit.page.add_style_tag(content=TEXT_SPACING)
    for width in (320, 1280):
        visit.page.set_viewport_size({"width": width, "height": 900})
        check(f"text spacing at {width} pixels")


@pytest.mark.parametrize(
    ("address", "width"),
    [
        # On a desk the order differs by the menu, which is the same on every page.
        pytest.param(address, width, marks=rest_of(width == 1440 and address not in FORCED))
        for width in (360, 1440)
        for address in ADDRESSES.values()
    ],
)
def test_the_keyboard_reaches_everything_in_order_and_is_never_hidden(page_at, address, width):
    visit = page_at(width, reduced_motion=True)
    visit.page.goto(address)
    places = []
    for _ in range(250):
        visit.page.keyboard.press("Tab")
        focus = visit.page.evaluate(FOCUS)
        if focus is None:
            break
        assert not focus["hidden"], focus["name"]
        assert focus["ringed"], focus["name"]
        places.append(focus["place"])
    assert len(places) > 8, "the keyboard went nowhere"
    assert places == sorted(places), "the order of the keyboard is not that of the page"


@EACH
def test_every_target_is_large_enough(page_at, address):
    visit = page_at(320)
    visit.page.goto(address)
    for width in (320, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate(SMALL_TARGETS) == [], width


@EACH
def test_nothing_is_missing_without_javascript(page_at, address):
    texts = []
    for javascript in (True, False):
        visit = page_at(360, javascript=javascript)
        visit.page.goto(address)
        main = visit.page.locator("main").inner_text()
        texts.append(main.replace("Copy link", "").replace("Print", "").split())
    assert texts[0] == texts[1]


def test_nothing_moves_for_who_wants_no_movement(page_at):
    visit = page_at(1440, reduced_motion=True)
    for address in ["/", "/what-we-do/transport/", "/news/"]:
        visit.page.goto(address)
        moving = visit.page.evaluate(
            "() => [...document.querySelectorAll('*')].filter(each => {"
            "  const style = getComputedStyle(each);"
            "  return parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none'"
            "    || style.scrollBehavior === 'smooth' }).map(each => each.className)"
        )
        assert moving == []


@pytest.mark.parametrize("address", ["/", "/what-we-do/transport/", "/news/better-buses/"])
def test_print_leaves_out_what_paper_cannot_do(page_at, address):
    visit = page_at(794)
    visit.page.goto(address)
    visit.page.emulate_media(media="print")
    for selector in (".site-nav", ".menu-btn", ".share", ".feedback", ".crumbs"):
        for each in visit.page.locator(selector).all():
            assert not each.is_visible(), selector
    assert visit.page.locator("h1").is_visible()
    assert visit.page.evaluate(OVERFLOW) <= 0
    colours = visit.page.evaluate(
        "() => [...document.querySelectorAll('main h1, main h2, main p, main li')]"
        ".map(each => getComputedStyle(each).color)"
    )
    assert all(
        all(int(part) < 100 for part in colour[4:-1].split(",")[:3]) for colour in colours
    ), "dark on white, whatever the screen was"


def test_a_form_with_mistakes_says_so_first_and_beside_each_field(page_at, axe):
    visit = page_at(360)
    visit.page.goto("/accessibility-statement/report/?page=/about/")
    visit.page.locator("main form button[type=submit]").last.click()
    visit.page.wait_for_load_state()
    assert visit.page.title().startswith("Error:")
    alert = visit.page.get_by_role("alert")
    assert alert.is_visible()
    link = alert.get_by_role("link").first
    field = visit.page.locator(link.get_attribute("href"))
    assert field.get_attribute("aria-invalid") == "true"
    for id_ in field.get_attribute("aria-describedby").split():
        assert visit.page.locator(f"#{id_}").is_visible()
    assert axe(visit.page) == []
    link.click()
    assert visit.page.evaluate("document.activeElement.id") == field.get_attribute("id")
