"""The content of an uploaded file."""

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile


def replace_content(upload: UploadedFile, content: File) -> None:
    """Replace the bytes of an upload, in memory or on the disk.

    When only the title of a multiple upload is invalid, Wagtail stores the upload object as it is:
    what was removed from the file must not be in it any more.
    """
    upload.seek(0)
    upload.truncate()
    for chunk in content.chunks():
        upload.write(chunk)
    upload.size = upload.tell()
    upload.flush()
    upload.seek(0)
