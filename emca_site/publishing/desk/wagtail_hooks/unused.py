from wagtail import hooks

UNUSED_IN_SETTINGS = {"workflows", "workflow-tasks", "sites"}  # `guarded` refuses their screens


@hooks.register("construct_settings_menu")
def hide_what_the_site_does_not_use(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in UNUSED_IN_SETTINGS]
