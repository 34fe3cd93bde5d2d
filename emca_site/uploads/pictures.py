"""Redraws every uploaded picture before it is stored."""

import subprocess
import sys
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile

import emca_site
from emca_site.uploads import redraw
from emca_site.uploads.content import replace_content
from emca_site.uploads.decoded import one_picture_at_a_time

# -I: it ignores the environment of this process and the folder it runs in.
PROGRAM = [
    *(sys.executable, "-I", "-c"),
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); "
    f"runpy.run_module({redraw.__name__!r}, run_name='__main__')",
    str(Path(emca_site.__file__).parent.parent),
]
PATIENCE = 60  # seconds, enough on a busy machine


def redraw_upload(upload: UploadedFile) -> None:
    """Replace an upload's content with a redrawn picture, and correct its name.

    Everything else that the file held (places, devices, names, a second file) is removed.
    Raises ValidationError when the site cannot show the picture.
    """
    ending = PurePosixPath(upload.name).suffix.lower()
    if ending not in redraw.KINDS:
        raise ValidationError(f"Pictures that can be uploaded end in {', '.join(redraw.KINDS)}.")
    with TemporaryFile() as before, TemporaryFile() as after:
        for chunk in upload.chunks():
            before.write(chunk)
        before.seek(0)
        _run(ending, before, after)
        after.seek(0)
        is_png = after.read(4) == b"\x89PNG"
        replace_content(upload, File(after))
    if is_png:
        upload.content_type, right = "image/png", [".png"]
    else:
        upload.content_type, right = "image/jpeg", [".jpg", ".jpeg"]
    if ending not in right:
        upload.name = f"{PurePosixPath(upload.name).stem}{right[0]}"


def _run(ending: str, before, after) -> None:
    command = [*PROGRAM, ending, str(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)]
    try:
        with one_picture_at_a_time:
            status = subprocess.run(
                command,
                stdin=before,
                stdout=after,
                stderr=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
            ).returncode
    except subprocess.TimeoutExpired:
        raise ValidationError(redraw.TOO_MUCH) from None
    if status == redraw.REFUSED:
        after.seek(0)
        raise ValidationError(after.read().decode())
    if status:  # it crashed, or reached its CPU limit
        raise ValidationError(redraw.TOO_MUCH)
