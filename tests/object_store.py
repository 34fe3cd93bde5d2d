"""An object store to test on: moto's emulator, as a process of its own on this machine."""

import os
import re
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
from django.conf import settings

from tests.environment import without_site_variables

KEYS = {"AWS_ACCESS_KEY_ID": "for-tests", "AWS_SECRET_ACCESS_KEY": "for-tests"}
REGION = "eu-west-2"


@dataclass
class ObjectStore:
    """Where it listens. It keeps all it has in memory."""

    url: str

    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )

    def add_bucket(self) -> str:
        name = f"files-{uuid.uuid4()}"
        self.client().create_bucket(
            Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
        return name


@contextmanager
def running() -> Iterator[ObjectStore]:
    """Within it, a store that runs."""
    command = [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=without_site_variables(os.environ),
    )
    said = ""
    try:
        for line in process.stderr:
            said += line
            if match := re.search(r"Running on (http://127\.0\.0\.1:\d+)", line):
                break
        else:
            raise RuntimeError(f"The emulator did not start:\n{said}")
        # What else it says would fill the pipe and stop it, were it not read.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield ObjectStore(match[1])
    finally:
        process.terminate()
        process.wait()


def settings_of(store: ObjectStore, bucket: str) -> dict:
    """What the site's settings say when its files are kept there."""
    return KEYS | {
        "AWS_STORAGE_BUCKET_NAME": bucket,
        "AWS_S3_ENDPOINT_URL": store.url,
        "AWS_S3_REGION_NAME": REGION,
        "STORAGES": {
            **settings.STORAGES,
            "default": {"BACKEND": "emca_site.media.s3.PrivateS3Storage"},
        },
    }
