"""A release under embargo, from its approval to its minute, with a real scheduler at work."""

import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from emca_site.banners.models import Banner
from emca_site.media.models import Grant
from news.models import ArticlePage, NewsIndexPage
from tests import builders
from tests.desk_site import page as page_of
from tests.environment import without_site_variables

ROOT = Path(__file__).resolve().parents[2]
TITLE = "The osprey budget in full"
SECONDS_TO_COME = 30


@pytest.fixture
def release(teams) -> ArticlePage:
    """A draft with a picture and a file, for an hour from now."""
    picture = builders.add_image("Osprey", file=builders.picture_file("osprey.png", (900, 600)))
    file = builders.add_document("Osprey tables", "osprey.pdf")
    draft = builders.add_article(
        NewsIndexPage.objects.get(),
        TITLE,
        slug="osprey-budget",
        live=False,
        first_published_at=None,
        lead_picture=picture,
        go_live_at=timezone.now() + timedelta(hours=1),
        body=[("text", f'<p>See <a linktype="document" id="{file.pk}">the tables</a>.</p>')],
    )
    draft.save_revision()
    yield draft
    ArticlePage.objects.get(pk=draft.pk).delete()


@pytest.fixture
def banner(teams) -> Banner:
    thing = builders.add_banner(page_of("/news/"), headline="The osprey is here", live=False)
    yield thing
    thing.delete()


@pytest.fixture
def scheduler():
    """A process of its own, on the database that the site uses."""
    database = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    environment = without_site_variables(os.environ) | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_MEDIA_ROOT": settings.MEDIA_ROOT,  # it compares the files that it publishes
    }
    command = [sys.executable, "manage.py", "run_scheduler", "--skip-checks"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    yield process
    process.terminate()
    assert process.wait(20) == 0


def choose(page: Page, name: str) -> None:
    page.goto(page.get_by_role("link", name=name).first.get_attribute("href"))


def test_a_release_is_secret_until_its_minute_and_all_there_from_then_on(
    desk_at, page_at, release, banner, scheduler
):
    comms = desk_at("comms", f"/admin/pages/{release.pk}/edit/")
    comms.get_by_role("button", name="More actions").last.click()
    comms.get_by_role("button", name=re.compile("^Submit for approval, to go live on")).click()
    expect(comms.get_by_text("It goes live on").first).to_be_visible()

    approver = desk_at("approver", "/admin/")
    approver.get_by_role("link", name=TITLE).first.click()
    approver.get_by_role("button", name=re.compile("^Approve: schedule for")).click()
    expect(approver.get_by_text("goes live on").first).to_be_visible()

    comms.goto(reverse("publishing_check_embargo", args=["news.articlepage", release.pk]))
    comms.get_by_role("button", name="Check embargo now").click()
    expect(comms.get_by_text("addresses asked, all pass").first).to_be_visible()
    expect(comms.get_by_role("cell", name="Fail")).to_have_count(0)

    comms.goto(reverse("publishing_fact_check", args=["news.articlepage", release.pk]))
    comms.get_by_label("Who is it for?").or_(comms.locator("#id_for_whom")).first.fill("Sam Lee")
    comms.get_by_role("button", name="Make the link").click()
    grant = Grant.objects.about(release).get()
    colleague = page_at(360).page
    colleague.goto(reverse("fact_check", args=[grant.token]))
    expect(colleague.get_by_text("Draft for checking").first).to_be_visible()
    expect(colleague.get_by_text(TITLE).first).to_be_visible()

    visitor = page_at(360).page
    file = re.search(r"/files/[^\"?]+osprey[^\"?]*\.pdf", colleague.content()).group()
    assert visitor.request.get("/news/osprey-budget/").status == 404
    assert visitor.request.get(file).status == 404

    builders.schedule(banner, timezone.now() + timedelta(hours=1))
    builders.bring_forward(timezone.now() + timedelta(seconds=1))
    deadline = time.monotonic() + SECONDS_TO_COME
    while visitor.request.get("/news/osprey-budget/").status != 200:
        assert time.monotonic() < deadline, "It did not go live"
        time.sleep(0.2)
    visitor.goto("/news/osprey-budget/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert visitor.request.get(file).status == 200
    assert TITLE in visitor.request.get("/news/feed/").text()
    while "The osprey is here" not in visitor.request.get("/news/").text():
        assert time.monotonic() < deadline, "The banner did not come"
        time.sleep(0.2)
    assert colleague.goto(reverse("fact_check", args=[grant.token])).status == 404
