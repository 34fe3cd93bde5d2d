"""Show the look-back list on the desk: what one person did without approval."""

import django_filters
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import DraftStateMixin

from emca_site.publishing.audit.authority import accounts_of, may_approve, why_no_approver
from emca_site.publishing.audit.look_back_list import sign as sign_item
from emca_site.publishing.audit.look_back_list import why_not_signed_by
from emca_site.publishing.audit.models import LookBackItem
from emca_site.publishing.mail.desk_addresses import address_of
from emca_site.publishing.permissions.people import sees_all
from emca_site.publishing.permissions.rights import may_see
from emca_site.publishing.visitors.spreadsheets import NoFormulasMixin

MOST_IN_PANEL = 5


def may_look_back(user) -> bool:
    return may_approve(user) or sees_all(user)


class ForThoseWhoLookBackMixin:
    """Restrict a view to people who may approve or see all; for others, raise PermissionDenied."""

    def dispatch(self, request, *args, **kwargs):
        if not may_look_back(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class WhatColumn(Column):
    cell_template_name = "publishing/look_back_what_cell.html"


class SignColumn(Column):
    """Show who signed the item, or the button to sign for those who can."""

    cell_template_name = "publishing/look_back_sign_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        request = parent_context["request"]
        return {
            **super().get_cell_context_data(instance, parent_context),
            "refusal": why_not_signed_by(
                instance, request.user, request.no_approver, request.own_accounts
            ),
            "csrf_token": get_token(request),
            "back": request.get_full_path(),
        }


def people_on_the_list(request):
    done_by = LookBackItem.objects.exclude(done_by=None).values("done_by")
    return get_user_model().objects.filter(pk__in=done_by).order_by("email")


class LookBackFilterSet(WagtailFilterSet):
    signed = django_filters.ChoiceFilter(
        label="Signed",
        choices=[("no", "Not signed"), ("yes", "Signed")],
        method="filter_signed",
    )
    done_by = django_filters.ModelChoiceFilter(label="Done by", queryset=people_on_the_list)
    done_at = django_filters.DateFromToRangeFilter(label="Date", widget=DateRangePickerWidget)

    class Meta:
        model = LookBackItem
        fields = ["done_by", "done_at"]

    def filter_signed(self, queryset, name, value):
        return queryset.filter(signed_at__isnull=value == "no")


class LookBackView(NoFormulasMixin, ForThoseWhoLookBackMixin, ReportView):
    """Report every look-back item, unsigned ones first."""

    page_title = "Look-back list"
    header_icon = "history"
    model = LookBackItem
    filterset_class = LookBackFilterSet
    is_searchable = False
    paginate_by = 20
    template_name = "wagtailadmin/reports/base_report.html"
    index_url_name = "look_back"
    index_results_url_name = "look_back_results"
    no_results_message = "Nothing was done on one person's word."
    columns = [
        WhatColumn("what", label="What one person did", width="75%"),
        SignColumn("signed", label="Signed by another"),
    ]
    export_filename = "look-back-list"
    list_export = [
        "done_at",
        "done_by_name",
        "what",
        "subject_text",
        "reason",
        "signed_by_name",
        "signed_at",
    ]
    export_headings = {
        "done_at": "Date",
        "done_by_name": "Done by",
        "what": "What",
        "subject_text": "Of",
        "reason": "Reason",
        "signed_by_name": "Signed by",
        "signed_at": "Signed",
    }

    def get(self, request, *args, **kwargs):
        # Computed once for all rows.
        request.no_approver = why_no_approver(request.user)
        request.own_accounts = accounts_of(request.user)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        # `why_not_signed_by` reads each subject, so they are fetched in one query for each type.
        return LookBackItem.objects.unsigned_first().prefetch_related("subject")


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to the screen on the desk where this person finds an item's subject."""
    if not may_look_back(request.user):
        raise PermissionDenied
    subject = get_object_or_404(LookBackItem, pk=pk).subject
    subject = getattr(subject, "specific", subject)
    is_ours = isinstance(subject, DraftStateMixin) and may_see(request.user, subject)
    address = address_of(subject, request.user) if is_ours else ""
    if subject and not address:
        address = AdminURLFinder(request.user).get_edit_url(subject)
    if address:
        return redirect(address)
    messages.warning(
        request, "It has no screen that you may open. What it was stands on the look-back list."
    )
    return redirect("look_back")


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign an item, from the button next to it on the list."""
    if not may_look_back(request.user):
        raise PermissionDenied
    item = get_object_or_404(LookBackItem, pk=pk)
    try:
        sign_item(item, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Signed: {item}")
    back = request.POST.get("back", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if here else "look_back")


class LookBackPanel(Component):
    """Show on the first page of the desk how many items are unsigned, and the newest of them."""

    name = "look_back"
    template_name = "publishing/look_back_panel.html"
    order = 60

    def get_context_data(self, parent_context):
        unsigned = LookBackItem.objects.unsigned()
        return {"items": list(unsigned[:MOST_IN_PANEL]), "number": unsigned.count()}
