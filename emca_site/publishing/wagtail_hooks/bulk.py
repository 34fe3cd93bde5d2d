from wagtail import hooks
from wagtail.models import Page

from emca_site.publishing.models import TwoPeopleMixin
from emca_site.publishing.refusals import NO_BULK, RefusedError


@hooks.register("before_bulk_action")
def refuse_for_what_two_people_publish(request, action_type, objects, action):
    if issubclass(action.model, Page | TwoPeopleMixin):
        raise RefusedError(NO_BULK)
