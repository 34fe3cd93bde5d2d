from django.db import transaction
from wagtail.images.forms import BaseImageForm

from emca_site.media.tasks import make_renditions_of


class SiteImageForm(BaseImageForm):
    """The form behind every way to upload or change a picture."""

    def save(self, commit=True):
        image = super().save(commit)
        if commit:
            # After the commit: the task reads the row, and a refused upload makes nothing.
            transaction.on_commit(lambda: make_renditions_of.enqueue(image.pk))
        return image
