from django import template

from emca_site.feedback.forms import WordsForm
from emca_site.feedback.tokens import token_for

register = template.Library()


@register.inclusion_tag("components/feedback.html", takes_context=True)
def feedback(context, page) -> dict:
    """Render “Was this page useful?” at the end of a page, or thanks to a visitor who answered.

    The address tells which of the two, so that caches can store both for everybody.
    """
    request = context.get("request")
    return {
        "page": page,
        "thanks": request.GET.get("thanks") if request else None,
        "form": WordsForm(),
        "token": token_for(page.pk) if page.pk else "",
        "is_draft": hasattr(request, "draft_check"),
    }
