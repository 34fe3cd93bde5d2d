from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction


class PublishablePageMixin:
    """A page that strangers either may read or may not know of: there is nothing between.

    Put it before `Page` among the bases.
    """

    drawn_with = ["banner_image", "owned_by"]  # foreign keys that the page's own template follows

    exclude_fields_in_copy = ["review_by", "changed_at", "changes_told"]  # a copy was never public

    # Privacy would act at once, beside drafts and approval. None is offered, so none is looked up.
    private_page_options = []

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()

    def clean(self):
        super().clean()
        if self.alias_of_id:
            raise ValidationError(
                "A page cannot be an alias of another: it would go live with no approval of its "
                "own. Copy the page instead."
            )
