from wagtail import hooks

# The list of reviews, "Waiting for you" and the decisions say the same of this site, and more.
UNUSED_IN_REPORTS = {
    "aging-pages",
    "locked-pages",
    "page-types-usage",
    "workflow-tasks",
    "workflows",
}
UNUSED_IN_SETTINGS = {"workflows", "workflow-tasks", "sites"}  # `guarded` refuses their screens


@hooks.register("construct_settings_menu")
def hide_what_the_site_does_not_use(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_IN_SETTINGS]


@hooks.register("construct_reports_menu")
def hide_the_reports_that_the_site_does_not_use(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_IN_REPORTS]
