"""What the pages of a sketch show: files, what is missing, the text to read, and who can see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.http import SignedIn
from accounts.models import User
from accounts.page_parts import Check, FileRow, Tag
from suppliers import envelopes
from suppliers.completeness import PRICE_LABEL, TITLE, Answers, Question, missing_in, questions_of
from suppliers.forms.submission import ConfirmForm, SubmissionForm, name_of
from suppliers.models import Submission
from suppliers.offered_price import PRICE, price_asked, price_said
from suppliers.phases import SubmissionPhase
from suppliers.policies.submission import ConfirmPolicy
from suppliers.queries.confirmations import amendments_to_confirm
from suppliers.queries.submissions import attachments_of, current_version
from suppliers.views.submission_desk import Desk
from tenders.amendment_words import shown_changes
from tenders.handed_in import worded
from tenders.models import Stage
from tenders.phases import StagePhase


@dataclass(frozen=True)
class Said:
    """A question and what is answered; `theirs` is another version of the answer when there are two."""

    label: str
    text: str
    theirs: str = ""
    name: str = ""


def files_of(desk: Desk, *, removable: bool = False) -> list[FileRow]:
    """The files of the sketch as ui/file_list.html shows them."""
    return [
        FileRow(
            name=envelopes.attachment_name(file),
            size=file.size,
            state="ok",
            note=_("Checked and sealed"),
            href=desk.to.attachment(file.pk),
            remove_name="remove" if removable else "",
            remove_value=str(file.pk) if removable else "",
        )
        for file in attachments_of(desk.own)
    ]


def checks(draft: Submission, files: Sequence[FileRow]) -> list[Check]:
    """What is missing on top, with links to the fields; what is done below."""
    questions = questions_of(draft.stage)
    found = missing_in(draft.stage, envelopes.read_draft(draft))
    lacking = {shortcoming.key for shortcoming in found}
    missing = [Check(str(one.label), "warn", one.note, f"#id_{name_of(one.key)}") for one in found]
    required = {question.key: question.label for question in questions if question.required}
    if draft.stage.price_criterion:
        required[PRICE] = PRICE_LABEL
    done = [Check(str(label)) for key, label in required.items() if key not in lacking]
    return [*missing, *done, *(Check(file.name) for file in files)]


def own_answers(submission: Submission) -> Answers:
    """What the organisation wrote: the draft until the stage is opened, what was opened after that."""
    if submission.phase == SubmissionPhase.OPENED:
        version = current_version(submission)
        version.submission = submission
        return envelopes.read_opened_version(version) | envelopes.read_opened_price(version)
    return envelopes.read_draft(submission)


def said(questions: Sequence[Question], answers: Answers, stage: Stage) -> list[Said]:
    """With the price last, where one is asked for. For those who sent it only."""
    asked = price_asked(stage)
    price = [Said(_("Your price"), price_said(answers, asked.vat))] if asked else []
    return [*(Said(str(question.label), answers.get(question.key, "")) for question in questions), *price]


def required_in(stage: Stage) -> list[dict[str, object]]:
    """What the tender requires besides the answers, as tenders/_requirement.html shows it."""
    rows = stage.tender.requirements.order_by("no").values("kind", "amount", "whom", "text", "proof")
    return [dict(row) for row in rows]


def who_can_see(submission: Submission, user: User) -> str:
    """Names the colleagues who see the draft beside the reader."""
    names = list(people.members_of(submission.organisation).exclude(pk=user.pk).values_list("name", flat=True))
    if not names:
        said = _("Only you who act for %(organisation)s can see the draft. Nav cannot see that you have begun.")
        return said % {"organisation": submission.organisation.name}
    return _("Only you and %(names)s can see the draft. Nav cannot see that you have begun.") % {"names": listed(names)}


def listed(names: Sequence[str]) -> str:
    """«Jonas», «Jonas og Sara», «Jonas, Per og Sara»."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def form_page(request: SignedIn, desk: Desk, form: SubmissionForm, *, at: datetime, status: int = 200) -> HttpResponse:
    files = files_of(desk, removable=True)
    shown = {
        **_place(desk, at),
        "form": form,
        "questions": [form[name_of(key)] for key in form.labels],
        "files": files,
        "checks": checks(desk.own, files),
        "requirements": required_in(desk.stage),
        "who_sees": who_can_see(desk.own, request.user),
        "kept": form.is_bound and request.method == "GET",
    }
    return render(request, "suppliers/submission_form.html", shown, status=status)


