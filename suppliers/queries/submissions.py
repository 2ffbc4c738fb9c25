"""What an organisation writes and hands in, as sentences. The only door to `Submission` besides evaluation's own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.local_time import oslo_day
from accounts.models import JournalStream, Organisation, User
from accounts.wording import day, moment
from accounts.work import CaseFacts, CaseLink, Waiting
from suppliers.models import Attachment, Receipt, StageInvitation, Submission, SubmissionVersion
from suppliers.phases import SubmissionPhase
from suppliers.queries.invitations import invitations_to_write, invited_stages
from tenders.handed_in import worded
from tenders.models import Stage, Tender
from tenders.phases import StagePhase

# Until these are over, whoever has handed in waits for an answer
UNANSWERED = (StagePhase.ANNOUNCED, StagePhase.OPENED, StagePhase.SCORED, StagePhase.PROPOSED)


def own_submissions(user: User, stage: Stage | None = None) -> QuerySet[Submission]:
    """Those of the organisations the person acts for today. Newest first, withdrawn ones too."""
    own = Submission.objects.filter(organisation__in=people.own_organisations(user).order_by())
    if stage is not None:
        own = own.filter(stage=stage)
    return own.select_related("stage__tender", "stage__key", "organisation").order_by("-started_at", "pk")


def current_submissions(user: User, stage: Stage) -> QuerySet[Submission]:
    """The person's submissions in the stage that are not withdrawn: one per organisation."""
    return own_submissions(user, stage).exclude(phase=SubmissionPhase.WITHDRAWN)


def current_submission(organisation: Organisation, stage: Stage) -> Submission | None:
    return Submission.objects.filter(organisation=organisation, stage=stage).exclude(phase=SubmissionPhase.WITHDRAWN).first()


def submission_by_key(submission_id: UUID) -> Submission:
    """With its stage, key, tender and organisation, for a command that seals before it locks."""
    return Submission.objects.select_related("stage__tender", "stage__key", "organisation").get(pk=submission_id)


def locked_stage(stage_id: UUID) -> Stage:
    """The stage, locked: the first lock of every step of a submission."""
    return Stage.objects.select_for_update(of=("self",)).select_related("tender").get(pk=stage_id)


def locked_submission(submission_id: UUID) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=submission_id)


def attachments_of(submission: Submission) -> QuerySet[Attachment]:
    """The files that belong to it now, in the order they came."""
    standing = Attachment.objects.filter(submission=submission, removed_at=None)
    return standing.select_related("submission__stage__key").order_by("added_at", "pk")


def own_attachments(user: User, stage: Stage) -> QuerySet[Attachment]:
    standing = Attachment.objects.filter(submission__in=own_submissions(user, stage).order_by(), removed_at=None)
    return standing.select_related("submission__stage__key", "submission__organisation")


def attachment_by_key(attachment_id: UUID) -> Attachment:
    return Attachment.objects.select_related("submission__stage", "submission__organisation").get(pk=attachment_id)


def bytes_not_handed_in(organisation: Organisation) -> int:
    """Bytes of files that the organisation has lying in drafts, in all tenders."""
    lying = Attachment.objects.filter(submission__organisation=organisation, submission__phase=SubmissionPhase.DRAFT, removed_at=None)
    return int(lying.aggregate(Sum("size"))["size__sum"] or 0)


def next_version_no(submission: Submission) -> int:
    return SubmissionVersion.objects.filter(submission=submission).count() + 1


def current_version(submission: Submission) -> SubmissionVersion:
    """The version that counts, of a submission that is handed in or opened."""
    return SubmissionVersion.objects.get(submission=submission, replaced_at=None)


def own_receipts(user: User, stage: Stage) -> QuerySet[Receipt]:
    """Every receipt of the person's organisations in the stage, also for what is replaced or withdrawn. Newest first."""
    own = Receipt.objects.filter(version__submission__in=own_submissions(user, stage).order_by())
    joined = "version__submission__stage__tender", "version__submission__organisation", "version__handed_in_by"
    return own.select_related(*joined).order_by("-received_at", "-version__no", "pk")


def number_is_taken(number: str) -> bool:
    return Receipt.objects.filter(number=number).exists()


def receipt_by_number(number: str) -> Receipt | None:
    """For the public check. It answers only those who also know the fingerprint."""
    return Receipt.objects.filter(number=number).select_related("version__submission__stage", "version__submission__organisation").first()


def head_of(stream: str) -> JournalStream:
    """The last line of a stream; inside the transaction that wrote it, the line that was just written."""
    return JournalStream.objects.get(name=stream)


def sealed_submissions(stage: Stage) -> QuerySet[Submission]:
    """What is handed in and waits for opening, with its version and files. For `open_stage`, under the stage's lock."""
    versions = SubmissionVersion.objects.filter(replaced_at=None).select_related("submission__stage", "receipt")
    files = Attachment.objects.filter(removed_at=None).select_related("submission__stage").order_by("added_at", "pk")
    handed_in = Submission.objects.filter(stage=stage, phase=SubmissionPhase.SUBMITTED)
    related = handed_in.select_related("stage__tender", "organisation").order_by("pk")
    return related.prefetch_related(Prefetch("versions", versions), Prefetch("attachments", files))


