"""Pictures and files in a private bucket of an S3-compatible storage."""

import logging
from contextlib import contextmanager
from urllib.parse import quote

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage

from emca_site.media.stored import CHUNK, Bytes

# Seconds and attempts. They are low because a visitor is waiting.
CONNECT_TIMEOUT = 2
READ_TIMEOUT = 5
TRIES = 2

logger = logging.getLogger(__name__)


class SilentStorageError(OSError):
    """The storage did not answer, or refused. Whether it has the file is unknown."""


@contextmanager
def _said_plainly():
    """Convert errors of S3 into those of a disk, which is all that callers handle."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError(str(error)) from error
        raise _silent(error) from error
    except (BotoCoreError, Boto3Error) as error:
        raise _silent(error) from error


def _silent(error: Exception) -> SilentStorageError:
    logger.error("The S3 storage did not answer, or refused; check its settings: %s", error)
    return SilentStorageError(str(error))


class StoredObject:
    """One object of the bucket. Its bytes are fetched while they are sent."""

    def __init__(self, client, **place: str):
        self._client = client
        self._place = place
        with _said_plainly():
            head = client.head_object(**place)
        self.size: int = head["ContentLength"]
        self.changed_at: float = head["LastModified"].timestamp()

    def content(self, wanted: range | None) -> Bytes:
        part = {"Range": f"bytes={wanted.start}-{wanted.stop - 1}"} if wanted else {}
        with _said_plainly():
            body = self._client.get_object(**self._place, **part)["Body"]
        return Bytes(body.iter_chunks(CHUNK), body.close)

    def close(self) -> None:
        """Do nothing: no connection is open until the content is read."""


class PrivateS3Storage(S3Storage):
    """A private bucket: the site's own view serves its files and decides who may read them.

    Names are never used twice. Errors are those of a disk.
    """

    def get_default_settings(self):
        return super().get_default_settings() | {
            "file_overwrite": False,
            "default_acl": None,
            "client_config": Config(
                connect_timeout=CONNECT_TIMEOUT,
                read_timeout=READ_TIMEOUT,
                retries={"total_max_attempts": TRIES, "mode": "standard"},
                # Storages other than Amazon's may not support these checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    def find(self, name: str) -> StoredObject:
        client = self.connection.meta.client
        return StoredObject(client, Bucket=self.bucket_name, Key=self._normalize_name(name))

    def url(self, name, *args, **kwargs):
        return f"{settings.MEDIA_URL}{quote(name)}"

    def _open(self, name, mode="rb"):
        with _said_plainly():
            return super()._open(name, mode)

    def _save(self, name, content):
        with _said_plainly():
            return super()._save(name, content)

    def exists(self, name):
        with _said_plainly():
            return super().exists(name)

    def size(self, name):
        with _said_plainly():
            return super().size(name)

    def delete(self, name):
        with _said_plainly():
            super().delete(name)

    def get_modified_time(self, name):
        with _said_plainly():
            return super().get_modified_time(name)
