"""A place becomes free because its supplier gives it up."""

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.command import command
from accounts.models import User
from accounts.refused import Refused
from accounts.roles import Role
from accounts.steps import take_step
from accounts.words import clean_text
from evaluation.documents.vacated import vacated_notices
from evaluation.models import SelectionItem, SelectionPlace
from evaluation.policies.selection import VacatePlacePolicy
from evaluation.queries.prices import paid_to
from letters.commands.send_notices import send_notices
from suppliers.commands.end_invitation import end_invitation
from tenders.models import Stage, Tender
from tenders.phases import STAGE_STEPS, StagePhase
from tenders.queries.money import budgets_of


@command
def vacate_place(*, place_id: UUID, reason: str, by: User, at: datetime) -> None:
    """Free the place and give its money back. The chair then proposes the next in line, or leaves the place empty.

    When the stage is settled already the place stays empty, and the invitation to the next stage ends.
    """
    tender = Tender.objects.select_for_update(of=("self",)).get(stages__places=place_id)
    stage = Stage.objects.select_for_update(of=("self",)).get(places=place_id)
    stage.tender = tender
    rows = SelectionPlace.objects.select_for_update(of=("self",)).select_related("item__submission__organisation")
    place = rows.get(pk=place_id)
    place.stage = stage
    policy = VacatePlacePolicy(place, at)
    policy.check(by)
    item, why = place.item, clean_text(reason).strip()
    if item is None or not why:
        raise Refused(_("Write why the place is given up."))
    SelectionPlace.objects.filter(pk=place.pk).update(item=None)
    item.vacated_at, item.vacated_by, item.vacate_reason = at, by, why
    item.save(update_fields=["vacated_at", "vacated_by", "vacate_reason"])
    budgets_of(tender).update(awarded=F("awarded") - paid_to(stage, item.submission_id))
    _end_next_invitation(stage, item, why, by=by, at=at)
    notices = vacated_notices(stage, item, at=at)
    send_notices(kind="place_vacated", about=place, stream=tender, notices=notices, by=by, at=at)
    _journal(place, item, policy.role_of(by), why, by=by, at=at)


def _end_next_invitation(stage: Stage, item: SelectionItem, reason: str, *, by: User, at: datetime) -> None:
    following = Stage.objects.filter(tender=stage.tender, no=stage.no + 1).first()
    if following is not None:
        end_invitation(stage_id=following.pk, organisation=item.submission.organisation, reason=reason, by=by, at=at)


def _journal(place: SelectionPlace, item: SelectionItem, role: Role | None, reason: str, *, by: User, at: datetime) -> None:
    """With the stage's step back to the chair, when an approved stage is not settled yet."""
    stage, event, facts = place.stage, "evaluation.place_vacated", {"stage": place.stage.no, "place": place.no}
    if stage.phase == StagePhase.APPROVED:
        take_step(
            stage,
            StagePhase.SCORED,
            steps=STAGE_STEPS,
            event=event,
            by=by,
            at=at,
            stream=stage.tender,
            about=[place, item],
            role=role,
            reason=reason,
            facts=facts,
        )
        return
    as_role = role.value if role else ""
    journal.record(event, by=by, at=at, stream=stage.tender, about=[stage, place, item], role=as_role, reason=reason, facts=facts)
