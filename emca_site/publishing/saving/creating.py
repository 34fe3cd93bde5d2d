"""Make one object per create form, however many requests the form sends and in whatever order."""

import json
import uuid
from functools import cached_property

from django.db import models
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import resolve
from django.views.decorators.http import require_GET
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import set_query_params
from wagtail.log_actions import registry as log_registry
from wagtail.models import RevisionMixin

from emca_site.publishing.permissions.refusals import RefusedError
from emca_site.publishing.saving.models import Creation

KEY = "creation_key"
CHANGED_BY_OTHERS = "changed-by-others"  # the digest of no record
CREATED_BEFORE = "is_from_create_form"  # an attribute of the request, for the edit view


class CreateOnceMixin:
    """Makes Wagtail's create views save the same object in each request with one form's key.

    Autosave and the button may both submit the form before either has a response.
    """

    @property
    def created_model(self) -> type[models.Model]:
        return self.model

    @cached_property
    def creation(self) -> Creation | None:
        try:
            key = uuid.UUID(self.request.POST.get(KEY, ""))
        except ValueError:
            return None
        return Creation.objects.claim(key, self.request.user, self.created_model)

    def post(self, request, *args, **kwargs):
        created = self.creation and self.creation.find_created()
        if created:
            return self.sent_again(created)
        return super().post(request, *args, **kwargs)

    def sent_again(self, created: models.Model):
        """Answer a form that has made its object already."""
        return save_what_was_created(self.request, created)

    def remember(self, created: models.Model) -> None:
        if self.creation:
            self.creation.remember(created)

    def get_context_data(self, **kwargs):
        key = self.creation.key if self.creation else uuid.uuid4()
        return {**super().get_context_data(**kwargs), KEY: key}


class CreateRecordMixin(CreateOnceMixin):
    """Does so for Wagtail's create views of what has no versions."""

    def save_instance(self):
        created = super().save_instance()
        self.remember(created)
        return created


@require_GET
def address_of_created(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    """Return as JSON the edit address of what this user's create form made, or 404."""
    creation = Creation.objects.filter(key=key, user=request.user).first()
    created = creation and creation.find_created()
    url = created and AdminURLFinder(request.user).get_edit_url(created)
    if not url:
        raise Http404
    return JsonResponse({"url": url})


def save_what_was_created(request: HttpRequest, created: models.Model):
    """Run the edit view of the object that the form created before, and return its response.

    Raises `RefusedError` if the user may not edit the object.
    """
    edit_url = AdminURLFinder(request.user).get_edit_url(created)
    if edit_url is None:
        raise RefusedError(
            "This form was saved before, and you may not edit what it made.", created
        )
    request.POST = request.POST.copy()
    if not isinstance(created, RevisionMixin):
        request.POST["opened_as"] = CHANGED_BY_OTHERS if have_others_saved(request, created) else ""
    latest = getattr(created, "latest_revision", None)
    if latest and latest.user_id == request.user.pk:
        request.POST["loaded_revision_id"] = str(latest.pk)
        request.POST["loaded_revision_created_at"] = latest.created_at.isoformat()
    setattr(request, CREATED_BEFORE, True)
    request.resolver_match = match = resolve(edit_url)
    response = match.func(request, *match.args, **match.kwargs)
    if isinstance(response, JsonResponse) and response.status_code == 200:
        return _as_creation(response, edit_url)
    return response


def have_others_saved(request: HttpRequest, created: models.Model) -> bool:
    others = log_registry.get_logs_for_instance(created).exclude(user=request.user)
    return others.exists()


def _as_creation(response: JsonResponse, edit_url: str) -> JsonResponse:
    """Turn an edit view's autosave response into one that makes the create form an edit form."""
    data = json.loads(response.content)
    data.pop("html", None)  # updates for parts that only an edit form has
    hydrate_url = set_query_params(edit_url, {"_w_hydrate_create_view": "1"})
    return JsonResponse({**data, "url": edit_url, "hydrate_url": hydrate_url})


def drop_children_sent_again(view) -> None:
    """Empty the inline lists of an object that a create form saves a second time.

    The form does not know the ids of the rows that its first request made, and sends all as new.
    """
    if getattr(view.request, CREATED_BEFORE, False):
        for formset in getattr(view.make_form(), "formsets", {}).values():
            getattr(view.publishable, formset.rel_name).set([])
