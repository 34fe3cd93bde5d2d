from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks


@hooks.register("before_copy_page")
def refuse_an_alias(request, page):
    """Say in words what the page itself would refuse with an error."""
    if request.method == "POST" and "alias" in request.POST:
        messages.error(request, "Aliases cannot be made here. Copy the page without that option.")
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None
