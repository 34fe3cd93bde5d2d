"""Loads the pictures and makes every rendition that templates ask for."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from demo.reading import FOLDER, DemoError, content
from emca_site.media import pictures
from emca_site.media.models import SiteImage
from emca_site.uploads.pictures import redraw_upload
from home.models import LoadedItem
from site_setup.rights import find_collection

PICTURES_FOLDER = FOLDER / "pictures"
FOCAL_AREA = 10  # per cent of the picture, in each direction


def check_pictures() -> None:
    """Raise DemoError, before anything is written, if a picture to be loaded cannot be read."""
    for item in _not_yet("picture"):
        path = _path(item["name"])
        try:
            with Image.open(path) as image:
                image.load()
        except (OSError, SyntaxError) as error:
            raise DemoError(
                f"The demo picture {path} is missing or damaged. Nothing was loaded. Put it back, "
                f"for example with “git checkout {path}”, and run load_demo again."
            ) from error


def load_pictures() -> int:
    """Load the pictures into the library. Return how many were made."""
    try:
        return sum(
            LoadedItem.objects.load(f"picture:{item['name']}", lambda item=item: _make(item))
            for item in _not_yet("picture")
        )
    except OSError as error:
        raise DemoError(
            f"A demo picture cannot be stored: {error}. Make {settings.MEDIA_ROOT} a folder that "
            "the site may write in, and run load_demo again: it goes on from here."
        ) from error


def load_renditions(say: Callable[[str], None]) -> None:
    """Make all renditions of each picture, and report progress through `say`."""
    waiting = _not_yet("renditions")
    for number, item in enumerate(waiting, start=1):
        started = monotonic()
        picture = LoadedItem.objects.find(f"picture:{item['name']}", SiteImage)
        # Outside a transaction, so that nobody waits for the database while it resizes.
        made = pictures.make_renditions(picture) if picture else 0
        LoadedItem.objects.load(f"renditions:{item['name']}", lambda: None)
        say(
            f"  Picture {number} of {len(waiting)}, {item['name']}: {made} sizes "
            f"in {monotonic() - started:.0f} seconds"
        )


def find_picture(name: str | None) -> SiteImage | None:
    return LoadedItem.objects.find(f"picture:{name}", SiteImage) if name else None


def _not_yet(prefix: str) -> list[dict]:
    done = set(LoadedItem.objects.filter(key__startswith=prefix).values_list("key", flat=True))
    items = content("pictures")["pictures"]
    return [item for item in items if f"{prefix}:{item['name']}" not in done]


def _make(item: dict) -> SiteImage:
    path = _path(item["name"])
    picture = SiteImage(
        title=item["title"],
        description=item["description"],
        collection=find_collection("shared") or Collection.get_first_root_node(),
    )
    picture.file = SimpleUploadedFile(path.name, path.read_bytes())
    redraw_upload(picture.file.file)  # as the desk does with every upload
    across, down = item["focal_point"]
    picture.focal_point_x = picture.width * across // 100
    picture.focal_point_y = picture.height * down // 100
    picture.focal_point_width = picture.width * FOCAL_AREA // 100
    picture.focal_point_height = picture.height * FOCAL_AREA // 100
    picture._set_image_file_metadata()  # Wagtail's forms do so before they save
    picture.full_clean(exclude=["file"])
    picture.save()
    return picture


def _path(name: str) -> Path:
    return PICTURES_FOLDER / f"{name}.jpg"
