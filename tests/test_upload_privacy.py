"""A picture that is uploaded keeps what it shows, and nothing that its file tells beside that."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo
from wagtail.models import UploadedFile

from emca_site.media import pictures
from emca_site.media.models import SiteImage
from emca_site.uploads.colour_profiles import colours_alone
from tests.hostile_files import encoded, noise, sample
from tests.sending import WAYS, send

SECRET = "Zeppelin Phone 9"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
MARKS = [SECRET.encode(), b"Exif", b"eXIf", b"xmpmeta", b"ns.adobe.com", b"8BIM", b"Photoshop"]
SPECS = [
    f"{rule}|format-{each}" for rule in ("fill-120x90", "width-80") for each in pictures.FORMATS
]


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F] = SECRET  # who made the device
    tags[0x0112] = 6  # it was held upright
    tags.get_ifd(0x8825).update({1: "N", 2: (52.0, 57.0, 17.0), 3: "W", 4: (1.0, 9.0, 29.0)})
    return tags


def iptc() -> bytes:
    """Photoshop's block of a JPEG, with a caption."""
    caption = b"\x1c\x02\x78" + len(SECRET).to_bytes(2, "big") + SECRET.encode()
    resource = b"8BIM\x04\x04\x00\x00" + len(caption).to_bytes(4, "big") + caption
    block = b"Photoshop 3.0\x00" + resource + b"\x00" * (len(resource) % 2)
    return b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block


def png_text() -> PngInfo:
    text = PngInfo()
    text.add_text("Author", SECRET)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return text


def telling_jpeg() -> bytes:
    whole = encoded(noise(), "JPEG", exif=exif(), xmp=XMP, comment=SECRET)
    return whole[:2] + iptc() + whole[2:]


TELLING = {
    "a.jpg": telling_jpeg,
    "a.png": lambda: encoded(noise(), "PNG", exif=exif(), pnginfo=png_text()),
    "a.webp": lambda: encoded(noise(), "WEBP", exif=exif().tobytes(), xmp=XMP),
    "a.avif": lambda: encoded(noise(), "AVIF", exif=exif().tobytes(), xmp=XMP),
    "a.heic": lambda: encoded(noise(), "HEIF", exif=exif().tobytes(), xmp=XMP),
    "a.gif": lambda: encoded(noise(mode="P"), "GIF", comment=SECRET, xmp=XMP),
    "photo-with-gps.jpg": lambda: sample("photo-with-gps.jpg"),
    "phone.heic": lambda: sample("phone.heic"),
}


def assert_it_tells_nothing(content: bytes) -> None:
    for mark in MARKS:
        assert mark not in content, mark
    picture = Image.open(BytesIO(content))
    picture.load()
    assert not dict(picture.getexif())
    assert not {"comment", "exif", "photoshop", "xmp", "XML:com.adobe.xmp"} & set(picture.info)
    assert not getattr(picture, "text", {})


@pytest.mark.parametrize(("name", "make"), TELLING.items(), ids=TELLING)
def test_the_picture_that_is_sent_tells_what_is_looked_for(name, make):
    """Else the next test would find nothing because there was nothing."""
    with pytest.raises(AssertionError):
        assert_it_tells_nothing(make())


@pytest.mark.parametrize(("name", "make"), TELLING.items(), ids=TELLING)
def test_nothing_of_it_is_in_what_is_kept(
    desk, storage, name, make, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(pictures, "ALL_SPECS", SPECS)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, "picture", name, make()).status_code == 302
    image = SiteImage.objects.get()
    files = [image.file.name, *image.renditions.values_list("file", flat=True)]
    assert len(files) == 1 + len(SPECS)
    for file in files:
        assert_it_tells_nothing(storage.open(file).read())


@pytest.mark.parametrize("way", WAYS)
def test_nor_on_any_way_in(desk, way):
    send(desk, "picture", "a.jpg", telling_jpeg(), way)
    assert_it_tells_nothing(SiteImage.objects.get().file.open().read())


def test_nor_where_a_picture_waits_for_a_title_that_is_short_enough(desk):
    """Wagtail keeps what was sent until the title is mended, and makes the picture from that."""
    answer = send(desk, "picture", "a.jpg", telling_jpeg(), "several", title="x" * 300).json()
    waiting = UploadedFile.objects.get()
    assert not SiteImage.objects.exists()
    assert_it_tells_nothing(waiting.file.open().read())
    prefix = f"uploaded-image-{waiting.pk}"
    form = {f"{prefix}-title": "Short", f"{prefix}-collection": 1, f"{prefix}-tags": ""}
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    assert answer["success"]
    assert desk.post(address, form | {f"{prefix}-description": ""}).json()["success"]
    assert_it_tells_nothing(SiteImage.objects.get().file.open().read())


def test_nor_in_a_file_so_large_that_it_came_by_way_of_the_disk(desk, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    send(desk, "picture", "a.jpg", telling_jpeg())
    assert_it_tells_nothing(SiteImage.objects.get().file.open().read())


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_upright(desk, turn):
    tags = Image.Exif()
    tags[0x0112] = turn
    drawn = Image.new("RGB", (40, 20), "white")
    drawn.paste("red", (0, 0, 20, 10))
    content = encoded(drawn, "PNG", exif=tags)
    send(desk, "picture", "a.png", content)
    upright = ImageOps.exif_transpose(Image.open(BytesIO(content)))
    kept = Image.open(SiteImage.objects.get().file.open())
    assert kept.size == upright.size
    assert kept.tobytes() == upright.tobytes()


def test_a_photograph_is_upright_and_has_its_colours(desk):
    """Held upright, as its EXIF says: 1000 pixels wide when it is turned."""
    content = sample("photo-with-gps.jpg")
    send(desk, "picture", "photo.jpg", content)
    image = SiteImage.objects.get()
    upright = ImageOps.exif_transpose(Image.open(BytesIO(content))).convert("RGB")
    assert (image.width, image.height) == upright.size
    kept, before = Image.open(image.file.open()).resize((9, 9)), upright.resize((9, 9))
    pairs = zip(kept.tobytes(), before.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) < 12


def test_the_colour_profile_stays_in_the_picture_and_its_sizes(desk):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    send(desk, "picture", "a.jpg", encoded(noise(), "JPEG", icc_profile=profile))
    image = SiteImage.objects.get()
    sizes = [image.get_rendition(f"width-80|format-{each}") for each in pictures.FORMATS]
    for file in (image.file, *(size.file for size in sizes)):
        assert Image.open(file.open()).info["icc_profile"] == colours_alone(profile)


def test_sixteen_bits_become_eight_of_the_same_grey(desk):
    drawn = Image.new("I;16", (8, 8), 257 * 100)
    send(desk, "picture", "a.png", encoded(drawn, "PNG"))
    assert Image.open(SiteImage.objects.get().file.open()).getpixel((3, 3)) == 100


def test_a_picture_larger_than_any_page_shows_is_made_smaller(desk):
    upload = SimpleUploadedFile("a.jpg", encoded(Image.new("RGB", (8000, 6000)), "JPEG"))
    send(desk, "picture", upload.name, upload.read())
    image = SiteImage.objects.get()
    assert (image.width, image.height) == (4000, 3000)
