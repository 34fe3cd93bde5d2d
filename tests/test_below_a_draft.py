"""A page below a draft has an address that tells the draft's own: it does not go out before it."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from emca_site.publishing.approval.models.proposal import Kind, Proposal
from emca_site.publishing.checks.gate import find
from emca_site.publishing.checks.gate.above import SAYS_THE_ADDRESS_ABOVE
from emca_site.publishing.lifecycle.models.retirement import Retirement
from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.publishable.models.page import ADDRESS_OF_WHAT_IS_BELOW
from emca_site.publishing.saving.transactions import record
from emca_site.publishing.scheduling import scheduler
from emca_site.publishing.scheduling.models.schedule_failure import ScheduleFailure
from tests import builders
from tests.desk_site import SUBMIT, desk_of, loaded, page, person, said_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]


@pytest.fixture
def secret():
    return builders.add_standard_page(
        page("/about/"), "The kestrel unit", slug="kestrel-unit", live=False
    )


def says(thing: Page) -> bool:
    return any(each.message == SAYS_THE_ADDRESS_ABOVE for each in find(thing) if each.is_refusal)


def test_it_is_not_submitted_before_the_draft(administrator, secret):
    form = nested_form_data(
        {
            "title": "Known to all",
            "slug": "known",
            "summary": "In short.",
            "seo_title": "",
            "search_description": "",
            "banner_image": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "body": streamfield([("text", rich_text("<p>New words.</p>"))]),
        }
    )
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", secret.pk])
    assert SAYS_THE_ADDRESS_ABOVE in unescape(administrator.post(address, {**form, **SUBMIT}).text)
    assert administrator.post(address, form).status_code == 302  # as a draft it is kept
    below = Page.objects.get(slug="known").specific
    edit = reverse("wagtailadmin_pages:edit", args=[below.pk])
    submitted = administrator.post(edit, {**form, **loaded(below), **SUBMIT})
    assert SAYS_THE_ADDRESS_ABOVE in unescape(submitted.text)
    assert not below.workflow_states.exists()


def test_a_refusal_about_what_was_undone_is_logged_all_the_same(rf):
    request = rf.post("/admin/")
    request.user = person("comms")
    undone = page("/about/")
    undone.pk = 10**6
    record(request, RefusedError("No.", undone))
    assert ModelLogEntry.objects.filter(action="publishing.refuse").count() == 1


def test_nor_two_steps_below_it(secret):
    between = builders.add_standard_page(secret, "Between", slug="between", live=False)
    assert says(builders.add_standard_page(between, "Known to all", slug="known", live=False))


def test_it_is_published_below_what_is_public_or_was(secret):
    below = builders.add_standard_page(secret, "Known to all", slug="known", live=False)
    assert says(below)
    Page.objects.filter(pk=secret.pk).update(first_published_at=timezone.now())
    assert not says(below)
    Page.objects.filter(pk=secret.pk).update(live=True, first_published_at=None)
    assert not says(below)


@pytest.mark.parametrize(("hours", "refused"), [(None, True), (2, True), (3, False), (4, False)])
def test_both_are_scheduled_the_page_above_first(secret, hours, refused):
    now = timezone.now()
    builders.schedule(secret, now + timedelta(hours=3))
    go_live_at = now + timedelta(hours=hours) if hours else None
    below = builders.add_standard_page(
        secret, "Known to all", slug="known", live=False, go_live_at=go_live_at
    )
    assert says(below) == refused


def test_what_is_being_written_has_no_place_yet():
    assert not says(page("/about/").specific_class(title="New", slug="new", summary="S."))


# --- Ways to come to stand below a draft without the checks


def ask_to_move(standing, above) -> Client:
    client = desk_of("admin")
    address = reverse("publishing_ask_to_move", args=["home.standardpage", standing.pk])
    client.post(address, {"destination": above.pk, "reason": "It belongs there."})
    return client


@pytest.mark.parametrize("steps", [1, 2])
def test_what_is_live_is_not_moved_below_a_draft(secret, steps):
    live = builders.add_standard_page(page("/"), "Known to all", slug="known")
    above = secret
    if steps == 2:
        above = builders.add_standard_page(secret, "Between", slug="between", live=False)
    ask_to_move(live, above)
    assert not Proposal.objects.exists()
    with pytest.raises(RefusedError, match="never public"):
        Proposal.ask(Kind.MOVE, live, person("admin"), "x", destination=above)


def test_a_move_is_not_decided_below_what_was_never_public(secret, approver):
    """It was public when somebody asked, as far as they could see."""
    live = builders.add_standard_page(page("/"), "Known to all", slug="known")
    asked = Proposal.objects.create(
        kind=Kind.MOVE, publishable=live, destination=secret, asked_by=person("admin"), reason="x"
    )
    approver.post(reverse("publishing_proposal", args=[asked.pk]), {"decision": "accept"})
    assert "never public" in said_to(approver)
    live.refresh_from_db()
    assert live.url == "/known/"
    assert b"kestrel" not in Client().get("/sitemap.xml").content


def test_what_is_live_is_moved_below_what_is_public(approver):
    live = builders.add_standard_page(page("/"), "Known to all", slug="known")
    ask_to_move(live, page("/about/"))
    asked = Proposal.objects.get()
    approver.post(reverse("publishing_proposal", args=[asked.pk]), {"decision": "accept"})
    live.refresh_from_db()
    assert Page.objects.get(pk=live.pk).url == "/about/known/"


def both_scheduled(secret, hours=1):
    soon = timezone.now() + timedelta(hours=1)
    builders.schedule(secret, soon)
    below = builders.add_standard_page(secret, "Known to all", slug="known", live=False)
    builders.schedule(below, soon + timedelta(hours=hours))
    return below


def test_nothing_goes_live_by_itself_below_a_page_whose_schedule_was_cancelled(secret):
    below = both_scheduled(secret)
    secret.refresh_from_db()
    revision = secret.scheduled_revision
    desk_of("approver").post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[secret.pk, revision.pk])
    )
    builders.bring_forward()
    assert scheduler.sweep().failed == 1
    below.refresh_from_db()
    assert not below.live
    assert ScheduleFailure.objects.get().reason == SAYS_THE_ADDRESS_ABOVE


def test_both_go_live_at_the_same_moment_the_page_above_first(secret):
    below = both_scheduled(secret, hours=0)
    builders.bring_forward()
    assert scheduler.sweep().done == 2
    below.refresh_from_db()
    assert below.live


@pytest.mark.parametrize("outcome", ["error", "archived"])
def test_a_schedule_below_a_page_that_is_retired_goes_with_it(outcome, approver):
    above = builders.add_standard_page(page("/"), "Above", slug="above")
    below = builders.add_standard_page(above, "Below", slug="below", live=False)
    builders.schedule(below, timezone.now() + timedelta(hours=1))
    asked = Proposal.ask(
        Kind.RETIRE, above, person("admin"), "x", retire_as=outcome, public_reason="It was wrong."
    )
    address = reverse("publishing_proposal", args=[asked.pk])
    assert ("Its schedule goes too" in approver.get(address).text) == (outcome == "error")
    approver.post(address, {"decision": "accept"})
    below.refresh_from_db()
    assert bool(below.scheduled_revision) == (outcome == "archived")


# --- Addresses that begin with that of a page which is public no more


def form_of(standing, **fields):
    form = {
        "title": standing.title,
        "slug": standing.slug,
        "summary": "In short.",
        "seo_title": "",
        "search_description": "",
        "banner_image": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "body": streamfield([("text", rich_text("<p>New words.</p>"))]),
    }
    return {**nested_form_data(form | fields), **loaded(standing)}


def ended(**fields):
    """A page that was public until its end came."""
    past = timezone.now() - timedelta(hours=1)
    above = builders.add_standard_page(
        page("/"), "Above", slug="above", first_published_at=past, expire_at=past
    )
    scheduler.sweep()
    above.refresh_from_db()
    assert not above.live
    return above


def add_scheduled(above):
    below = builders.add_standard_page(above, "Below", slug="below", live=False)
    builders.schedule(below, timezone.now() + timedelta(hours=1))


def add_waiting(above):
    below = builders.add_standard_page(above, "Below", slug="below", live=False)
    below.save_revision(user=person("comms"))
    below.get_workflow().start(below, person("comms"))


def add_gone(above):
    below = builders.add_standard_page(above, "Below", slug="below")
    Retirement.objects.start(below, "error", reason="It was wrong.")


def add_two_steps_below(above):
    add_scheduled(builders.add_standard_page(above, "Between", slug="between", live=False))


DECIDED = {
    "scheduled": add_scheduled,
    "waiting": add_waiting,
    "gone": add_gone,
    "live": lambda above: builders.add_standard_page(above, "Below", slug="below"),
    "two steps below": add_two_steps_below,
}


@pytest.mark.parametrize("add", DECIDED.values(), ids=DECIDED)
def test_one_person_moves_nothing_decided_on_by_the_slug_above(administrator, add):
    above = ended()
    add(above)
    before = list(above.get_descendants().values_list("url_path", flat=True))
    edit = reverse("wagtailadmin_pages:edit", args=[above.pk])
    answer = administrator.post(edit, form_of(above, slug="rude-words"))
    assert answer.context["form"].errors["slug"] == [ADDRESS_OF_WHAT_IS_BELOW]
    above.refresh_from_db()
    assert above.slug == "above"
    assert list(above.get_descendants().values_list("url_path", flat=True)) == before
    assert administrator.post(edit, form_of(above, title="New words")).status_code == 302


def test_the_slug_above_drafts_is_free(administrator):
    above = ended()
    builders.add_standard_page(above, "Below", slug="below", live=False)
    edit = reverse("wagtailadmin_pages:edit", args=[above.pk])
    assert administrator.post(edit, form_of(above, slug="other-words")).status_code == 302


def test_nothing_goes_live_below_a_slug_that_one_person_typed(administrator, secret):
    """A page that was never public may be renamed: what stands below it waits for its approval."""
    below = both_scheduled(secret)
    secret.refresh_from_db()
    desk_of("approver").post(
        reverse(
            "wagtailadmin_pages:revisions_unschedule",
            args=[secret.pk, secret.scheduled_revision.pk],
        )
    )
    secret.refresh_from_db()
    edit = reverse("wagtailadmin_pages:edit", args=[secret.pk])
    assert administrator.post(edit, form_of(secret, slug="other-words")).status_code == 302
    builders.bring_forward()
    assert scheduler.sweep().failed == 1
    below.refresh_from_db()
    assert not below.live
