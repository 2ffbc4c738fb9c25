"""Tenders in the phase a test needs, reached by the real commands."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from accounts.local_time import oslo, oslo_day
from accounts.models import Unit, User
from tenders.commands.accept_threshold_finding import accept_threshold_finding
from tenders.commands.announce_tender import announce_tender
from tenders.commands.describe_need import describe_need
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import NEED, TERMS, VALUE, save_announcement
from tenders.documents import announcement_content
from tenders.models import Approval, TeamMember, Tender
from tenders.procedures import working_day_from
from tenders.threshold.check import check_of
from tests.conftest import NOON

WRITTEN = {
    "heading": "Unge under 30 venter for lenge på å finne ut hva de kan jobbe med",
    "summary": "Vi søker nye måter å finne neste steg mot jobb på, sammen med den unge selv.",
    "need": "Mange unge som kommer til Nav, vet ikke hva de får til.\n\nVi trenger en bedre måte å finne ut av dette på.",
    "groups": ["young"],
    "target_group": "Unge mellom 18 og 30 år som har kontakt med Nav.",
    "wanted_effect": "Den unge vet etter noen uker hva neste steg er.\nFlere er i jobb etter seks måneder.",
    "adopter": "Nav-kontorene i hele landet.",
    "adoption_budget": "Tiltaksbudsjettet.",
    "places": 200,
    "case_number": "26/4417",
    "service_kind": "ordinary",
}
TEAM = {
    "need_owner_name": "Berit Solli", "need_owner_email": "berit.solli@nav.example",
    "project_lead_name": "Ingrid Aas", "project_lead_email": "ingrid.aas@nav.example", "project_lead_phone": "55 55 33 33",
    "contract_name": "Jon Myhre", "contract_email": "jon.myhre@nav.example",
    "guide_name": "Tuva Lien", "guide_email": "tuva.lien@nav.example",
}  # fmt: skip

DECIMALS = ("amount", "options_amount", "later_amount", "pays", "weight", "price_weight")


def describe(ingrid: User, at: datetime = NOON, *, unit: Unit | None = None, **changes: Any) -> Tender:
    """A draft with everything written, ready to be proposed. `changes` are values of any section, and `name`.

    The deadline is 30 days after `at` at 12.00 in Norway, moved to a working day; questions end two weeks before it.
    """
    unit = unit or Unit.objects.get(kind=Unit.Kind.DIRECTORATE)
    name = changes.pop("name", "Unge på vei til jobb")
    procedure = changes.pop("procedure", Tender.Procedure.IDEA_COMPETITION)
    tender = describe_need(procedure=procedure, name=name, unit=unit, by=ingrid, at=at)
    dates = {key: value for key, value in _dates(at).items() if key != "answer_by_2" or tender.stages.count() > 1}
    for section, values in _by_section({**WRITTEN, **TEAM, **dates, **changes}).items():
        save_announcement(tender_id=tender.pk, section=section, values=values, by=ingrid, at=at)
    tender.refresh_from_db()
    return tender


def proposed(ingrid: User, arne: User, at: datetime = NOON, **changes: Any) -> Tender:
    """A tender whose announcement waits for Arne."""
    tender = describe(ingrid, at, **changes)
    give_reasons(tender, ingrid, at)
    propose_announcement(tender_id=tender.pk, approver=arne, by=ingrid, at=at)
    tender.refresh_from_db()
    return tender


def give_reasons(tender: Tender, by: User, at: datetime) -> None:
    """What the threshold check finds in it stands, with a reason."""
    for one in check_of(tender, announcement_content(tender), at=at).unanswered:
        accept_threshold_finding(tender_id=tender.pk, finding=one.key, reason="Testen trenger det slik.", by=by, at=at)


def announced(ingrid: User, arne: User, at: datetime = NOON, **changes: Any) -> Tender:
    """A public tender whose first stage is open from `at`."""
    tender = proposed(ingrid, arne, at, **changes)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=at)
    tender.refresh_from_db()
    return tender


def hash_seen(tender: Tender) -> str:
    """What the approver's page carries; «» when nothing was ever proposed."""
    approval = Approval.objects.filter(tender=tender).order_by("proposed_at").last()
    return approval.content_hash if approval else ""


def _dates(at: datetime) -> dict[str, datetime | date]:
    closes = working_day_from(oslo_day(at) + timedelta(days=30))
    questions = working_day_from(closes - timedelta(days=14))
    answer = working_day_from(closes + timedelta(days=35))
    return {
        "closes_at": oslo(closes, time(12, 0)),
        "questions_close_at": oslo(questions, time(12, 0)),
        "answer_by_1": answer,
        "answer_by_2": working_day_from(answer + timedelta(days=91)),
    }


def _by_section(values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        found.setdefault(_section_of(name), {})[name] = Decimal(value) if name.startswith(DECIMALS) else value
    return found


def _section_of(name: str) -> str:
    if name in {*NEED, "counties", "groups"}:
        return "need"
    if name in {*TERMS, "climate_criteria"}:
        return "terms"
    if name in VALUE:
        return "value"
    if name == "cpv":
        return "subject"
    if name.startswith(tuple(TeamMember.Task.values)):
        return "team"
    if name.startswith(("amount", "vat_basis", "selects", "pays_each", "months")):
        return "money"
    if name.startswith(("stage_name", "delivers", "label", "hint", "max_words", "required")):
        return "asked"
    return "criteria" if name.startswith(("weight_", "question_", "level_", "name_", "price_")) else "dates"
