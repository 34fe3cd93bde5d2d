"""People of the desk, by the rights they have."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

ENTER = "wagtailadmin.access_admin"


def add_person(email: str, *rights: str, **fields):
    """Somebody who may enter the desk and has these rights, such as “audit.approve”."""
    person = get_user_model().objects.create_user(email, "a-pass-phrase", **fields)
    for right in (ENTER, *rights):
        app, codename = right.split(".")
        person.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return person


def add_approver(email: str = "approver@example.org", *rights: str):
    return add_person(email, "audit.approve", *rights)


def approvers_group() -> Group:
    group = Group.objects.create(name="Approvers")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="audit", codename="approve")
    )
    return group
