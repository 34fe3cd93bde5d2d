from wagtail import hooks

from emca_site.publishing.desk_api import LockablePagesViewSet


@hooks.register("construct_admin_api")
def let_nobody_change_what_is_locked(router):
    router.register_endpoint("pages", LockablePagesViewSet)
