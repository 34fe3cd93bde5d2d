from wagtail import hooks
from wagtail.models import Page

from emca_site.publishing.permissions.refusals import NO_BULK, RefusedError
from emca_site.publishing.publishable.models.two_people import TwoPeopleMixin


@hooks.register("before_bulk_action")
def refuse_for_what_two_people_publish(request, action_type, objects, action):
    if issubclass(action.model, Page | TwoPeopleMixin):
        raise RefusedError(NO_BULK)
