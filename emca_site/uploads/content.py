"""The content of an uploaded file."""

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile


def replace_content(upload: UploadedFile, content: File) -> None:
    """Put other bytes into an upload itself, in memory or on the disk.

    Wagtail keeps the upload of several files at once as it came, when only its title is wrong:
    what was taken out of it must not be there any more.
    """
    upload.seek(0)
    upload.truncate()
    for chunk in content.chunks():
        upload.write(chunk)
    upload.size = upload.tell()
    upload.flush()
    upload.seek(0)
