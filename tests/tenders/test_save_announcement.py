"""An officer writes the announcement, section by section."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from accounts.local_time import OSLO
from accounts.refused import Refused
from accounts.roles import Role
from tenders.commands.save_announcement import save_announcement
from tenders.models import Budget, Criterion
from tenders.policies.announcement import ChangedMeanwhile
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.tenders_made import announced, describe, proposed


@pytest.fixture
def tender(ingrid):
    return describe(ingrid)


@pytest.fixture
def save(ingrid, tender):
    def save(section, by=ingrid, at=NOON, draft_no=None, **values):
        save_announcement(tender_id=tender.pk, section=section, values=values, draft_no=draft_no, by=by, at=at)
        tender.refresh_from_db()

    return save


def test_the_need_is_kept_with_its_counties_and_what_is_left_out_stays(tender, save):
    before = tender.need
    save("need", heading="En ny overskrift", counties=["NO020", "NO081"])
    assert (tender.heading, tender.need) == ("En ny overskrift", before)
    assert sorted(tender.counties.values_list("name", flat=True)) == ["Innlandet", "Oslo"]
    save("need", counties=[])
    assert not tender.counties.exists()


@pytest.mark.engine
def test_what_the_stages_may_pay_follows_in_the_same_step(tender, save):
    save("money", amount=Decimal("700000"), selects_1=5, pays_each_1=Decimal("40000.50"))
    tender.budget.refresh_from_db()
    assert (tender.budget.amount, tender.budget.planned) == (Decimal("700000.00"), Decimal("650002.50"))
    assert [stage.pays_in_all for stage in tender.stages.all()] == [Decimal("200002.50"), Decimal("450000.00")]


@pytest.mark.parametrize(("language", "planned", "amount"), [("en", "NOK 650,000", "NOK 600,000"), ("nb", "650 000 kr", "600 000 kr")])
def test_more_than_the_budget_is_refused_with_the_figures_and_nothing_is_kept(tender, save, language, planned, amount):
    with translation.override(language), pytest.raises(NotReady) as refused:
        save("money", pays_each_2=Decimal("500000"))
    with translation.override(language):
        said = str(refused.value).replace("\N{NO-BREAK SPACE}", " ")
        assert planned in said
        assert amount in said
    assert refused.value.missing[0].field == "amount"
    assert tender.stages.get(no=2).pays_each == Decimal("450000.00")


@pytest.mark.engine
def test_the_database_itself_holds_the_budget(tender):
    with pytest.raises(IntegrityError, match="budget_planned_within_amount"), transaction.atomic():
        Budget.objects.filter(tender=tender).update(planned=F("amount") + 1)


@pytest.mark.parametrize("weight", ["0", "-5", "100.01"])
def test_a_weight_that_is_no_share_is_refused_by_the_constraint(tender, save, weight):
    with pytest.raises(Refused, match="A weight is above 0 and at most 100 per cent"):
        save("criteria", weight_1_1=Decimal(weight))
    assert Criterion.objects.get(stage__tender=tender, stage__no=1, no=1).weight == 35


def test_no_stage_may_select_nobody(save):
    with pytest.raises(Refused, match="A stage selects at least one, and never pays less than nothing"):
        save("money", selects_1=0)


def test_prequalification_needs_its_legal_ground(tender, save):
    with pytest.raises(Refused, match="Say which legal ground lets you require prequalification"):
        save("terms", prequalification_required=True)
    save("terms", prequalification_required=True, prequalification_ground="Anskaffelsesforskriften § 8-7")
    assert tender.prequalification_required


def test_criteria_and_their_levels_can_be_reworded(tender, save):
    save("criteria", name_1_2="Noe nytt", question_1_2="Hva er nytt?", weight_1_2=Decimal("25"), level_1_2_9="Helt nytt.")
    criterion = tender.stages.get(no=1).criteria.get(no=2)
    assert (criterion.name, criterion.question, criterion.levels.get(lowest=9).text) == ("Noe nytt", "Hva er nytt?", "Helt nytt.")
    assert criterion.levels.get(lowest=7).text.startswith("Gjør noe Nav ikke tilbyr")


WEDNESDAY = datetime(2026, 10, 14, 12, 0, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"closes_at": None}, "closes_at", "Set the deadline."),
        ({"closes_at": NOON}, "closes_at", "The deadline has passed. Choose a later day."),
        ({"closes_at": NOON - timedelta(days=400)}, "closes_at", "The deadline has passed. Choose a later day."),
        ({"closes_at": NOON + timedelta(hours=23, minutes=59)}, "closes_at", "The deadline is less than 24 hours ahead."),
        ({"closes_at": datetime(2026, 10, 10, 12, 0, tzinfo=OSLO)}, "closes_at", "The deadline is not on a working day."),
        ({"opens_at": NOON - timedelta(minutes=1)}, "opens_at", "The day it opens has passed."),
        ({"opens_at": WEDNESDAY}, "opens_at", "The deadline must be after the day the stage opens."),
        ({"questions_close_at": None}, "questions_close_at", "Say until when questions can be asked."),
        ({"questions_close_at": NOON}, "questions_close_at", "The time for questions has passed."),
        ({"questions_close_at": WEDNESDAY}, "questions_close_at", "The time for questions must end before the deadline."),
        ({"questions_close_at": datetime(2026, 9, 13, 12, 0, tzinfo=OSLO)}, "questions_close_at", "does not end on a working day"),
        ({"answer_by_1": None}, "answer_by_1", "Say when those who take part get their answer."),
        ({"answer_by_1": date(2026, 10, 1)}, "answer_by_1", "The answer must come after the deadline."),
        ({"answer_by_1": date(2026, 11, 7)}, "answer_by_1", "The day of the answer is not a working day."),
        ({"answer_by_2": date(2026, 11, 5)}, "answer_by_2", "This answer must come after the answer in the stage before."),
    ],
)
def test_dates_that_cannot_be_are_refused_at_their_field(tender, save, values, field, sentence):
    before = tender.stages.first().closes_at
    with pytest.raises(NotReady, match=sentence) as refused:
        save("dates", **values)
    assert refused.value.missing[0].field == field
    assert tender.stages.first().closes_at == before


def test_dates_that_can_be_are_kept(tender, save):
    exactly_a_day = NOON + timedelta(hours=24)
    save("dates", closes_at=exactly_a_day, questions_close_at=NOON + timedelta(hours=1), answer_by_2=None)
    assert (tender.stages.first().closes_at, tender.stages.last().answer_by) == (exactly_a_day, None)


def test_the_second_of_two_officers_is_told_and_nothing_is_overwritten(tender, save):
    opened = tender.draft_no
    save("need", draft_no=opened, heading="Den første")
    with pytest.raises(ChangedMeanwhile, match="Somebody else has saved this draft after you opened the page"):
        save("need", draft_no=opened, heading="Den andre")
    assert tender.heading == "Den første"
    save("need", draft_no=tender.draft_no, heading="Den andre")
    assert tender.heading == "Den andre"


def test_a_name_that_the_section_does_not_have_is_a_fault(save):
    with pytest.raises(ValueError, match="phase"):
        save("need", phase="announced")


def test_only_the_officer_of_the_tender_changes_it(save, arne, sara, ragnhild, with_role):
    other_officer = with_role("Ola Ruud", Role.OFFICER)
    for stranger in (arne, sara, ragnhild, other_officer):
        with pytest.raises(Refused, match="Only the procurement officer of this tender can change the announcement"):
            save("need", by=stranger, heading="x")


def test_what_waits_for_approval_or_is_announced_cannot_be_changed(ingrid, arne):
    for tender, sentence in [
        (proposed(ingrid, arne), "The announcement waits for approval. It can be changed when the approver has sent it back"),
        (announced(ingrid, arne), "This tender has been announced, so the announcement can't be changed"),
    ]:
        with pytest.raises(Refused, match=sentence):
            save_announcement(tender_id=tender.pk, section="need", values={"heading": "x"}, by=ingrid, at=NOON)
