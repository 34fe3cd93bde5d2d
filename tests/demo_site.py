"""The demonstration as it is loaded, with small pictures, for tests that read it."""

import io
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from PIL import Image

from demo import picture_files
from emca_site.media import pictures
from tests.snapshots import standing_on

PASSWORD = "a-password-to-try"
SMALL = (240, 240)  # pixels at most: a page makes the sizes it needs, which is slow for large ones


def load(**options) -> str:
    """Load what is not there yet. Returns what the command said."""
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


def small_pictures(folder: Path) -> Path:
    """A new folder with the demonstration's pictures, small: every upload is drawn anew."""
    folder.mkdir()
    for path in picture_files.PICTURES_FOLDER.glob("*.jpg"):
        with Image.open(path) as image:
            image.thumbnail(SMALL)
            image.save(folder / path.name)
    return folder


@contextmanager
def loaded_demo(made: Path, files: Path):
    """Within it, a database with the demonstration; after it, nothing of it. Gives what was said.

    It is made once in the folder `made`; uploads are kept below `files`, as long as it lasts.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "make_renditions", lambda image: 0)
        with standing_on(made / "demo.sqlite3", lambda: build(made)):
            shutil.copytree(made / "demo-uploads", files / "uploads")
            with override_settings(MEDIA_ROOT=files / "uploads"):
                yield (made / "demo-said.txt").read_text()


def build(folder: Path) -> None:
    """Load the demonstration; its uploads, and what the command said, go into the folder."""
    with (
        tempfile.TemporaryDirectory() as small,
        pytest.MonkeyPatch.context() as patch,
        override_settings(MEDIA_ROOT=folder / "demo-uploads", DEBUG=True, DEMO_PASSWORD=PASSWORD),
    ):
        patch.setattr(picture_files, "PICTURES_FOLDER", small_pictures(Path(small) / "pictures"))
        (folder / "demo-said.txt").write_text(load())
