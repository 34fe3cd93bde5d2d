"""Whatever picture is sent, the process that answers and the one that decodes stay small."""

import json
import os
import subprocess
import sys

import pytest
from PIL import Image

from emca_site.uploads.redraw import DAMAGED_OR_TOO_LARGE
from tests.hostile_files import encoded, flat, noise

MOST = 300  # MB
# What a form does with a picture, up to the rows; and what it takes, in this process and the other.
PROGRAM = """
import json, resource, sys
import django
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from wagtail.images.models import Filter
import emca_site.urls
from emca_site.media.fields import PictureField
from emca_site.media.models import SiteImage
from emca_site.media.pictures import ALL_SPECS

upload = TemporaryUploadedFile(sys.argv[1], "", 0, "")
while chunk := sys.stdin.buffer.read(65536):
    upload.write(chunk)
upload.size = upload.tell()
said, made = "", 0
try:
    file = PictureField().clean(upload)
    image = SiteImage(file=file, collection_id=1)
    largest = [spec for spec in ALL_SPECS if "1680" in spec]
    made = len(image.rendition_files(*map(Filter, largest)))
except ValidationError as error:
    said = error.messages[0]
# Not `ru_maxrss` for this one: it begins with that of whoever started it.
(own,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
peaks = [int(own.split()[1]) // 1024, others // 1024]
print(json.dumps({"said": said, "made": made, "peaks": peaks}))
"""
LARGE = {
    "39 megapixels in 5 kB": ("a.png", lambda: flat(7211, 5408, "1"), ""),
    "39 megapixels, see-through": ("a.png", lambda: flat(7211, 5408, "RGBA"), ""),
    "39 megapixels of grey, see-through": ("a.png", lambda: flat(7211, 5408, "LA"), ""),
    "a WebP of 39 megapixels": (
        "a.webp",
        lambda: flat(7211, 5408, "RGB", "WEBP"),
        DAMAGED_OR_TOO_LARGE,
    ),
    "a photograph of 48 megapixels": ("a.jpg", lambda: photograph(8064, 6048), ""),
    "a HEIC of 24 megapixels": ("a.heic", lambda: photograph(5712, 4284, "HEIF"), ""),
}


def photograph(width: int, height: int, kind: str = "JPEG") -> bytes:
    drawn = noise((width // 16, height // 16)).resize((width, height), Image.Resampling.BICUBIC)
    # How well a HEIC is packed is nothing to whoever decodes it; packing it well takes minutes.
    how = {"enc_params": {"preset": "ultrafast"}} if kind == "HEIF" else {}
    return encoded(drawn, kind, quality=70, **how)


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux says of a process")
@pytest.mark.parametrize(("name", "make", "said"), LARGE.values(), ids=LARGE)
def test_a_large_picture_takes_little_memory(name, make, said):
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, name],
        input=make(),
        capture_output=True,
        env=os.environ,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr.decode()
    result = json.loads(answer.stdout)
    assert result["said"] == said
    assert bool(result["made"]) != bool(said)
    assert max(result["peaks"]) < MOST, result["peaks"]
