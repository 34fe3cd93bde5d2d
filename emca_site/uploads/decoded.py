"""Sizes of a picture, all made from one decoding of it."""

from contextlib import contextmanager
from threading import Lock

from PIL import Image
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

# Pictures are large when they are decoded: one at a time in each process of the site.
one_picture_at_a_time = Lock()


class DecodedPicture(PillowImage):
    """A picture of Willow's that stays decoded, and is cropped and resized without large copies."""

    format_name = "png"  # what it was is not asked for: every size of ours names its format

    @classmethod
    def of(cls, file) -> "DecodedPicture":
        picture = Image.open(file)
        if picture.mode in ("1", "P"):  # they cannot be made smaller as they are
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.load()
        return cls(PillowImage(picture).auto_orient().image)

    def crop(self, rect):
        return DecodedPicture(super().crop(rect).image)

    def resize(self, size):
        # Whole steps of the way by averages, the rest as Willow does it: quicker, and as sharp.
        return DecodedPicture(self.image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3))


class FilterOfDecoded(Filter):
    """A filter of Wagtail's that is run on a picture which is decoded already."""

    def __init__(self, spec: str, picture: DecodedPicture):
        super().__init__(spec)
        self.picture = picture

    @contextmanager
    def get_willow_image(self, image, source=None):
        yield self.picture
