"""Files as nobody should send them, made here; and some that only look odd."""

import gzip
import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from pillow_heif import register_heif_opener

SAMPLES = Path(__file__).parent / "uploads"
HTML = b"<!doctype html><title>Hello</title><script>alert(1)</script>"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root")


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def encoded(picture: Image.Image, kind: str, **how) -> bytes:
    register_heif_opener()
    output = BytesIO()
    picture.save(output, kind, **how)
    return output.getvalue()


def noise(size=(200, 120), mode="RGB") -> Image.Image:
    """Something that no format can make very small, so that half of it is really half."""
    return Image.effect_noise(size, 90).convert(mode)


def half(kind: str) -> bytes:
    whole = encoded(noise(mode="P" if kind == "GIF" else "RGB"), kind)
    return whole[: len(whole) // 2]


def png(width: int, height: int, data: bytes = b"", *chunks: bytes) -> bytes:
    """A PNG that says it has this size, whatever it really has."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *chunks, chunk(b"IDAT", zlib.compress(data))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flat(width: int, height: int, mode: str = "RGB", kind: str = "PNG") -> bytes:
    """Few bytes, many pixels."""
    return encoded(Image.new(mode, (width, height)), kind)


def with_bad_checksum() -> bytes:
    whole = bytearray(encoded(noise(), "PNG"))
    at = whole.index(b"IDAT")
    whole[at + 400] ^= 0xFF
    return bytes(whole)


def jpeg_that_lies(width: int, height: int) -> bytes:
    whole = bytearray(encoded(noise((16, 16)), "JPEG"))
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def packed(*parts: tuple[str, bytes]) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return output.getvalue()


def office(folder: str, content_types: bytes = b"<Types/>") -> bytes:
    return packed(("[Content_Types].xml", content_types), (f"{folder}/document.xml", b"<a/>" * 900))


def open_document(kind: str) -> bytes:
    of_kind = f"application/vnd.oasis.opendocument.{kind}".encode()
    return packed(("mimetype", of_kind), ("content.xml", b"<a/>"))


def many_parts() -> bytes:
    parts = ((f"word/{number}", b"") for number in range(21_000))
    return packed(("[Content_Types].xml", b"<Types/>"), *parts)


# What is refused: the name it is sent by, and what makes the bytes.
PICTURES = {
    "half a JPEG": ("a.jpg", lambda: half("JPEG")),
    "half a PNG": ("a.png", lambda: half("PNG")),
    "half a WebP": ("a.webp", lambda: half("WEBP")),
    "half a GIF": ("a.gif", lambda: half("GIF")),
    "half an AVIF": ("a.avif", lambda: half("AVIF")),
    "half a HEIC": ("a.heic", lambda: half("HEIF")),
    "a bad checksum": ("a.png", with_bad_checksum),
    "a header alone": ("a.png", lambda: png(100, 100)[:33]),
    "no pixels behind the header": ("a.png", lambda: png(100, 100)),
    "a picture of no size": ("a.png", lambda: png(0, 0)),
    "HTML named .gif": ("a.gif", lambda: HTML),
    "HTML named .jpg": ("a.jpg", lambda: HTML),
    "GIF's first letters before HTML": ("a.gif", lambda: b"GIF89a" + HTML),
    "SVG named .png": ("a.png", lambda: SVG),
    "SVG": ("a.svg", lambda: SVG),
    "a program named .gif": ("a.gif", lambda: EXE),
    "a PDF named .png": ("a.png", lambda: PDF),
    "a ZIP named .jpg": ("a.jpg", lambda: packed(("a", b"a"))),
    "one byte": ("a.png", lambda: b"\x89"),
    "PNG named .jpg": ("a.jpg", lambda: flat(8, 8)),
    "WebP named .png": ("a.png", lambda: encoded(noise(), "WEBP")),
    "JPEG named .heic": ("a.heic", lambda: encoded(noise(), "JPEG")),
    "TIFF named .jpg": ("a.jpg", lambda: encoded(noise(), "TIFF")),
    "BMP": ("a.bmp", lambda: encoded(noise(), "BMP")),
    "100 megapixels": ("a.png", lambda: flat(10_000, 10_000, "1")),
    "4 gigapixels in a header": ("a.png", lambda: png(65_000, 65_000)),
    "3.6 gigapixels in a JPEG's header": ("a.jpg", lambda: jpeg_that_lies(60_000, 60_000)),
    "text that unpacks to 100 MB": (
        "a.png",
        lambda: png(8, 8, bytes(200), chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100 << 20)))),
    ),
    "no ending": ("picture", lambda: flat(8, 8)),
}
DOCUMENTS = {
    "docx named .pdf": ("a.pdf", lambda: office("word")),
    "xlsx named .pdf": ("a.pdf", lambda: office("xl")),
    "HTML named .pdf": ("a.pdf", lambda: HTML),
    "HTML with a PDF behind it": ("a.pdf", lambda: HTML + PDF),
    "a program named .pdf": ("a.pdf", lambda: EXE),
    "text named .pdf": ("a.pdf", lambda: b"Hello"),
    "PNG named .csv": ("a.csv", lambda: flat(8, 8)),
    "HTML named .csv": ("a.csv", lambda: HTML),
    "HTML named .txt": ("a.txt", lambda: b"\n " + HTML),
    "HTML behind a byte order mark": ("a.txt", lambda: b"\xef\xbb\xbf" + HTML),
    "HTML in UTF-16": ("a.txt", lambda: HTML.decode().encode("utf-16")),
    "a PDF named .txt": ("a.txt", lambda: PDF),
    "RTF named .txt": ("a.txt", lambda: rb"{\rtf1 Hello}"),
    "gzip named .csv": ("a.csv", lambda: gzip.compress(b"a,b")),
    "NUL in a CSV": ("a.csv", lambda: b"a,b\0"),
    "bytes of no writing": ("a.csv", lambda: b"a,\x81\x8d"),
    "UTF-16 cut in the middle": ("a.txt", lambda: "Hello".encode("utf-16")[:-1]),
    "no calendar": ("a.ics", lambda: b"Hello"),
    "text named .docx": ("a.docx", lambda: b"Hello"),
    "a ZIP named .docx": ("a.docx", lambda: packed(("a", b"a"))),
    "xlsx named .docx": ("a.docx", lambda: office("xl")),
    "pptx named .xlsx": ("a.xlsx", lambda: office("ppt")),
    "odt named .ods": ("a.ods", lambda: open_document("text")),
    "half a docx": ("a.docx", lambda: office("word")[:-40]),
    "macros": ("a.docx", lambda: office("word", b"<Types>ms-word.document.macroEnabled</Types>")),
    "21,000 parts": ("a.docx", many_parts),
    "a program": ("a.exe", lambda: EXE),
}


def _grey_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _animation(kind: str) -> bytes:
    frames = [Image.new("RGB", (60, 40), (shade, 0, 0)) for shade in range(0, 200, 20)]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


# What is taken, odd as it is.
ODD_PICTURES = {
    "16 bits of grey": ("a.png", lambda: sample("sixteen-bit.png")),
    "CMYK": ("a.jpg", lambda: encoded(noise(mode="CMYK"), "JPEG")),
    "a palette": ("a.png", lambda: encoded(noise(mode="P"), "PNG")),
    "a palette, see-through": ("a.png", lambda: encoded(noise(mode="P"), "PNG", transparency=0)),
    "black and white": ("a.png", lambda: encoded(noise(mode="1"), "PNG")),
    "grey": ("a.jpg", lambda: encoded(noise(mode="L"), "JPEG")),
    "grey and see-through": ("a.png", lambda: encoded(noise(mode="LA"), "PNG")),
    "colours and see-through": ("a.png", lambda: encoded(noise(mode="RGBA"), "PNG")),
    "a see-through WebP": ("a.webp", lambda: encoded(noise(mode="RGBA"), "WEBP")),
    "one see-through colour": (
        "a.png",
        lambda: encoded(noise(), "PNG", transparency=(0, 0, 0)),
    ),
    "a progressive JPEG": ("a.jpeg", lambda: encoded(noise(), "JPEG", progressive=True)),
    "AVIF": ("a.avif", lambda: encoded(noise(), "AVIF")),
    "HEIC": ("a.heic", lambda: sample("phone.heic")),
    "an animated GIF": ("a.gif", lambda: _animation("GIF")),
    "an animated WebP": ("a.webp", lambda: _animation("WEBP")),
    "an animated PNG": ("a.png", lambda: _animation("PNG")),
    "the profile of other colours": (
        "a.jpg",
        lambda: encoded(noise(mode="L"), "JPEG", icc_profile=_grey_profile()),
    ),
    "a profile that is none": (
        "a.jpg",
        lambda: encoded(noise(), "JPEG", icc_profile=b"no profile" * 50),
    ),
    "one pixel": ("a.png", lambda: flat(1, 1)),
    "a line across": ("a.png", lambda: flat(5000, 1)),
    "a line down": ("a.png", lambda: flat(1, 5000)),
    "HTML behind a JPEG": ("a.jpg", lambda: encoded(noise(), "JPEG") + HTML),
    "39 megapixels in 5 kB": ("a.png", lambda: flat(7211, 5408, "1")),
    "text in a PNG": ("a.png", lambda: encoded(noise(), "PNG", pnginfo=_text())),
}


def _text() -> PngInfo:
    text = PngInfo()
    text.add_text("Author", "Somebody", zip=True)
    return text
