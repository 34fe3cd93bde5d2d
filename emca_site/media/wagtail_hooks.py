from wagtail import hooks

from emca_site.media.desk_api import ChoosableDocumentsViewSet, ChoosableImagesViewSet


@hooks.register("construct_admin_api", order=10)  # after Wagtail's own
def tell_of_what_one_may_choose(router):
    router.register_endpoint("images", ChoosableImagesViewSet)
    router.register_endpoint("documents", ChoosableDocumentsViewSet)
