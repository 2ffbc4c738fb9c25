"""Stored files that no tender needs go from the storage."""

from datetime import datetime

from accounts.command import command
from accounts.models import User
from tenders.queries.files import files_in_use
from tenders.stored_files import FOLDER, delete_unneeded


@command(journal=False)
def delete_unneeded_files(*, by: User, at: datetime) -> int:
    """Delete files that were refused or cut short after storing, and those removed before they were public. Returns how many.

    That a file was removed stands in the journal already. What has been public is never deleted.
    """
    return delete_unneeded(FOLDER, files_in_use, at=at)
