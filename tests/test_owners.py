"""Owners: a team answers for each page and figure, and reviews it by a day."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from emca_site.figures.models import Figure
from emca_site.publishing.ownership.models.owned import owned_models
from emca_site.publishing.ownership.reviews import NO_OWNER, NOBODY, Reviews, span
from emca_site.publishing.permissions.people import SEE_ALL
from emca_site.publishing.uk_time.months import months_after
from home.models import StandardPage
from news.models import ArticlePage
from priorities.models import PriorityPage
from tests import builders

A_DAY = date(2040, 1, 2)


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def team(db):
    team = builders.add_team("Housing editors")
    team.permissions.add(permission("wagtailadmin.access_admin"))
    return team


def permission(name: str) -> Permission:
    room, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=room, codename=codename)


def add_person(django_user_model, email: str, *teams: Group, **fields):
    person = django_user_model.objects.create_user(email, "a-pass-phrase", **fields)
    person.groups.set(teams)
    return person


@pytest.fixture
def member(team, django_user_model):
    return add_person(django_user_model, "housing@example.org", team)


@pytest.fixture
def visitor(django_user_model):
    other = builders.add_team("Transport editors")
    other.permissions.add(permission("wagtailadmin.access_admin"))
    return add_person(django_user_model, "transport@example.org", other)


@pytest.fixture
def overdue_page(home, team, yesterday):
    return builders.add_standard_page(
        home, "Homes", slug="homes", owned_by=team, review_by=yesterday
    )


def reviewed_address(thing) -> str:
    return reverse("publishing_reviewed", args=[thing._meta.label_lower, thing.pk])


# --- When it is to be reviewed -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "months"), [(StandardPage, 12), (PriorityPage, 6), (ArticlePage, 24), (Figure, 6)]
)
def test_each_type_is_reviewed_in_its_own_time(db, model, months):
    assert model().next_review == months_after(timezone.localdate(), months)


def test_every_page_and_figure_has_an_owner():
    assert {model._meta.model_name for model in owned_models()} >= {
        "accessibilitystatementpage",
        "articlepage",
        "figure",
        "homepage",
        "newsindexpage",
        "priorityindexpage",
        "prioritypage",
        "standardpage",
    }


def test_the_clock_starts_when_it_is_published_and_once(home):
    page = builders.add_standard_page(home, live=False)
    page.start_review_clock()
    page.refresh_from_db()
    assert page.review_by is None  # not in public yet
    page.save_revision().publish()
    StandardPage.objects.get(pk=page.pk).start_review_clock()
    page.refresh_from_db()
    assert page.review_by == page.next_review
    StandardPage.objects.filter(pk=page.pk).update(review_by=A_DAY)
    page.refresh_from_db()
    page.start_review_clock()
    page.refresh_from_db()
    assert page.review_by == A_DAY


def test_without_commit_the_object_in_hand_alone_says_when(home):
    page = builders.add_standard_page(home)
    page.start_review_clock(commit=False)
    assert page.review_by == page.next_review
    page.refresh_from_db()
    assert page.review_by is None


def test_the_day_belongs_to_the_page_and_to_no_version_of_it(home, yesterday):
    page = builders.add_standard_page(home, review_by=yesterday)
    version = page.save_revision()
    StandardPage.objects.filter(pk=page.pk).update(review_by=A_DAY)
    version.refresh_from_db()
    version.publish()
    page.refresh_from_db()
    assert page.review_by == A_DAY
    assert page.get_latest_revision_as_object().review_by == A_DAY


def test_a_copy_starts_without_a_day(overdue_page):
    copy = overdue_page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=False)
    assert copy.review_by is None
    assert copy.owned_by == overdue_page.owned_by


def test_the_day_itself_is_in_time_and_the_next_one_is_not(home, yesterday):
    late = builders.add_standard_page(home, "Late", slug="late", review_by=yesterday)
    today = builders.add_standard_page(home, "Now", slug="now", review_by=timezone.localdate())
    never = builders.add_standard_page(home, "Never", slug="never")
    builders.add_standard_page(home, "Gone", slug="gone", review_by=yesterday, live=False)
    assert [page.is_overdue for page in (late, today, never)] == [True, False, False]
    assert list(StandardPage.objects.overdue()) == [late]
    figure = builders.add_figure(review_by=yesterday)
    assert list(Figure.objects.overdue()) == [figure]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (59, "8 weeks"),
        (60, "2 months"),
        (400, "13 months"),
    ],
)
def test_a_span_is_said_as_people_say_it(days, words):
    assert span(days) == words


# --- Reviewed, no change -----------------------------------------------------------------------


def test_a_member_says_reviewed_in_one_click_and_it_is_logged(client, member, overdue_page):
    client.force_login(member)
    answer = client.post(reviewed_address(overdue_page), {"next": "/admin/reports/reviews/"})
    assert (answer.status_code, answer.url) == (302, "/admin/reports/reviews/")
    overdue_page.refresh_from_db()
    assert overdue_page.review_by == months_after(timezone.localdate(), 12)
    entry = PageLogEntry.objects.get(action="publishing.reviewed")
    assert (entry.user, entry.page_id) == (member, overdue_page.pk)
    assert "Reviewed, no change" in client.get("/admin/").content.decode()


def test_a_figure_is_reviewed_the_same_way(client, member, team, yesterday):
    figure = builders.add_figure(owned_by=team, review_by=yesterday)
    client.force_login(member)
    assert client.post(reviewed_address(figure)).url == "/admin/"
    figure.refresh_from_db()
    assert figure.review_by == months_after(timezone.localdate(), 6)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_nobody_is_led_off_the_site(client, member, overdue_page, elsewhere):
    client.force_login(member)
    assert client.post(reviewed_address(overdue_page), {"next": elsewhere}).url == "/admin/"


def test_a_next_address_that_is_none_is_refused(client, member, overdue_page):
    client.force_login(member)
    answer = client.post(reviewed_address(overdue_page), {"next": "javascript:x"})
    assert answer.status_code == 400


def test_another_team_is_refused_and_an_administrator_is_not(
    client, visitor, overdue_page, yesterday
):
    client.force_login(visitor)
    client.post(reviewed_address(overdue_page))
    overdue_page.refresh_from_db()
    assert overdue_page.review_by == yesterday
    visitor.groups.get().permissions.add(permission(SEE_ALL))
    client.post(reviewed_address(overdue_page))
    overdue_page.refresh_from_db()
    assert overdue_page.review_by > yesterday


def test_what_has_no_owner_is_no_visitors_to_review(client, visitor, home, yesterday):
    page = builders.add_standard_page(home, review_by=yesterday)
    client.force_login(visitor)
    client.post(reviewed_address(page))
    page.refresh_from_db()
    assert page.review_by == yesterday


def test_only_a_post_to_something_owned_is_answered(desk, overdue_page, yesterday):
    assert desk.get(reviewed_address(overdue_page)).status_code == 405
    for address in (
        "home.standardpage/999999/",
        "home.standardpage/99999999999999999999999/",
        f"wagtailcore.page/{overdue_page.pk}/",
        "auth.group/1/",
        "nonsense/1/",
        "no.such/1/",
        "a.b.c/1/",
        "home.standardpage/x/",
    ):
        assert desk.post(f"/admin/reviewed/{address}").status_code == 404, address
    overdue_page.refresh_from_db()
    assert overdue_page.review_by == yesterday


# --- On the desk -------------------------------------------------------------------------------


def test_the_desk_shows_a_team_what_is_overdue_and_nothing_of_others(
    client, member, overdue_page, visitor, home, yesterday
):
    other = visitor.groups.get()
    builders.add_standard_page(home, "Trams", slug="trams", owned_by=other, review_by=yesterday)
    client.force_login(member)
    html = client.get("/admin/").content.decode()
    assert "Overdue for review" in html
    assert "Homes" in html
    assert "Overdue by 1 day" in html
    assert reviewed_address(overdue_page) in html
    assert "Trams" not in html


def test_the_desk_of_a_team_with_nothing_overdue_has_no_such_panel(client, visitor, overdue_page):
    client.force_login(visitor)
    assert "Overdue for review" not in client.get("/admin/").content.decode()


def test_an_administrator_sees_every_team_and_which_of_them_nobody_reads(
    desk, overdue_page, member, home, yesterday
):
    assert NOBODY not in desk.get("/admin/").content.decode()
    member.is_active = False
    member.save()
    html = desk.get("/admin/").content.decode()
    assert "Homes" in html
    assert NOBODY in html
    builders.add_standard_page(home, "Orphan", slug="orphan", review_by=yesterday)
    assert NO_OWNER in desk.get("/admin/").content.decode()


# --- The report --------------------------------------------------------------------------------

REPORT = "/admin/reports/reviews/"


def test_the_report_lists_all_owned_things_the_longest_overdue_first(desk, overdue_page, team):
    older = timezone.localdate() - timedelta(days=90)
    builders.add_figure(label="homes built", owned_by=team, review_by=older)
    html = desk.get(REPORT).content.decode()
    assert html.index("homes built") < html.index("Overdue by 1 day")
    assert "Overdue by 3 months" in html
    assert "Overdue by 1 day" in html
    assert NOBODY in html
    assert reverse("wagtailadmin_pages:edit", args=[overdue_page.pk]) in html
    assert "Clear all" not in html  # nothing is filtered out before anybody asks


def test_the_report_is_narrowed_by_team_and_to_what_is_overdue(desk, overdue_page, team, home):
    builders.add_standard_page(home, "Fresh", slug="fresh", owned_by=team)
    other = builders.add_team("Skills editors")
    builders.add_standard_page(home, "Courses", slug="courses", owned_by=other)
    html = desk.get(REPORT, {"team": team.pk}).content.decode()
    assert "Fresh" in html
    assert "Courses" not in html
    html = desk.get(REPORT, {"team": team.pk, "state": "overdue"}).content.decode()
    assert "Fresh" not in html
    assert "Homes" in html
    for nonsense in ({"team": "x"}, {"p": "99"}, {"state": "maybe"}, {"team": "9" * 30}):
        assert desk.get(REPORT, nonsense).status_code == 200


def test_the_report_shows_an_editor_what_they_may_edit(
    client, member, team, overdue_page, home, yesterday
):
    GroupPagePermission.objects.create(
        group=team, page=overdue_page, permission=permission("wagtailcore.change_page")
    )
    builders.add_standard_page(home, "Secret", slug="secret", live=False, review_by=yesterday)
    builders.add_figure(label="trams built", review_by=yesterday)
    client.force_login(member)
    html = client.get(REPORT).content.decode()
    assert "Homes" in html
    assert "Secret" not in html
    assert "trams built" not in html
    team.permissions.add(permission("figures.change_figure"))
    assert "trams built" in client.get(REPORT).content.decode()


def test_the_report_comes_as_a_spreadsheet(desk, overdue_page):
    lines = b"".join(desk.get(REPORT, {"export": "csv"}).streaming_content).decode().splitlines()
    assert lines[0] == "Title,Type,Owner,Is anybody told,Review by,State"
    assert any(line.startswith(f"Homes,Standard page,Housing editors,{NOBODY},") for line in lines)
    assert desk.get(REPORT, {"export": "xlsx"}).status_code == 200


def test_a_long_list_is_cut_by_the_database(home, team, yesterday, django_assert_max_num_queries):
    for number in range(12):
        builders.add_standard_page(
            home, f"P{number}", slug=f"p{number}", owned_by=team, review_by=yesterday
        )
    with django_assert_max_num_queries(4):
        assert len(Reviews.everywhere().of_teams([team]).overdue()[:5]) == 5
