"""An officer proposes to amend what is announced."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import County, User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.words import clean_text
from tenders import amending
from tenders.amending import Changes, Values
from tenders.commands.accept_threshold_finding import keep_finding
from tenders.documents import content_hash, snapshot_of
from tenders.holding_back import holding_amendment_back
from tenders.models import Amendment, Approval, Tender
from tenders.policies.amendment import ProposeAmendmentPolicy
from tenders.queries.amendments import AMENDMENT, amendable, last_no
from tenders.queries.files import files_made_ready, listed_files
from tenders.readiness import Missing, NotReady
from tenders.threshold.amended import check_of_amendment
from tenders.threshold.check import Check

Kind = Amendment.Kind
Period = tuple[datetime | None, datetime | None]


@command
def propose_amendment(
    *,
    tender_id: UUID,
    kind: str,
    reason: str,
    material: bool,
    values: Values,
    failed: Period = (None, None),
    after_no: int | None = None,
    threshold_reason: str = "",
    by: User,
    at: datetime,
) -> Approval:
    """Put before the approver what is to be changed, word for word, with the reason that everybody will read.

    `values`: what shall stand, by the names in `tenders.amending`; `counties` as codes, `files` as keys. `failed`: from when to when, for a
    technical failure. `after_no`: the last amendment that the page was opened with. `threshold_reason`: why what the threshold check
    finds in the changes must stand. Raises `NotReady` with what must be mended.
    """
    tender = Tender.objects.select_for_update(of=("self",)).select_related("unit", "budget").get(pk=tender_id)
    now = amendable(tender)
    ProposeAmendmentPolicy(tender, now, at).check(by)
    if now is None or after_no not in {None, last_no(tender)}:
        raise Refused(_("Another amendment was announced after you opened the page. Open it again before you go on."))
    changes = now.changes_to(_with_files(tender, _named_counties(values)))
    content = {
        "no": last_no(tender) + 1,
        "stage": now.stage.no,
        "kind": Kind(kind),
        "reason": clean_text(reason).strip(),
        "material": material,
        "changes": changes,
        **_failure(kind, failed),
    }
    check, why = check_of_amendment(tender, changes, at=at), clean_text(threshold_reason).strip()
    if missing := [*holding_amendment_back(now, changes, check, threshold_reason=why, at=at), *_missing(content, failed, at)]:
        raise NotReady(missing)
    approval = _put_before_the_approver(tender, content, by=by, at=at)
    _keep_findings(tender, check, why, by=by, at=at)
    return approval


def _failure(kind: str, failed: Period) -> Values:
    since, until = failed if kind == Kind.FAILURE else (None, None)
    return {"failed_from": amending.plain(since), "failed_until": amending.plain(until)}


def _keep_findings(tender: Tender, check: Check, why: str, *, by: User, at: datetime) -> None:
    """All that the changes bring stands with `why`; what already has a reason for these very words keeps it when nothing else is said."""
    said_anew = [one for one, row in check.kept if why and row.reason != why]
    for one in [*check.unanswered, *said_anew]:
        keep_finding(tender, one, why, by=by, at=at)


def _put_before_the_approver(tender: Tender, content: Values, *, by: User, at: datetime) -> Approval:
    approval = Approval.objects.create(
        tender=tender,
        what=AMENDMENT,
        content=snapshot_of(content),
        content_hash=content_hash(content),
        proposed_at=at,
        proposed_by=by,
    )
    fields = [one["field"] for one in content["changes"]]
    facts: journal.Facts = {"no": content["no"], "kind": content["kind"], "fields": fields, "content": approval.content_hash}
    journal.record("tenders.amendment_proposed", by=by, at=at, stream=tender, about=[approval], role=Role.OFFICER, facts=facts)
    return approval


def _named_counties(values: Values) -> Values:
    if "counties" not in values:
        return values
    names = County.objects.filter(code__in=values["counties"]).values_list("name", flat=True)
    return {**values, "counties": sorted(names)}


def _with_files(tender: Tender, values: Values) -> Values:
    """What is said of each file that shall stand: those of the list in its order, then those that were made ready."""
    if "files" not in values:
        return values
    wanted = set(values["files"])
    chosen = [file for file in [*listed_files(tender), *files_made_ready(tender)] if file.key in wanted]
    if len(chosen) != len(wanted):
        raise Refused(_("A file you chose is not there any more. Open the page again before you go on."))
    return {**values, "files": [file.said for file in chosen]}


def _missing(content: Values, failed: Period, at: datetime) -> list[Missing]:
    changes: Changes = content["changes"]
    missing = []
    if not content["reason"]:
        missing.append(Missing("amendment", "reason", _("Write why. Everybody reads it.")))
    if content["kind"] == Kind.FAILURE:
        missing += amending.missing_in_failure(*failed, at=at)
    if content["kind"] != Kind.CORRECTION and amending.after(changes, "closes_at") is None:
        missing.append(Missing("amendment", "closes_at", _("Set a later deadline: this amendment gives more time.")))
    elif not changes:
        missing.append(Missing("amendment", "", _("Nothing is changed yet. Change what shall be amended.")))
    return missing
