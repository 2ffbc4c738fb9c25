"""What is announced, whole: the approver's page, the public page and the stored snapshot are made of this one structure."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.roles import Role
from tenders import queries
from tenders.models import Criterion, Requirement, Stage, TeamMember, Tender
from tenders.queries.files import listed_files
from tenders.queries.need import groups_of

Content = dict[str, Any]


def announcement_content(tender: Tender) -> Content:
    """Everything that will be announced, or has been. Values of the tender only, no words in a language: templates add those.

    The number of statements is the same however many stages, questions and criteria there are.
    """
    stages = tender.stages.prefetch_related("fields", "criteria__levels").order_by("no")
    requirements = [_requirement(one) for one in tender.requirements.all()]
    return {
        # Named when there are any, so that what was announced before there were requirements keeps its hash
        **({"requirements": requirements} if requirements else {}),
        **{name: getattr(tender, name) for name in _FIELDS},
        "unit": tender.unit.name,
        "groups": groups_of(tender),
        "tried_at": tender.tried_at.name if tender.tried_at else "",
        "counties": [county.name for county in tender.counties.order_by("name")],
        "amount": tender.budget.amount,
        "contact": _contact(tender),
        "cpv": [one.code for one in tender.cpv_choices.all()],
        **_value(tender),
        "files": [file.said for file in listed_files(tender)],
        "stages": [_stage(stage) for stage in stages],
    }


LEARNED = ("effort_factor", "effort_tenders")
EFFORT = ("effort_hourly", "effort_words", "effort_expected", "effort_source")


def _value(tender: Tender) -> Content:
    """Named when they are there only, so that what was announced before they were asked for keeps its hash."""
    named = ("service_kind", "options_amount", "options_text", "later_amount", "later_text", "research")
    return {name: value for name in (*named, *EFFORT, *LEARNED) if (value := getattr(tender, name))}


_FIELDS = [
    "reference", "name", "procedure", "heading", "summary", "need", "known", "target_group", "who_counts", "wanted_effect",
    "not_prescribed", "adopter", "adoption_budget", "places", "places_unknown", "adoption_from",
    "case_number", "vat_basis", "rights_regime", "rights_text", "contract_text", "clauses", "sanctions_text", "climate", "climate_text",
    "legal_basis", "reservation", "reservation_ground", "prequalification_required", "prequalification_ground", "questions_close_at",
    "months", "months_ground",
]  # fmt: skip
_STAGE_FIELDS = [
    "no", "name", "delivers", "entry", "opens_at", "closes_at", "answer_by", "weeks", "selects", "pays_each", "blind", "standstill_days",
    "max_files",
]  # fmt: skip


def _requirement(one: Requirement) -> Content:
    return {name: getattr(one, name) for name in ("no", "kind", "amount", "whom", "text", "why", "proof")}


def _contact(tender: Tender) -> Content:
    """The project lead; the officer of the tender while none is named. The others of the team are for those who work with the tender."""
    lead = tender.team.filter(task=TeamMember.Task.PROJECT_LEAD).first()
    if lead:
        return {"name": lead.name, "email": lead.email}
    officer = queries.assigned_people(tender, Role.OFFICER).first()
    return {"name": officer.name if officer else "", "email": ""}


def _stage(stage: Stage) -> Content:
    fields = list(stage.fields.all())
    by_price = {"price": True} if stage.price_criterion else {}
    return {
        **by_price,
        **{name: getattr(stage, name) for name in _STAGE_FIELDS},
        "pays_in_all": stage.pays_in_all,
        "words": sum(field.max_words for field in fields),
        "fields": [
            {"no": field.no, "label": field.label, "hint": field.hint, "max_words": field.max_words, "required": field.required}
            for field in fields
        ],
        "criteria": [_criterion(criterion) for criterion in stage.criteria.all()],
    }


def _criterion(criterion: Criterion) -> Content:
    levels = criterion.levels.all()
    # Named for a price only, so that what was announced before there were prices keeps its hash
    by_price = {"formula": criterion.formula} if criterion.formula else {}
    return {
        **by_price,
        "no": criterion.no,
        "name": criterion.name,
        "question": criterion.question,
        "weight": criterion.weight,
        "climate": criterion.climate,
        "scale_max": criterion.scale_max,
        "levels": [{"lowest": one.lowest, "highest": one.highest, "name": one.name, "text": one.text} for one in levels],
    }


def snapshot_of(content: Content) -> Content:
    """The content as it is stored: moments, days and amounts as text."""
    stored: Content = json.loads(_canonical(content))
    return stored


def content_hash(content: Content) -> str:
    """SHA-256 of the content, the same for the content and for its snapshot."""
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(content: Content) -> str:
    return json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