def organisations_taking_part(tender: Tender) -> QuerySet[Organisation]:
    """Those who have handed in to any stage and not withdrawn. For letters to all of them, never for a page before the opening."""
    live = Submission.objects.filter(stage__tender=tender, phase__in=[SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED])
    return Organisation.objects.filter(pk__in=live.values("organisation")).order_by("pk")


def removed_files() -> QuerySet[Attachment]:
    """Attachments that are removed while the sealed file still lies in the storage."""
    gone = Attachment.objects.filter(removed_at__isnull=False, file_deleted_at=None)
    return gone.order_by("removed_at", "pk")


def files_in_use(paths: Sequence[str]) -> set[str]:
    return set(Attachment.objects.filter(file__in=paths).values_list("file", flat=True))


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """Invitations to begin on, drafts that can still be handed in, and what is handed in and not yet answered.

    Each kind with the earliest deadline first.
    """
    handed_in = Q(phase__in=[SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED], stage__phase__in=UNANSWERED)
    still_open = Q(phase=SubmissionPhase.DRAFT, stage__opens_at__lte=at, stage__closes_at__gt=at)
    live = own_submissions(user).filter(handed_in | still_open)
    begun = [_waiting(submission, at) for submission in live.order_by("stage__closes_at", "pk")]
    return [_invited(row) for row in invitations_to_write(user, at=at)] + begun


def _invited(invitation: StageInvitation) -> Waiting:
    stage = invitation.stage
    why = _("%(organisation)s is selected. No page shows Nav that you write, or what, before the deadline has passed.")
    if stage.tender.framework_id:
        why = _(
            "%(organisation)s is in the framework agreement. No page shows Nav that you write, or what, before the deadline has passed."
        )
    return Waiting(
        title=worded(stage.tender, _("Write the sketch you are invited to: %(stage)s"), _("Write the offer you are invited to"))
        % {"stage": stage.name},
        case=stage.tender.name,
        case_url=reverse("insight:tender", args=[stage.tender.reference]),
        why=why % {"organisation": invitation.organisation.name},
        button=worded(stage.tender, _("Begin on the sketch"), _("Begin on the offer")),
        url=reverse("suppliers:submission", args=[stage.tender.reference, stage.no]),
        due_at=stage.closes_at,
    )


def _waiting(submission: Submission, at: datetime) -> Waiting:
    stage = submission.stage
    place = [stage.tender.reference, stage.no]
    draft = submission.phase == SubmissionPhase.DRAFT
    return Waiting(
        title=worded(stage.tender, _("Finish and hand in the sketch"), _("Finish and hand in the offer"))
        if draft
        else worded(stage.tender, _("The sketch is handed in"), _("The offer is handed in")),
        case=stage.tender.name,
        case_url=reverse("insight:tender", args=[stage.tender.reference]),
        why=_why_draft(submission) if draft else _why_handed_in(stage, at),
        button=_("Go on writing") if draft else _("See the receipt"),
        url=reverse("suppliers:submission" if draft else "suppliers:receipt", args=place),
        due_at=stage.closes_at if stage.is_open_at(at) else None,
        only_to_know=not draft,
    )


def _why_handed_in(stage: Stage, at: datetime) -> str:
    if stage.is_open_at(at):
        return str(_("You can change or withdraw it until the deadline."))
    if stage.answer_by is None:
        return ""
    late = stage.answer_by < oslo_day(at)
    text = _("Nav promised the answer by %(day)s, and it is late.") if late else _("You get the answer by %(day)s.")
    return text % {"day": day(stage.answer_by)}


def _why_draft(submission: Submission) -> str:
    if submission.saved_at is None:
        return str(_("Nothing is written yet."))
    return str(_("Saved %(when)s. Only you who act for %(organisation)s can see it.")) % {
        "when": moment(submission.saved_at),
        "organisation": submission.organisation.name,
    }


def facts_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> CaseFacts:
    """The sketch and its receipt, for those who act for an organisation. To all others: nothing, whether or not there is one."""
    if not isinstance(user, User) or not people.own_organisations(user).exists():
        return CaseFacts()
    mine = own_submissions(user).filter(stage__tender=tender)
    own = {row.stage_id: row for row in mine.order_by("started_at")}
    receipted = set(mine.filter(versions__receipt__isnull=False).order_by().values_list("stage", flat=True))
    links = []
    invited = set(invited_stages(user, tender).values_list("pk", flat=True))
    for stage in tender.stages.all():
        submission = own.get(stage.pk)
        place = [tender.reference, stage.no]
        entered = stage.entry == Stage.Entry.OPEN or stage.pk in invited
        named = {"stage": stage.name}
        if submission is not None or (entered and stage.is_open_at(at)):
            own_first, own_later = (
                worded(tender, _("Your sketch"), _("Your offer")),
                worded(tender, _("Your sketch: %(stage)s"), _("Your offer: %(stage)s")),
            )
            label = own_first if stage.no == 1 else own_later % named
            links.append(CaseLink(f"submission-{stage.no}", label, reverse("suppliers:submission", args=place)))
        if stage.pk in receipted:
            receipt = _("Receipt") if stage.no == 1 else _("Receipt: %(stage)s") % named
            links.append(CaseLink(f"receipt-{stage.no}", receipt, reverse("suppliers:receipt", args=place)))
    return CaseFacts(links=links)
