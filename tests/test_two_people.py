"""Nothing becomes public on one person's word."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from news.models import ArticlePage
from tests.desk_site import article_form, loaded, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


def desk_of(name: str) -> Client:
    client = Client()
    client.force_login(person(name))
    return client


@pytest.fixture
def comms():
    return desk_of("comms")


@pytest.fixture
def approver():
    return desk_of("approver")


def add(client, **fields) -> ArticlePage:
    address = reverse("wagtailadmin_pages:add", args=["news", "articlepage", page("/news/").pk])
    answer = client.post(address, article_form(**fields))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return ArticlePage.objects.get(slug=fields.get("slug", "a-new-tram"))


def edit(client, article, **fields):
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return client.post(address, {**article_form(**fields), **loaded(article)})


def review(client, article, **decision):
    state = TaskState.objects.latest("pk")
    return client.post(reverse("publishing_review", args=[state.pk]), decision)


def messages_of(client) -> str:
    return client.get("/admin/").content.decode()


def test_what_one_person_submits_another_approves_and_it_is_live(comms, approver, client):
    article = add(comms, **{"action-submit": "1"})
    assert not article.live
    answer = review(approver, article, decision="approve")
    assert answer.status_code == 302
    article.refresh_from_db()
    assert article.live
    assert client.get("/news/a-new-tram/").status_code == 200
