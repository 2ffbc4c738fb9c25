"""After the opening: everything that was opened is compared with its receipt."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from evaluation import queries
from evaluation.comparison import is_as_received
from evaluation.ledger import root_hash
from suppliers.models import SubmissionVersion
from tenders.models import Stage, Tender

AT_A_TIME = 100


@command
def compare_opened_content(*, by: User, at: datetime) -> int:
    """Compare the next opened submissions, of one stage and at most a hundred, with their receipts. Returns how many.

    What differs is journalled one by one; when nothing of the stage is left, so is the result: the protocol of the
    opening is then complete. Reads and decrypts before any lock; two sweeps at once journal nothing twice.
    """
    stage = queries.stage_to_compare()
    if stage is None:
        return 0
    as_received = {row.pk: is_as_received(row) for row in queries.uncompared_submissions(stage)[:AT_A_TIME]}
    stage.tender = Tender.objects.select_for_update(of=("self",)).get(pk=stage.tender_id)
    Stage.objects.select_for_update(of=("self",)).get(pk=stage.pk)
    compared = list(queries.uncompared_versions(stage).filter(submission__in=as_received))
    if not compared:
        return 0
    SubmissionVersion.objects.filter(pk__in=[version.pk for version in compared]).update(compared_at=at)
    differing = [version for version in compared if not as_received[version.submission_id]]
    lines = [_differs(stage, version) for version in differing]
    if not queries.uncompared_versions(stage).exists():
        lines.append(_result(stage, differing))
    if lines:
        journal.record_many(lines, by=by, at=at)
    return len(compared)


def _differs(stage: Stage, version: SubmissionVersion) -> journal.Line:
    facts = {"stage": stage.no, "submission": str(version.submission_id), "commitment": version.commitment}
    about: list[Model | str] = [f"suppliers.Submission:{version.submission_id}", version]
    return journal.Line(queries.DIFFERS, stage.tender, about, Role.CLOCK, facts=facts)


def _result(stage: Stage, differing: Sequence[SubmissionVersion]) -> journal.Line:
    """Verified when nothing ever differed, and the receipts of today give the root hash that was written at the opening."""
    opening = queries.opening_of(stage)
    in_all = len(opening.differing) + len(differing)
    root = root_hash(queries.ledger_of(stage).values_list("commitment", flat=True))
    event = queries.VERIFIED if not in_all and root == opening.root else queries.CONTRADICTED
    facts = {"stage": stage.no, "submissions": opening.count, "differing": in_all, "root": root}
    return journal.Line(event, stage.tender, [stage], Role.CLOCK, facts=facts)
