"""A stage is opened: from here on two people have seen to it that everybody's content can be read, at the same time."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from accounts.steps import step_many, take_step
from evaluation import queries
from evaluation.code_names import draw_code_names
from evaluation.ledger import root_hash
from evaluation.models import OpeningPress, SelectionPlace
from evaluation.policies.opening import OpenPolicy, TwoPeoplePolicy
from suppliers.envelopes import rewrap, rewrap_price
from suppliers.models import Attachment, Submission, SubmissionVersion
from suppliers.phases import SUBMISSION_STEPS, SubmissionPhase
from suppliers.queries.submissions import sealed_submissions
from tenders.models import Stage, StageKey, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.sealing import SealBroken
from tenders.stage_keys import private_key_of

_Thing = TypeVar("_Thing", SubmissionVersion, Attachment)


@command
def open_stage(*, stage_id: UUID, by: User, at: datetime) -> int:
    """Open everything that is handed in, and say how many. Drafts stay their owner's, and sealed for ever.

    Only data keys are moved from the stage's key to the application key; then the stage's key is destroyed. Refused before
    the officer and the approver have both pressed, earlier than a minute after the deadline, and a second time.
    """
    key = StageKey.objects.get(stage_id=stage_id)
    private = private_key_of(key) if key.destroyed_at is None else b""
    tender = Tender.objects.select_for_update(of=("self",)).get(stages=stage_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(pk=stage_id)
    stage.tender = tender
    OpenPolicy(stage, at).check(by)
    presses = list(queries.standing_presses(stage, at=at))
    TwoPeoplePolicy(presses).check(by)
    opened = list(sealed_submissions(stage).select_for_update(of=("self",)))
    _move_keys(opened, private)
    role = next(Role(press.role) for press in presses if press.pressed_by_id == by.pk)
    _name_and_step(stage, opened, role=role, by=by, at=at)
    SelectionPlace.objects.bulk_create(SelectionPlace(stage=stage, no=no) for no in range(1, stage.selects + 1))
    StageKey.objects.filter(pk=key.pk).update(wrapped_private=b"", destroyed_at=at)
    _finish(stage, opened, presses, role=role, by=by, at=at)
    return len(opened)


def _move_keys(opened: Sequence[Submission], private: bytes) -> None:
    """Every data key from the stage's key to the application key, for the version, its price and the files of each.

    A price can be read by a program from here on, and is shown to nobody before the scoring is closed.
    """
    versions = [version for submission in opened for version in submission.versions.all()]
    files = [file for submission in opened for file in submission.attachments.all()]
    for version in versions:
        version.opened_key = _rewrapped(rewrap, version, private)
        version.price_opened_key = _rewrapped(rewrap_price, version, private)
    for file in files:
        file.opened_key = _rewrapped(rewrap, file, private)
    SubmissionVersion.objects.bulk_update(versions, ["opened_key", "price_opened_key"])
    Attachment.objects.bulk_update(files, ["opened_key"])


def _rewrapped(how: Callable[[_Thing, bytes], bytes], thing: _Thing, private: bytes) -> bytes:
    """Nothing when the sealed key was tampered with: the others are opened all the same, and the comparison finds this one."""
    try:
        return how(thing, private)
    except SealBroken:
        return b""


def _name_and_step(stage: Stage, opened: Sequence[Submission], *, role: Role, by: User, at: datetime) -> None:
    """A code name each, the draft text gone, and a line in the journal of every organisation."""
    before, after = SubmissionPhase.SUBMITTED, SubmissionPhase.OPENED
    step_many(sealed_submissions(stage), before, after, steps=SUBMISSION_STEPS, draft=b"")
    for submission, name in zip(opened, draw_code_names(len(opened)), strict=True):
        submission.code_name = name
    queries.opened_submissions(stage).bulk_update(opened, ["code_name"])
    facts = {"from": before.value, "to": after.value}
    event = "evaluation.submission_opened"
    lines = [journal.Line(event, row.organisation, [row], role.value, facts=facts) for row in opened]
    journal.record_many(lines, by=by, at=at)


def _finish(stage: Stage, opened: Sequence[Submission], presses: Sequence[OpeningPress], *, role: Role, by: User, at: datetime) -> None:
    """The stage's own step, with the count and the root hash; with nothing to compare the opening is verified at once."""
    commitments = [version.commitment for submission in opened for version in submission.versions.all()]
    facts: journal.Facts = {"stage": stage.no, "submissions": len(opened), "root": root_hash(commitments)}
    take_step(
        stage,
        StagePhase.OPENED,
        steps=STAGE_STEPS,
        event=queries.OPENED,
        by=by,
        at=at,
        stream=stage.tender,
        about=presses,
        role=role,
        facts=facts,
        opened_at=at,
    )
    if not opened:
        nothing = {"stage": stage.no, "submissions": 0}
        journal.record(queries.VERIFIED, by=by, at=at, stream=stage.tender, about=[stage], facts=nothing)
