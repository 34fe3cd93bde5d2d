from django import template

from emca_site.media.models import SiteImage
from emca_site.media.pictures import FORMATS, PICTURES, renditions_of

register = template.Library()


@register.inclusion_tag("components/picture.html")
def picture(image: SiteImage | None, shape: str, alt: str = "", *, first: bool = False) -> dict:
    """Render a `<picture>` with a source for each crop and format of `shape` (a key of PICTURES).

    `alt` is empty for a decorative picture. `first` is for the one picture at the top of a page: it
    loads early, all others load lazily.
    """
    if not image:
        return {"sources": []}
    crops = PICTURES[shape]
    renditions = renditions_of(
        image, *(spec for crop in crops for fmt in FORMATS for spec in crop.specs(fmt))
    )
    if not renditions:
        return {"sources": []}
    sources = []
    for crop in crops:
        for image_format, content_type in FORMATS.items():
            # Keyed by width: a small original gives the same rendition for several filters.
            widths = {each.width: each for each in map(renditions.get, crop.specs(image_format))}
            narrowest, widest = min(widths), max(widths)
            sources.append(
                {
                    "media": crop.media,
                    "type": content_type,
                    "sizes": crop.sizes,
                    "srcset": ", ".join(f"{each.url} {width}w" for width, each in widths.items()),
                    "width": widest,
                    "height": widths[widest].height,
                    "url": widths[narrowest].url,
                }
            )
    # The last source, a JPEG of the crop for all other screens, becomes the `img` itself.
    return {"sources": sources[:-1], "fallback": sources[-1], "alt": alt, "first": first}
