import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamValue

from emca_site.core.blocks import BodyBlock
from tests import builders

TABLE = {
    "columns": [{"type": "text", "heading": "What"}, {"type": "number", "heading": "How much"}],
    "rows": [{"values": ["Brownfield land", "£16.8m"]}],
    "caption": "Money for homes",
}


def page_with(home, *blocks):
    return builders.add_standard_page(home, slug="body", body=list(blocks))


def drawn(client, home, *blocks) -> str:
    return client.get(page_with(home, *blocks).url).content.decode()


def test_every_block_has_an_icon_a_description_and_a_template():
    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.icon != "placeholder", name
        assert block.get_description(), name
        assert block.meta.template, name


def test_every_block_can_be_previewed_before_it_is_chosen(desk, home):
    block = BodyBlock()
    for name, child in block.child_blocks.items():
        assert child.is_previewable, name


def test_headings_of_the_text_have_ids_that_the_contents_lead_to(client, home):
    page = drawn(
        client,
        home,
        ("text", "<h2>Why &amp; how</h2><p>a</p><h2>Money</h2>"),
        ("text", "<h2>Money</h2>"),
        ("aims", {"heading": "Aims", "intro": "", "items": [{"title": "A", "text": ""}]}),
    )
    for anchor in ("why-how", "money", "money-2", "aims"):
        assert page.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in page


def test_a_picture_is_described_or_decorative(client, home):
    image = builders.add_image("DSC_0001.png", description="")
    image.contextual_alt_text, image.decorative = "Homes beside a canal", False
    page = drawn(client, home, ("picture", {"image": image, "caption": "New homes"}))
    assert 'alt="Homes beside a canal"' in page
    assert "<figcaption>New homes</figcaption>" in page
    assert "DSC_0001" not in page.split("<main")[1].split('src="')[0]


def test_an_undecided_picture_is_refused_at_publication():
    image_block = BodyBlock().child_blocks["picture"].child_blocks["image"]
    with pytest.raises(ValidationError):
        image_block.clean(None)


def test_a_table_has_a_caption_and_scoped_headings(client, home):
    page = drawn(client, home, ("table", {"table": TABLE, "has_row_headings": True}))
    assert "Money for homes</caption>" in page
    assert '<th scope="col">What</th>' in page
    assert '<th scope="col" class="num">How much</th>' in page
    assert '<th scope="row">Brownfield land</th>' in page
    assert '<td class="num">£16.8m</td>' in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"caption": " "}, "Give the table a caption"),
        ({"rows": []}, "at least one column and one row"),
        (
            {"columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "B"}]},
            "Give every column a heading",
        ),
    ],
)
def test_an_unfinished_table_is_refused_at_publication_and_allowed_in_a_draft(change, message):
    block = BodyBlock().child_blocks["table"]
    value = block.to_python({"table": TABLE | change, "has_row_headings": True})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert message in str(refused.value.block_errors["table"])
    block.defer_required_validation()
    try:
        assert block.clean(value)
    finally:
        block.restore_deferred_validation()  # all streams share the block


@pytest.mark.parametrize("targets", [{}, {"page": True, "external_url": "https://example.org"}])
def test_a_link_needs_exactly_one_target(home, targets):
    block = link_block()
    value = block.to_python({"text": "Read", "page": None, "external_url": ""} | targets)
    if "page" in targets:
        value["page"] = home
    with pytest.raises(ValidationError):
        block.clean(value)


def link_block():
    return BodyBlock().child_blocks["links"].child_blocks["links"].child_block


@pytest.mark.parametrize(
    "address",
    ["https://example.org/plan?a=1#b", "http://example.org", "/figures/", "/news/?kind=a"],
)
def test_a_link_may_lead_to_another_site_or_to_an_address_here(client, home, news_index, address):
    value = link_block().to_python({"text": "Read", "page": None, "external_url": address})
    assert link_block().clean(value).url == address
    links = [{"text": "Read", "page": None, "external_url": address}]
    page = drawn(client, home, ("links", {"heading": "On", "links": links}))
    assert f'<a href="{address}">Read</a>' in page


