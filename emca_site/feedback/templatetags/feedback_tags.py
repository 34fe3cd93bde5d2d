from django import template

from emca_site.feedback.forms import WordsForm
from emca_site.feedback.tokens import token_for

register = template.Library()


@register.inclusion_tag("components/feedback.html", takes_context=True)
def feedback(context, page) -> dict:
    """“Was this page useful?” at the foot of a page, or thanks to who has just said so.

    Which of the two is in the address, so that a cache may keep both for everybody.
    """
    request = context.get("request")
    return {
        "page": page,
        "thanks": request.GET.get("thanks") if request else None,
        "form": WordsForm(),
        "token": token_for(page.pk) if page.pk else "",
        "is_draft": hasattr(request, "draft_check"),
    }
