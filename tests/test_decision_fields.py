"""Every field of everything that two people publish stands on the decision screen, in words."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import models
from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from emca_site.banners.models import Banner, Notice
from emca_site.core.models import Contact
from emca_site.councils.models import Council
from emca_site.figures.models import Figure
from emca_site.media.models import SiteImage
from emca_site.publishing.approval.models import approval
from emca_site.publishing.comparison.versions import said_by
from emca_site.publishing.publishable.models.two_people import draftable_models
from home.models import AccessibilityStatementPage, HomePage
from news.models import ArticlePage, NewsIndexPage
from priorities.models import PriorityIndexPage, PriorityPage
from tests import builders
from tests.desk_site import desk_of, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

ADD = {
    "home.AccessibilityStatementPage": lambda: AccessibilityStatementPage.objects.first(),
    "home.HomePage": lambda: HomePage.objects.get(),
    "home.StandardPage": lambda: builders.add_standard_page(page("/news/").get_parent()),
    "news.ArticlePage": lambda: builders.add_article(page("/news/")),
    "news.NewsIndexPage": lambda: NewsIndexPage.objects.get(),
    "priorities.PriorityPage": lambda: PriorityPage.objects.first(),
    "priorities.CommitmentPage": lambda: builders.add_commitment(PriorityPage.objects.first()),
    "priorities.PriorityIndexPage": lambda: PriorityIndexPage.objects.get(),
    "banners.Banner": lambda: builders.add_banner(HomePage.objects.get()),
    "banners.Notice": lambda: builders.add_notice(),
    "figures.Figure": lambda: builders.add_figure(),
}
# Of the form, and no content of a version: asked elsewhere on the screen, or of the editor alone.
ASKED_APART = {
    "change_size",
    "change_note",
    "comment_notifications",
    "comments",
    "goes_live_soon",
}
MOMENT, DAY = datetime(2031, 3, 4, 9, 0, tzinfo=UTC), date(2026, 3, 4)


def chosen(model):
    """Something of a model to choose, and what it is called."""
    makers = {
        SiteImage: lambda: builders.add_image("A chosen picture"),
        Contact: lambda: builders.add_contact(name="A chosen contact"),
        Council: lambda: builders.add_city("Chosenville"),
        Figure: lambda: builders.add_figure(key="chosen", label="a chosen figure", value=7),
        Group: lambda: Group.objects.create(name="A chosen team"),
        ArticlePage: lambda: builders.add_article(page("/news/"), "A chosen article"),
        PriorityPage: lambda: PriorityPage.objects.last(),
        Page: lambda: Page.objects.get(pk=builders.add_standard_page(page("/news/").get_parent(),
                                                                     "A chosen page").pk),
    }  # fmt: skip
    found = makers[model]()
    return found, str(found)


def fill(row, field: models.Field) -> str:
    """Give a field a value that nothing else has; the words to be read on the screen."""
    name = field.name
    if isinstance(field, StreamField):
        value, words = [("text", f"<p>Words of {name}.</p>")], f"Words of {name}."
        if "text" not in field.stream_block.child_blocks:
            figure, words = chosen(Figure)
            value = [("figure", figure)]
    elif isinstance(field, RichTextField):
        value, words = f"<p>Words of {name}.</p>", f"Words of {name}."
    elif field.many_to_many or field.is_relation:
        value, words = chosen(field.related_model)
        value = [value] if field.many_to_many else value
    elif field.choices:
        now = getattr(row, name)
        value, words = next(choice for choice in field.flatchoices if choice[0] not in ("", now))
    elif isinstance(field, models.BooleanField):
        value, words = not getattr(row, name), "No" if getattr(row, name) else "Yes"
    elif isinstance(field, models.DateTimeField):
        value, words = MOMENT, "Tuesday 4 March 2031, 9am, UK time"
    elif isinstance(field, models.DateField):
        value, words = DAY, "4 March 2026"
    elif isinstance(field, models.DecimalField):
        value, words = Decimal("2100000000.000"), "2.1 billion"
    elif isinstance(field, models.IntegerField):
        value = words = 43
    elif isinstance(field, models.URLField):
        value = words = f"https://example.org/{name}"
    elif isinstance(field, models.SlugField):
        value = words = f"words-of-{name}".replace("_", "-")
    else:
        value = words = f"Words of {name}"[: field.max_length]
    setattr(row, name, value)
    return str(words)


def fields_of(panels, model):
    """Each field of a form by the words beside it, and each list of rows with its panels."""
    for panel in panels:
        if hasattr(panel, "relation_name"):
            yield str(panel.heading), panel
        elif isinstance(panel, FieldPanel) and panel.field_name not in ASKED_APART:
            field = model._meta.get_field(panel.field_name)
            yield str(panel.heading or field.verbose_name).casefold(), field
        else:
            yield from fields_of(getattr(panel, "children", ()), model)


def form_of(thing):
    if isinstance(thing, Page):
        return thing.get_edit_handler()
    return thing.snippet_viewset.get_edit_handler()


def filled(thing) -> list[tuple[str, str]]:
    """Give every field and a row of every list its value: names with words."""
    expected = []
    for name, each in fields_of([form_of(thing)], type(thing)):
        if not hasattr(each, "relation_name"):
            expected.append((name, fill(thing, each)))
            continue
        row = each.db_field.related_model()
        setattr(row, each.db_field.field.name, thing)
        inside = fields_of(each.child_edit_handler.children, type(row))
        expected += [(name, fill(row, field)) for name, field in inside]
        setattr(thing, each.relation_name, [row])
    return expected


def decide_on(thing, monkeypatch) -> str:
    """What the screen says, unescaped, with one space between any two texts."""
    monkeypatch.setattr(approval.gate, "refusals", lambda findings: [])
    thing.save_revision(user=person("comms"), clean=False)
    state = thing.get_workflow().start(thing, person("comms")).current_task_state
    answer = desk_of("approver").get(reverse("publishing_decide", args=[state.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html)))


def test_everything_that_two_people_publish_is_in_the_table():
    assert {model._meta.label for model in draftable_models()} == set(ADD)


@pytest.mark.parametrize("label", ADD)
def test_every_field_of_the_form_is_read(label):
    thing = ADD[label]()
    form = form_of(thing).get_form_class()
    names = {*form.base_fields, *form.formsets} - ASKED_APART
    keys = set()

    def walk(some):
        for each in some:
            keys.add(each.key)
            walk(each.parts if each.shape == "group" else ())

    walk(said_by(thing))
    assert names <= keys


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("label", ADD)
def test_every_field_stands_on_the_decision_screen_in_words(label, is_live, monkeypatch):
    thing = ADD[label]()
    if not is_live:
        type(thing).objects.filter(pk=thing.pk).update(
            live=False, first_published_at=None, live_revision=None
        )
        thing = type(thing).objects.get(pk=thing.pk)
    expected = filled(thing)
    html = decide_on(thing, monkeypatch)
    said = words_of(html)
    for name, words in expected:
        assert name in said.casefold(), name
        assert words in said, name
    for wrong in ("None", "object (", "2100000000", ".000", "2031-03", "2026-03-04"):
        assert wrong not in said.partition("What the checks say")[2]
    assert ("What is different from the live version" in said) == is_live
    if is_live:
        differences = words_of(html.partition("All of it, as it will be")[0])
        for name, words in expected:
            assert words in differences, name


@pytest.mark.parametrize("label", ADD)
def test_what_did_not_change_is_not_listed(label, monkeypatch):
    html = decide_on(ADD[label](), monkeypatch)
    assert "Nothing: all of it says the same." in html
    assert 'id="change-1"' not in html


def test_a_picture_is_shown_as_a_picture_before_and_after(monkeypatch):
    banner = ADD["banners.Banner"]()
    banner.picture = builders.add_image("Another one")
    html = decide_on(banner, monkeypatch)
    before_and_after = re.findall(r"<img[^>]*>\s*<figcaption>(\w+)", html)
    assert before_and_after == ["Before", "After"]
    assert "Banner picture" in html
    assert "Another one" in html


def test_a_picture_whose_file_is_gone_is_said_in_words(monkeypatch):
    banner = ADD["banners.Banner"]()
    banner.picture.file.storage.delete(banner.picture.file.name)
    assert "This picture cannot be shown" in decide_on(banner, monkeypatch)


def test_an_empty_number_is_empty_and_never_none(monkeypatch):
    commitment = builders.add_commitment(
        PriorityPage.objects.first(), measurements=[(DAY, None)], live=False
    )
    said = words_of(decide_on(commitment, monkeypatch))
    assert "Date 4 March 2026 Number (empty)" in said


def test_numbers_and_choices_of_a_change_do_not_run_together(monkeypatch):
    figure = builders.add_figure(value=Decimal("2000000000"))
    figure.value = Decimal("2100000000")
    figure.confidence = "press"
    said = words_of(decide_on(figure, monkeypatch))
    assert "removed: £2 billion added: £2.1 billion" in said
    assert "removed: Official source added: Press report only" in said


def test_the_way_from_change_to_change_leads_to_each_and_no_further(monkeypatch):
    notice = builders.add_notice()
    notice.lead, notice.level, notice.message = "The office is open.", "emergency", "Come in."
    html = decide_on(notice, monkeypatch)
    targets = re.findall(r'id="(change-\d+|changes)"', html)
    assert targets == ["changes", "change-1", "change-2", "change-3"]
    assert set(re.findall(r'href="#(change[^"]*)"', html)) == set(targets)


def test_a_notice_that_was_taken_down_is_compared_with_what_was_public_last(monkeypatch):
    notice = builders.add_notice(live=False)
    revision = notice.save_revision(user=person("comms"))
    notice.publish(revision)
    notice = Notice.objects.get(pk=notice.pk)
    notice.take_down(None)
    notice = Notice.objects.get(pk=notice.pk)
    notice.lead = "The office is open."
    html = decide_on(notice, monkeypatch)
    assert "What is different from what was public last" in html
    assert 'href="#change-1">Headline' in html


def test_a_chosen_row_that_is_gone_is_said_to_be_gone(monkeypatch):
    banner = builders.add_banner(HomePage.objects.get(), live=False)
    revision = banner.save_revision(clean=False)
    Banner.objects.filter(pk=banner.pk).update(picture=None)
    banner.picture.delete()
    picture = next(each for each in said_by(revision.as_object()) if each.key == "picture")
    assert picture.is_empty or picture.paragraphs[0][0].text == "Something that is gone"
