"""Retiring a page, on the desk: what is asked, who decides, and what its history says."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.log_actions import registry
from wagtail.models import Page
from wagtail.rich_text import RichText

from emca_site.publishing.approval.models.proposal import A_PAGE_IS_RETIRED, Proposal
from emca_site.publishing.lifecycle.models.retirement import (
    NO_SUCCESSOR,
    NO_WORDS,
    NOT_RETIRED,
    NOT_THE_HOME_PAGE,
    SUCCESSOR_GOES_TOO,
    SUCCESSOR_NOT_LIVE,
    RetiredAs,
    Retirement,
)
from emca_site.publishing.permissions.refusals import RefusedError
from news.models import ArticlePage
from tests import builders
from tests.desk_site import (
    SUBMIT,
    decide,
    desk_of,
    edit,
    is_live,
    page,
    person,
    publish,
    said_to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

WHY = "The number of homes was wrong."


def ask_address(thing, what="retire"):
    return reverse(f"publishing_ask_to_{what}", args=[thing._meta.label_lower, thing.pk])


def ask(client, thing, retire_as="error", **fields):
    words = (
        {"public_reason": WHY} if retire_as != "replaced" else {"reason": "There is a newer one."}
    )
    return client.post(ask_address(thing), {"retire_as": retire_as} | words | fields)


def settle(client, decision="accept"):
    address = reverse("publishing_proposal", args=[Proposal.objects.latest("pk").pk])
    return client.post(address, {"decision": decision, "why_declined": "It is right."})


def retire(comms, approver, thing, retire_as="error", **fields):
    """On the word of two people."""
    ask(comms, thing, retire_as, **fields)
    settle(approver)
    return Retirement.objects.active().get(page_id=thing.pk)


def history(thing) -> list[str]:
    logs = registry.get_logs_for_instance(thing).order_by("timestamp", "pk")
    return [f"{entry.formatter.format_message(entry)} | {entry.comment}" for entry in logs]


def test_a_page_is_retired_when_somebody_else_agrees(comms, approver):
    article = publish(comms, approver)
    ask(comms, article)
    settle(comms)
    assert is_live(article)
    assert not Retirement.objects.exists()
    settle(approver)
    assert not is_live(article)
    retirement = Retirement.objects.get()
    assert (retirement.page_id, retirement.outcome, retirement.reason) == (
        article.pk,
        RetiredAs.ERROR,
        WHY,
    )


def test_a_declined_wish_retires_nothing(comms, approver):
    article = publish(comms, approver)
    ask(comms, article)
    settle(approver, "decline")
    assert is_live(article)
    assert not Retirement.objects.exists()
    assert f"Declined, and nothing was changed: {Proposal.objects.get()}." in said_to(approver)
    address = reverse("publishing_proposal", args=[Proposal.objects.get().pk])
    assert "It is right." in comms.get(address).content.decode()


def test_nothing_is_declined_without_saying_why(comms, approver):
    ask(comms, publish(comms, approver))
    proposal = Proposal.objects.get()
    address = reverse("publishing_proposal", args=[proposal.pk])
    approver.post(address, {"decision": "decline", "why_declined": " "})
    assert Proposal.objects.waiting().exists()
    assert "Say why you decline it" in said_to(approver)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"retire_as": "replaced", "reason": "Old."}, NO_SUCCESSOR),
        ({"retire_as": "error", "public_reason": " "}, NO_WORDS),
        ({"retire_as": "archived", "public_reason": ""}, NO_WORDS),
        ({"public_reason": WHY}, "This field is required."),
        ({"retire_as": "gone", "public_reason": WHY}, "Select a valid choice"),
        ({"retire_as": "replaced", "reason": "Old.", "successor": "999999"}, SUCCESSOR_NOT_LIVE),
    ],
)
def test_the_form_says_what_is_missing(comms, approver, fields, said):
    article = publish(comms, approver)
    answer = comms.post(ask_address(article), fields)
    assert answer.status_code == 200
    assert said in unescape(answer.content.decode())
    assert not Proposal.objects.exists()


def test_the_approver_is_told_why_a_page_is_replaced(comms, approver):
    article = publish(comms, approver)
    answer = comms.post(
        ask_address(article), {"retire_as": "replaced", "successor": page("/about/").pk}
    )
    assert "Tell the approver why." in answer.content.decode()


def test_nothing_is_replaced_by_itself_by_what_goes_with_it_or_by_a_draft(administrator):
    about = page("/about/")
    below = builders.add_standard_page(about, "Who decides", slug="who-decides")
    draft = builders.add_standard_page(page("/"), "Secret plan", slug="secret", live=False)
    over = builders.add_standard_page(
        page("/"), "Over", slug="over", expire_at=timezone.now() - timedelta(minutes=1)
    )
    for other, said in (
        (about, SUCCESSOR_GOES_TOO),
        (below, SUCCESSOR_GOES_TOO),
        (draft, SUCCESSOR_NOT_LIVE),
        (over, SUCCESSOR_NOT_LIVE),
    ):
        answer = ask(administrator, about, "replaced", successor=other.pk)
        assert said in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_replacement_that_is_gone_by_the_time_of_the_decision_is_refused(comms, approver):
    article = publish(comms, approver)
    other = publish(comms, approver, slug="other", title="Other")
    ask(comms, article, "replaced", successor=other.pk)
    other.refresh_from_db()
    other.take_down(None)
    settle(approver)
    assert SUCCESSOR_NOT_LIVE in said_to(approver)
    assert is_live(article)
    assert Proposal.objects.waiting().exists()


def test_the_home_page_cannot_be_retired(administrator):
    home = page("/")
    answer = ask(administrator, home)
    assert NOT_THE_HOME_PAGE in answer.content.decode()
    with pytest.raises(RefusedError):
        Retirement.objects.start(home, RetiredAs.ERROR, reason=WHY)
    assert "Ask to retire" not in administrator.get(f"/admin/pages/{home.pk}/edit/").text


def test_a_page_is_never_just_taken_down(comms, approver):
    article = publish(comms, approver)
    comms.post(ask_address(article, "take_down"), {"reason": "It is wrong"})
    assert A_PAGE_IS_RETIRED in said_to(comms)
    with pytest.raises(RefusedError):
        Proposal.ask("take-down", article, person("comms"), "It is wrong")
    screen = comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert ask_address(article) in screen
    assert "Ask to retire" in screen
    assert "Ask to take down" not in screen


def test_a_banner_or_notice_has_no_address_so_nothing_more_is_asked(comms):
    notice = builders.add_notice()
    assert comms.get(ask_address(notice)).status_code == 404
    assert comms.get(ask_address(notice, "make_current")).status_code == 404
    comms.post(ask_address(notice, "take_down"), {"reason": "Over"})
    assert Proposal.objects.get().kind == "take-down"


def test_nobody_asks_about_what_is_not_theirs(comms, approver):
    article = publish(comms, approver)
    transport = desk_of("transport")
    for what in ("retire", "make_current"):
        assert transport.get(ask_address(article, what)).status_code == 404
    ask(transport, article)
    assert not Proposal.objects.exists()


def linking_to(target) -> list:
    """One of everything that can lead to a page."""
    home = page("/")
    text = RichText(f'<p><a linktype="page" id="{target.pk}">Our plans</a></p>')
    page_link = {"text": "Plans", "page": target, "external_url": ""}
    article = builders.add_article(page("/news/"), "Text links", body=[("text", text)])
    builders.add_standard_page(
        home, "Block links", body=[("links", {"heading": "Read on", "links": [page_link]})]
    )
    builders.add_banner(home, headline="Banner links", link_page=target, link_text="Plans")
    builders.add_notice(lead="Notice links", link_page=target, link_text="Plans")
    builders.add_promotion("plans", page=target)
    builders.add_topic("Topic links", link_page=target, link_url="")
    Redirect.objects.create(old_path="/plans", redirect_page=target)
    return article


def test_the_form_lists_everything_that_links_to_the_page(administrator):
    target = builders.add_standard_page(page("/"), "Our plans", slug="plans")
    article = linking_to(target)
    for screen in ("retire", "move"):
        shown = unescape(administrator.get(ask_address(target, screen)).text)
        for words in (
            "Article: ",
            "Text links",
            "Block links",
            "Banner links",
            "Notice links",
            "Topic links",
            "/plans",
            "Promoted result: ",
        ):
            assert words in shown, (screen, words)
        assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in shown
        listed = shown.split("What links to it")[1]
        for name, model in (("redirects", Redirect), ("searchpromotions", Query)):
            key = model.objects.get().pk
            assert reverse(f"wagtail{name}:edit", args=[key]) in listed


def test_the_list_has_what_links_to_a_page_below_and_the_pages_that_go_with_it(
    administrator, approver
):
    about = page("/about/")
    below = builders.add_standard_page(about, "Who decides", slug="who-decides")
    article = linking_to(below)
    builders.add_standard_page(
        below,
        "One of the family",
        body=[("text", RichText(f'<p><a linktype="page" id="{below.pk}">Up</a></p>'))],
    )
    shown = unescape(administrator.get(ask_address(about)).text)
    assert "Who decides</li>" in shown
    assert "to “Who decides” below it" in shown
    assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in shown
    assert "Standard page: <a" not in shown.split("One of the family")[-1].split("</ul>")[0]
    ask(administrator, about)
    screen = approver.get(reverse("publishing_proposal", args=[Proposal.objects.get().pk])).text
    assert "Text links" in screen
    assert WHY in unescape(screen)


def test_the_list_tells_nobody_of_drafts_that_are_not_theirs(administrator):
    transport = page("/what-we-do/transport/")
    builders.add_article(
        page("/news/"),
        "Zeppelin secret",
        live=False,
        body=[("text", RichText(f'<p><a linktype="page" id="{transport.pk}">Go</a></p>'))],
    )
    address = ask_address(transport)
    assert "Zeppelin secret" not in desk_of("transport").get(address).text
    assert "Zeppelin secret" in administrator.get(address).text


def test_what_was_published_in_error_comes_back_by_an_ordinary_approval(comms, approver, client):
    article = publish(comms, approver)
    retirement = retire(comms, approver, article)
    edit(comms, article, title="Put right", **SUBMIT)
    retirement.refresh_from_db()
    assert retirement.ended_at is None
    decide(approver, article)
    retirement.refresh_from_db()
    assert retirement.ended_at
    assert client.get("/news/a-new-tram/").status_code == 200


def test_an_approval_for_a_later_time_does_not_end_it_before(comms, approver):
    article = publish(comms, approver)
    retirement = retire(comms, approver, article)
    edit(comms, article, go_live_at="2030-01-01 09:00", **SUBMIT)
    decide(approver, article)
    retirement.refresh_from_db()
    assert retirement.ended_at is None


def test_a_schedule_does_not_bring_back_what_was_published_in_error(comms, approver):
    article = publish(comms, approver)
    edit(comms, article, go_live_at="2030-01-01 09:00", change_size="small", **SUBMIT)
    decide(approver, article)
    article.refresh_from_db()
    assert article.revisions.filter(approved_go_live_at__isnull=False).exists()
    retire(comms, approver, article)
    assert not article.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_kept_page_that_is_edited_stays_kept(comms, approver):
    article = publish(comms, approver)
    retirement = retire(comms, approver, article, "archived")
    edit(comms, article, title="Other words", change_size="small", **SUBMIT)
    decide(approver, article)
    article.refresh_from_db()
    assert article.title == "Other words"
    retirement.refresh_from_db()
    assert retirement.ended_at is None


def test_a_kept_page_is_current_again_when_somebody_else_agrees(comms, approver):
    article = publish(comms, approver)
    retirement = retire(comms, approver, article, "archived")
    screen = comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert ask_address(article, "make_current") in screen
    assert comms.get(ask_address(article, "make_current")).status_code == 200
    comms.post(ask_address(article, "make_current"), {"reason": "It is true again."})
    settle(comms)
    retirement.refresh_from_db()
    assert retirement.ended_at is None
    settle(approver)
    retirement.refresh_from_db()
    assert retirement.ended_at
    assert is_live(article)


def test_what_is_not_retired_cannot_be_made_current(comms, approver):
    article = publish(comms, approver)
    comms.get(ask_address(article, "make_current"))
    assert NOT_RETIRED in said_to(comms)
    comms.post(ask_address(article, "make_current"), {"reason": "Why not"})
    assert NOT_RETIRED in said_to(comms)
    assert not Proposal.objects.exists()
    screen = comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text
    assert "make current again" not in screen


def test_pages_below_go_with_it_and_come_back_with_it(administrator, approver):
    about = page("/about/")
    below = builders.add_standard_page(about, "Who decides", slug="who-decides")
    own = builders.add_standard_page(about, "Old already", slug="old-already")
    Retirement.objects.start(own, RetiredAs.ARCHIVED, reason="Its own reason.")
    draft = builders.add_standard_page(about, "A draft", slug="a-draft", live=False)
    retire(administrator, approver, about, "archived")
    active = {each.page_id: each for each in Retirement.objects.archived()}
    assert set(active) == {about.pk, below.pk, own.pk}
    assert active[own.pk].reason == "Its own reason."
    assert draft.pk not in active
    administrator.post(ask_address(about, "make_current"), {"reason": "True again."})
    settle(approver)
    assert [each.page_id for each in Retirement.objects.archived()] == [own.pk]


def test_a_kept_page_can_still_be_found_to_be_wrong(comms, approver):
    article = publish(comms, approver)
    first = retire(comms, approver, article, "archived")
    second = retire(comms, approver, article)
    first.refresh_from_db()
    assert first.ended_at
    assert second.outcome == RetiredAs.ERROR
    assert not is_live(article)


def test_the_history_says_what_was_asked_decided_and_why(comms, approver):
    article = publish(comms, approver)
    ask(comms, article, "archived", successor=page("/about/").pk, reason="The date has passed.")
    settle(approver)
    comms.post(ask_address(article, "make_current"), {"reason": "A new date."})
    settle(approver)
    said = history(article)
    asked = (
        "Asked for: Retire (no longer current), leading readers to “About us” | "
        f"{WHY}\nThe date has passed."
    )
    assert asked in said
    assert f"Retired: No longer current, readers are led to “About us” | {WHY}" in said
    assert "Asked for: Make current again | A new date." in said
    assert "Made current again | " in said
    screen = comms.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert "Retired: No longer current" in unescape(screen.text)


@pytest.mark.parametrize(
    ("retire_as", "said"),
    [("archived", "“Ask to make current again” takes"), ("error", "it is public again")],
)
def test_the_form_of_a_retired_page_says_so(comms, approver, retire_as, said):
    article = publish(comms, approver)
    retire(comms, approver, article, retire_as)
    screen = unescape(comms.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).text)
    assert "Retired on " in screen
    assert WHY in screen
    assert said in screen


def test_lists_on_the_desk_mark_a_kept_page_without_asking_for_each(
    comms, approver, django_assert_max_num_queries
):
    news = page("/news/")
    address = reverse("wagtailadmin_explore", args=[news.pk])
    for number in range(6):
        article = builders.add_article(news, f"Article {number}")
    Retirement.objects.start(article, RetiredAs.ARCHIVED, reason=WHY)
    wrong = builders.add_article(news, "Wrong")
    Retirement.objects.start(wrong, RetiredAs.ERROR, reason=WHY)
    text = comms.get(address).text.lower()
    assert "live, no longer current" in text
    assert "draft, retired" in text
    with django_assert_max_num_queries(400) as few:
        comms.get(address)
    for number in range(6, 12):
        article = builders.add_article(news, f"Article {number}")
    with django_assert_max_num_queries(400) as many:
        comms.get(address)
    asked = [q for q in many.captured_queries if 'FROM "publishing_retirement"' in q["sql"]]
    before = [q for q in few.captured_queries if 'FROM "publishing_retirement"' in q["sql"]]
    assert len(asked) <= len(before)


@pytest.mark.parametrize("view", ["unpublish", "delete", "move"])
def test_wagtails_own_ways_lead_to_ours(administrator, comms, approver, view):
    article = publish(comms, approver)
    name = {"move": "wagtailadmin_pages:move"}.get(view, f"wagtailadmin_pages:{view}")
    administrator.post(reverse(name, args=[article.pk]))
    assert is_live(article)
    assert "retire" in said_to(administrator)


@pytest.mark.parametrize("retire_as", ["error", "archived"])
@pytest.mark.parametrize("way", ["view", "parent", "api", "api of the parent", "bulk"])
def test_what_was_once_published_is_never_deleted(administrator, comms, approver, way, retire_as):
    parent = builders.add_standard_page(
        page("/"), "Parent", slug="parent", live=False, first_published_at=None
    )
    child = builders.add_standard_page(parent, "Child", slug="child")
    Retirement.objects.start(child, retire_as, reason=WHY)
    target = parent if "parent" in way else child
    if way in ("view", "parent"):
        administrator.post(reverse("wagtailadmin_pages:delete", args=[target.pk]))
    elif way == "bulk":
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        administrator.post(f"{address}?id={parent.pk}")
        administrator.post(f"{address}?id={child.pk}")
    else:
        address = f"/admin/api/main/pages/{target.pk}/action/delete/"
        administrator.post(address, json.dumps({}), content_type="application/json")
    assert Page.objects.filter(pk=child.pk).exists()
    assert Page.objects.filter(pk=parent.pk).exists()


def test_bulk_actions_do_not_pass_the_question_by(administrator, comms, approver):
    article = publish(comms, approver)
    for action in ("unpublish", "delete", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        administrator.post(f"{address}?id={article.pk}", {"chooser": page("/about/").pk})
    assert is_live(article)
    assert ArticlePage.objects.get(pk=article.pk).get_parent().slug == "news"
    assert not Retirement.objects.exists()
