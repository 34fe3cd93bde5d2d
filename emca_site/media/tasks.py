from django_tasks import task

from emca_site.media.models import SiteImage
from emca_site.media.pictures import make_renditions


@task()
def make_renditions_of(image_id: int) -> None:
    """Make every rendition that templates ask for, so that no public request resizes one."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image:  # it may have been deleted while the task waited
        make_renditions(image)
