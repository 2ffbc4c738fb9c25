"""Who may open a stage, when, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.models import User
from accounts.policies import Policy
from accounts.roles import Role
from evaluation.models import OpeningPress
from evaluation.queries import OPENERS, roles_in_opening
from tenders.models import Stage
from tenders.phases import StagePhase

_TOO_EARLY = _("It can be opened from %(from)s.")


def _too_early(opened_from: datetime) -> str:
    return str(_TOO_EARLY) % {"from": wording.moment_seconds(opened_from)}


too_early = lazy(_too_early, str)


@dataclass(frozen=True)
class OpenPolicy(Policy):
    """A stage is opened once, from a minute after its deadline."""

    stage: Stage
    at: datetime

    def check(self, by: User) -> None:
        opened_from = self.stage.may_be_opened_from
        if self.stage.phase == StagePhase.PLANNED or opened_from is None:
            return self.require(False, _("This stage is not announced yet, so there is nothing to open."))
        self.require(self.stage.phase != StagePhase.CANCELLED, _("The tender was cancelled, so the stage is never opened."))
        self.require(self.stage.phase == StagePhase.ANNOUNCED, _("The stage has been opened already."))
        return self.require(self.at >= opened_from, too_early(opened_from))


@dataclass(frozen=True)
class PressOpeningPolicy(Policy):
    """The officer and the approver of the tender press, each once, and never one person as both."""

    stage: Stage
    presses: Sequence[OpeningPress]
    at: datetime

    def check(self, by: User) -> None:
        self.role_of(by)

    def role_of(self, by: User) -> Role:
        """As what `by` presses. Somebody who holds both roles presses in the one that is free."""
        roles = roles_in_opening(by, self.stage.tender, at=self.at)
        self.require(bool(roles), _("Only the officer and the approver of this tender can open the stage."))
        OpenPolicy(self.stage, self.at).check(by)
        pressed = any(press.pressed_by_id == by.pk for press in self.presses)
        self.require(not pressed, _("You have pressed already. Another person must press too."))
        free = [role for role in roles if role not in {press.role for press in self.presses}]
        self.require(bool(free), _("Somebody with your role has already pressed."))
        return free[0]


@dataclass(frozen=True)
class TwoPeoplePolicy(Policy):
    """Nothing is opened before the officer and the approver, two people, have both pressed within fifteen minutes."""

    presses: Sequence[OpeningPress]

    def check(self, by: User) -> None:
        people = {press.pressed_by_id for press in self.presses}
        roles = {press.role for press in self.presses}
        both = len(people) == 2 and roles == {role.value for role in OPENERS} and by.pk in people
        self.require(both, _("The officer and the approver must both press before the stage is opened."))
