"""The guards of the desk's views, by view name."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from django.urls import URLResolver

from emca_site.publishing.desk import guards
from emca_site.publishing.desk.guards import Guard, nobodys, permitted, posts
from emca_site.publishing.lifecycle.redirect_import import (
    list_that_can_be_read,
    list_that_was_sent_before,
)
from emca_site.publishing.permissions.refusals import (
    APPROVERS_UNSCHEDULE,
    NEVER_DELETED,
    NO_ORDER,
    NO_PRIVACY,
    TWO_PEOPLE_TO_TAKE_DOWN,
)

# Keys are view names or patterns, in which a star matches anything. A view has the guards of every
# pattern that its name matches, in this order.
GUARDED: dict[str, Guard] = {
    "wagtailadmin_pages:*": guards.visible_page,
    "wagtailadmin_pages:unpublish": guards.never(TWO_PEOPLE_TO_TAKE_DOWN),
    "wagtailadmin_pages:move": permitted("can_move", TWO_PEOPLE_TO_TAKE_DOWN),
    "wagtailadmin_pages:move_confirm": permitted("can_move", TWO_PEOPLE_TO_TAKE_DOWN),
    "wagtailadmin_pages:delete": permitted("can_delete", NEVER_DELETED),
    "wagtailadmin_pages:set_privacy": guards.never(NO_PRIVACY),
    "wagtailadmin_pages:set_page_position": guards.never(NO_ORDER),
    "wagtailadmin_pages:revisions_unschedule": permitted("can_unschedule", APPROVERS_UNSCHEDULE),
    "wagtailadmin_pages:workflow_action": guards.decision_screen,
    "wagtailadmin_pages:collect_workflow_action_data": guards.decision_screen,
    "wagtailsnippets_*": guards.visible_snippet,
    "wagtailsnippets_*:workflow_action": guards.decision_screen,
    "wagtailsnippets_*:collect_workflow_action_data": guards.decision_screen,
    "wagtailsnippetchoosers_*": guards.visible_choices,
    "wagtailsnippetchoosers_*:create": nobodys,  # this site's choosers create nothing
    "wagtailadmin_choose_page_child": guards.visible_parent,
    "wagtailadmin_choose_page_chosen_multiple": guards.visible_pages_chosen,
    "wagtailadmin_choose_page_external_link": posts("external-link-chooser-url"),
    "*:chosen_multiple": guards.readable_ids,
    "wagtail_bulk_action": guards.visible_items,
    "wagtailadmin_reports:page_types_usage": guards.for_who_sees_all,
    "wagtailadmin_reports:page_types_usage_results": guards.for_who_sees_all,
    "wagtailadmin_workflows:*": guards.unused,
    "wagtailsites:*": guards.unused,
    "wagtailredirects:start_import": list_that_can_be_read,
    "wagtailredirects:process_import": list_that_was_sent_before,
    # This view renders a picture in any size in the URL, and no screen of this site uses it.
    "wagtailimages:preview": nobodys,
    # Wagtail's editor requests only the list of pages and single pages from its admin API.
    "wagtailadmin_api:pages:action": nobodys,
    "wagtailadmin_api:pages:find": nobodys,
    "wagtailadmin_api:documents:*": nobodys,
    "wagtailadmin_api:images:*": nobodys,
}


@cache
def guards_of(name: str) -> list[Guard]:
    return [guard for pattern, guard in GUARDED.items() if fnmatchcase(name, pattern)]


def names_of(patterns, namespaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the name of every view, with its namespaces."""
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from names_of(each.url_patterns, inner)
        elif each.name:
            yield ":".join((*namespaces, each.name))


def stop_unless_all_exist(patterns) -> None:
    """Stop the site with a one-line message if a guarded name or pattern matches no view.

    Such a view was renamed, and would be unguarded.
    """
    names = set(names_of(patterns))
    gone = [name for name in GUARDED if not any(fnmatchcase(each, name) for each in names)]
    if gone:
        # SystemExit rather than an exception: one line for the operator, not a traceback.
        raise SystemExit(
            f"No view is called {', '.join(gone)} any more, so its guard guards nothing. Find what "
            "Wagtail calls it now and correct GUARDED in emca_site/publishing/desk/guarded.py."
        )
