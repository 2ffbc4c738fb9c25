"""Who proposes, who writes the grounds, who decides and who annuls: one rule for stopping, hiding and explaining."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts import queries as people
from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from evaluation.models import Selection, SelectionPlace
from evaluation.policies.whole_stage import ImpartialToAllPolicy
from evaluation.queries import selection as queries
from evaluation.queries.panel import conflicts_of, has_declared, superior_has_conflict
from letters.models import Letter
from letters.phases import LetterPhase
from suppliers.models import Submission
from tenders.models import Stage, Tender
from tenders.phases import StagePhase
from tenders.queries import is_assigned

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class ProposeSelectionPolicy(Policy):
    """The chair proposes, once the scoring is closed."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        chairs = is_assigned(by, self.stage.tender, Role.CHAIR, at=self.at)
        self.require(chairs, _("Only the chair of the panel proposes who is selected."))
        self.require(self.stage.phase != StagePhase.PROPOSED, _("This is already waiting for approval."))
        self.require(self.stage.phase == StagePhase.SCORED, _("The scoring must be closed before anybody is proposed."))
        ImpartialToAllPolicy(self.stage).check(by)


@dataclass(frozen=True)
class WriteGroundsPolicy(Policy):
    """The officer writes the grounds in a draft, until the selection is approved."""

    selection: Selection
    letter: Letter
    submission: Submission
    at: datetime

    def check(self, by: User) -> None:
        stage = self.selection.stage
        self.require(is_assigned(by, stage.tender, Role.OFFICER, at=self.at), _("Only the officer of this tender writes the letters."))
        draft = self.letter.phase == LetterPhase.DRAFT and self.selection.approved_at is None
        self.require(draft, _("This letter has been approved, so no word of it can change."))
        self.require(has_declared(by, stage), _("Say first whether you have a tie to any of those who took part."))
        tied = conflicts_of(by, stage).filter(submission=self.submission).exists() or superior_has_conflict(by, self.submission)
        self.require(not tied, _("You or your leader have a tie to this supplier. Somebody else must write this letter."))


@dataclass(frozen=True)
class ReturnSelectionPolicy(Policy):
    """The approver sends it back; the chair takes it back."""

    selection: Selection
    at: datetime

    def check(self, by: User) -> None:
        waits = self.selection.approved_at is None and self.selection.returned_at is None
        self.require(waits, _("This selection does not wait for approval."))
        known = self.role_of(by) is not None
        self.require(known, _("Only the approver can send the selection back, and only the chair can take it back."))

    def role_of(self, by: User) -> Role | None:
        """The role in which `by` would do it."""
        tender = self.selection.stage.tender
        return next((role for role in (Role.APPROVER, Role.CHAIR) if is_assigned(by, tender, role, at=self.at)), None)


@dataclass(frozen=True)
class ApproveSelectionPolicy(Policy):
    """Somebody else than the proposer approves, once every letter has its grounds."""

    selection: Selection
    at: datetime

    def check(self, by: User) -> None:
        selection = self.selection
        waits = selection.approved_at is None and selection.returned_at is None
        self.require(waits, _("This selection does not wait for approval."))
        self.require(by.pk != selection.proposed_by_id, _("Someone else must approve your proposal."))
        approver = is_assigned(by, selection.stage.tender, Role.APPROVER, at=self.at)
        self.require(approver, _("Only the approver of this tender can approve the selection."))
        ImpartialToAllPolicy(selection.stage).check(by)
        self.require(not queries.letters_without_grounds(selection), _("Every letter needs its grounds first."))


@dataclass(frozen=True)
class AnnulSelectionPolicy(Policy):
    """The approver annuls a decision that everybody has been told of, until the stage is settled."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        approver = is_assigned(by, self.stage.tender, Role.APPROVER, at=self.at)
        self.require(approver, _("Only the approver of this tender can annul the selection."))
        self.require(self.stage.phase != StagePhase.SETTLED, _("The stage is settled, so the selection can't be annulled any more."))
        self.require(self.stage.phase == StagePhase.APPROVED, _("There is no approved selection to annul."))
        self.require(queries.decision_released(self.stage), _("The letters are on their way. Wait until everybody has theirs."))
        ImpartialToAllPolicy(self.stage).check(by)


@dataclass(frozen=True)
class VacatePlacePolicy(Policy):
    """The supplier gives the place up; the officer does it on the supplier's word."""

    place: SelectionPlace
    at: datetime

    def check(self, by: User) -> None:
        self.require(self.role_of(by) is not None, _("Only the supplier can give the place up, or the officer on the supplier's word."))
        self.require(self.place.item is not None, _("This place is empty already."))
        phase = self.place.stage.phase
        stands = phase in {StagePhase.SCORED, StagePhase.APPROVED, StagePhase.SETTLED}
        self.require(stands, _("Nobody can give a place up while a new selection waits for approval. Try again afterwards."))
        self.require(queries.decision_released(self.place.stage), _("The letters are on their way. Wait until everybody has theirs."))
        # The desk of the contracts knows what has been signed; this one does not, and is told where to ask
        bound: _StrOrPromise = import_string(settings.PLACES_ARE_BOUND_BY)(self.place)
        self.require(not bound, bound)

    def role_of(self, by: User) -> Role | None:
        item, tender = self.place.item, self.place.stage.tender
        if item is not None and people.represents(by, item.submission.organisation):
            return Role.SUPPLIER
        return Role.OFFICER if is_assigned(by, tender, Role.OFFICER, at=self.at) else None


@dataclass(frozen=True)
class MendLetterPolicy(Policy):
    """The officer finds out about a letter that could not be made, or a mail nobody knows of."""

    tender: Tender
    at: datetime

    def check(self, by: User) -> None:
        officer = is_assigned(by, self.tender, Role.OFFICER, at=self.at)
        self.require(officer, _("Only the officer of this tender looks after the letters."))
