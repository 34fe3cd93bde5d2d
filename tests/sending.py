"""Files sent to the desk, in every way that it takes them."""

from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

WAYS = ["one at a time", "several", "in a chooser"]
APPS = {"picture": "wagtailimages", "file": "wagtaildocs"}
PREFIXES = {"picture": "image-chooser-upload", "file": "document-chooser-upload"}


def send(desk, kind: str, name: str, content: bytes, way: str = WAYS[0], **fields):
    """Send a new picture or file."""
    upload = SimpleUploadedFile(name, content)
    fields = {"title": "New", "collection": 1, **fields}
    if way == "several":
        return desk.post(reverse(f"{APPS[kind]}:add_multiple"), {**fields, "files[]": upload})
    form = {"tags": "", "description": "", **fields, "file": upload}
    if way == "one at a time":
        return desk.post(reverse(f"{APPS[kind]}:add"), form)
    form = {f"{PREFIXES[kind]}-{name}": value for name, value in form.items()}
    return desk.post(reverse(f"{APPS[kind]}_chooser:create"), form)


def replace(desk, thing, kind: str, name: str, content: bytes):
    """Send another file for a picture or file that is there."""
    address = reverse(f"{APPS[kind]}:edit", args=[thing.pk])
    upload = SimpleUploadedFile(name, content)
    focus = dict.fromkeys([f"focal_point_{part}" for part in ("x", "y", "width", "height")], "")
    form = {"title": "New", "tags": "", "description": "", "collection": 1, **focus}
    return desk.post(address, form | {"file": upload})


def errors_in(answer) -> list[str]:
    """What is said at the field of the file."""
    if answer.headers["Content-Type"] == "application/json":
        said = answer.json().get("error_message", "")
        return said.split("\n") if said else []
    return list(answer.context["form"].errors.get("file", []))


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
