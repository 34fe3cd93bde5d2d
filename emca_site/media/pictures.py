"""Every crop of a picture that a template may ask for, in one place.

Templates name a picture ("banner"), never a size. The renditions listed here are made when a
picture is uploaded, prefetched by pages in one query, and found by the `picture` tag: no public
request resizes anything.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from emca_site.media.models import SiteImage, SiteImageRendition

logger = logging.getLogger(__name__)

FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}  # best first


@dataclass(frozen=True)
class Crop:
    """One shape of a picture at one or more widths, and the screens that it is for.

    `filters` are Wagtail resize rules, narrowest first. `media` is a media condition; it is empty
    for the crop that serves all other screens. `sizes` is how wide the picture is shown.
    """

    filters: tuple[str, ...]
    media: str = ""
    sizes: str = "100vw"

    def specs(self, image_format: str) -> list[str]:
        return [f"{rule}|format-{image_format}" for rule in self.filters]


WIDE_SCREEN = "(min-width: 56rem)"
MIDDLE_SCREEN = "(min-width: 30rem)"

_WIDE = Crop(("fill-1680x720",), WIDE_SCREEN)
_MIDDLE = Crop(("fill-1120x630",), MIDDLE_SCREEN)

PICTURES: dict[str, tuple[Crop, ...]] = {
    # Wide screens first: a browser takes the first source that matches.
    "banner": (_WIDE, _MIDDLE, Crop(("fill-480x600", "fill-720x900"))),
    "page": (_WIDE, _MIDDLE, Crop(("fill-640x640",))),
    # A large picture inside the page's width: a featured article, the first banner of a section.
    "lead": (_WIDE, Crop(("fill-400x225", "fill-800x450"))),
    "card": (Crop(("fill-400x225", "fill-800x450"), sizes="(min-width: 44rem) 38rem, 100vw"),),
    "thumbnail": (
        Crop(("fill-200x150", "fill-400x300"), sizes="(min-width: 36rem) 14rem, 5.5rem"),
    ),
    "body": (Crop(("width-480", "width-960"), sizes="(min-width: 48rem) 46rem, 100vw"),),
}

SHARE_PICTURE = "fill-1200x630|format-jpeg"

ALL_SPECS: tuple[str, ...] = (
    *dict.fromkeys(
        spec
        for crops in PICTURES.values()
        for crop in crops
        for image_format in FORMATS
        for spec in crop.specs(image_format)
    ),
    SHARE_PICTURE,
)


def prefetch_renditions(images: Iterable[SiteImage | None]) -> None:
    """Prefetch the renditions of all these pictures in one query; `None` is skipped."""
    present = [image for image in images if image]
    prefetch_related_objects(
        present,
        Prefetch(
            "renditions",
            queryset=SiteImageRendition.objects.filter(filter_spec__in=ALL_SPECS),
            to_attr="prefetched_renditions",
        ),
    )


def renditions_of(image: SiteImage, *specs: str) -> dict[str, SiteImageRendition]:
    """Return the renditions of a picture by filter spec, making those that are missing.

    Return {} if its file is missing or the storage does not answer: the page is still readable
    without the picture.
    """
    try:
        return image.get_renditions(*specs)
    except OSError as error:
        logger.error("Picture %s cannot be shown; check its stored file: %s", image.pk, error)
        return {}


def make_renditions(image: SiteImage) -> int:
    """Make every rendition that is missing. Returns how many the picture now has."""
    return len(image.get_renditions(*ALL_SPECS))
