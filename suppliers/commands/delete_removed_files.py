"""Sealed files that nobody has a key to any more go from the storage."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from accounts.command import command
from accounts.models import User
from suppliers.envelopes import FOLDER
from suppliers.models import Attachment
from suppliers.queries.submissions import files_in_use, removed_files

AT_A_TIME = 100
LEFT_ALONE_FOR = timedelta(hours=1)


@command(journal=False)
def delete_removed_files(*, by: User, at: datetime) -> int:
    """Delete files of removed attachments, and files older than an hour that no row names. Returns how many.

    That a file was removed stands in the journal already. Deleting one that is gone is no fault, so two sweeps at once and a
    sweep cut short do no harm.
    """
    removed = list(removed_files()[:AT_A_TIME])
    for attachment in removed:
        default_storage.delete(attachment.file)
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in removed]).update(file_deleted_at=at)
    return len(removed) + _delete_unnamed(at=at)


def _delete_unnamed(*, at: datetime) -> int:
    """Files of commands that were refused, or cut short, after sealing."""
    if not default_storage.exists(FOLDER):
        return 0
    paths = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [path for path in paths if default_storage.get_modified_time(path) < at - LEFT_ALONE_FOR]
    unnamed = set(old) - files_in_use(old)
    for path in unnamed:
        default_storage.delete(path)
    return len(unnamed)
