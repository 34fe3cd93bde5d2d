"""A file in the storage: its size, its time of change, and all or some of its bytes."""

from collections.abc import Callable, Iterable, Iterator

from django.core.files.base import File
from django.core.files.storage import default_storage

CHUNK = 64 * 1024

# What a storage raises if there is no such file. Any other OSError means that it does not answer.
MISSING = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class Bytes:
    """An iterator over pieces of a file. Closing it closes the source that it reads from."""

    def __init__(self, pieces: Iterable[bytes], close: Callable[[], None]):
        self._pieces = pieces
        self.close = close

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)


class StoredFile:
    """A file that can be opened and read at any offset, such as one on the disk."""

    def __init__(self, name: str):
        self._file = default_storage.open(name, "rb")
        self.size: int = self._file.size
        self.changed_at: float = default_storage.get_modified_time(name).timestamp()

    def content(self, wanted: range | None) -> File | Bytes:
        """Return the wanted bytes, or the file itself: a server may have a quick way to send it."""
        return Bytes(self._part(wanted), self.close) if wanted else self._file

    def _part(self, wanted: range) -> Iterator[bytes]:
        self._file.seek(wanted.start)
        left = len(wanted)
        while left > 0 and (chunk := self._file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        self._file.close()


def find_stored(name: str) -> StoredFile:
    """Open a stored file. Raises one of `MISSING`, or another OSError."""
    find = getattr(default_storage, "find", StoredFile)  # a remote storage has a method of its own
    return find(name)
