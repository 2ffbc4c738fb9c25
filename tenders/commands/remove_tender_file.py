"""The officer takes a file away before anybody outside can read it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from tenders.models import Tender
from tenders.policies.files import ChangeFilesPolicy
from tenders.queries.files import file_by_key, listed_files


@command
def remove_tender_file(*, file_id: UUID, by: User, at: datetime) -> None:
    """Take the file out of a draft, or away from what is made ready for an amendment; those after it move up.

    The bytes go with a later sweep. Removing twice changes nothing. What is public is only taken out by an amendment.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(files=file_id)
    ChangeFilesPolicy(tender, at).check(by)
    file = file_by_key(file_id)
    if file.public_since is not None:
        raise Refused(_("This file is announced. Only an amendment can take it out."))
    if file.removed_at is not None:
        return
    place, file.place, file.removed_at, file.removed_by = file.place, None, at, by
    file.save(update_fields=["place", "removed_at", "removed_by"])
    if place is not None:
        # One by one, in order: each moves to the place that has just become free
        for later in listed_files(tender).filter(place__gt=place):
            later.place = (later.place or 0) - 1
            later.save(update_fields=["place"])
    facts: journal.Facts = {"kind": file.kind, "size": file.size, "sha256": file.sha256}
    journal.record("tenders.file_removed", by=by, at=at, stream=tender, about=[file], role=Role.OFFICER, facts=facts)
