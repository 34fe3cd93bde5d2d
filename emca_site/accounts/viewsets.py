"""Wagtail's screens for accounts and groups, with this site's labels and limits."""

import django_filters
from django import forms
from django.contrib.auth.models import Permission
from django.utils.functional import cached_property
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.users.forms import GroupForm, UserCreationForm, UserEditForm
from wagtail.users.views.groups import GroupViewSet
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

SUPERUSER = "Superuser"
WHAT_A_SUPERUSER_IS = (
    "Holds every right on the desk, now and in future: accounts, settings, drafts of every team. "
    "More than the team “Administrators”, which is one of the groups below. What a superuser "
    "changed is still approved by somebody else. Two people need it; for all others choose a team."
)
# Set-up manages these. With a screen, staff could make pages that nobody can approve.
NOT_OFFERED = {"workflow", "task", "site"}


def superuser_field() -> forms.BooleanField:
    return forms.BooleanField(label=SUPERUSER, required=False, help_text=WHAT_A_SUPERUSER_IS)


class SiteUserCreationForm(UserCreationForm):
    is_superuser = superuser_field()


class SiteUserEditForm(UserEditForm):
    is_superuser = superuser_field()


class SiteGroupForm(GroupForm):
    """Hides rights that have no effect here. A group that has such rights does not lose them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        unused = Permission.objects.filter(
            content_type__app_label="wagtailcore", content_type__model__in=NOT_OFFERED
        )
        self.registered_permissions = self.registered_permissions.exclude(pk__in=unused)
        self.fields["permissions"].queryset = self.registered_permissions.select_related(
            "content_type"
        )


class SiteUserFilterSet(UserFilterSet):
    is_superuser = django_filters.BooleanFilter(label=SUPERUSER, widget=BooleanRadioSelect)


class SiteUserIndexView(IndexView):
    @cached_property
    def columns(self):
        columns = super().columns
        level = next(column for column in columns if column.name == "is_superuser")
        level.accessor = lambda user: SUPERUSER if user.is_superuser else None
        return columns


class SiteUserViewSet(UserViewSet):
    index_view_class = SiteUserIndexView
    filterset_class = SiteUserFilterSet

    def get_form_class(self, for_update=False):
        return SiteUserEditForm if for_update else SiteUserCreationForm


class SiteGroupViewSet(GroupViewSet):
    def get_form_class(self, for_update=False):
        return SiteGroupForm
