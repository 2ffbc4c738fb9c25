"""The page of a tender's files, as one person sees it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from tenders.models import Tender, TenderFile
from tenders.policies.files import ChangeFilesPolicy
from tenders.queries.amendments import waiting_amendment
from tenders.queries.files import earlier_files, files_made_ready, files_naming_somebody, listed_files, sees_unannounced


@dataclass(frozen=True)
class FilesPage:
    """`ready` and `naming` (files whose properties name somebody) are for those who prepare the tender; `changes` says that this
    person can change the list.
    """

    announced: bool
    listed: list[TenderFile]
    earlier: list[TenderFile]
    prepares: bool = False
    changes: bool = False
    ready: list[TenderFile] = field(default_factory=list)
    naming: list[TenderFile] = field(default_factory=list)
    waits: bool = False


def files_page(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> FilesPage:
    announced = tender.announced_at is not None
    prepares = sees_unannounced(user, tender, at=at)
    listed = list(listed_files(tender)) if announced or prepares else []
    earlier = list(earlier_files(tender)) if announced else []
    if not prepares or not isinstance(user, User):
        return FilesPage(announced, listed, earlier)
    return FilesPage(
        announced,
        listed,
        earlier,
        prepares=True,
        changes=not ChangeFilesPolicy(tender, at).refusal(user),
        ready=list(files_made_ready(tender)) if announced else [],
        naming=files_naming_somebody(tender),
        waits=announced and waiting_amendment(tender) is not None,
    )
