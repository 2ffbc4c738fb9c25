"""A file arrives and is sealed at once."""

from datetime import datetime
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from suppliers.envelopes import FOLDER, seal_file
from suppliers.file_room import check_room
from suppliers.models import Attachment, Submission
from suppliers.policies.submission import WriteDraftPolicy
from suppliers.queries.submissions import attachments_of, bytes_not_handed_in, locked_stage, locked_submission, submission_by_key
from tenders.models import Stage
from tenders.uploads.checks import CheckedFile, UploadRefused, check_upload
from tenders.uploads.properties import clean_metadata


@command
def add_attachment(*, submission_id: UUID, name: str, data: bytes, by: User, at: datetime) -> Attachment:
    """Look through the file, take names out of its properties where the stage is blind, seal it, and keep it.

    Raises `UploadRefused`, which says what is wrong with the file. A file that is refused after it was sealed is left
    for the sweep: nobody has its key.
    """
    seen = submission_by_key(submission_id)
    WriteDraftPolicy(seen.stage, seen, at).check(by)
    file, data = _looked_through(seen.stage, name, data)
    _check_room(seen.stage, seen, file.size)
    attachment = Attachment(submission=seen, kind=file.kind, size=file.size, sha256=file.sha256, added_at=at, added_by=by)
    sealed = seal_file(attachment, file.shown_name, data)
    attachment.sealed_name, attachment.sealed_key = sealed.name, sealed.sealed_key
    attachment.file = default_storage.save(f"{FOLDER}/{uuid4()}.sealed", ContentFile(sealed.content))
    stage = locked_stage(seen.stage_id)
    submission = locked_submission(submission_id)
    WriteDraftPolicy(stage, submission, at).check(by)
    _check_room(stage, submission, file.size)
    attachment.save()
    journal.record(
        "suppliers.attachment_added", by=by, at=at, stream=submission.organisation, about=[submission, attachment], role=Role.SUPPLIER
    )
    return attachment


def _looked_through(stage: Stage, name: str, data: bytes) -> tuple[CheckedFile, bytes]:
    """The file found to be what it says, as it will be kept."""
    file = check_upload(name, data)
    if not stage.blind:
        return file, data
    cleaned = clean_metadata(data, file.kind)
    return check_upload(file.shown_name, cleaned), cleaned


def _check_room(stage: Stage, submission: Submission, size: int) -> None:
    beside = list(attachments_of(submission).values_list("size", flat=True))
    if len(beside) >= stage.max_files:
        many = _("This stage takes {number} files at most. Remove one, or put two together in one file.")
        raise UploadRefused(format_lazy(many, number=stage.max_files))
    check_room(size, beside=beside, stored=bytes_not_handed_in(submission.organisation))
