"""Makes all renditions of a picture from one decoding of it."""

from contextlib import contextmanager
from threading import Lock

from PIL import Image
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

# Decoded pictures take much memory: only one at a time in each process.
one_picture_at_a_time = Lock()


class DecodedPicture(PillowImage):
    """A Willow picture that stays decoded, and is cropped and resized without large copies."""

    format_name = "png"  # the original format does not matter: all our filters name a format

    @classmethod
    def of(cls, file) -> "DecodedPicture":
        picture = Image.open(file)
        if picture.mode in ("1", "P"):  # these modes cannot be resized
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        picture.load()
        return cls(PillowImage(picture).auto_orient().image)

    def crop(self, rect):
        return DecodedPicture(super().crop(rect).image)

    def resize(self, size):
        # First reduced in whole steps by averaging, then as Willow does: faster and as sharp.
        return DecodedPicture(self.image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3))


class FilterOfDecoded(Filter):
    """A Wagtail filter that runs on a picture which is already decoded."""

    def __init__(self, spec: str, picture: DecodedPicture):
        super().__init__(spec)
        self.picture = picture

    @contextmanager
    def get_willow_image(self, image, source=None):
        yield self.picture
