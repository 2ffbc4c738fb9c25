"""Where the files of tenders lie, and files in the storage that no row needs. Saves no row."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tenders.models import TenderFile

FOLDER = "tenders"
LEFT_ALONE_FOR = timedelta(hours=1)


class FileChanged(Exception):
    """What lies in the storage is not what was added."""


def store(data: bytes) -> str:
    """Put the bytes in the storage as they are, under a name that tells nothing."""
    return default_storage.save(f"{FOLDER}/{uuid4()}", ContentFile(data))


def read(file: TenderFile) -> bytes:
    """The bytes that were added. Raises `FileChanged` when they are others, or gone."""
    try:
        with default_storage.open(file.file, "rb") as stored:
            data: bytes = stored.read()
    except OSError as gone:
        raise FileChanged(file.file) from gone
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileChanged(file.file)
    return data


def delete_unneeded(folder: str, needed: Callable[[Sequence[str]], set[str]], *, at: datetime) -> int:
    """Delete files in the folder that are older than an hour and that no row needs. Returns how many.

    They come from commands that were refused, or cut short, after storing. Deleting one that is gone is no fault, so two
    sweeps at once do no harm.
    """
    if not default_storage.exists(folder):
        return 0
    paths = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    old = [path for path in paths if default_storage.get_modified_time(path) < at - LEFT_ALONE_FOR]
    unneeded = set(old) - needed(old)
    for path in unneeded:
        default_storage.delete(path)
    return len(unneeded)
