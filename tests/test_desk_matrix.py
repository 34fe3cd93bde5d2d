"""Every address of the desk, as every kind of person, pointed at what is somebody else's.

Judged by the database and by the answer: nothing of it changes, and nothing is told of a title
that the person may not know. The addresses come from the URL resolver, so that a screen which a
newer Wagtail brings is tried on the day it arrives.
"""

import json
import re
from datetime import timedelta
from functools import cache

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Page,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail.permissions import policy_registry

from emca_site.banners.models import Banner, Notice
from emca_site.core.models import SiteSettings
from emca_site.figures.models import Figure
from emca_site.publishing.approval.models.proposal import Proposal
from site_setup.rights import find_collection
from tests import builders
from tests.admin_addresses import admin_addresses
from tests.desk_site import article_form, page, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up_site")]

# Words in titles, texts and names of files that some may not know.
NEWS, AREA, NOTICE = "Kestrel", "Merlin", "Osprey"
HIDDEN_FROM = {
    "comms": [AREA],
    "transport": [NEWS, NOTICE],
    "housing": [NEWS, AREA, NOTICE],
    "emergency": [NEWS, AREA],
    "approver": [],
    "officer": [],  # of the administrators, and no superuser
    None: [NEWS, AREA, NOTICE],
}
# What may change under them without harm: traces of the attempt, and what is nobody's content.
TRACES = {
    "sessions.session",
    "wagtailcore.pagelogentry",
    "wagtailcore.modellogentry",
    "wagtailcore.pagesubscription",
    "wagtailadmin.editingsession",
    "wagtailusers.userprofile",
    "wagtailcore.uploadedfile",
    "wagtailsearchpromotions.query",
    "site_version.siteversion",
    "search.entrywords",  # of PostgreSQL's index, and only there
    "media.siteimagerendition",
    "accounts.unsentmail",
    "audit.lookbackitem",
    "approval.proposal",
}
CONTENT_TABLES = [
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if model._meta.label_lower not in TRACES and model._meta.can_migrate(connection)
]
# Of every live page; what its own type adds is read whole. The rest of the row is about drafts.
PUBLIC_FIELDS = [
    *("id", "path", "depth", "content_type", "title", "slug", "url_path", "seo_title"),
    *("search_description", "show_in_menus", "first_published_at", "last_published_at"),
    *("live_revision", "alias_of", "locale"),
]
# What a person decides for others by right; `test_two_people.py` says what else it takes.
BY_RIGHT = {
    "approver": {
        "wagtailadmin_pages:revisions_unschedule",
        "publishing_decide",
        "publishing_reviewed",
    },
    "officer": {"publishing_publish_now"},
}
SHARES = 3  # of the addresses of Wagtail and Django; see `addresses_for`
# One ends the visit, the other is there to fail.
NOT_TRIED = {"wagtailadmin_logout", "wagtailadmin_error_test"}


