"""The officer keeps something that the threshold check found, and says why."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from tenders.documents import announcement_content
from tenders.models import Tender, ThresholdFinding
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.threshold.check import check_of
from tenders.threshold.draft import Finding


@command
def accept_threshold_finding(*, tender_id: UUID, finding: str, reason: str, by: User, at: datetime) -> ThresholdFinding:
    """Keep the finding with a reason, which the approver and the auditor read. A new reason takes the place of the one before.

    `finding` is `Finding.key` as the page showed it. It falls when what it judged is changed.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit", "budget").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    found = check_of(tender, announcement_content(tender), at=at).finding(finding)
    if found is None:
        raise Refused(_("This finding is gone: what it judged has been changed."))
    return keep_finding(tender, found, reason, by=by, at=at)


def keep_finding(tender: Tender, found: Finding, reason: str, *, by: User, at: datetime) -> ThresholdFinding:
    """For the command that looked, under the tender's lock: an amendment keeps what it brings in the step that proposes it."""
    if not reason.strip():
        raise Refused(_("Write why it must stand. The reason is shown to the approver and the auditor."))
    values = {"quote": found.spot.quote, "outcome": ThresholdFinding.Outcome.KEPT, "reason": reason.strip()}
    row, _created = ThresholdFinding.objects.update_or_create(
        tender=tender, rule=found.rule.key, judged=found.judged, defaults={**values, "decided_at": at, "decided_by": by}
    )
    facts: journal.Facts = {"rule": row.rule, "judged": row.judged}
    journal.record(
        "tenders.threshold_finding_accepted", by=by, at=at, stream=tender, about=[row], role=Role.OFFICER, reason=row.reason, facts=facts
    )
    return row
