from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from wagtail import hooks

from emca_site.publishing.approval.work_done import has_done_something
from emca_site.publishing.permissions.refusals import NEVER_FORGOTTEN, RefusedError


@hooks.register("register_permissions")
def offer_the_rights_of_publishing():
    """Offer the publishing permissions in the form of a group."""
    return Permission.objects.filter(
        content_type__app_label="audit",
        codename__in=["approve", "see_all", "publish_pages_now", "publish_notices_now"],
    )


@hooks.register("before_delete_user")
def keep_who_did_something(request, user):
    """Refuse to delete an account that is part of the record of changes, requests and actions."""
    if request.method == "POST" and has_done_something([user]):
        raise RefusedError(NEVER_FORGOTTEN, user)


@hooks.register("before_bulk_action")
def keep_all_who_did_something(request, action_type, objects, action):
    is_about_people = action_type == "delete" and action.model is get_user_model()
    if request.method == "POST" and is_about_people and has_done_something(objects):
        raise RefusedError(NEVER_FORGOTTEN)