@pytest.fixture
def others():
    """Things of the comms team and of the transport team that are not public."""
    comms, transport = person("comms"), person("transport")
    picture, file = (
        builders.add_image(f"{NEWS} picture", file=builders.picture_file(f"{NEWS}.png")),
        builders.add_document(f"{NEWS} file", f"{NEWS}.pdf"),
    )
    for thing in (picture, file):
        thing.collection = find_collection("comms")
        thing.uploaded_by_user = comms
        thing.save()
    news = page("/news/")
    draft = builders.add_article(
        news,
        f"{NEWS} press release",
        slug=f"{NEWS.lower()}-press-release",
        summary=f"{NEWS} in short.",
        live=False,
        first_published_at=None,
        lead_picture=picture,
        owner=comms,
    )
    draft.save_revision(user=comms, log_action=True)
    live = builders.add_article(news, "Known to all", slug="known-to-all")
    live.title = f"{NEWS} as it will be called"
    live.save_revision(user=comms, log_action=True)
    scheduled = builders.add_article(
        news,
        f"{NEWS} budget",
        slug=f"{NEWS.lower()}-budget",
        live=False,
        first_published_at=None,
        go_live_at=timezone.now() + timedelta(days=9),
    )
    scheduled.save_revision(user=comms).publish()
    waiting = builders.add_article(
        news,
        f"{NEWS} decision",
        slug=f"{NEWS.lower()}-decision",
        live=False,
        first_published_at=None,
    )
    waiting.save_revision(user=comms)
    waiting.get_workflow().start(waiting, comms)
    area = page("/what-we-do/transport/")
    area.title = f"{AREA} and transport"
    area.save_revision(user=transport, log_action=True)
    promise = builders.add_commitment(area, f"{AREA} promise", live=False)
    promise.save_revision(user=transport, log_action=True)
    banner = builders.add_banner(page("/"), headline=f"{NEWS} banner", picture=picture, live=False)
    banner.save_revision(user=comms, log_action=True)
    notice = builders.add_notice(lead=f"{NOTICE} notice", live=False)
    notice.save_revision(user=comms, log_action=True)
    figure = builders.add_figure()
    area_picture = builders.add_image(f"{AREA} picture", file=builders.picture_file(f"{AREA}.png"))
    area_file = builders.add_document(f"{AREA} file", f"{AREA}.pdf")
    for thing in (area_picture, area_file):
        thing.collection = find_collection("transport")
        thing.uploaded_by_user = transport
        thing.save()
    return {
        "area_picture": area_picture,
        "area_file": area_file,
        "news": [draft, live, scheduled, waiting],
        "area": [area],
        "picture": picture,
        "file": file,
        "banner": banner,
        "notice": notice,
        "figure": figure,
    }


def officer():
    """An administrator of the ordinary kind."""
    user = type(person("admin")).objects.create_user("officer@example.org", "a-pass-phrase")
    user.groups.add(Group.objects.get(name="Administrators"))
    return user


def looked_up(others) -> dict:
    """What addresses are pointed at, found once: every attempt leaves it as it was."""
    keys = {
        "wagtailusers_users": person("approver").pk,
        "wagtailusers_groups": Group.objects.get(name="Approvers").pk,
        "wagtailadmin_collections": find_collection("comms").pk,
        "wagtailadmin_workflows": Workflow.objects.first().pk,
        "wagtailsites": Site.objects.first().pk,
        "wagtaildocs_chooser": others["file"].pk,
        "wagtailimages_chooser": others["picture"].pk,
        "wagtailsettings": SiteSettings.objects.first().pk,
        "publishing_proposal": Proposal.objects.first().pk,
    }
    first = cache(lambda model: model.objects.first())
    return {"keys": keys, "first": first, "about": page("/about/")}


def values_for(address, target, others) -> dict:
    """What fills the parts of an address, so that it is about the target."""
    namespace = address.name.split(":")[0]
    revision = target.latest_revision_id
    model = target._meta.label_lower
    if namespace.startswith("wagtailsnippets_") or namespace.startswith("wagtailsnippetchoosers_"):
        app, name = namespace.split("_", 1)[1].split("_", 1)
        snippet = apps.get_model(app, name)
        thing = {Banner: others["banner"], Notice: others["notice"]}.get(snippet)
        thing = thing or others["first"](snippet)
        pk, revision = thing.pk if thing else 1, getattr(thing, "latest_revision_id", None)
    else:
        pk = others["keys"].get(namespace, target.pk)
    if "images" in address.pattern:
        pk = others["picture"].pk
    if "documents" in address.pattern:
        pk = others["file"].pk
    if "_task" in address.name and namespace == "wagtailadmin_workflows":
        pk = others["first"](Task).pk
    app_label, model_name = ("wagtailcore", "page")
    if address.name == "wagtailadmin_workflows:add_task":
        app_label, model_name = "approval", "secondpersontask"
    elif address.name == "wagtailadmin_tag_model_autocomplete":
        model_name = "page"
    return {
        "pk": pk,
        "key": "00000000-0000-4000-8000-000000000000",  # of a create form
        "page_id": target.pk,
        "page_pk": target.pk,
        "parent_page_id": target.pk,
        "page_to_move_id": target.pk,
        "destination_id": others["about"].pk,
        "revision_id": revision or 1,
        "revision_id_a": "earliest",
        "revision_id_b": revision or "latest",
        "task_state_id": others["first"](TaskState).pk,
        "task_id": others["first"](Task).pk,
        "workflow_state_id": others["first"](WorkflowState).pk,
        "workflow_pk": others["first"](Workflow).pk,
        "collection_id": others["keys"]["wagtailadmin_collections"],
        "image_id": others["picture"].pk,
        "document_id": others["file"].pk,
        "doc_id": others["file"].pk,
        "uploaded_file_id": others["first"](UploadedFile).pk,
        "redirect_id": others["first"](Redirect).pk,
        "query_id": 1,
        "session_id": 1,
        "object_id": target.pk,
        "app_label": app_label,
        "app_name": "core" if namespace == "wagtailsettings" else "taggit",
        "model_name": {
            "wagtailsettings": "sitesettings",
            "wagtailadmin_tag_model_autocomplete": "tag",
            "publishing_reviewed": model,
        }.get(namespace, model_name),
        "content_type_app_name": target._meta.app_label,
        "content_type_model_name": target._meta.model_name,
        "action_name": "publish" if namespace == "wagtailadmin_api" else "approve",
        "action": "unpublish",
        "filter_spec": "original",
        "label": model,
        "uidb64": "MQ",
        "token": "a-token",
    }


