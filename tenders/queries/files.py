"""The files of a tender, and who may know of which."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.work import CaseFacts, CaseLink
from tenders.models import Tender, TenderFile
from tenders.phases import PUBLIC_PHASES
from tenders.queries.visibility import sees_draft, sees_preparing


def listed_files(tender: Tender) -> QuerySet[TenderFile]:
    """The list as it stands, in its order."""
    return TenderFile.objects.filter(tender=tender, place__isnull=False).order_by("place")


def files_made_ready(tender: Tender) -> QuerySet[TenderFile]:
    """Files that an amendment may put into the list, the first one added first."""
    return TenderFile.objects.filter(tender=tender, place=None, public_since=None, removed_at=None).order_by("added_at", "pk")


def earlier_files(tender: Tender) -> QuerySet[TenderFile]:
    """Files that amendments have taken out, the last one first. They stay readable."""
    return TenderFile.objects.filter(tender=tender, place=None, public_since__isnull=False).order_by("-removed_at", "pk")


def visible_files(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> QuerySet[TenderFile]:
    """What is or was public, for everybody; the files of a draft for those who may see the draft; what is made ready for an
    amendment for those who may see it prepared. `tender` is one that the person may see.
    """
    known = Q(public_since__isnull=False)
    if sees_unannounced(user, tender, at=at):
        known |= Q(removed_at=None)
    return TenderFile.objects.filter(known, tender=tender)


def sees_unannounced(user: User | AnonymousUser, tender: Tender, *, at: datetime) -> bool:
    if tender.announced_at is not None:
        return sees_preparing(user, tender, at=at)
    return sees_draft(user, tender, at=at)


def files_naming_somebody(tender: Tender) -> list[TenderFile]:
    """Files that are not public yet and whose properties say who wrote them: for those who prepare the tender."""
    rows = TenderFile.objects.filter(tender=tender, public_since=None, removed_at=None)
    return [file for file in rows.order_by("place", "added_at") if file.names_inside]


def file_by_key(file_id: UUID) -> TenderFile:
    return TenderFile.objects.select_related("tender__unit").get(pk=file_id)


def files_in_use(paths: Sequence[str]) -> set[str]:
    """Those of the stored files that a tender needs: all but the ones that were removed before anybody could read them."""
    kept = Q(removed_at=None) | Q(public_since__isnull=False)
    return set(TenderFile.objects.filter(kept, file__in=paths).values_list("file", flat=True))


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """The page of the files: for everybody from the announcement on, before it for those who may see the draft."""
    if tender.phase in PUBLIC_PHASES or sees_unannounced(user, tender, at=at):
        return CaseFacts(links=[CaseLink("files", _("Files"), reverse("tenders:files", args=[tender.reference]))])
    return CaseFacts()
