"""The demonstration as it is loaded, without the sizes of its pictures, for tests that read it."""

import io
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from emca_site.media import pictures

PASSWORD = "a-password-to-try"


def load(**options) -> str:
    """Load what is not there yet. Returns what the command said."""
    out = io.StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue()


@contextmanager
def loaded_demo(files: Path):
    """Within it, a database with the demonstration; after it, nothing of it. Gives what was said.

    What uploads are kept in is this folder, as long as it lasts.
    """
    with (
        override_settings(MEDIA_ROOT=files),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(pictures, "make_renditions", lambda image: 0)
        with override_settings(DEBUG=True, DEMO_PASSWORD=PASSWORD):
            said = load()
        yield said
        transaction.set_rollback(True)
