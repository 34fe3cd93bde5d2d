from django.db.models import Exists, OuterRef
from wagtail import hooks
from wagtail.admin import messages

from emca_site.publishing.lifecycle.models.published import annotate_archived
from emca_site.publishing.lifecycle.models.retirement import Retirement
from emca_site.publishing.publishable.models.page import PublishablePageMixin
from emca_site.publishing.uk_time.times import day_in_words


@hooks.register("before_edit_page")
def say_how_it_is_retired(request, page):
    """Show above the edit form how and when the page was retired, and how it can come back."""
    if request.method != "GET" or not isinstance(page, PublishablePageMixin):
        return
    retirement = Retirement.objects.active().filter(page_id=page.pk).first()
    if retirement is None:
        return
    words = f"Retired on {day_in_words(retirement.retired_at)}: "
    words += retirement.get_outcome_display().lower()
    if retirement.successor:
        words += f", readers are led to “{retirement.successor.title}”"
    words += f". {retirement.reason}" if retirement.reason else "."
    if page.live:
        words += (
            " It stays so when it is edited. “Ask to make current again” takes the notice away."
        )
    else:
        words += " When a version of it is approved, it is public again."
    messages.warning(request, words)


@hooks.register("construct_explorer_page_queryset", order=20)
def find_what_is_retired(parent_page, pages, request):
    """Annotate the explorer's pages with whether each is retired, in the same query."""
    gone = Retirement.objects.gone().order_by().filter(page_id=OuterRef("pk"))
    return annotate_archived(pages).annotate(is_gone=Exists(gone))
