"""The pages from a template to a public announcement, as everybody in the cast."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from tenders.commands.save_announcement import save_announcement
from tenders.forms.sections import SECTION_NAMES
from tenders.models import Tender
from tenders.phases import TenderPhase
from tests.conftest import NOON
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe, hash_seen, proposed

SECTIONS = list(SECTION_NAMES)


@pytest.fixture
def as_(client):
    def logged_in(user):
        browser = Client(headers={"accept-language": "en"})
        if user:
            user.language = "en"
            user.save(update_fields=["language"])
            browser.force_login(user)
        return browser

    return logged_in


def path(tender, step=""):
    return f"/tenders/{tender.reference}/announcement/{step}{'/' if step else ''}"


def sent(tender, section, **changes):
    return typed(tender, section, **changes).data


def test_an_officer_starts_a_tender_and_comes_to_the_need(as_, ingrid, directorate):
    browser = as_(ingrid)
    assert b"Start the tender" in browser.get("/tenders/new/").content
    form = {"procedure": "idea_competition", "name": "Unge på vei til jobb", "unit": str(directorate.pk)}
    answer = browser.post("/tenders/new/", form)
    tender = Tender.objects.get()
    assert answer.headers["Location"] == path(tender, "need")
    assert (tender.name, tender.created_by) == ("Unge på vei til jobb", ingrid)


def test_the_same_form_twice_starts_one_tender(as_, ingrid, directorate):
    browser = as_(ingrid)
    token = "5f0c4bd4-3c54-4df7-9d57-6f1b8d0a4a55"
    form = {"procedure": "idea_competition", "name": "Én gang", "unit": str(directorate.pk), "form_token": token}
    first, second = (browser.post("/tenders/new/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Tender.objects.count() == 1


@pytest.mark.parametrize("changes", [{"name": ""}, {"name": "x" * 81}, {"unit": ""}, {"unit": "nei"}, {"procedure": "auksjon"}])
def test_a_start_that_lacks_something_keeps_what_was_typed(as_, ingrid, directorate, changes):
    form = {"procedure": "idea_competition", "name": "Et navn", "unit": str(directorate.pk)} | changes
    answer = as_(ingrid).post("/tenders/new/", form)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == set(changes)
    assert not Tender.objects.exists()


def test_only_officers_start_tenders(as_, arne, sara, ragnhild):
    for person in (arne, sara, ragnhild):
        answer = as_(person).get("/tenders/new/")
        assert answer.status_code == 403
        assert b"Only a procurement officer can start a tender" in answer.content
    assert as_(None).get("/tenders/new/").headers["Location"].startswith("/accounts/login/")


def test_the_officer_sees_what_is_missing_and_cannot_send_it(as_, ingrid, arne):
    tender = describe(ingrid, heading="", adopter="")
    page = as_(ingrid).get(path(tender)).content.decode()
    assert "Two things are missing before it can be announced" in page
    assert "Write the need in one sentence" in page
    assert "Something is still missing. See the list." in page
    assert 'aria-disabled="true"' in page


def test_the_officer_sends_it_and_the_approver_announces_it(as_, ingrid, arne):
    tender = describe(ingrid)
    officer, approver = as_(ingrid), as_(arne)
    page = officer.get(path(tender)).content.decode()
    assert "The announcement is ready to be sent for approval" in page
    assert tender.need.splitlines()[0] in page
    answer = officer.post(path(tender, "propose"), {"approver": str(arne.pk)}, follow=True)
    assert "The announcement waits for Arne Lie" in answer.content.decode()
    page = approver.get(path(tender))
    assert "Approve and announce" in page.content.decode()
    assert page.context["page"].content["heading"] == tender.heading
    answer = approver.post(path(tender, "announce"), {"content_hash": page.context["page"].content_hash})
    assert answer.headers["Location"] == f"/tenders/{tender.reference}/"
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.ANNOUNCED


def test_approver_and_public_see_the_same_words(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    seen = as_(arne).get(path(tender)).context["page"].content
    as_(arne).post(path(tender, "announce"), {"content_hash": hash_seen(tender)})
    public = as_(None).get(path(tender)).context["page"].content
    for content in (seen, public):
        del content["stages"][0]["opens_at"]
    assert seen == public


def test_the_public_page_carries_no_button_and_no_journal_of_people(as_, ingrid, arne, sara):
    tender = announced(ingrid, arne)
    for browser in (as_(None), as_(sara)):
        page = browser.get(path(tender)).content.decode()
        assert tender.heading in page
        assert "Arne Lie" not in page
        assert "Send for approval" not in page


def test_the_approver_sends_it_back_with_a_reason_that_the_officer_sees(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    empty = as_(arne).post(path(tender, "return"), {"reason": ""})
    assert "Write an answer here." in empty.content.decode()
    answer = as_(arne).post(path(tender, "return"), {"reason": "Fristen er for kort."}, follow=True)
    told = answer.content.decode()
    assert "The announcement is a draft again." in told and "Ingrid Aas changes it and sends it for approval again." in told
    page = as_(ingrid).get(path(tender)).content.decode()
    assert "Mend the announcement and send it for approval again" in page
    assert "Arne Lie sent it back" in page
    assert "Fristen er for kort." in page


def test_an_announcement_that_is_not_the_one_that_was_read_is_not_announced(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    for seen in ("", "0" * 64):
        answer = as_(arne).post(path(tender, "announce"), {"content_hash": seen})
        assert "The announcement is not the one you have read" in answer.content.decode()
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.AWAITING_APPROVAL


def test_the_officer_takes_back_what_waits(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    assert "Take the announcement back" in as_(ingrid).get(path(tender)).content.decode()
    answer = as_(ingrid).post(path(tender, "return"), {"reason": "Arne er borte til mandag."}, follow=True)
    assert "Ingrid Aas took it back" in answer.content.decode()
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.DRAFT


def test_the_officer_cannot_announce_her_own(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    page = as_(ingrid).get(path(tender)).content.decode()
    assert "Approve and announce" not in page
    answer = as_(ingrid).post(path(tender, "announce"), {"content_hash": hash_seen(tender)})
    assert "Someone else must approve your proposal" in answer.content.decode()


def test_an_approver_cannot_propose_or_edit(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    answer = as_(arne).post(path(tender, "propose"), {"approver": str(arne.pk)})
    assert answer.status_code == 409
    assert tender.approvals.count() == 1
    for section in SECTIONS:
        assert as_(arne).get(path(tender, section)).status_code == 409


def test_proposing_twice_says_that_it_waits(as_, ingrid, arne):
    tender = proposed(ingrid, arne)
    as_(ingrid).post(path(tender, "propose"), {"approver": str(arne.pk)})
    assert tender.approvals.count() == 1


def test_when_nobody_else_can_approve_the_page_says_so(as_, ingrid):
    page = as_(ingrid).get(path(describe(ingrid))).content.decode()
    assert "Nobody but you is an approver in this unit" in page


@pytest.mark.parametrize("step", ["", "propose", "return", "announce", *SECTIONS])
def test_a_draft_does_not_exist_for_others(as_, ingrid, arne, sara, with_role, step):
    tender = describe(ingrid)
    for stranger in (sara, arne, with_role("Ola Ruud", Role.OFFICER)):
        assert as_(stranger).get(path(tender, step)).status_code == 404
        if step:
            assert as_(stranger).post(path(tender, step), {}).status_code == 404
    assert as_(None).get(path(tender, step)).headers["Location"].startswith("/accounts/login/")
    assert as_(None).get(path(tender, step).replace("2026", "2031")).headers["Location"].startswith("/accounts/login/")


def test_an_auditor_reads_the_draft_and_changes_nothing(as_, ingrid, ragnhild):
    tender = describe(ingrid)
    page = as_(ragnhild).get(path(tender)).content.decode()
    assert tender.heading in page
    assert "Send for approval" not in page
    for section in SECTIONS:
        assert as_(ragnhild).get(path(tender, section)).status_code == 409


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_shown_and_saved_as_it_stands(as_, ingrid, section):
    tender = describe(ingrid)
    browser = as_(ingrid)
    assert browser.get(path(tender, section)).status_code == 200
    answer = browser.post(path(tender, section), sent(tender, section))
    assert answer.headers["Location"] == path(tender)
    assert Tender.objects.get(pk=tender.pk).draft_no == tender.draft_no + 1


def test_there_is_no_other_section(as_, ingrid):
    assert as_(ingrid).get(path(describe(ingrid), "panel")).status_code == 404


def test_more_than_the_budget_is_said_with_the_figures_and_the_typed_stays(as_, ingrid):
    tender = describe(ingrid)
    answer = as_(ingrid).post(path(tender, "money"), sent(tender, "money", pays_each_2="500 000"))
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "The stages would pay NOK 650,000, and the budget is NOK 600,000." in page
    assert 'value="500 000"' in page
    assert Tender.objects.get(pk=tender.pk).stages.last().pays_each == Decimal("450000.00")


def test_a_deadline_in_the_past_is_refused_at_its_field_and_stays(as_, ingrid):
    tender = describe(ingrid)
    answer = as_(ingrid).post(path(tender, "dates"), sent(tender, "dates", closes_at_date="2026-08-31"))
    assert answer.context["form"].errors["closes_at"] == ["The deadline has passed. Choose a later day."]
    assert 'value="2026-08-31"' in answer.content.decode()


def test_prequalification_without_ground_is_refused_in_words(as_, ingrid):
    tender = describe(ingrid)
    answer = as_(ingrid).post(path(tender, "terms"), sent(tender, "terms", prequalification_required="on"))
    assert "Say which legal ground lets you require prequalification." in answer.content.decode()


def test_weights_that_do_not_add_up_are_kept_and_stop_the_sending(as_, ingrid, arne):
    tender = describe(ingrid)
    browser = as_(ingrid)
    browser.post(path(tender, "criteria"), sent(tender, "criteria", weight_1_1="40"))
    page = browser.get(path(tender)).content.decode()
    assert "The weights of «Idéskisse» add up to 105 per cent. They must add up to exactly 100." in page
    answer = browser.post(path(tender, "propose"), {"approver": str(arne.pk)})
    assert "This must be mended first:" in answer.content.decode()
    assert Tender.objects.get(pk=tender.pk).phase == TenderPhase.DRAFT


def test_the_second_of_two_officers_sees_both_texts_and_can_save_again(as_, ingrid):
    tender = describe(ingrid)
    browser = as_(ingrid)
    mine = sent(tender, "need", heading="Min overskrift")
    save_announcement(tender_id=tender.pk, section="need", values={"heading": "Den andres"}, by=ingrid, at=NOON)
    answer = browser.post(path(tender, "need"), mine)
    page = answer.content.decode()
    assert "Somebody else has saved this draft after you opened the page" in page
    assert "Min overskrift" in page
    assert "Den andres" in page
    assert Tender.objects.get(pk=tender.pk).heading == "Den andres"
    again = browser.post(path(tender, "need"), answer.context["form"].data)
    assert again.status_code == 302
    assert Tender.objects.get(pk=tender.pk).heading == "Min overskrift"


def test_what_was_typed_survives_a_login_that_ran_out(as_, ingrid):
    tender = describe(ingrid)
    browser = as_(None)
    answer = browser.post(path(tender, "need"), sent(tender, "need", heading="Skrevet før innlogging"))
    assert answer.headers["Location"].startswith("/accounts/login/")
    session = browser.session["kept_text"]
    browser.force_login(ingrid)
    kept = browser.session
    kept["kept_text"] = session
    kept.save()
    assert "Skrevet før innlogging" in browser.get(path(tender, "need")).content.decode()


def test_the_page_costs_the_same_for_one_tender_and_for_three(as_, ingrid, arne):
    browser, counts = as_(ingrid), set()
    for number in (1, 3):
        tenders = [describe(ingrid, counties=["NO081", "NO020"][:number]) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            browser.get(path(tenders[0]))
        counts.add(len(queries))
    assert len(counts) == 1


def test_the_page_is_translated(as_, ingrid):
    tender = describe(ingrid)
    for language, words in [("nb", "Kunngjøringen er klar til å sendes"), ("nn", "Kunngjeringa er klar til å sendast")]:
        browser = as_(ingrid)
        ingrid.language = language
        ingrid.save(update_fields=["language"])
        assert words in browser.get(path(tender)).content.decode()