def read_page(request: SignedIn, desk: Desk, *, at: datetime) -> HttpResponse:
    """The text and the files, when nothing can be written: handed in, opened, or too late."""
    heading, lead, tag = _state(desk, at)
    answers = own_answers(desk.own)
    shown = {
        **_place(desk, at),
        "heading": heading,
        "lead": lead,
        "tag": tag,
        "title": answers.get(TITLE, ""),
        "answers": said(questions_of(desk.stage)[1:], answers, desk.stage),
        "files": files_of(desk),
        "handed_in": desk.own.phase != SubmissionPhase.DRAFT,
        **_to_confirm(request, desk, at),
    }
    return render(request, "suppliers/submission_read.html", shown)


def _to_confirm(request: SignedIn, desk: Desk, at: datetime) -> dict[str, Any]:
    """Amendments that came after what is handed in, with what they changed; asked for as long as something can be done."""
    if desk.own.phase != SubmissionPhase.SUBMITTED or not desk.stage.is_open_at(at):
        return {}
    asked = list(amendments_to_confirm(desk.own))
    stages = list(desk.stage.tender.stages.all()) if asked else []
    return {
        "to_confirm": [(one, shown_changes(one.changes, stages)) for one in asked],
        "confirm_form": ConfirmForm(initial={"through": asked[-1].no if asked else 0}),
        "confirm_refusal": ConfirmPolicy(desk.stage, desk.own, len(asked), at).refusal(request.user),
    }


def not_saved_page(request: SignedIn, desk: Desk, form: SubmissionForm, reason: str, *, newer: bool = False) -> HttpResponse:
    """What the person typed, which was not saved, beside what is saved. Nothing is overwritten and nothing is lost."""
    draft = desk.own
    draft.refresh_from_db(fields=["draft", "draft_no", "saved_at", "phase"])
    saved, yours = envelopes.read_draft(draft), form.as_typed()
    pairs = [Said(str(label), yours[key], saved.get(key, ""), name_of(key)) for key, label in form.labels.items()]
    shown = {
        **_place(desk, None),
        "reason": reason,
        "newer": newer,
        "differing": [pair for pair in pairs if pair.text.split() != pair.theirs.split()],
        "all": pairs,
        "draft_no": draft.draft_no,
    }
    return render(request, "suppliers/submission_not_saved.html", shown, status=409)


def _place(desk: Desk, at: datetime | None) -> dict[str, Any]:
    return {"desk": desk, "to": desk.to, "stage": desk.stage, "tender": desk.stage.tender, "submission": desk.own, "at": at}


def _state(desk: Desk, at: datetime) -> tuple[str, str, Tag]:
    cancelled = desk.stage.phase == StagePhase.CANCELLED
    if desk.own.phase == SubmissionPhase.DRAFT and cancelled:
        lead = worded(
            desk.stage.tender,
            _("The sketch was not handed in. The draft is still here, and only you can see it."),
            _("The offer was not handed in. The draft is still here, and only you can see it."),
        )
        return _("The tender was cancelled"), lead, Tag(_("Not handed in"))
    if desk.own.phase == SubmissionPhase.SUBMITTED and cancelled:
        lead = _("The tender was cancelled, so it is never opened. The key is destroyed. You can read your own copy here.")
        return _("This is what you handed in"), lead, Tag(_("Never opened"), "neutral", "PadlockLocked")
    if desk.own.phase == SubmissionPhase.DRAFT:
        lead = worded(
            desk.stage.tender,
            _("The sketch was not handed in. The draft is still here, and only you can see it."),
            _("The offer was not handed in. The draft is still here, and only you can see it."),
        )
        return _("The deadline has passed"), lead, Tag(_("Not handed in"), "warning", "ExclamationmarkTriangle")
    if desk.own.phase == SubmissionPhase.OPENED:
        return (
            _("This is what you handed in"),
            worded(
                desk.stage.tender,
                _("The sketch has been opened by two people at Nav."),
                _("The offer has been opened by two people at Nav."),
            ),
            Tag(_("Opened"), "info"),
        )
    if desk.stage.is_open_at(at):
        lead = _("It is sealed. You can read it here all the time, and change it until the deadline.")
    else:
        lead = _("It is sealed until two people at Nav open it together. You can read it here all the time.")
    return _("This is what you handed in"), lead, Tag(_("Handed in and sealed"), "success", "PadlockLocked")
