"""The question of how many hours it took, as the receipt and the answer to the supplier both ask it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from suppliers.hour_bands import BANDS, Band
from suppliers.models import Submission
from suppliers.policies.hours import TellHoursPolicy
from suppliers.queries.hours import told_hours


@dataclass(frozen=True)
class HoursAsked:
    """`told` is what the organisation has answered, `back` the page to come back to."""

    address: str
    back: str
    told: Band | None
    bands: Sequence[Band] = BANDS


def hours_asked(submission: Submission, user: User, *, back: str) -> HoursAsked | None:
    """None for those who are not asked. The submission comes with its stage, tender and organisation."""
    stage = submission.stage
    if TellHoursPolicy(stage, submission).refusal(user):
        return None
    address = reverse("suppliers:hours_spent", args=[stage.tender.reference, stage.no])
    return HoursAsked(f"{address}?organisation={submission.organisation.number}", f"{back}#hours", told_hours(submission))
