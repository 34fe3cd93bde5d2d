"""What somebody may put into a draft by choosing it: only what they may know of."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from emca_site.media.models import SiteDocument, SiteImage
from emca_site.media.use import used_in
from emca_site.publishing.permissions.rights import visible_to

NOT_YOURS_TO_CHOOSE = (
    "A picture, a file or a page was chosen that is not among what you work on. Choose another."
)


class VisibleChoicesMixin:
    """Refuses a picture, a file or a page of others, which no chooser offers, by its number.

    Once in a draft it would be theirs: its title in previews and comparisons, and the file itself
    by a fact-check link. What the thing held before may stay. Put it before Wagtail's form.
    """

    def _post_clean(self):
        if not hasattr(self, "_held"):  # a submission cleans the form twice
            self._held = self._chosen()
        super()._post_clean()
        for formset in self._lists:
            formset.is_valid()  # only then do its rows say what was chosen in them
        if self.for_user and is_any_hidden_from(self.for_user, self._chosen() - self._held):
            self.add_error(None, NOT_YOURS_TO_CHOOSE)

    @property
    def _lists(self):
        return getattr(self, "formsets", {}).values()

    def _chosen(self) -> set[tuple[int, str]]:
        """What the thing in hand refers to, and each row of its lists."""
        rows = [form.instance for formset in self._lists for form in formset.forms]
        return set().union(*map(used_in, [self.instance, *rows]))


def is_any_hidden_from(user, chosen: set[tuple[int, str]]) -> bool:
    """Whether this person may not know of any of these: types of content, and ids as text."""
    for model in (SiteImage, SiteDocument, Page):
        kind = ContentType.objects.get_for_model(model).pk
        ids = [pk for each, pk in chosen if each == kind]
        if not ids:
            continue
        visible = visible_to(user, model).order_by().values("pk")
        if model.objects.filter(pk__in=ids).exclude(pk__in=visible).exists():
            return True
    return False
