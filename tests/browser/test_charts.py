"""Charts and bars as browsers draw them, on a page of tests with the stylesheets of the site."""

import pytest

from tests.chart_series import ON_SHOW, gallery

POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# What is wrong with the words that are shown: on one another, on a dot of the chart, or outside.
# A letter's box is lower than its line.
WRONG_WORDS = """() => [...document.querySelectorAll('.chart')].flatMap(chart => {
  const name = chart.closest('[data-case]').dataset.case, wrong = [];
  const edge = chart.getBoundingClientRect();
  const boxes = [...chart.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect(), spare = box.height * .15;
    return {text: text.textContent, shown: box.width > 0, left: box.left, right: box.right,
            top: box.top + spare, bottom: box.bottom - spare};
  }).filter(box => box.shown);
  const dots = [...chart.querySelectorAll('circle')].map(dot => {
    const box = dot.getBoundingClientRect();
    return {text: 'a dot', left: box.left, right: box.right, top: box.top, bottom: box.bottom};
  });
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  boxes.forEach((box, index) => {
    if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1
        || box.bottom > edge.bottom + 1) wrong.push(`${name}: ${box.text} is outside`);
    [...boxes.slice(index + 1), ...dots].filter(other => meet(box, other)).forEach(other =>
      wrong.push(`${name}: ${box.text} is on ${other.text}`));
  });
  if (boxes.length < 3) wrong.push(`${name}: hardly any words`);
  return wrong;
})"""

# Each kind of mark as it is drawn: strokes, fills and dashes must differ without colours.
MARKS = """() => Object.fromEntries(['c-step', 'c-target', 'c-dot', 'c-last', 'c-mark', 'c-hatch',
  'c-base', 'c-grid'].map(name => {
    const style = getComputedStyle(document.querySelector(`[data-case=design] .chart .${name}`));
    return [name, {stroke: style.stroke, fill: style.fill, dashes: style.strokeDasharray}];
  }))"""


@pytest.fixture
def charts_at(page_at):
    """Makes a page of charts of a given width for one kind of visitor."""

    def make(width: int, names=ON_SHOW, **visitor):
        visit = page_at(width, **visitor)
        visit.page.route(
            "**/charts-of-tests/",
            lambda route: route.fulfill(
                body=gallery(names),
                content_type="text/html; charset=utf-8",
                headers={"Content-Security-Policy": POLICY},
            ),
        )
        visit.page.goto("/charts-of-tests/")
        visit.page.evaluate("document.fonts.ready")
        return visit

    return make


def test_words_keep_clear_of_each_other_and_nothing_scrolls_sideways(charts_at):
    visit = charts_at(320)
    for width in (320, 360, 420, 600, 768, 1024, 1200, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        assert visit.page.evaluate(WRONG_WORDS) == [], width
        assert visit.page.evaluate(OVERFLOW) <= 0, width
    for width in (320, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert visit.page.evaluate(WRONG_WORDS) == [], f"{width} with text at 200 %"
        assert visit.page.evaluate(OVERFLOW) <= 0, f"{width} with text at 200 %"
        visit.page.evaluate("document.documentElement.style.fontSize = ''")
    visit.page.emulate_media(media="print")
    visit.page.set_viewport_size({"width": 700, "height": 900})
    assert visit.page.evaluate(WRONG_WORDS) == [], "print"
    visit.assert_clean()


def test_words_keep_their_size_where_lines_stretch(charts_at):
    visit = charts_at(320, ["design"])
    sizes = []
    for width in (320, 1440):
        visit.page.set_viewport_size({"width": width, "height": 900})
        chart = visit.page.locator("[data-case=design] .chart")
        value = chart.get_by_text("58", exact=True).bounding_box()
        sizes.append((value["height"], chart.bounding_box()["width"]))
    assert sizes[1][0] == pytest.approx(sizes[0][0], rel=0.1)
    assert sizes[1][1] > sizes[0][1] * 2


@pytest.mark.parametrize(
    "kinds",
    [
        [(320, "light"), (1440, "dark")],
        pytest.param([(320, "dark"), (768, "light")], marks=pytest.mark.exhaustive),
    ],
    ids=["some", "the rest"],
)
def test_axe_finds_nothing_in_light_dark_and_forced_colours(charts_at, axe, kinds):
    visit = charts_at(320, ["design", "months with gaps", "below nought"])
    for width, scheme in kinds:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.page.emulate_media(color_scheme=scheme)
        assert axe(visit.page) == [], (width, scheme)
    visit.page.emulate_media(color_scheme="light", forced_colors="active")
    visit.page.reload()
    assert axe(visit.page) == [], "forced colours"
    visit.assert_clean()


@pytest.mark.parametrize(
    "visitor", [{}, {"scheme": "dark"}, {"forced_colours": True}], ids=["light", "dark", "forced"]
)
def test_marks_are_told_apart_without_their_colours(charts_at, visitor):
    marks = charts_at(1000, ["design"], **visitor).page.evaluate(MARKS)
    assert marks["c-step"]["dashes"] == "none" != marks["c-target"]["dashes"]
    assert marks["c-dot"]["fill"] != marks["c-last"]["fill"], "the last one is filled"
    assert marks["c-last"]["fill"] == marks["c-step"]["stroke"]
    for name, mark in marks.items():
        assert {mark["stroke"], mark["fill"]} - {"none"}, name


def test_print_is_black_and_shows_the_whole_table(charts_at):
    visit = charts_at(794, ["design", "months with gaps"])
    visit.page.emulate_media(media="print")
    marks = visit.page.evaluate(MARKS)
    assert marks["c-step"]["stroke"] == marks["c-target"]["stroke"] == "rgb(0, 0, 0)"
    cut_off = visit.page.evaluate(
        "() => [...document.querySelectorAll('.chart-fig .table-wrap')]"
        ".filter(each => each.scrollHeight > each.clientHeight + 1).length"
    )
    assert cut_off == 0


def test_a_screen_reader_is_told_name_and_values(charts_at):
    visit = charts_at(1000, ["design", "all equal"])
    chart = visit.page.locator("[data-case=design] .chart")
    name, values = chart.evaluate(
        "svg => [svg.querySelector('title').textContent, svg.querySelector('desc').textContent]"
    )
    tree = visit.page.context.new_cdp_session(visit.page).send("Accessibility.getFullAXTree")[
        "nodes"
    ]
    images = [each for each in tree if each.get("role", {}).get("value") in ("image", "img")]
    told = {each["name"]["value"]: each.get("description", {}).get("value") for each in images}
    assert told[name] == values
    assert len(images) == 2, "and of the keys nothing"
    bars = visit.page.get_by_role("progressbar", name="58 of 120 charging points in use")
    assert bars.count() == 1
