"""The demonstration as it is loaded, with small pictures, for tests that read it."""

import io
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image

from demo import picture_files
from emca_site.media import pictures

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
def loaded_demo(files: Path):
    """Within it, a database with the demonstration; after it, nothing of it. Gives what was said.

    Uploads are kept in a folder below this one, as long as it lasts.
    """
    small = small_pictures(files / "small")
    with (
        override_settings(MEDIA_ROOT=files / "uploads"),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(pictures, "make_renditions", lambda image: 0)
        with (
            pytest.MonkeyPatch.context() as while_loading,
            override_settings(DEBUG=True, DEMO_PASSWORD=PASSWORD),
        ):
            while_loading.setattr(picture_files, "PICTURES_FOLDER", small)
            said = load()
        yield said
        transaction.set_rollback(True)
