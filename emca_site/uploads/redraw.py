"""A program that redraws a picture: the pixels stay, everything else in the file is dropped.

`python -m emca_site.uploads.redraw .jpg 50000000 < before > after` writes a JPEG or a PNG. It exits
with REFUSED when the picture is refused, and its output is then the sentence that explains why.
Files from outside are decoded only here: a separate process can have limits on its memory and time,
and may crash. It imports nothing of the site but what reads colour profiles.
"""

import resource
import sys
from io import BytesIO

from PIL import Image, ImageCms, UnidentifiedImageError
from pillow_heif import options, register_heif_opener

from emca_site.uploads.colour_profiles import colours_alone

REFUSED = 3
MEMORY = 260 * 1024 * 1024  # bytes that it may allocate, beyond the program itself
SECONDS = 15  # of CPU time

# Enough for every size that the site shows, and for a photograph from a phone.
LONGEST_SIDE = 4096
MOST_KEPT = 4096 * 3072
MOST_IN_A_JPEG = 125_000_000  # JPEGs are scaled down while they are decoded
MOST_AT_ONCE = 26_000_000  # pixels that may be decoded, resized and rotated at the same time
ROWS = 64

KINDS = {
    ".avif": ["AVIF"],
    ".gif": ["GIF"],
    ".heic": ["HEIF"],
    ".jpeg": ["JPEG", "MPO"],
    ".jpg": ["JPEG", "MPO"],
    ".png": ["PNG"],
    ".webp": ["WEBP"],
}
MAKERS = sorted({kinds[0] for kinds in KINDS.values()})  # Pillow opens an MPO as a JPEG
ENDINGS = {kind: ending for ending, kinds in KINDS.items() for kind in kinds}
# Stored without loss: drawings, and pictures with transparency. All others become a JPEG.
WITHOUT_LOSS = {"GIF", "PNG"}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ORIENTATION = 0x0112  # an EXIF tag

DAMAGED = (
    "This picture cannot be read: the file is damaged, or only a part of it arrived. Open it in a "
    "picture program, save it again and upload that."
)
DAMAGED_OR_TOO_LARGE = (
    "This picture cannot be read: it is damaged, or larger than the site can take. Make it at most "
    "4000 pixels wide, save it as .jpg and upload that."
)
NO_PICTURE = (
    "There is no picture in this file that the site can read: it is damaged, or something else "
    "was given the name of a picture. Save the picture again as .jpg or .png and upload that."
)
OTHER_KIND = (
    "This file is named {ending}, but what is in it is a {kind} picture. Change the end of its "
    "name to {right} and upload it again."
)
TOO_LARGE = (
    "This picture is {width} by {height} pixels, which is more than the site can take. Make it "
    "smaller, for example 4000 pixels wide, and upload that."
)
TOO_MUCH = (
    "This picture takes more memory or time than the site can give it. Make it smaller, for "
    "example 4000 pixels wide, save it as .jpg and upload that."
)
NO_SIZES = (
    "The sizes that pages show cannot be made from this picture. Open it in a picture program, "
    "save it again as .jpg or .png and upload that."
)


class RefusedError(Exception):
    """Its message explains to the editor why a picture is refused."""


