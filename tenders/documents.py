"""What is announced, whole: the approver's page, the public page and the stored snapshot are made of this one structure."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.roles import Role
from tenders import queries
from tenders.models import Criterion, Stage, Tender

Content = dict[str, Any]


def announcement_content(tender: Tender) -> Content:
    """Everything that will be announced, or has been. Values of the tender only, no words in a language: templates add those.

    The number of statements is the same however many stages, questions and criteria there are.
    """
    stages = tender.stages.prefetch_related("fields", "criteria__levels").order_by("no")
    officer = queries.assigned_people(tender, Role.OFFICER).first()
    return {
        **{name: getattr(tender, name) for name in _FIELDS},
        "unit": tender.unit.name,
        "counties": [county.name for county in tender.counties.order_by("name")],
        "amount": tender.budget.amount,
        "contact": officer.name if officer else "",
        "stages": [_stage(stage) for stage in stages],
    }


_FIELDS = [
    "reference", "name", "procedure", "heading", "summary", "need", "target_group", "wanted_effect", "not_prescribed", "adopter",
    "case_number", "vat_basis", "rights_regime", "rights_text", "climate", "climate_text", "legal_basis",
    "prequalification_required", "prequalification_ground", "questions_close_at", "months", "months_ground",
]  # fmt: skip
_STAGE_FIELDS = [
    "no", "name", "delivers", "entry", "opens_at", "closes_at", "answer_by", "weeks", "selects", "pays_each", "blind", "standstill_days",
    "max_files",
]  # fmt: skip


def _stage(stage: Stage) -> Content:
    fields = list(stage.fields.all())
    return {
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
    return {
        "no": criterion.no,
        "name": criterion.name,
        "question": criterion.question,
        "weight": criterion.weight,
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
