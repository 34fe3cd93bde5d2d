import io
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as PillowImage

from emca_site.banners.models import Banner
from tests import builders
from tests.desk_site import loaded


def test_the_first_banner_is_large_and_the_others_are_cards_in_order(client, home):
    for position, headline in ((2, "Second"), (3, "Third"), (1, "First")):
        builders.add_banner(home, headline=headline, position=position)
    page = client.get("/").content.decode()
    assert [banner.headline for banner in client.get("/").context["banners"]] == [
        "First",
        "Second",
        "Third",
    ]
    hero, rest = page.split('<ul class="banners">')
    assert "First" in hero
    assert "Second" not in hero
    assert rest.index("Second") < rest.index("Third")


def test_banners_of_one_position_stand_oldest_first(home):
    first = builders.add_banner(home, headline="Older")
    second = builders.add_banner(home, headline="Newer")
    assert list(Banner.objects.on(home)) == [first, second]


@pytest.mark.parametrize("place", ["home", "priority_index", "transport", "news_index"])
def test_a_banner_shows_where_it_was_placed_and_nowhere_else(client, request, home, place):
    page = request.getfixturevalue(place)
    builders.add_banner(page, headline="Only here")
    others = [address for address in ("/", "/news/", "/what-we-do/") if address != page.url]
    assert "Only here" in client.get(page.url).content.decode()
    for address in others:
        assert "Only here" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "fields",
    [{"live": False}, {"expire_at": timezone.now() - timedelta(seconds=1)}],
    ids=["a draft", "past its end, with no sweep"],
)
def test_a_banner_that_is_not_published_does_not_show(client, home, fields):
    builders.add_banner(home, headline="Hidden", **fields)
    assert "Hidden" not in client.get("/").content.decode()


def test_a_banner_offers_thirty_days():
    end = Banner().expire_at
    assert timedelta(days=29) < end - timezone.now() <= timedelta(days=30)


def test_a_link_to_a_draft_is_left_out(client, home):
    draft = builders.add_standard_page(home, slug="secret", live=False)
    builders.add_banner(home, link_text="Read the plan", link_page=draft)
    page = client.get("/").content.decode()
    assert "/secret/" not in page
    assert "Read the plan" not in page


def test_each_crop_keeps_the_focal_point(home):
    # Red on the left, blue on the right: the focal point is on the blue.
    picture = PillowImage.new("RGB", (1600, 400), "red")
    picture.paste("blue", (1200, 0, 1600, 400))
    content = io.BytesIO()
    picture.save(content, "PNG")
    content.seek(0)
    image = builders.add_image(
        file=ImageFile(content, name="two.png"),
        focal_point_x=1400,
        focal_point_y=200,
        focal_point_width=100,
        focal_point_height=100,
    )
    rendition = image.get_rendition("fill-200x250|format-png")
    with rendition.file.open() as file:
        middle = PillowImage.open(file).convert("RGB").getpixel((100, 100))
    assert middle == (0, 0, 255)


def test_the_form_asks_for_an_end_when_it_is_submitted_but_not_of_a_draft(desk, home, approving):
    picture = builders.add_image()
    form = {
        "headline": "New roads",
        "sentence": "",
        "picture": picture.pk,
        "link_text": "",
        "link_page": "",
        "link_url": "",
        "pages": [home.pk],
        "position": "1",
        "go_live_at": "",
        "expire_at": "",
    }
    desk.post("/admin/snippets/banners/banner/add/", form)
    draft = Banner.objects.get()
    assert not draft.live
    answer = desk.post(
        f"/admin/snippets/banners/banner/edit/{draft.pk}/",
        {**form, **loaded(draft), "action-submit": "1"},
    )
    assert "This field is required" in answer.content.decode()
    assert not Banner.objects.get().live


def test_a_banner_goes_live_from_the_desk(desk, client, home, approving):
    end = timezone.localtime() + timedelta(days=3)
    desk.post(
        "/admin/snippets/banners/banner/add/",
        {
            "headline": "New roads",
            "sentence": "",
            "picture": builders.add_image().pk,
            "link_text": "",
            "link_page": "",
            "link_url": "",
            "pages": [home.pk],
            "position": "1",
            "go_live_at": "",
            "expire_at": end.strftime("%Y-%m-%d %H:%M"),
            "action-submit": "1",
        },
    )
    approving()
    assert "New roads" in client.get("/").content.decode()


def test_a_link_needs_words_and_one_target(home):
    banner = builders.add_banner(home, link_page=home)
    with pytest.raises(ValidationError, match="Say where the link goes"):
        banner.full_clean()
    banner.link_text, banner.link_url = "Go", "https://example.org"
    with pytest.raises(ValidationError, match="Choose a page or give a web address, not both"):
        banner.full_clean()


def test_a_banner_can_be_previewed(desk, home):
    banner = builders.add_banner(home, headline="As it will be")
    banner.save_revision()
    answer = desk.get(f"/admin/snippets/banners/banner/preview/{banner.pk}/")
    assert answer.status_code == 200


def test_the_list_of_the_desk_says_where_and_how_long_each_is_shown(desk, home):
    start, end = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2099, 7, 1, 8, tzinfo=UTC)
    builders.add_banner(home, headline="Ride", first_published_at=start, expire_at=end)
    listed = unescape(desk.get("/admin/snippets/banners/banner/").content.decode())
    assert f"1 on “{home.title}”" in listed
    assert "from 2 November 2026, 9am until 1 July 2099, 9am" in listed
