"""What the page of the selection shows to one person: who is proposed or selected, what it rests on, and what they may do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from accounts.page_parts import Check, Fact
from evaluation import selection_words as words
from evaluation.addresses import stage_address
from evaluation.documents.decision import seen_hash
from evaluation.models import Selection, SelectionItem
from evaluation.policies.selection import (
    AnnulSelectionPolicy,
    ApproveSelectionPolicy,
    ProposeSelectionPolicy,
    ReturnSelectionPolicy,
    VacatePlacePolicy,
)
from evaluation.queries import either, opening_of
from evaluation.queries import selection as queries
from evaluation.queries.prices import paid_in_all
from evaluation.queries.ranking import full_ranking, price_scores
from evaluation.queries.selection_basis import numbers_of
from evaluation.ranking import Ranked
from evaluation.standstill import Standstill
from tenders.models import Budget, Stage
from tenders.phases import StagePhase
from tenders.queries.visibility import sees_preparing


@dataclass(frozen=True)
class Shown:
    """One of the proposed or selected: by name once a selection is approved, until then by code name."""

    name: str
    code_name: str
    rank: int
    total: str
    ground: str
    vacate: str
    price: str


@dataclass(frozen=True)
class SelectionPage:
    stage: Stage
    user: User
    at: datetime

    @cached_property
    def tells(self) -> bool:
        return queries.sees_proposal(self.user, self.stage, at=self.at)

    @cached_property
    def blind(self) -> bool:
        return queries.still_blind(self.stage)

    @cached_property
    def selection(self) -> Selection | None:
        return queries.current_selection(self.stage)

    @property
    def waits(self) -> bool:
        return self.stage.phase == StagePhase.PROPOSED

    @cached_property
    def ranking(self) -> dict[UUID, Ranked]:
        return {row.submission_id: row for row in full_ranking(self.stage)}

    @cached_property
    def selected(self) -> list[Shown]:
        """Those in the places now; nothing for somebody with a tie before the letters are out."""
        return list(self._shown(queries.selected(self.stage))) if self.tells else []

    @cached_property
    def proposed(self) -> list[Shown]:
        waits = self.waits and self.selection is not None and self.tells
        return list(self._shown(queries.items_of(self.selection))) if waits and self.selection else []

    def _shown(self, items: list[SelectionItem]) -> Iterator[Shown]:
        places: Mapping[UUID, str] = self._vacate_addresses()
        prices = price_scores(self.stage)
        for item in items:
            row, submission = self.ranking.get(item.submission_id), item.submission
            name = submission.code_name if self.blind else submission.organisation.name
            price, vacate = words.price(prices.get(item.submission_id)), places.get(item.pk, "")
            yield Shown(name, submission.code_name, item.rank, words.points(row), item.ground, vacate, price)

    def _vacate_addresses(self) -> dict[UUID, str]:
        """Where the officer gives a place up on the supplier's word."""
        found = {}
        for place in self.stage.places.exclude(item=None).select_related("item__submission__organisation"):
            place.stage = self.stage
            if place.item_id and not VacatePlacePolicy(place, self.at).refusal(self.user):
                found[place.item_id] = reverse("evaluation:vacate_place", args=[self.stage.tender.reference, place.pk])
        return found

    @property
    def heading(self) -> str:
        if not self.tells and self.waits:
            return words.hidden_heading()
        return words.heading(self.stage, proposed=len(self.proposed), selected=len(self.selected), freed=self._freed)

    @property
    def lead(self) -> str:
        if not self.tells:
            return words.hidden_lead()
        over = self.standstill is not None and self.standstill.over(self.at)
        return words.lead(self.stage, judged=len(self.ranking), standstill=self.standstill, over=over, blind=self.blind)

    @property
    def _freed(self) -> bool:
        """Whether a selection stands although the stage waits for another proposal."""
        return self.tells and queries.standing_selections(self.stage).exists()

    @property
    def closed_without(self) -> str:
        """Where it stands why nobody was selected."""
        closed = self.stage.phase == StagePhase.UNSELECTED and sees_preparing(self.user, self.stage.tender, at=self.at)
        return stage_address("closing", self.stage) if closed else ""

    @cached_property
    def standstill(self) -> Standstill | None:
        return queries.standstill_of(self.stage)

    @property
    def standstill_facts(self) -> list[Fact]:
        return words.standstill_facts(self.standstill) if self.standstill else []

    @property
    def now(self) -> list[Fact]:
        """The strip on top while a proposal waits."""
        if self.selection is None or not self.waits or not self.tells:
            return []
        may = words.may(approve=not self.approve_refusal, back=self.may_return, own=self.user.pk == self.selection.proposed_by_id)
        return words.now(self.selection, approvers=self.approvers, may=may, letters=queries.letters_of(self.selection).count())

    @cached_property
    def basis(self) -> list[Check]:
        """What the decision rests on, while it waits."""
        if self.selection is None or not self.waits or not self.tells:
            return []
        tender = self.stage.tender
        budget, hrefs = Budget.objects.get(tender=tender), self._addresses()
        numbers = numbers_of(self.stage, self.selection)
        binds = paid_in_all(self.stage, queries.items_of(self.selection))
        proposed = len(self.proposed)
        return words.basis(self.stage, opening_of(self.stage), budget, numbers, proposed=proposed, binds=binds, hrefs=hrefs)

    def _addresses(self) -> dict[str, str]:
        reference, stage = self.stage.tender.reference, f"?stage={self.stage.no}"
        names = {
            "rules": "tenders:announcement",
            "opening": "evaluation:opening",
            "declarations": "evaluation:declarations",
            "ranking": "evaluation:ranking",
        }
        found = {key: reverse(name, args=[reference]) for key, name in names.items()}
        found |= {key: f"{found[key]}{stage}" for key in ("declarations", "ranking")}
        prepares = sees_preparing(self.user, self.stage.tender, at=self.at)
        staff = {"submissions": "evaluation:submissions", "letters": "evaluation:letters"}
        return found | {key: f"{reverse(name, args=[reference])}{stage}" if prepares else "" for key, name in staff.items()}

    @property
    def seen(self) -> str:
        return seen_hash(self.selection) if self.selection and self.waits and self.tells else ""

    @property
    def may_propose(self) -> bool:
        return not ProposeSelectionPolicy(self.stage, self.at).refusal(self.user)

    @cached_property
    def may_return(self) -> bool:
        return self.selection is not None and self.tells and not ReturnSelectionPolicy(self.selection, self.at).refusal(self.user)

    @cached_property
    def approve_refusal(self) -> str:
        """Why this person can't approve; the page gives the same reason as the command."""
        return ApproveSelectionPolicy(self.selection, self.at).refusal(self.user) if self.selection else ""

    @cached_property
    def may_annul(self) -> bool:
        return not AnnulSelectionPolicy(self.stage, self.at).refusal(self.user)

    @property
    def approvers(self) -> str:
        names = [user.name for user in queries.approvers_to_ask(self.stage, at=self.at)]
        others = [name for name in names if self.selection is None or name != self.selection.proposed_by.name]
        return either(others) if others else ""