def redraw(content: bytes, ending: str, most_pixels: int) -> bytes:
    """Return the picture, upright, as a new JPEG or PNG. Raises RefusedError."""
    picture = _opened(content, ending, most_pixels)
    kind, (width, height) = picture.format, picture.size
    try:
        if kind == "PNG":  # checks the checksums, after which the object cannot be used
            picture.verify()
            picture = Image.open(BytesIO(content))
        if kind in ("JPEG", "MPO"):
            part = next(part for part in (1, 2, 4, 8) if width * height / part**2 <= MOST_AT_ONCE)
            picture.draft(None, (width // part, height // part))
        picture.load()
        turn = TURNS.get(picture.getexif().get(ORIENTATION))
    except MemoryError:
        raise
    except Exception as error:  # decoders raise anything for malicious bytes
        if width * height > MOST_AT_ONCE:  # some decoders report a lack of memory as another error
            raise MemoryError from error
        raise RefusedError(DAMAGED) from error
    profile = picture.info.get("icc_profile")
    small = _made_small(picture)
    del picture
    drawn, profile = _in_known_colours(small, profile)
    if turn is not None:
        drawn = drawn.transpose(turn)
    drawn.info = {}  # saving would copy this metadata
    _forget_what_is_unseen(drawn)
    profile = profile and colours_alone(profile)
    _try_sizes(drawn, profile)
    without_loss = kind in WITHOUT_LOSS or drawn.mode == "RGBA"
    how = {"format": "PNG"} if without_loss else {"format": "JPEG", "quality": 90}
    return _encoded(drawn, profile, **how)


def _opened(content: bytes, ending: str, most_pixels: int) -> Image.Image:
    """Open the picture and check its kind and size. No pixel is decoded yet."""
    try:
        picture = Image.open(BytesIO(content), formats=MAKERS)
    except MemoryError:
        raise
    except UnidentifiedImageError as error:
        raise RefusedError(NO_PICTURE) from error
    except Exception as error:  # some decoders allocate all their memory here
        raise RefusedError(DAMAGED_OR_TOO_LARGE) from error
    kind = picture.format
    if kind not in KINDS[ending]:
        name = "JPEG" if kind == "MPO" else kind
        raise RefusedError(OTHER_KIND.format(ending=ending, kind=name, right=ENDINGS[kind]))
    width, height = picture.size
    if width * height > (MOST_IN_A_JPEG if kind in ("JPEG", "MPO") else most_pixels):
        raise RefusedError(TOO_LARGE.format(width=width, height=height))
    return picture


def _made_small(picture: Image.Image) -> Image.Image:
    """Convert the picture to a mode that can be resized, and to at most the size that is stored."""
    if picture.has_transparency_data:
        mode = "RGBA"
    elif picture.mode in ("1", "L", "I", "I;16", "I;16B", "I;16L", "F"):
        mode = "L"
    else:
        mode = "CMYK" if picture.mode == "CMYK" else "RGB"
    width, height = picture.size
    pixels_in_memory = MOST_AT_ONCE // (2 if mode == "RGBA" else 1)
    draw = _halved if width * height > pixels_in_memory else _converted
    picture = draw(picture, mode)
    width, height = picture.size
    scale = min(1, LONGEST_SIDE / max(width, height), (MOST_KEPT / (width * height)) ** 0.5)
    if scale == 1:
        return picture
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _forget_what_is_unseen(picture: Image.Image) -> None:
    """Clear the colours of pixels that cannot be seen: what was erased would stay readable."""
    if picture.mode == "RGBA":
        unseen = picture.getchannel("A").point(lambda value: 0 if value else 255)
        picture.paste((0, 0, 0, 0), mask=unseen)


def _halved(picture: Image.Image, mode: str) -> Image.Image:
    """Return the picture at half the size, working on a few rows at a time to save memory."""
    width, height = picture.size
    half = Image.new(mode, ((width + 1) // 2, (height + 1) // 2))
    for top in range(0, height, ROWS):
        rows = picture.crop((0, top, width, min(top + ROWS, height)))
        rows.info = picture.info  # transparency
        half.paste(_converted(rows, mode).reduce(2), (0, top // 2))
    return half


def _converted(picture: Image.Image, mode: str) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits per pixel: use the upper 8
        return picture.convert("F").point(lambda value: value * (1 / 257)).convert(mode)
    return picture if picture.mode == mode else picture.convert(mode)


def _in_known_colours(
    picture: Image.Image, profile: bytes | None
) -> tuple[Image.Image, bytes | None]:
    """Return the picture in screen colours, and the colour profile that fits them or None."""
    if not profile:
        return (picture.convert("RGB") if picture.mode == "CMYK" else picture), None
    try:
        opened = ImageCms.ImageCmsProfile(BytesIO(profile))
        colours = opened.profile.xcolor_space.strip()
        if picture.mode == "CMYK" and colours == "CMYK":
            screen = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, opened, screen, outputMode="RGB"), None
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        colours = "none that can be read"
    if picture.mode == "CMYK":
        return picture.convert("RGB"), None
    belongs = colours == ("GRAY" if picture.mode == "L" else "RGB")
    return picture, profile if belongs else None


def _try_sizes(picture: Image.Image, profile: bytes | None) -> None:
    """Raise RefusedError when one of the formats that pages use cannot be written."""
    small = picture.copy()
    small.thumbnail((64, 64))
    try:
        for kind in ("AVIF", "WEBP", "PNG"):
            _encoded(small, profile, format=kind)
        _encoded(small.convert("RGB"), profile if small.mode != "L" else None, format="JPEG")
    except Exception as error:
        raise RefusedError(NO_SIZES) from error


def _encoded(picture: Image.Image, profile: bytes | None, **how) -> bytes:
    output = BytesIO()
    picture.save(output, **how, **({"icc_profile": profile} if profile else {}))
    return output.getvalue()


def main() -> int:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    options.DECODE_THREADS = 1
    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # the limits above are used instead
    ending, most_pixels = sys.argv[1:]
    try:
        answer, status = redraw(sys.stdin.buffer.read(), ending, int(most_pixels)), 0
    except MemoryError:
        answer, status = TOO_MUCH.encode(), REFUSED
    except RefusedError as refusal:
        answer, status = str(refusal).encode(), REFUSED
    sys.stdout.buffer.write(answer)
    return status


if __name__ == "__main__":
    sys.exit(main())