@pytest.mark.parametrize(
    "address",
    [
        "figures/",
        "example.org",
        "//example.org/",
        "/\\example.org/",
        "/a\\b",
        "/a b",
        '/a"b',
        "/a<b>",
        "/a\nb",
        "javascript:alert(1)",
        "ftp://example.org/",
        "mailto:a@example.org",
        "https://",
    ],
)
def test_any_other_address_of_a_link_is_refused(db, address):
    value = link_block().to_python({"text": "Read", "page": None, "external_url": address})
    with pytest.raises(ValidationError) as refused:
        link_block().clean(value)
    assert "Give a whole web address" in str(refused.value.block_errors["external_url"])


def test_a_link_to_a_page_that_is_not_live_is_words_alone(client, home):
    draft = builders.add_standard_page(home, "Secret plan", slug="secret-plan", live=False)
    link = {"text": "Read the plan", "page": draft, "external_url": ""}
    page = drawn(
        client,
        home,
        ("links", {"heading": "Read on", "links": [link]}),
        ("text", f'<p>See <a linktype="page" id="{draft.pk}">what is planned</a>.</p>'),
    )
    assert "Read the plan" in page
    assert "what is planned" in page
    assert "secret-plan" not in page
    assert '<span class="no-address">Read the plan</span>' in page


def test_a_link_to_a_live_page_leads_there(client, home):
    other = builders.add_standard_page(home, "Contact", slug="contact")
    page = drawn(client, home, ("text", f'<p><a linktype="page" id="{other.pk}">Ask us</a></p>'))
    assert '<a href="/contact/">Ask us</a>' in page


def test_all_links_of_a_page_are_looked_up_at_once(client, home, django_assert_max_num_queries):
    other = builders.add_standard_page(home, "Contact", slug="contact")
    text = f'<p><a linktype="page" id="{other.pk}">Ask us</a></p>'
    one = page_with(home, ("text", text + "1"))
    many = builders.add_standard_page(
        home, slug="many", body=[("text", f"{text}{number}") for number in range(9)]
    )
    client.get(one.url)
    with django_assert_max_num_queries(12):
        assert client.get(many.url).content.decode().count('<a href="/contact/">Ask us</a>') == 9


def test_a_file_says_its_type_and_size_and_offers_another_format(client, home, site_settings):
    site_settings.access_contact = builders.add_contact(email="access@example.org")
    site_settings.save()
    document = builders.add_document("The plan", content=b"%PDF" + b"x" * 2044)
    page = drawn(client, home, ("file", {"file": document, "name": ""}))
    assert f'<a href="{document.url}">The plan</a>' in page
    assert "PDF, 2.0\xa0KB" in page
    assert "mailto:access@example.org?subject=Another%20format%20of%3A%20The%20plan" in page


def test_details_a_quote_and_a_callout_are_drawn(client, home):
    page = drawn(
        client,
        home,
        (
            "details",
            {"heading": "Questions", "items": [{"question": "Who?", "answer": "<p>We do.</p>"}]},
        ),
        ("quote", {"text": "Make it ready.", "attribution": "A builder"}),
        ("callout", {"heading": "This date has passed", "text": "<p>March 2026.</p>"}),
    )
    assert "<summary>Who?</summary>" in page
    assert "<p>We do.</p>" in page
    assert "<footer>A builder</footer>" in page
    assert "<h2>This date has passed</h2>" in page


@pytest.mark.parametrize("name", sorted(BodyBlock().child_blocks))
def test_an_empty_block_is_drawn_without_an_error(client, home, name):
    block = BodyBlock()
    page = page_with(home)
    page.body = StreamValue(block, [(name, block.child_blocks[name].get_default())])
    page.save()
    assert client.get(page.url).status_code == 200


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_what_an_editor_types_is_never_markup(client, home):
    page = drawn(
        client,
        home,
        ("quote", {"text": HOSTILE, "attribution": HOSTILE}),
        ("callout", {"heading": HOSTILE, "text": "<p>a</p>"}),
        ("aims", {"heading": HOSTILE, "intro": HOSTILE, "items": [{"title": HOSTILE}]}),
        ("table", {"table": TABLE | {"caption": HOSTILE}, "has_row_headings": True}),
        (
            "links",
            {"heading": HOSTILE, "links": [{"text": HOSTILE, "external_url": "https://e.org"}]},
        ),
    )
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_preview_of_each_block_is_drawn(desk, home):
    builders.add_image(), builders.add_document(), builders.add_figure(), builders.add_contact()
    for name, child in BodyBlock().child_blocks.items():
        answer = desk.get("/admin/block-preview/", {"id": child.definition_prefix})
        assert answer.status_code == 200, name
        assert "css/tokens.css" in answer.content.decode(), name