def everything_posted(target) -> dict:
    """One form that has whatever a screen may ask for."""
    return {
        **article_form(title="Taken over", slug="taken-over"),
        "action-publish": "1",
        "name": "Taken over",
        "reason": "Because",
        "retire_as": "error",
        "public_reason": "Because",
        "decision": "approve",
        "comment": "Fine",
        "restriction_type": "login",
        "new_title": "Taken over",
        "new_slug": "taken-over",
        "new_parent_page": str(target.get_parent().pk),
        "destination": str(page("/about/").pk),
        "email": "taken@example.org",
        "password1": "a-long-pass-phrase",
        "password2": "a-long-pass-phrase",
        "is_superuser": "on",
        "is_active": "on",
        "lead": "Taken over",
        "headline": "Taken over",
        "level": "emergency",
        "hostname": "taken.example.org",
        "port": "80",
        "old_path": "/taken/",
        "redirect_link": "https://taken.example.org/",
        "query_string": "taken",
        "mine": "1",
        "theirs": "1",
        "confirm": "1",
    }


def is_their_own(client, address) -> bool:
    """Whether a screen is of a type of thing that this person may change by right."""
    user = client.session.get("_auth_user_id") and get_user_model().objects.get(
        pk=client.session["_auth_user_id"]
    )
    namespace = address.name.split(":")[0]
    if not user or not namespace.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
        return False
    model = apps.get_model(*namespace.split("_", 1)[1].split("_", 1))
    return policy_registry.get_by_type(model).user_has_permission(user, "change")


@cache
def public_queries(root: int) -> list[str]:
    """What reads each row, and each part of one, that a visitor may read."""
    live = 'SELECT id FROM "wagtailcore_page" WHERE live'
    columns = ", ".join(f'"{Page._meta.get_field(name).column}"' for name in PUBLIC_FIELDS)
    queries = [
        f'SELECT {columns} FROM "wagtailcore_page" WHERE live ORDER BY 1',
        f'SELECT * FROM "wagtailcore_page" WHERE live AND content_type_id = {root} ORDER BY 1',
    ]
    for model in apps.get_models():
        options = model._meta
        if not issubclass(model, Page) or model is Page:
            continue
        key = options.pk.column
        queries.append(f'SELECT * FROM "{options.db_table}" WHERE "{key}" IN ({live}) ORDER BY 1')
        queries += [
            f'SELECT * FROM "{field.m2m_db_table()}" '
            f'WHERE "{field.m2m_column_name()}" IN ({live}) ORDER BY 1'
            for field in options.local_many_to_many
        ]
    for model in (Banner, Figure, Notice):
        queries.append(f'SELECT * FROM "{model._meta.db_table}" WHERE live ORDER BY 1')
    return queries


