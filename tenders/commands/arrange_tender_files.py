"""The officer gives the files of a draft their titles and their order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.words import clean_text
from tenders.models import Tender
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.queries.files import listed_files


@command(journal=False)
def arrange_tender_files(*, tender_id: UUID, titles: Sequence[tuple[UUID, str]], by: User, at: datetime) -> None:
    """Keep the order and the titles in `titles`, which names every file of the list once; refused when the list is another by now."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    files = {file.pk: file for file in listed_files(tender)}
    if sorted(files) != sorted(key for key, _title in titles):
        raise Refused(_("Somebody else has changed the files after you opened the page. Look at the list and try again."))
    listed_files(tender).update(place=None)
    for place, (key, title) in enumerate(titles, start=1):
        file = files[key]
        file.place, file.title = place, clean_text(title).strip()
        file.save(update_fields=["place", "title"])
