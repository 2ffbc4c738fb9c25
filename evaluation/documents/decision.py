"""The answer to each supplier: what was decided, on what grounds, and what would have given more; in the supplier's language.

`facts` is what a letter is made of, in no language. The page and the PDF are both made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import wording
from accounts.models import Organisation, User
from accounts.organisation_number import in_threes
from accounts.roles import Role
from evaluation.addresses import stage_address
from evaluation.decision_letter import NOT_SELECTED, REJECTED, SELECTED, DecisionLetter
from evaluation.models import FormalCheck, PriceScore, Selection, SelectionItem
from evaluation.queries import selection as queries
from evaluation.queries.ranking import full_ranking, price_scores
from evaluation.queries.submissions import opened_submissions
from evaluation.ranking import Ranked
from letters.drafts import NewLetter
from letters.models import Letter
from suppliers.models import Submission
from tenders.documents import content_hash
from tenders.models import Criterion, Stage
from tenders.queries import assigned_people

Facts = dict[str, Any]


@dataclass(frozen=True)
class _Basis:
    """What all letters of one selection share."""

    shared: Facts
    ranked: dict[UUID, Ranked]
    items: dict[UUID, SelectionItem]
    rejected: dict[UUID, FormalCheck]
    feedback: dict[UUID, list[str]]
    prices: dict[UUID, PriceScore]


def selection_letters(selection: Selection, *, at: datetime) -> list[NewLetter]:
    """Drafts to everybody in the stage who has no standing answer, and to those who are proposed now."""
    stage = selection.stage
    basis = _basis_of(selection)
    answered, withdrawn = queries.answered_organisations(stage), queries.withdrawn_after_selection(stage)
    letters = []
    for submission in opened_submissions(stage):
        waits = submission.organisation_id not in answered and submission.pk not in withdrawn
        if waits or submission.pk in basis.items:
            letters.append(_letter(submission.organisation, stage, _facts(submission, basis), at=at))
    return letters


def with_grounds(letter: Letter, selection: Selection, grounds: str, *, at: datetime) -> NewLetter:
    """The same letter with other grounds, or with the gathered ones now that the officer has kept them."""
    return _redrafted(letter, selection, letter.facts | {"grounds": grounds, "gathered": False}, at=at)


def as_approved(letter: Letter, selection: Selection, by: User, *, at: datetime) -> NewLetter:
    """The same letter with who approved it, and when."""
    return _redrafted(letter, selection, letter.facts | {"approved_by": by.name, "approved_at": at.isoformat()}, at=at)


def _redrafted(letter: Letter, selection: Selection, facts: Facts, *, at: datetime) -> NewLetter:
    if letter.organisation is None:
        raise ValueError("An answer is written to an organisation.")
    return _letter(letter.organisation, selection.stage, facts, at=at)


def _letter(organisation: Organisation, stage: Stage, facts: Facts, *, at: datetime) -> NewLetter:
    with translation.override(organisation.language):
        title = _("Answer to what you handed in: %(name)s") % {"name": stage.tender.name}
        page = DecisionLetter.of(facts, written_at=at)
        context = {
            "language": organisation.language,
            "title": page.heading,
            "subject": title,
            "sender": [facts["unit"]],
            "recipient": [organisation.name, *organisation.address.splitlines(), in_threes(organisation.number)],
            "reference": facts["case_number"] or facts["reference"],
            "place_and_date": wording.day(at),
            "letter": page,
        }
        body = render_to_string("pdf/selection_letter.html", context)
    path = stage_address("decision", stage)
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation, path=path, facts=facts)


def annulment_letters(stage: Stage, reason: str, *, at: datetime) -> list[NewLetter]:
    """To everybody whose answer stood: it no longer counts, why, and what happens now."""
    organisations = Organisation.objects.filter(pk__in=queries.answered_organisations(stage)).order_by("name", "pk")
    officer = assigned_people(stage.tender, Role.OFFICER).first()
    return [_annulment(organisation, stage, reason, officer, at=at) for organisation in organisations]


def _annulment(organisation: Organisation, stage: Stage, reason: str, officer: User | None, *, at: datetime) -> NewLetter:
    with translation.override(organisation.language):
        title = _("The decision is annulled: %(name)s") % {"name": stage.tender.name}
        context = {
            "language": organisation.language,
            "title": title,
            "sender": [stage.tender.unit.name],
            "recipient": [organisation.name, *organisation.address.splitlines(), in_threes(organisation.number)],
            "reference": stage.tender.case_number or stage.tender.reference,
            "place_and_date": wording.day(at),
            "reason": reason,
            "officer": officer,
        }
        body = render_to_string("pdf/annulment_letter.html", context)
    path = reverse("insight:tender", args=[stage.tender.reference])
    return NewLetter(title=title, body=body, language=organisation.language, organisation=organisation, path=path)


def seen_hash(selection: Selection) -> str:
    """SHA-256 of all that an approver decides on: those proposed, why, and every letter."""
    items = [[str(item.submission_id), item.rank, item.ground] for item in queries.items_of(selection)]
    letters = [[str(letter.organisation_id), letter.title, letter.facts] for letter in queries.letters_of(selection)]
    return content_hash({"selection": str(selection.pk), "reason": selection.reason, "items": items, "letters": letters})


def _basis_of(selection: Selection) -> _Basis:
    stage = selection.stage
    ranking = full_ranking(stage)
    now, before = queries.items_of(selection), queries.selected(stage)
    totals = {row.submission_id: row for row in ranking}
    chosen = sorted([*before, *now], key=lambda item: (item.rank, item.pk))
    tender = stage.tender
    officer = assigned_people(tender, Role.OFFICER).first()
    criteria = list(stage.criteria.prefetch_related("levels"))
    shared: Facts = {
        "reference": tender.reference,
        "tender": tender.name,
        "case_number": tender.case_number,
        "unit": tender.unit.name,
        "stage": stage.no,
        "stage_name": stage.name,
        "last": not tender.stages.filter(no__gt=stage.no).exists(),
        "blind": queries.still_blind(stage),
        "received": opened_submissions(stage).count(),
        "judged": len(ranking),
        "places": stage.selects,
        "pays_each": str(stage.pays_each),
        "vat_basis": tender.vat_basis,
        "standstill_days": stage.standstill_days,
        "criteria": [_criterion(criterion, ranking) for criterion in criteria],
        "winners": [_winner(item, totals.get(item.submission_id)) for item in chosen],
        "officer": [officer.name, officer.email] if officer else [],
        "proposed_by": selection.proposed_by.name,
    }
    items = {item.submission_id: item for item in now}
    return _Basis(shared, totals, items, queries.rejections(stage), queries.feedback_in(stage), price_scores(stage))


def _criterion(criterion: Criterion, ranking: Sequence[Ranked]) -> Facts:
    """With its levels, lowest first, and how many got each whole number of points."""
    levels = sorted(criterion.levels.all(), key=lambda level: level.lowest)
    spread = [0] * (criterion.scale_max + 1)
    for row in ranking:
        spread[_whole(row.means[criterion.no])] += 1
    by_price = {"formula": criterion.formula} if criterion.formula else {}
    return by_price | {
        "no": criterion.no,
        "name": criterion.name,
        "weight": str(criterion.weight),
        "scale_max": criterion.scale_max,
        "levels": [[level.lowest, level.highest, level.name, level.text] for level in levels],
        "spread": spread,
    }


def _whole(points: Decimal) -> int:
    return int(Decimal(points).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _winner(item: SelectionItem, row: Ranked | None) -> list[str]:
    return [item.submission.organisation.name, str(row.total) if row else "", item.ground]


def _facts(submission: Submission, basis: _Basis) -> Facts:
    """What only this supplier's letter says."""
    row, check, item = basis.ranked.get(submission.pk), basis.rejected.get(submission.pk), basis.items.get(submission.pk)
    [version] = submission.versions.all()
    own: Facts = {
        "submission": str(submission.pk),
        "handed_in": version.receipt.received_at.isoformat(),
        # One for each sheet that counts: somebody with a tie to this supplier judged the others only
        "judges": len(row.totals) if row else 0,
    }
    if check is not None:
        return basis.shared | own | {"outcome": REJECTED, "ground": check.ground, "grounds": check.reason, "criteria": []}
    grounds = item.ground if item else "\n\n".join(dict.fromkeys(basis.feedback.get(submission.pk, [])))
    # Put together of what each wrote on a sheet, until the officer has gone through it
    gathered = bool(grounds) and item is None
    points = {str(no): str(mean) for no, mean in row.means.items()} if row else {}
    judged = {"rank": row.rank, "total": str(row.total), "points": points} if row else {}
    if price := basis.prices.get(submission.pk):
        judged |= {"price": str(price.price), "lowest_price": str(price.lowest), "pays_each": str(price.price)}
    return basis.shared | own | judged | {"outcome": SELECTED if item else NOT_SELECTED, "grounds": grounds, "gathered": gathered}
