"""A system check for data that would leave pages which nobody can approve.

`manage.py check --database default`, `migrate` and `setup_site` run it.
"""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError, transaction
from wagtail.models import Page, Site, Task, Workflow, WorkflowContentType, WorkflowPage

from emca_site.publishing.approval.models.approval import SecondPersonTask
from emca_site.publishing.audit.authority import may_approve
from emca_site.publishing.permissions.people import approvers
from emca_site.publishing.publishable.models.two_people import draftable_models
from home.models import HomePage

SIGN = "Have an approver sign it on the look-back list, or run: manage.py confirm_account EMAIL"
MEND = "Mend it in “manage.py shell”; the desk does not change workflows, tasks and sites."


@register(Tags.database)
def check_for_dead_ends(databases=None, **kwargs) -> list[Warning]:
    try:
        with transaction.atomic():
            return list(dead_ends()) if databases else []
    except DatabaseError:
        return []  # not migrated yet, or no database: other checks report that


def dead_ends() -> Iterator[Warning]:
    """Yield a warning for each workflow, site or missing approver that would block a page."""
    for workflow in Workflow.objects.active():
        is_used = workflow.workflow_pages.exists() or workflow.workflow_content_types.exists()
        if is_used and not is_two_people(workflow):
            yield Warning(
                f"The workflow “{workflow}” is not the approval by a second person, and nothing "
                "that is submitted to it can be published.",
                hint=MEND,
                id="home.W001",
            )
    if not HomePage.objects.exists():
        return  # not set up yet
    root = Page.get_first_root_node()
    if not WorkflowPage.objects.filter(page=root, workflow__active=True).exists():
        yield Warning(
            "No workflow that is in use covers all pages, so some cannot be approved.",
            hint=MEND,
            id="home.W002",
        )
    for model in draftable_models():
        if issubclass(model, Page):
            continue
        kind = ContentType.objects.get_for_model(model)
        if not WorkflowContentType.objects.filter(
            content_type=kind, workflow__active=True
        ).exists():
            name = model._meta.verbose_name_plural
            yield Warning(
                f"No workflow that is in use covers {name}, so nobody can approve one.",
                hint=MEND,
                id="home.W003",
            )
    for site in Site.objects.select_related("root_page"):
        if not isinstance(site.root_page.specific, HomePage):
            yield Warning(
                f"The site “{site}” does not begin at the home page, so what is below the home "
                "page has no address there.",
                hint=MEND,
                id="home.W004",
            )
    is_staffed = get_user_model().objects.exists()
    if is_staffed and not any(may_approve(person) for person in approvers()):
        yield Warning(
            "No account may approve or sign anything, so nothing can be published.",
            hint=SIGN,
            id="home.W005",
        )


def is_two_people(workflow: Workflow) -> bool:
    """Whether it has an active step, and every active step is our own task."""
    steps = Task.objects.filter(workflow_tasks__workflow=workflow, active=True)
    ours = steps.filter(pk__in=SecondPersonTask.objects.values("pk"))
    return 0 < steps.count() == ours.count()
