"""Updates the search index of pages when a figure changes, as it holds the numbers they show."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index
from wagtail.signals import published, unpublished

from emca_site.figures.models import Figure


def index_pages_showing(instance: Figure, **kwargs) -> None:
    """Index the pages that show a figure, whoever published or unpublished it.

    That may be a person, the scheduler, or the end of its time.
    """
    references = ReferenceIndex.get_references_to(instance).order_by()
    on_pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    keys = set(on_pages.values_list("object_id", flat=True))
    for page in Page.objects.live().filter(pk__in=keys).specific().iterator(chunk_size=100):
        index.insert_or_update_object(page)


def listen() -> None:
    for signal in (published, unpublished):
        signal.connect(index_pages_showing, sender=Figure, dispatch_uid="emca_site.figures.reindex")
