"""Sealed files that nobody has a key to any more go from the storage."""

from datetime import datetime

from django.core.files.storage import default_storage

from accounts.command import command
from accounts.models import User
from suppliers.envelopes import FOLDER
from suppliers.models import Attachment
from suppliers.queries.submissions import files_in_use, removed_files
from tenders.stored_files import delete_unneeded

AT_A_TIME = 100


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
    return len(removed) + delete_unneeded(FOLDER, files_in_use, at=at)
