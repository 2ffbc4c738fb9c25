"""The sketch is handed in: sealed, received to the microsecond, and receipted."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.steps import take_step
from letters.commands.send_notices import send_notices
from suppliers import receipts
from suppliers.completeness import missing_in, words_in_all
from suppliers.documents.receipt import receipt_notices
from suppliers.envelopes import SealedVersion, read_draft, seal_version
from suppliers.models import Attachment, Receipt, Submission, SubmissionVersion
from suppliers.phases import SUBMISSION_STEPS, SubmissionPhase
from suppliers.policies.submission import SubmitPolicy
from suppliers.queries import submissions


@command
def submit_submission(*, submission_id: UUID, draft_no: int | None = None, by: User, at: datetime) -> Receipt:
    """Hand in the draft with its files, and give a receipt. `draft_no` names the draft that the person looked over.

    Sealed before any lock is taken; under the lock it is refused when late, or when draft or files changed meanwhile.
    """
    seen = submissions.submission_by_key(submission_id)
    answers = read_draft(seen)
    missing = missing_in(seen.stage, answers)
    SubmitPolicy(seen.stage, seen, missing, at).check(by)
    files = list(submissions.attachments_of(seen))
    sealed = seal_version(seen, answers, files, no=submissions.next_version_no(seen))
    stage = submissions.locked_stage(seen.stage_id)
    submission = submissions.locked_submission(submission_id)
    SubmitPolicy(stage, submission, missing, at).check(by)
    _check_unchanged(submission, seen, files, sealed, draft_no)
    version = _version(submission, sealed, by=by, at=at)
    receipt = _receipt(version, sealed, stage.tender.reference, words_in_all(answers), files)
    notices = receipt_notices(receipt, stage, submission.organisation)
    send_notices(kind="receipt", about=submission, stream=submission.organisation, notices=notices, by=by, at=at)
    return _received(submission, version, receipt, by=by, at=at)


def _check_unchanged(
    submission: Submission, seen: Submission, files: list[Attachment], sealed: SealedVersion, draft_no: int | None
) -> None:
    """What was sealed, and what the person looked over, is what lies there now."""
    same_text = submission.draft_no == seen.draft_no and draft_no in {None, seen.draft_no}
    same_files = [file.pk for file in files] == [file.pk for file in submissions.attachments_of(submission)]
    if not (same_text and same_files and sealed.no == submissions.next_version_no(submission)):
        raise Refused(_("Somebody in your organisation has just changed it. Look it over before you hand it in."))


def _version(submission: Submission, sealed: SealedVersion, *, by: User, at: datetime) -> SubmissionVersion:
    return SubmissionVersion.objects.create(
        submission=submission,
        no=sealed.no,
        commitment=sealed.commitment,
        manifest=sealed.manifest,
        content=sealed.content,
        sealed_key=sealed.sealed_key,
        price=sealed.price,
        price_sealed_key=sealed.price_sealed_key,
        handed_in_at=at,
        handed_in_by=by,
    )


def _receipt(version: SubmissionVersion, sealed: SealedVersion, reference: str, words: int, files: list[Attachment]) -> Receipt:
    """All of the receipt but its place in the journal and the signature."""
    number = receipts.random_number(reference)
    while submissions.number_is_taken(number):
        number = receipts.random_number(reference)
    return Receipt(
        number=number,
        version=version,
        commitment=sealed.commitment,
        nonce=sealed.nonce.hex(),
        received_at=version.handed_in_at,
        words=words,
        files=len(files),
        bytes=sum(file.size for file in files),
    )


def _received(submission: Submission, version: SubmissionVersion, receipt: Receipt, *, by: User, at: datetime) -> Receipt:
    """The step itself; the line it leaves in the supplier's own stream is part of the receipt."""
    stream = journal.stream_of(submission.organisation)
    take_step(
        submission,
        SubmissionPhase.SUBMITTED,
        steps=SUBMISSION_STEPS,
        event="suppliers.submission_received",
        by=by,
        at=at,
        stream=stream,
        about=[version],
        facts={"stage": str(submission.stage_id), "version": version.no, "commitment": receipt.commitment},
    )
    head = submissions.head_of(stream)
    receipt.stream_seq, receipt.stream_hash = head.seq, head.hash
    receipt.signature = receipts.sign_receipt(receipt)
    receipt.save()
    return receipt
