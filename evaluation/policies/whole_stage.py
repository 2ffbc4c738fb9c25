"""Deciding on a whole stage."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policies import Policy
from evaluation.queries.panel import has_declared, may_decide_all
from tenders.models import Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class ImpartialToAllPolicy(Policy):
    """It concerns everybody in the stage, so it takes somebody who has declared and has no tie to any of them."""

    stage: Stage
    undeclared: "_StrOrPromise" = _("Say first whether you have a tie to any of those who took part.")
    tied: "_StrOrPromise" = _("You or your leader have a tie to one of those who took part. Somebody else must do this.")

    def check(self, by: User) -> None:
        self.require(has_declared(by, self.stage), self.undeclared)
        self.require(may_decide_all(by, self.stage), self.tied)
