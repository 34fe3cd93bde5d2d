"""Drafts stand in nobody's lists and choosers who may not know of them."""

from wagtail import hooks

from emca_site.publishing.rights import known_pages


@hooks.register("construct_page_chooser_queryset")
def choose_from_what_one_knows(pages, request):
    return known_pages(request.user, pages)


@hooks.register("construct_explorer_page_queryset")
def list_what_one_knows(parent_page, pages, request):
    return known_pages(request.user, pages)
