"""In a draft the officer adds criteria and questions, changes them, and takes them away. The page needs no JavaScript."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.refused import Refused
from tenders.commands.copy_tender import copy_tender
from tenders.commands.save_announcement import save_announcement
from tenders.models import Criterion, StageField
from tenders.readiness import missing_in
from tests.conftest import NOON
from tests.contracts_made import parties
from tests.frameworks_made import call_off_described, framework_running
from tests.settled_made import cast_of
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe


@pytest.fixture
def tender(ingrid):
    return describe(ingrid, procedure="small_tender")


@pytest.fixture
def officer(ingrid):
    ingrid.language = "en"
    ingrid.save(update_fields=["language"])
    browser = Client()
    browser.force_login(ingrid)
    return browser


def path(tender, section):
    return f"/tenders/{tender.reference}/announcement/{section}/"


def press(officer, tender, section, **pressed):
    """Send the page as it stands, with what is typed and the button that is pressed."""
    tender.refresh_from_db()
    return officer.post(path(tender, section), typed(tender, section, **pressed).data)


def criteria(tender, stage=1):
    return [(one.no, one.name, one.weight) for one in Criterion.objects.filter(stage__tender=tender, stage__no=stage).order_by("no")]


def labels(tender, stage=1):
    return [(one.no, one.label) for one in StageField.objects.filter(stage__tender=tender, stage__no=stage).order_by("no")]


def missing(tender, section):
    return [str(one.text) for one in missing_in(tender, at=NOON) if one.section == section]


def test_a_criterion_is_added_with_the_levels_of_the_template_and_what_was_typed_is_kept(officer, tender):
    answer = press(officer, tender, "criteria", weight_1_1="30", add="1")
    assert answer["Location"] == path(tender, "criteria") + "#h-criterion-1-3"
    assert criteria(tender) == [(1, "Effekt", 30), (2, "Gjennomføring", 50), (3, "Nytt kriterium", 20)]
    added = Criterion.objects.get(stage__tender=tender, no=3)
    assert [(one.lowest, one.highest, one.name) for one in added.levels.all()] == [
        *((9, 10, "Svært godt"), (7, 8, "Godt"), (4, 6, "Delvis"), (1, 3, "Svakt"))
    ]
    page = officer.get(path(tender, "criteria")).content.decode()
    assert 'id="h-criterion-1-3"' in page and "Save and add a criterion" in page


def test_what_is_added_must_be_written_before_it_is_announced(officer, tender):
    press(officer, tender, "criteria", add="1")
    press(officer, tender, "asked", add="1")
    said = missing(tender, "criteria")
    assert any("«Nytt kriterium»" in text for text in said) and any("110 per cent" in text for text in said)
    assert missing(tender, "asked") == ["Write question 4 of «Tilbud», or remove it."]
    levels = {f"level_1_3_{lowest}": "Godt nok." for lowest in (1, 4, 7, 9)}
    press(officer, tender, "criteria", name_1_3="Pris for drift", question_1_3="Hva koster det i bruk?", weight_1_1="40", **levels)
    press(officer, tender, "asked", label_1_4="Hva koster det i bruk?", max_words_1_4="80")
    assert missing(tender, "criteria") == missing(tender, "asked") == []


def test_price_stays_the_last_criterion(officer, tender):
    press(officer, tender, "criteria", price_1="linear", price_weight_1="20", weight_1_1="30")
    press(officer, tender, "criteria", add="1")
    assert [name for _no, name, _weight in criteria(tender)] == ["Effekt", "Gjennomføring", "Nytt kriterium", "Pris"]
    press(officer, tender, "criteria", remove="1_2")
    assert criteria(tender) == [(1, "Effekt", 30), (2, "Nytt kriterium", 10), (3, "Pris", 20)]


def test_a_criterion_is_removed_and_the_others_are_numbered_anew(officer, ingrid):
    tender = describe(ingrid)
    answer = press(officer, tender, "criteria", remove="1_2", name_1_2="", weight_1_1="60")
    assert answer["Location"] == path(tender, "criteria")
    assert criteria(tender) == [(1, "Effekt", 60), (2, "Medvirkning", 20), (3, "Gjennomføring", 20)]
    assert [no for no, _name, _weight in criteria(tender, stage=2)] == [1, 2, 3, 4]


def test_the_last_criterion_and_the_last_question_stay(officer, tender):
    press(officer, tender, "criteria", remove="1_1")
    press(officer, tender, "criteria", price_1="linear", price_weight_1="50")
    answer = press(officer, tender, "criteria", remove="1_1", weight_1_1="40")
    assert "The panel must have something to judge by." in answer.content.decode()
    assert criteria(tender) == [(1, "Gjennomføring", 50), (2, "Pris", 50)]
    press(officer, tender, "asked", remove="1_3")
    press(officer, tender, "asked", remove="1_1")
    answer = press(officer, tender, "asked", remove="1_1")
    assert "Something must be asked." in answer.content.decode()
    assert labels(tender) == [(1, "Hvordan vil dere gå fram?")]


def test_there_is_an_end_to_how_many(officer, tender):
    for _ in range(6):
        assert press(officer, tender, "criteria", add="1").status_code == 302
    assert "Eight criteria are the most a stage can have." in press(officer, tender, "criteria", add="1").content.decode()
    for _ in range(9):
        assert press(officer, tender, "asked", add="1").status_code == 302
    assert "Twelve questions are the most a stage can have." in press(officer, tender, "asked", add="1").content.decode()
    assert (len(criteria(tender)), len(labels(tender))) == (8, 12)


def test_a_question_that_is_added_gets_a_key_of_its_own(officer, tender):
    for _ in range(2):
        press(officer, tender, "asked", add="1")
    press(officer, tender, "asked", remove="1_4")
    answer = press(officer, tender, "asked", add="1")
    assert answer["Location"] == path(tender, "asked") + "#h-question-1-5"
    keys = list(StageField.objects.filter(stage__tender=tender).order_by("no").values_list("no", "key"))
    assert keys == [(1, "solution"), (2, "plan"), (3, "reason"), (4, "question-2"), (5, "question-1")]


def test_questions_and_what_is_handed_in_are_changed(officer, tender):
    typed_in = {"stage_name_1": "Tilbud", "delivers_1": "Ett tilbud.", "label_1_1": "Hva?", "hint_1_1": "", "max_words_1_1": "75"}
    assert press(officer, tender, "asked", **typed_in, required_1_1="").status_code == 302
    stage = tender.stages.get()
    field = stage.fields.get(no=1)
    assert (stage.name, stage.delivers) == ("Tilbud", "Ett tilbud.")
    assert (field.key, field.label, field.hint, field.max_words, field.required) == ("solution", "Hva?", "", 75, False)


@pytest.mark.parametrize("wrong", ["0", "-1", "2001", "mange", "", "9" * 30, "\0"])
def test_a_limit_that_is_none_is_refused_and_stays_typed(officer, tender, wrong):
    answer = press(officer, tender, "asked", max_words_1_1=wrong, label_1_1="Nytt å spørre om")
    said = answer.content.decode()
    assert answer.status_code == 200 and "Write a whole number of words from 1 to 2000." in said and "Nytt å spørre om" in said
    assert tender.stages.get().fields.get(no=1).max_words == 350


@pytest.mark.parametrize("pressed", [{"add": "7"}, {"add": "x"}, {"remove": "9_9"}, {"remove": "\0"}, {"add": "1", "remove": "1_9"}])
@pytest.mark.parametrize("section", ["criteria", "asked"])
def test_a_button_that_is_not_there_changes_nothing(officer, tender, section, pressed):
    assert press(officer, tender, section, **pressed).status_code == 200
    assert (len(criteria(tender)), len(labels(tender))) == (2, 3)


def test_weights_that_do_not_add_up_are_saved_and_said(officer, tender):
    answer = press(officer, tender, "criteria", weight_1_1="40")
    said = officer.get(answer["Location"]).content.decode()
    assert "The weights of «Tilbud» add up to 90 per cent. They must add up to exactly 100." in said
    assert "You can go on, but not send it for approval before they do." in said
    assert criteria(tender)[0][2] == Decimal(40)
    answer = press(officer, tender, "criteria", weight_1_1="50")
    assert "You can go on, but" not in officer.get(answer["Location"]).content.decode()


def test_a_copy_has_what_was_added(officer, tender, ingrid):
    press(officer, tender, "criteria", add="1")
    press(officer, tender, "asked", add="1", label_1_1="Hva?")
    made = copy_tender(origin_id=tender.pk, name="En gang til", unit=tender.unit, by=ingrid, at=NOON)
    assert criteria(made) == criteria(tender)
    assert labels(made) == labels(tender)
    assert Criterion.objects.get(stage__tender=made, no=3).levels.count() == 4


def test_nothing_is_added_to_what_is_announced(ingrid, arne):
    tender = announced(ingrid, arne)
    for section in ("criteria", "asked"):
        with pytest.raises(Refused):
            save_announcement(tender_id=tender.pk, section=section, values={"add": 1}, by=ingrid, at=NOON)


def test_a_call_off_has_the_criteria_of_its_framework_agreement_and_questions_of_its_own(officer, ingrid, arne, with_role, clock_at):
    nav = parties(ingrid, arne, with_role)
    tender = call_off_described(framework_running(cast_of(ingrid, arne, with_role), nav), nav)
    clock_at(tender.created_at)
    page = officer.get(path(tender, "criteria")).content.decode()
    assert "Save and add a criterion" not in page and 'name="remove"' not in page
    before = criteria(tender)
    answer = press(officer, tender, "criteria", add="1")
    assert "The criteria of a call-off were stated with its framework agreement." in answer.content.decode()
    assert press(officer, tender, "criteria", remove="1_1").status_code == 200
    assert criteria(tender) == before
    assert press(officer, tender, "asked", add="1").status_code == 302
    assert len(labels(tender)) == 4
