"""Where a person stands when they write or have handed in: stage, organisation, submission, and the addresses from there."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from accounts import clock
from accounts import queries as people
from accounts.http import SignedIn
from accounts.models import Organisation
from suppliers.models import Submission
from suppliers.queries.invitations import standing_invitations
from suppliers.queries.submissions import current_submissions
from tenders.models import Stage
from tenders.phases import PUBLIC_PHASES
from tenders.queries.visibility import visible_tenders


@dataclass(frozen=True)
class Addresses:
    """Pages of the sketch. `organisation` is named in them only for a person who acts for several."""

    reference: str
    no: int
    organisation: str = ""

    def _to(self, name: str, *more: UUID) -> str:
        address = reverse(f"suppliers:{name}", args=[self.reference, self.no, *more])
        return f"{address}?organisation={self.organisation}" if self.organisation else address

    @property
    def form(self) -> str:
        return self._to("submission")

    @property
    def start(self) -> str:
        return self._to("start_submission")

    @property
    def save(self) -> str:
        return self._to("save_draft")

    @property
    def missing(self) -> str:
        return self._to("missing")

    @property
    def review(self) -> str:
        return self._to("review_submission")

    @property
    def submit(self) -> str:
        return self._to("submit")

    @property
    def take_back(self) -> str:
        return self._to("take_back")

    @property
    def confirm(self) -> str:
        return self._to("confirm_submission")

    @property
    def withdraw(self) -> str:
        return self._to("withdraw")

    @property
    def receipt(self) -> str:
        return self._to("receipt")

    def attachment(self, key: UUID) -> str:
        return self._to("attachment", key)

    def receipt_part(self, name: str, number: str) -> str:
        """The page, PDF or JSON of one receipt, by its number."""
        address = self._to(name)
        return f"{address}{'&' if self.organisation else '?'}number={number}"


@dataclass
class Desk:
    """What the views of a sketch share."""

    stage: Stage
    organisations: list[Organisation]
    submission: Submission | None
    named: str

    @cached_property
    def to(self) -> Addresses:
        number = ""
        if len(self.organisations) > 1:
            number = self.submission.organisation.number if self.submission else self.named
        return Addresses(self.stage.tender.reference, self.stage.no, number)

    @cached_property
    def can_write_for(self) -> list[Organisation]:
        """The person's organisations that are let in; all of them when none is, so that the page can say why."""
        if self.stage.entry == Stage.Entry.OPEN:
            return self.organisations
        invited = {row.organisation_id for row in standing_invitations(self.stage)}
        return [own for own in self.organisations if own.pk in invited] or self.organisations

    @property
    def here(self) -> str:
        """The key of the sketch's link among the side pages of the tender."""
        return f"submission-{self.stage.no}"

    @property
    def receipt_here(self) -> str:
        return f"receipt-{self.stage.no}"

    @property
    def own(self) -> Submission:
        """The submission. 404 when there is none, the same as for a stranger's."""
        if self.submission is None:
            raise Http404
        return self.submission


def desk_of(request: SignedIn, reference: str, no: int) -> Desk:
    """The stage of an announced tender and the person's own submission in it; 404 for what the person may not know of."""
    visible = visible_tenders(request.user, at=clock.now()).filter(phase__in=PUBLIC_PHASES)
    stages = Stage.objects.select_related("tender", "key").prefetch_related("fields", "criteria")
    stage = get_object_or_404(stages, tender__in=visible, tender__reference=reference, no=no)
    named = request.GET.get("organisation", "")
    current = current_submissions(request.user, stage)
    if named:
        current = current.filter(organisation__number=named)
    submission = current.first()
    if submission is not None:
        submission.stage = stage
    return Desk(stage, list(people.own_organisations(request.user)), submission, named)
