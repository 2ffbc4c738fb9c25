"""The officer adds a file to the tender."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from tenders.models import Tender, TenderFile
from tenders.models.file import MAX_FILES, TOO_MANY_FILES
from tenders.policies.files import ChangeFilesPolicy
from tenders.queries.files import files_made_ready, listed_files
from tenders.stored_files import store
from tenders.uploads.checks import CheckedFile, UploadRefused, check_upload
from tenders.uploads.properties import clean_metadata, names_inside


@command
def add_tender_file(*, tender_id: UUID, title: str, name: str, data: bytes, without_names: bool, by: User, at: datetime) -> TenderFile:
    """Look through the file and keep it: last in the list of a draft, or made ready for an amendment of what is announced.

    `without_names`: take author, company and the like out of the file's properties first. Raises `UploadRefused`, which says
    what is wrong with the file. One that is refused after it was stored is left for the sweep.
    """
    seen = Tender.objects.select_related("unit").get(pk=tender_id)
    ChangeFilesPolicy(seen, at).check(by)
    file, data = _looked_through(name, data, without_names=without_names)
    inside, stored = names_inside(data, file.kind), store(data)
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    ChangeFilesPolicy(tender, at).check(by)
    if not (title := clean_text(title).strip()):
        raise Refused(_("Give every file a title."))
    added = TenderFile.objects.create(
        tender=tender,
        place=_free_place(tender),
        title=title,
        name=file.shown_name,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256,
        file=stored,
        names_inside=inside,
        added_at=at,
        added_by=by,
    )
    facts: journal.Facts = {"kind": added.kind, "size": added.size, "sha256": added.sha256}
    journal.record("tenders.file_added", by=by, at=at, stream=tender, about=[added], role=Role.OFFICER, facts=facts)
    return added


def _looked_through(name: str, data: bytes, *, without_names: bool) -> tuple[CheckedFile, bytes]:
    """The file found to be what it says, as it will be kept."""
    file = check_upload(name, data)
    if not without_names:
        return file, data
    cleaned = clean_metadata(data, file.kind)
    return check_upload(file.shown_name, cleaned), cleaned


def _free_place(tender: Tender) -> int | None:
    """The last place of a draft's list; none when it is announced, as the amendment decides. Raises when there is no room."""
    announced = tender.announced_at is not None
    number = files_made_ready(tender).count() if announced else listed_files(tender).count()
    if number >= MAX_FILES:
        raise UploadRefused(TOO_MANY_FILES)
    return None if announced else number + 1
