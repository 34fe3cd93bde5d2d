"""The desk's own JSON of pictures and files, for what a person may choose from."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

KNOWING = ["choose", "change", "delete"]


class ChoosableMixin:
    def get_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(self.request.user, KNOWING)
        return super().get_queryset().filter(pk__in=own.order_by().values("pk"))


class ChoosableImagesViewSet(ChoosableMixin, ImagesAdminAPIViewSet):
    pass


class ChoosableDocumentsViewSet(ChoosableMixin, DocumentsAdminAPIViewSet):
    pass
