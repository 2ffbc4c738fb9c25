"""An approver announces the tender: from this moment it is public, and what it asks for is fixed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from letters.commands.send_notices import send_notices
from tenders import documents, queries
from tenders.commands.announce_stage import announce_stage
from tenders.follower_notices import notices_to, recipients_of
from tenders.holding_back import holding_back
from tenders.law import ruling_of
from tenders.market_notices import announced_words, tender_path
from tenders.models import Approval, MarketDialogue, Stage, Tender
from tenders.phases import TENDER_STEPS, TenderPhase
from tenders.policies.announcement import DecideAnnouncementPolicy
from tenders.queries.dialogue import followers_to_tell
from tenders.queries.files import listed_files
from tenders.queries.market import has_been_in_dialogue
from tenders.readiness import NotReady
from tenders.theme_notices import theme_notices
from tenders.threshold.check import check_of


@command
def announce_tender(*, tender_id: UUID, content_hash: str, with_invitations: bool = False, by: User, at: datetime) -> None:
    """Announce what the approver has read: `content_hash` is that of the page they saw.

    Everything is checked once more under the tender's lock. Stages that are open to all get their key and open at `at`
    unless they have a later day. A first stage by invitation opens with it too: then whoever is let in must be invited in the
    same transaction, so the command that does that says `with_invitations`, and everybody else is refused.
    The version of the rules in force, and what followed from it, is kept with the tender.
    Those who follow a theme that it fits are told, but of call-offs, which are for those invited.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit", "budget").get(pk=tender_id)
    approval = queries.waiting_approval_of(tender).select_for_update(of=("self",)).first()
    DecideAnnouncementPolicy(tender, approval, at).check(by)
    if tender.procedure == Tender.Procedure.CALL_OFF and not with_invitations:
        raise Refused(_("A call-off is announced together with its invitations."))
    content = documents.announcement_content(tender)
    ruling = ruling_of(tender, at=at)
    if missing := holding_back(tender, check_of(tender, content, at=at), ruling, at=at):
        raise NotReady(missing)
    _approve(approval, documents.content_hash(content), content_hash, by, at)
    take_step(
        tender,
        TenderPhase.ANNOUNCED,
        steps=TENDER_STEPS,
        event="tenders.tender_announced",
        by=by,
        at=at,
        stream=tender,
        about=[approval] if approval else [],
        facts={"content": content_hash, "rules": ruling.version, "part": ruling.part or ""},
        announced_at=at,
        announced_by=by,
        ruling=ruling.stored(),
    )
    listed_files(tender).update(public_since=at)
    _announce_stages(tender, by=by, at=at)
    # In the transaction of the step, so once and only once; the journal says the same whether anybody follows or not
    if tender.framework_id is None:
        send_notices(kind="theme", about=tender, stream=tender, notices=theme_notices(tender), by=by, at=at)
    if has_been_in_dialogue(tender):
        _end_dialogue(tender, by=by, at=at)


def _announce_stages(tender: Tender, *, by: User, at: datetime) -> None:
    for stage in Stage.objects.filter(Q(entry=Stage.Entry.OPEN) | Q(no=1), tender=tender):
        if stage.closes_at is not None:
            announce_stage(
                stage_id=stage.pk, opens_at=stage.opens_at or at, closes_at=stage.closes_at, answer_by=stage.answer_by, by=by, at=at
            )


def _end_dialogue(tender: Tender, *, by: User, at: datetime) -> None:
    """The dialogue has led to a tender, and all who have followed the need since then are told."""
    MarketDialogue.objects.filter(tender=tender, ended_at=None).update(ended_at=at, ended_by=by)
    to = recipients_of(followers_to_tell(tender))
    notices = notices_to(to, lambda: announced_words(tender), path=tender_path(tender))
    send_notices(kind="tender_announced", about=tender, stream=tender, notices=notices, by=by, at=at)


def _approve(approval: Approval | None, content_now: str, content_seen: str, by: User, at: datetime) -> None:
    if approval is None or not approval.content_hash == content_now == content_seen:
        raise Refused(_("The announcement is not the one you have read. Open the page again and read it before you announce."))
    approval.approved_at, approval.approved_by = at, by
    approval.save(update_fields=["approved_at", "approved_by"])
