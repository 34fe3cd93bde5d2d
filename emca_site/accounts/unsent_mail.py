"""Mail that could not be sent, on the first page of the desk."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from emca_site.accounts.models import UnsentMail

SEE_ALL = "audit.see_all"  # a subject may name a draft, so not everybody may read it
MOST_SHOWN = 10


class UnsentMailPanel(Component):
    """The newest unsent mails that nobody has handled."""

    name = "unsent_mail"
    template_name = "accounts/unsent_mail_panel.html"
    order = 80

    def get_context_data(self, parent_context):
        waiting = UnsentMail.objects.unhandled()
        return {
            "mails": list(waiting[:MOST_SHOWN]),
            "number": waiting.count(),
            "csrf_token": parent_context.get("csrf_token"),
        }


@require_POST
def mark_handled(request: HttpRequest, pk: int) -> HttpResponse:
    """Handle the button of a mail in the panel."""
    if not request.user.has_perm(SEE_ALL):
        raise PermissionDenied
    mail = get_object_or_404(UnsentMail, pk=pk)
    mail.handle(request.user)
    messages.success(request, f"Handled: {mail.subject}")
    return redirect("wagtailadmin_home")
