"""The rights of each team. Each is given once: later changes by administrators stay.

Rights on a page include everything below it, rights on a collection every picture and file in it.
Nobody has Wagtail's right to publish: see `emca_site.publishing`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from emca_site.publishing.approval.models.approval import SecondPersonTask
from emca_site.publishing.publishable.models.two_people import draftable_models
from home.models import LoadedItem
from priorities.areas import AREAS
from site_setup.teams import TEAMS, find_team

DRAW_UP = ("add", "change", "delete", "view")


def _rights(label: str, *actions: str) -> list[str]:
    app, model = label.split(".")
    return [f"{app}.{action}_{model}" for action in actions]


DESK = "wagtailadmin.access_admin"
READING = [
    *_rights("banners.banner", "view"),
    *_rights("banners.notice", "view"),
    *_rights("figures.figure", "view"),
]
FIGURES = _rights("figures.figure", "add", "change", "view")

# Rights on models.
RIGHTS: dict[str, list[str]] = {
    "comms": [
        DESK,
        *FIGURES,
        *_rights("banners.banner", *DRAW_UP),
        *_rights("banners.notice", *DRAW_UP),
        *_rights("feedback.feedback", "view", "change"),
        *_rights("feedback.problemreport", "view", "change"),
        *_rights("search.fruitlesssearch", "view"),
    ],
    **{area.key: [DESK, *FIGURES] for area in AREAS},
    "approvers": [DESK, *READING, "audit.approve", "audit.see_all"],
    "emergency": [
        DESK,
        *_rights("banners.notice", "add", "change", "view"),
        "audit.publish_notices_now",
    ],
    "administrators": [
        DESK,
        *READING,
        "audit.see_all",
        "audit.publish_pages_now",
        *_rights("accounts.user", "add", "change", "delete"),
        *_rights("auth.group", "add", "change", "delete"),
        *_rights("wagtailredirects.redirect", *DRAW_UP),
        *_rights("wagtailsearchpromotions.searchpromotion", *DRAW_UP),
        *_rights("wagtailcore.collection", "add", "change", "delete"),
        *_rights("core.sitesettings", "change"),
        *_rights("core.contact", *DRAW_UP),
        *_rights("councils.council", *DRAW_UP),
        *_rights("councils.countycouncil", *DRAW_UP),
        *_rights("councils.topic", *DRAW_UP),
        *_rights("feedback.feedback", "view", "change"),
        *_rights("feedback.problemreport", "view", "change"),
        *_rights("search.fruitlesssearch", "view"),
    ],
}

# Rights on pages, by address.
PAGE_RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    "comms": {"/news/": ("add", "change")},
    **{area.key: {f"/what-we-do/{area.slug}/": ("add", "change")} for area in AREAS},
    # They edit nothing. Wagtail shows its lists of pages to users with any right on them.
    "approvers": {"/": ("unlock",)},
    "administrators": {"/": ("add", "change", "lock", "unlock")},
}

SHARED = "Shared"
UPLOADERS = ["comms", *(area.key for area in AREAS), "administrators"]
FILE_RIGHTS = [
    f"wagtail{app}s.{action}_{kind}"
    for app, kind in (("image", "image"), ("doc", "document"))
    for action in ("add", "change", "delete", "choose")
]
CHOOSING = [right for right in FILE_RIGHTS if ".choose_" in right]


@transaction.atomic
def ensure_rights() -> list[str]:
    """Give the rights that were never given before. Return a line with their number."""
    # Of two processes that start at the same time, one waits here for the other.
    LoadedItem.objects.get_or_create(key="rights")
    LoadedItem.objects.select_for_update().get(key="rights")
    done = set(LoadedItem.objects.filter(key__startswith="right:").values_list("key", flat=True))
    wanted = [each for each in _wanted() if each.key not in done]
    permissions = _permissions() if wanted else {}
    teams = {key: find_team(key) for key in TEAMS} if wanted else {}
    for right in wanted:
        if group := teams[right.team]:
            right.give(group, permissions[right.name])
    LoadedItem.objects.bulk_create(LoadedItem(key=right.key) for right in wanted)
    return [f"Rights given: {len(wanted)}"] if wanted else []


@transaction.atomic
def ensure_workflow() -> list[str]:
    """Make the workflow in which a second person approves, for all models with drafts."""
    lines = []
    if LoadedItem.objects.load("workflow", _make_workflow):
        lines.append("Workflow ready: approvers")
    workflow = LoadedItem.objects.find("workflow", Workflow)
    for model in draftable_models():
        if workflow and not issubclass(model, Page):
            key = f"workflow:{model._meta.label_lower}"
            LoadedItem.objects.load(key, lambda model=model: _put_under(workflow, model))
    return lines


def find_collection(key: str) -> Collection | None:
    """Return the collection of a team, or the shared one."""
    return LoadedItem.objects.find(f"collection:{key}", Collection)


@transaction.atomic
def ensure_collections() -> list[str]:
    """Make a collection for the files of each team, and one that all teams choose from."""
    names = {"shared": SHARED, **{key: TEAMS[key] for key in UPLOADERS}}
    return [
        f"Collection ready: {name}"
        for key, name in names.items()
        if LoadedItem.objects.load(
            f"collection:{key}",
            lambda name=name: Collection.get_first_root_node().add_child(name=name),
        )
    ]


def _wanted() -> Iterator["Right"]:
    for team, names in RIGHTS.items():
        yield from (Right(team, name) for name in names)
    for team, pages in PAGE_RIGHTS.items():
        for address, actions in pages.items():
            yield from (
                Right(team, f"wagtailcore.{action}_page", page=address) for action in actions
            )
    for team in TEAMS:
        if team in UPLOADERS:
            yield from (Right(team, name, collection=team) for name in FILE_RIGHTS)
        # They review drafts of every team, and therefore their pictures too.
        where = "all" if team in ("approvers", "administrators") else "shared"
        yield from (Right(team, name, collection=where) for name in CHOOSING)


@dataclass(frozen=True)
class Right:
    """A permission of a team: on a model, on a page and below, or in a collection."""

    team: str
    name: str
    page: str = ""
    collection: str = ""

    @property
    def key(self) -> str:
        return f"right:{self.team}:{self.page or self.collection}:{self.name}"

    def give(self, group: Group, permission: Permission) -> None:
        if self.page:
            if page := LoadedItem.objects.find(f"page:{self.page}", Page):
                GroupPagePermission.objects.get_or_create(
                    group=group, page=page, permission=permission
                )
        elif self.collection:
            if collection := self._find_collection():
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )
        else:
            group.permissions.add(permission)

    def _find_collection(self) -> Collection | None:
        if self.collection == "all":
            return Collection.get_first_root_node()
        return find_collection(self.collection)


def _permissions() -> dict[str, Permission]:
    rows = Permission.objects.select_related("content_type")
    return {f"{row.content_type.app_label}.{row.codename}": row for row in rows}


def _make_workflow() -> Workflow:
    # Wagtail's migrations may have made one, whose approval checks groups only.
    WorkflowPage.objects.filter(page=Page.get_first_root_node()).delete()
    workflow = Workflow.objects.create(name="approvers")
    task = SecondPersonTask.objects.create(name="A second person")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())
    return workflow


def _put_under(workflow: Workflow, model) -> WorkflowContentType:
    return WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
    )[0]
