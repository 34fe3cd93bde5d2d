"""The version of the site, and the few places that listen to signals as it does."""

from emca_site.site_version import changes
from tests.test_layers import LAYERS, ROOT, python_files


def test_every_place_that_listens_to_signals_is_named_in_one():
    listening = [
        path.relative_to(ROOT / "emca_site").as_posix()
        for layer in LAYERS
        for path in python_files(layer)
        if ".connect(" in path.read_text() or "@receiver" in path.read_text()
    ]
    assert len(listening) >= 4
    named = [*changes.__doc__.split("`"), "site_version/changes.py"]
    assert set(listening) <= set(named)
