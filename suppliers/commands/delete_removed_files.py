"""Sealed files that nobody has a key to any more go from the storage."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from suppliers.envelopes import FOLDER
from suppliers.models import Attachment
from suppliers.queries.submissions import files_in_use, removed_files

AT_A_TIME = 100
LEFT_ALONE_FOR = timedelta(hours=1)


@command
def delete_removed_files(*, by: User, at: datetime) -> int:
    """Delete files of removed attachments, and files older than an hour that no row names. Returns how many.

    Deleting a file that is gone already is no fault, so two sweeps at once and a sweep cut short do no harm.
    """
    removed = list(removed_files()[:AT_A_TIME])
    for attachment in removed:
        default_storage.delete(attachment.file)
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in removed]).update(file_deleted_at=at)
    lines = [
        journal.Line("suppliers.removed_file_deleted", attachment.submission.organisation, [attachment], Role.CLOCK)
        for attachment in removed
    ]
    if lines:
        journal.record_many(lines, by=by, at=at)
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
