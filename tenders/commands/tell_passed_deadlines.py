"""The clock says that deadlines have passed. It decides nothing: the deadline held before anybody said so."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import journal, wording
from accounts.command import command
from accounts.models import User
from accounts.roles import Role
from letters.commands.send_notices import send_notices
from letters.drafts import NewLetter
from tenders.models import Assignment, Stage
from tenders.queries.dialogue import passed_and_untold

OPENERS = (Role.OFFICER, Role.APPROVER)


@command
def tell_passed_deadlines(*, by: User, at: datetime) -> int:
    """Mark, journal and tell officer and approver, once for each stage. Returns how many deadlines were told."""
    due = passed_and_untold(at=at).select_for_update(of=("self",), skip_locked=True).select_related("tender")
    stages = list(due)
    Stage.objects.filter(pk__in=[stage.pk for stage in stages]).update(deadline_told_at=at)
    openers = _openers(stages)
    for stage in stages:
        notices = [_notice(stage, person, at) for person in sorted(openers[stage.tender_id], key=lambda person: person.name)]
        if notices:
            send_notices(kind="deadline_passed", about=stage, stream=stage.tender, notices=notices, by=by, at=at)
    lines = [journal.Line("tenders.deadline_passed", stage.tender, [stage], Role.CLOCK, facts={"no": stage.no}) for stage in stages]
    if lines:
        journal.record_many(lines, by=by, at=at)
    return len(stages)


def _openers(stages: Iterable[Stage]) -> dict[UUID, set[User]]:
    """The people who open, by tender; somebody with two tasks is told once."""
    people: dict[UUID, set[User]] = defaultdict(set)
    rows = Assignment.objects.filter(tender__in={stage.tender_id for stage in stages}, role__in=OPENERS)
    for row in rows.select_related("user"):
        people[row.tender_id].add(row.user)
    return people


def _notice(stage: Stage, person: User, at: datetime) -> NewLetter:
    with translation.override(person.language):
        title = _("The deadline has passed in «%(name)s»") % {"name": stage.tender.name}
        body = _("The deadline has passed. Two of you can open from %(moment)s. Both must be logged in, each on your own machine.") % {
            "moment": wording.moment(stage.may_be_opened_from or at)
        }
    path = reverse("insight:tender", args=[stage.tender.reference])
    return NewLetter(title=title, body=body, language=person.language, user=person, path=path)
