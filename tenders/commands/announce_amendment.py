"""An approver announces an amendment: from this moment it holds, and everybody can see what it changed."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import County, User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from letters.commands.send_notices import send_notices
from tenders import amending
from tenders.amending import Amendable, Changes, answer_name, day_after, moment_after
from tenders.amendment_notices import amendment_notices
from tenders.documents import announcement_content, content_hash, snapshot_of
from tenders.holding_back import holding_amendment_back
from tenders.models import Amendment, Approval, Tender, TenderFile
from tenders.policies.amendment import AnnounceAmendmentPolicy
from tenders.queries.amendments import AMENDMENT, amendable, last_no
from tenders.queries.dialogue import followers_to_tell
from tenders.readiness import NotReady
from tenders.threshold.amended import check_of_amendment


@command
def announce_amendment(*, approval_id: UUID, content_seen: str, deadline_reason: str = "", by: User, at: datetime) -> Amendment:
    """Announce what the approver has read: `content_seen` is the hash of the page they saw.

    Under the locks of tender and stage; refused at or after the deadline that stood until now. A late and material one that
    gives no more time takes `deadline_reason`, which everybody reads. All who follow are told in the same words.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit", "budget").get(approvals=approval_id)
    now = amendable(tender, locked=True)
    closed_at = now.stage.closes_at if now else None
    approval = Approval.objects.select_for_update(of=("self",)).get(pk=approval_id, what=AMENDMENT)
    approval.tender = tender
    AnnounceAmendmentPolicy(approval, now, at).check(by)
    if approval.content_hash != content_seen:
        raise Refused(_("The amendment is not the one you have read. Open the page again and read it before you announce."))
    content = approval.content
    if now is None or now.stage.no != content["stage"] or content["no"] != last_no(tender) + 1 or not now.still_has(content["changes"]):
        raise Refused(_("The announcement was changed after this was proposed. Send it back, so that it can be written anew."))
    check = check_of_amendment(tender, content["changes"], at=at)
    if missing := list(holding_amendment_back(now, content["changes"], check, at=at)):
        raise NotReady(missing)
    why = _deadline_reason(now, approval, deadline_reason, at)
    approval.approved_at, approval.approved_by = at, by
    approval.save(update_fields=["approved_at", "approved_by"])
    _apply(now, content["changes"])
    _list_files(now, content["changes"], by=by, at=at)
    amendment = _amendment(now, approval, why, by=by, at=at)
    facts = {**_facts(amendment), "content": approval.content_hash}
    event, about = "tenders.amendment_announced", [amendment, approval]
    _tell(tender, amendment, closed_at or at, by=by, at=at)
    journal.record(event, by=by, at=at, stream=tender, about=about, role=Role.APPROVER, reason=amendment.reason, facts=facts)
    return amendment


def _tell(tender: Tender, amendment: Amendment, closed_at: datetime, *, by: User, at: datetime) -> None:
    """Everybody who follows, in the same transaction. The journal never says to whom or how many."""
    content, why = amendment.approval.content, amendment.deadline_reason
    followers = followers_to_tell(tender)
    notices = amendment_notices(tender, content, closes_at=closed_at, deadline_reason=why, followers=followers)
    send_notices(kind="amendment", about=amendment, stream=tender, notices=notices, by=by, at=at)


def _deadline_reason(now: Amendable, approval: Approval, given: str, at: datetime) -> str:
    closes_at = now.stage.closes_at
    if closes_at is None or not amending.needs_deadline_reason(approval.content, closes_at, at=at):
        return ""
    why = clean_text(given).strip()
    if not why:
        raise Refused(_("Fewer than seven days are left. Write why the deadline is not moved, or send it back. Everybody reads it."))
    return why


def _apply(now: Amendable, changes: Changes) -> None:
    """Write what shall stand in the fields that every page and document is made of."""
    tender = now.tender
    changed = {one["field"]: one["after"] for one in changes}
    for name in amending.TEXTS:
        setattr(tender, name, changed.get(name, getattr(tender, name)))
    tender.questions_close_at = moment_after(changes, "questions_close_at") or tender.questions_close_at
    tender.save(update_fields=[*amending.TEXTS, "questions_close_at"])
    if "counties" in changed:
        tender.counties.set(County.objects.filter(name__in=changed["counties"]))
    for stage in now.stages:
        stage.answer_by = day_after(changes, answer_name(stage)) or stage.answer_by
        stage.save(update_fields=["answer_by"])
    if moved := moment_after(changes, "closes_at"):
        # That the old deadline passed may have been told while this waited for its lock; the new one is told when it passes
        now.stage.closes_at, now.stage.deadline_told_at = moved, None
        now.stage.save(update_fields=["closes_at", "deadline_told_at"])


def _list_files(now: Amendable, changes: Changes, *, by: User, at: datetime) -> None:
    """Put the files in their places. What is taken out stays readable, and what is put in is public from now on."""
    wanted = amending.after(changes, "files")
    if wanted is None:
        return
    keys = [one["key"] for one in wanted]
    rows = TenderFile.objects.filter(tender=now.tender)
    rows.filter(place__isnull=False).exclude(pk__in=keys).update(removed_at=at, removed_by=by, place=None)
    rows.filter(place__isnull=False).update(place=None)
    for place, key in enumerate(keys, start=1):
        rows.filter(pk=key).update(place=place)
    rows.filter(place__isnull=False, public_since=None).update(public_since=at)


def _amendment(now: Amendable, approval: Approval, why: str, *, by: User, at: datetime) -> Amendment:
    content, whole = approval.content, announcement_content(now.tender)
    return Amendment.objects.create(
        tender=now.tender,
        stage=now.stage,
        approval=approval,
        no=content["no"],
        kind=content["kind"],
        reason=content["reason"],
        material=content["material"],
        deadline_reason=why,
        failed_from=content["failed_from"] and datetime.fromisoformat(content["failed_from"]),
        failed_until=content["failed_until"] and datetime.fromisoformat(content["failed_until"]),
        changes=content["changes"],
        content=snapshot_of(whole),
        content_hash=content_hash(whole),
        announced_at=at,
        announced_by=by,
    )


def _facts(amendment: Amendment) -> journal.Facts:
    """Number, kind, what was changed, and the deadlines: never the words."""
    deadline = next((one for one in amendment.changes if one["field"] == "closes_at"), None)
    facts: journal.Facts = {"no": amendment.no, "stage": amendment.stage.no, "kind": amendment.kind, "material": amendment.material}
    facts["fields"] = [one["field"] for one in amendment.changes]
    if deadline:
        facts |= {"deadline_before": deadline["before"], "deadline_after": deadline["after"]}
    if amendment.failed_from and amendment.failed_until:
        facts |= {"failed_from": amendment.approval.content["failed_from"], "failed_until": amendment.approval.content["failed_until"]}
    return facts
