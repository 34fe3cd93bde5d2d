"""Refuse drafts with choices that are not visible to the person who made them."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import used_in
from emca_site.publishing.permissions.rights import visible_to

NOT_YOURS_TO_CHOOSE = (
    "A picture, a file or a page was chosen that is not among what you work on. Choose another."
)


class VisibleChoicesMixin:
    """Form mixin that refuses pictures, files and pages that are not visible to the user.

    No chooser offers these, but a form can be sent with any id. In a draft they would become
    visible: the title in previews and comparisons, the file itself through a fact-check link. What
    the object referred to before may stay. Put this mixin before Wagtail's form class.
    """

    def _post_clean(self):
        if not hasattr(self, "_held"):  # a submission cleans the form twice
            self._held = self._chosen()
        super()._post_clean()
        for formset in self._lists:
            formset.is_valid()  # only this sets the choices on the instances of its rows
        if self.for_user and is_any_hidden_from(self.for_user, self._chosen() - self._held):
            self.add_error(None, NOT_YOURS_TO_CHOOSE)

    @property
    def _lists(self):
        return getattr(self, "formsets", {}).values()

    def _chosen(self) -> set[tuple[int, str]]:
        """Return what the form's instance and each row of its formsets refer to.

        Each is a pair of the id of a content type and an object id as text.
        """
        rows = [form.instance for formset in self._lists for form in formset.forms]
        return set().union(*map(used_in, [self.instance, *rows]))


def is_any_hidden_from(user, chosen: set[tuple[int, str]]) -> bool:
    """Whether any of these is not visible to the user.

    `chosen` has pairs of the id of a content type and an object id as text.
    """
    for model in (SiteImage, SiteDocument, Page):
        kind = ContentType.objects.get_for_model(model).pk
        ids = [pk for each, pk in chosen if each == kind]
        if not ids:
            continue
        visible = visible_to(user, model).order_by().values("pk")
        if model.objects.filter(pk__in=ids).exclude(pk__in=visible).exists():
            return True
    return False