def rows_of(queries: list[str]) -> list:
    rows = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query)
            rows.append(cursor.fetchall())
    return rows


def public_fingerprint() -> list:
    """What a visitor may read, as the database has it."""
    return rows_of(public_queries(ContentType.objects.get_for_model(Page).pk))


def fingerprint() -> list:
    """Everything in the database that is content, rights or structure, as the database has it."""
    return rows_of([f'SELECT * FROM "{table}" ORDER BY 1' for table in CONTENT_TABLES])


class Writes:
    """Hears whether a request wrote to a table of content: only then can there be a change.

    Used around each statement that the database is given.
    """

    TABLE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')

    def __init__(self):
        self.to_content = False

    def __call__(self, execute, sql, params, many, context):
        tables = set(self.TABLE.findall(sql))
        self.to_content |= bool(tables & set(CONTENT_TABLES))
        return execute(sql, params, many, context)


def addresses_for(who, *, every_one: bool) -> list:
    """The addresses that this kind of person tries.

    This site's own are tried by everybody. Those of Wagtail and Django are dealt out, so that two
    kinds of people try each; `make test-all` has everybody try them all.
    """
    turn = list(HIDDEN_FROM).index(who)
    return [
        each
        for number, each in enumerate(admin_addresses())
        if every_one or each.name.startswith("publishing_") or (number - turn) % SHARES == 0
    ]


def told(answer, client) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kept = json.dumps(client.session.get("_messages", "")) if client.session.session_key else ""
    return f"{body.decode(errors='replace')} {dict(answer.headers)} {kept}"


@pytest.mark.parametrize("who", HIDDEN_FROM, ids=str)
def test_nobody_changes_or_learns_of_what_is_not_theirs(who, others, pytestconfig):
    builders.add_promotion("buses", page=page("/about/"))
    Redirect.objects.create(old_path="/old", redirect_page=page("/about/"))
    UploadedFile.objects.create(
        for_content_type_id=1, uploaded_by_user=person("comms"), file="not-there.png"
    )
    SiteSettings.load()
    live = others["news"][1]
    Proposal.objects.create(
        kind="retire",
        retire_as="error",
        public_reason=f"{NEWS} is wrong",
        publishable=live,
        asked_by=person("comms"),
        reason=f"{NEWS} is wrong",
    )
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(officer() if who == "officer" else person(who))
    targets = others["news"] if who != "comms" else others["area"]
    if who == "comms":
        others |= {"picture": others["area_picture"], "file": others["area_file"]}
    # An administrator may edit any page, so what is judged is what becomes of the public ones.
    judged = public_fingerprint if who == "officer" else fingerprint
    if who in ("housing", "emergency", "approver", "officer", None):
        # Whoever holds no right over these pages is refused for each alike.
        some = others["news"] if who in ("approver", "officer") else others["news"][::3]
        targets = [*some, *others["area"]]
    hidden = [word.lower() for word in HIDDEN_FROM[who]]
    others |= looked_up(others)
    posted = {target.pk: everything_posted(target) for target in targets}
    before = judged()
    attempts, wrong = 0, []
    for address in addresses_for(who, every_one=pytestconfig.getoption("exhaustive")):
        if address.name in NOT_TRIED or is_their_own(client, address):
            continue
        if address.name in BY_RIGHT.get(who, ()):
            continue
        about = (
            targets
            if any("page" in part or part == "label" for part in address.parts)
            else targets[:1]
        )
        for target in about:
            path = address.filled(values_for(address, target, others))
            for method in ("get", "post"):
                attempts += 1
                writes = Writes()
                with transaction.atomic(), connection.execute_wrapper(writes):
                    data = posted[target.pk] if method == "post" else {"q": "e"}
                    answer = getattr(client, method)(path, data)
                    said = told(answer, client).lower()
                    changed = writes.to_content and judged() != before
                    transaction.set_rollback(True)
                leaked = [word for word in hidden if word in said]
                if leaked or changed or answer.status_code >= 500:
                    wrong.append((method, path, answer.status_code, leaked, changed))
    assert attempts >= 100
    assert not wrong, "\n".join(map(str, wrong))
