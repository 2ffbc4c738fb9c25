"""The officer mends what the threshold check found, with one click."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.save_announcement import save_announcement
from tenders.documents import announcement_content
from tenders.models import Tender, ThresholdFinding
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.threshold.check import check_of


@command
def mend_threshold_finding(*, tender_id: UUID, finding: str, by: User, at: datetime) -> None:
    """Save what the finding offers, as the officer would in its section. `finding` is `Finding.key` as the page showed it."""
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit", "budget").get(pk=tender_id)
    EditAnnouncementPolicy(tender, at).check(by)
    found = check_of(tender, announcement_content(tender), at=at).finding(finding)
    if found is None:
        raise Refused(_("This finding is gone: what it judged has been changed."))
    if found.spot.mend is None:
        raise Refused(_("This must be mended by hand, in the part of the announcement where it stands."))
    mend = found.spot.mend
    save_announcement(tender_id=tender.pk, section=mend.section, values=mend.values, by=by, at=at)
    values = {"quote": found.spot.quote, "outcome": ThresholdFinding.Outcome.MENDED, "reason": ""}
    row, _created = ThresholdFinding.objects.update_or_create(
        tender=tender, rule=found.rule.key, judged=found.judged, defaults={**values, "decided_at": at, "decided_by": by}
    )
    facts: journal.Facts = {"rule": row.rule, "judged": row.judged}
    journal.record("tenders.threshold_finding_mended", by=by, at=at, stream=tender, about=[row], role=Role.OFFICER, facts=facts)
