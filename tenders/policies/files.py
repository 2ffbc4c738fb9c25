"""Who changes the files of a tender, and until when."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.policies import Policy
from tenders.models import Tender
from tenders.policies.amendment import ProposeAmendmentPolicy
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.queries.amendments import amendable


@dataclass(frozen=True)
class ChangeFilesPolicy(Policy):
    """In a draft whoever may change the announcement. Afterwards whoever may propose the amendment that the files are for."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        if self.tender.announced_at is None:
            EditAnnouncementPolicy(self.tender, self.at).check(by)
        else:
            ProposeAmendmentPolicy(self.tender, amendable(self.tender), self.at).check(by)
