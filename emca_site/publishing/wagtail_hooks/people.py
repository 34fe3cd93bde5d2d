from django.contrib.auth.models import Permission
from wagtail import hooks


@hooks.register("register_permissions")
def offer_the_rights_of_publishing():
    """In the form of a group: to approve, to know of every draft, to publish with a reason."""
    return Permission.objects.filter(
        content_type__app_label="publishing",
        codename__in=["approve", "know_all", "publish_pages_now", "publish_notices_now"],
    )
