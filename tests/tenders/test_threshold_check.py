"""A finding is mended with a click or kept with a reason; nothing is proposed or announced against one that is neither."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import JournalEntry
from accounts.refused import Refused
from tenders.commands.accept_threshold_finding import accept_threshold_finding
from tenders.commands.announce_tender import announce_tender
from tenders.commands.mend_threshold_finding import mend_threshold_finding
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.save_announcement import save_announcement
from tenders.models import Stage, StageField, Tender, ThresholdFinding
from tenders.phases import TenderPhase
from tenders.readiness import NotReady
from tests.conftest import NOON
from tests.tenders_made import announced, describe, hash_seen, proposed
from tests.thresholds_made import before_christmas, demand, findings_of

pytestmark = pytest.mark.django_db
WHY = "Oppdraget går over hele landet samtidig."


@pytest.fixture
def tender(ingrid):
    """A draft with one demand, which one rule finds."""
    made = describe(ingrid)
    demand(made, ingrid, kind="turnover")
    return made


def keep(tender, by, reason=WHY, at=NOON):
    [one] = findings_of(tender, at)
    return accept_threshold_finding(tender_id=tender.pk, finding=one.key, reason=reason, by=by, at=at)


def mend(tender, by, at=NOON, rule=""):
    one = next(found for found in findings_of(tender, at) if rule in ("", found.rule.key))
    mend_threshold_finding(tender_id=tender.pk, finding=one.key, by=by, at=at)


def propose(tender, by, to, at=NOON):
    return propose_announcement(tender_id=tender.pk, approver=to, by=by, at=at)


def test_nothing_is_proposed_before_the_finding_has_its_reason(tender, ingrid, arne):
    with pytest.raises(NotReady, match="A turnover is required: mend it, or write why it must stand"):
        propose(tender, ingrid, arne)
    row = keep(tender, ingrid, f" {WHY} ")
    assert (row.outcome, row.reason, row.decided_by, row.decided_at) == ("kept", WHY, ingrid, NOON)
    assert "10 millioner" in row.quote
    entry = JournalEntry.objects.get(event="tenders.threshold_finding_accepted")
    assert (entry.reason, entry.facts["rule"]) == (WHY, "turnover")
    propose(tender, ingrid, arne)
    tender.refresh_from_db()
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    tender.refresh_from_db()
    assert tender.phase == TenderPhase.ANNOUNCED


def test_the_reason_falls_when_what_it_judged_is_changed(tender, ingrid):
    keep(tender, ingrid)
    assert findings_of(tender) == []
    save_announcement(tender_id=tender.pk, section="requirements", values={"text_1": "Dere skal ha 9 millioner."}, by=ingrid, at=NOON)
    assert [one.rule.key for one in findings_of(tender)] == ["turnover"]
    assert ThresholdFinding.objects.get().reason == WHY, "what was said of the other words is kept"


def test_a_reason_that_fell_is_shown_and_offered_again(tender, ingrid, desk):
    keep(tender, ingrid)
    save_announcement(tender_id=tender.pk, section="requirements", values={"text_1": "Dere skal ha 9 millioner."}, by=ingrid, at=NOON)
    page = desk(ingrid).get(path(tender)).content.decode()
    assert "Was kept with this reason before the words were changed" in page and page.count(WHY) == 2, "said, and filled in"


def test_the_journal_names_the_finding(tender, ingrid, ragnhild, desk):
    keep(tender, ingrid)
    page = desk(ragnhild).get(f"/tenders/{tender.reference}/journal/").content.decode()
    assert "Kept a finding of the threshold check with a reason" in page and "A turnover is required" in page


def test_a_new_reason_takes_the_place_of_the_one_before(tender, ingrid):
    row = keep(tender, ingrid)
    key = f"turnover:{row.judged[:16]}"
    accept_threshold_finding(tender_id=tender.pk, finding=key, reason="En annen grunn.", by=ingrid, at=NOON)
    assert ThresholdFinding.objects.get().reason == "En annen grunn."


def test_one_click_takes_the_requirement_out(tender, ingrid, arne):
    mend(tender, ingrid)
    assert not tender.requirements.exists() and findings_of(tender) == []
    row = ThresholdFinding.objects.get()
    assert (row.outcome, row.reason, row.rule) == ("mended", "", "turnover")
    assert JournalEntry.objects.get(event="tenders.threshold_finding_mended").facts["rule"] == "turnover"
    propose(tender, ingrid, arne)


def test_one_click_mends_dates_rights_documents_and_who_may_take_part(ingrid):
    at = before_christmas()
    ground = {"prequalification_required": True, "prequalification_ground": "Vi vil ha få."}
    tender = describe(ingrid, at, rights_text="Det avtales senere.", **ground)
    Stage.objects.filter(tender=tender, no=1).update(closes_at=at + timedelta(days=14))
    for kind in ("proof", "attachment", "attachment", "other"):
        demand(tender, ingrid, kind=kind, at=at)
    for rule in ("short_deadline", "unclear_rights", "documents", "small_pool"):
        mend(tender, ingrid, at, rule)
    assert findings_of(tender, at) == []
    assert [one.kind for one in tender.requirements.all()] == ["other"]


def test_what_has_no_mend_of_one_click_is_mended_by_hand(ingrid):
    tender = describe(ingrid, adoption_budget="Ikke avklart.")
    with pytest.raises(Refused, match="This must be mended by hand, in the part of the announcement where it stands"):
        mend(tender, ingrid)


def test_a_finding_that_is_gone_is_neither_mended_nor_kept(tender, ingrid):
    for act in (mend_threshold_finding, accept_threshold_finding):
        more = {"reason": WHY} if act is accept_threshold_finding else {}
        with pytest.raises(Refused, match="This finding is gone: what it judged has been changed"):
            act(tender_id=tender.pk, finding="turnover:0", **more, by=ingrid, at=NOON)


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_reason_is_needed(tender, ingrid, reason):
    with pytest.raises(Refused, match="Write why it must stand. The reason is shown to the approver and the auditor"):
        keep(tender, ingrid, reason)


def test_the_database_wants_the_reason_too(tender, ingrid):
    keep(tender, ingrid)
    for wrong in ({"reason": ""}, {"outcome": "mended"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ThresholdFinding.objects.update(**wrong)


def test_only_the_officer_does_it_and_only_with_a_draft(tender, ingrid, arne, sara, ragnhild):
    for by in (arne, sara, ragnhild):
        for act in (keep, mend):
            with pytest.raises(Refused, match="Only the procurement officer of this tender can change the announcement"):
                act(tender, by)
    keep(tender, ingrid)
    propose(tender, ingrid, arne)
    key = f"turnover:{ThresholdFinding.objects.get().judged[:16]}"
    with pytest.raises(Refused, match="waits for approval"):
        mend_threshold_finding(tender_id=tender.pk, finding=key, by=ingrid, at=NOON)


def test_nothing_is_announced_against_a_finding_that_came_since(ingrid, arne):
    """The deadline was long enough when it was proposed."""
    tender = proposed(ingrid, arne)
    late = NOON + timedelta(days=12)
    with pytest.raises(NotReady, match="A short deadline: mend it, or write why it must stand"):
        announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=late)


# The pages


@pytest.fixture
def desk(clock_at):
    clock_at(NOON)

    def log_in(user):
        user.language = "en"
        user.save(update_fields=["language"])
        browser = Client()
        browser.force_login(user)
        return browser

    return log_in


def path(tender, do=""):
    return f"/tenders/{tender.reference}/threshold/{do}"


def test_the_page_says_what_each_finding_does_and_where_it_comes_from(tender, ingrid, desk):
    page = desk(ingrid).get(path(tender)).content.decode()
    for said in (
        "1 finding must be mended or given a reason", "A turnover is required", "10 millioner kroner", "It does not take part",
        "anskaffelsesloven § 4", "Remove the requirement", "Keep it with a reason", "Is it worth taking part?",
    ):  # fmt: skip
        assert said in page, said


def test_mended_and_kept_by_its_buttons(tender, ingrid, desk):
    browser = desk(ingrid)
    demand(tender, ingrid, kind="premises")
    first, second = findings_of(tender)
    assert browser.post(path(tender, "mend/"), {"finding": second.key}).headers["Location"] == path(tender)
    empty = browser.post(path(tender, "keep/"), {"finding": first.key, "reason": " "}).content.decode()
    assert "Write why it must stand." in empty and not ThresholdFinding.objects.filter(outcome="kept").exists()
    assert browser.post(path(tender, "keep/"), {"finding": first.key, "reason": WHY}).status_code == 302
    page = browser.get(path(tender)).content.decode()
    assert "What is left stands with a reason" in page and WHY in page and "Mended" in page and "Own premises are required" in page


def test_what_was_written_for_a_finding_that_is_gone_is_not_lost(tender, ingrid, desk):
    page = desk(ingrid).post(path(tender, "keep/"), {"finding": "turnover:0", "reason": WHY}).content.decode()
    assert "This finding is gone" in page and WHY in page


@pytest.mark.parametrize("finding", ["", "\x00", "turnover:", "x" * 100_000, "🐍:🐍"])
def test_a_finding_that_there_is_not_is_said_so(tender, ingrid, desk, finding):
    browser = desk(ingrid)
    for do in ("mend/", "keep/"):
        answer = browser.post(path(tender, do), {"finding": finding, "reason": "x\x00" if do == "keep/" else ""})
        assert answer.status_code == 200 and "This finding is gone" in answer.content.decode()


def test_approver_and_auditor_read_findings_and_reasons_and_change_nothing(tender, ingrid, arne, ragnhild, desk):
    keep(tender, ingrid)
    propose(tender, ingrid, arne)
    for user in (arne, ragnhild):
        browser = desk(user)
        shown = browser.get(f"/tenders/{tender.reference}/announcement/").content.decode()
        assert "Kept against the threshold check" in shown and WHY in shown
        page = browser.get(path(tender)).content.decode()
        assert WHY in page and "Let it stand" not in page and "Remove the requirement" not in page


def test_the_reasons_are_for_those_who_work_on_it_only(tender, ingrid, arne, sara, desk):
    keep(tender, ingrid)
    propose(tender, ingrid, arne)
    announce_tender(tender_id=tender.pk, content_hash=hash_seen(tender), by=arne, at=NOON)
    for address in (f"/tenders/{tender.reference}/", f"/tenders/{tender.reference}/announcement/"):
        assert WHY not in desk(sara).get(address).content.decode()
    assert desk(sara).get(path(tender)).status_code == 404


def test_long_sentences_are_marked_in_the_text_itself(ingrid, desk):
    long = "Vi " + "går " * 30 + "hjem."
    tender = describe(ingrid, need=f"Dette er kort. {long} <b>Slutt</b>.")
    page = desk(ingrid).get(path(tender)).content.decode()
    assert f"<mark>{long}</mark>" in page.replace(" </mark>", "</mark>").replace("<mark> ", "<mark>")
    assert "(32 words)" in page and "&lt;b&gt;Slutt" in page


def test_the_longest_limits_are_shortened_with_a_click(tender, ingrid, desk):
    """Five questions of 600 words are 3 000, and 100 per cent at 20 words are 2 000: 400 each. Then the long one of five is cut alone."""
    mend(tender, ingrid)
    StageField.objects.filter(stage__tender=tender, stage__no=1).update(max_words=600)
    page = desk(ingrid).get(path(tender)).content.decode()
    # 3 000 words are 10 h and 2 000 are 6.75 h: 0.75 h for the rest of it
    assert "about 10.75 hours" in page and "it is 7.5 hours" in page and "Shorten the longest answers" in page
    mend(tender, ingrid)
    limits = tender.stages.get(no=1).fields.order_by("no")
    assert set(limits.values_list("max_words", flat=True)) == {400}
    assert findings_of(tender) == []
    limits.filter(no=1).update(max_words=2000)
    limits.exclude(no=1).update(max_words=100)
    mend(tender, ingrid)
    assert list(limits.values_list("max_words", flat=True)) == [1600, 100, 100, 100, 100]


def own(tender, **changes):
    """Figures of its own, as the form sends them."""
    tender.refresh_from_db()
    figures = {"effort_hourly": "1000", "effort_words": "100", "effort_expected": "20", "effort_source": "Tre leverandører sa det."}
    return {"draft_no": tender.draft_no, **figures, **changes}


def test_own_figures_are_kept_with_their_source_and_can_be_the_usual_again(tender, ingrid, desk):
    browser, figures = desk(ingrid), f"{path(tender)}figures/"
    assert "1,000 an hour" not in browser.get(path(tender)).content.decode()
    assert browser.post(figures, own(tender)).status_code == 302
    page = browser.get(path(tender)).content.decode().replace("\xa0", " ")
    assert "NOK 1,000 an hour" in page and "Tre leverandører sa det." in page and '<th scope="row">20</th>' in page
    assert "12" in page.split("Write the answers")[1][:120], "1 200 words at 100 in the hour"
    assert browser.post(figures, own(tender, usual="1")).status_code == 302
    tender.refresh_from_db()
    assert (tender.effort_hourly, tender.effort_source) == (None, "")


def test_figures_as_usual_need_no_source_and_others_do(tender, ingrid, desk):
    browser, figures = desk(ingrid), f"{path(tender)}figures/"
    usual = own(tender, effort_hourly="850", effort_words="300", effort_expected="56", effort_source="")
    assert browser.post(figures, usual).status_code == 302
    page = browser.post(figures, own(tender, effort_source=" ")).content.decode()
    assert "Write where the figures come from." in page and 'value="1000"' in page
    wrong = browser.post(figures, own(tender, effort_hourly="mye", effort_words="0", effort_expected="1e9"))
    assert wrong.status_code == 200 and "Mend three things" in wrong.content.decode()
    tender.refresh_from_db()
    assert tender.effort_source == ""


def test_figures_are_whole_or_none_and_those_who_read_cannot_set_them(tender, ingrid, arne, desk):
    with pytest.raises(IntegrityError, match="tender_effort_figures_together"), transaction.atomic():
        Tender.objects.filter(pk=tender.pk).update(effort_hourly=900)
    keep(tender, ingrid)
    propose(tender, ingrid, arne)
    reader = desk(arne)
    assert "Save the figures" not in reader.get(path(tender)).content.decode()
    assert reader.post(f"{path(tender)}figures/", own(tender)).status_code == 409


def test_the_part_with_a_finding_leads_to_the_check(tender, ingrid, desk):
    page = desk(ingrid).get(f"/tenders/{tender.reference}/announcement/").content.decode()
    assert path(tender) in page and "A turnover is required: mend it" in page and "Something is still missing" in page


def test_the_page_asks_the_database_the_same_however_many_findings(ingrid, desk, django_assert_num_queries):
    one, many = describe(ingrid), describe(ingrid)
    demand(one, ingrid, kind="turnover")
    for kind in ("turnover", "premises", "years"):
        demand(many, ingrid, kind=kind)
    browser = desk(ingrid)
    browser.get(path(one))
    with CaptureQueriesContext(connection) as asked:
        browser.get(path(one))
    with django_assert_num_queries(len(asked)):
        browser.get(path(many))


def test_suppliers_read_how_it_was_made_easier_and_only_what_is_true(ingrid, arne, desk, client):
    clock_free = announced(ingrid, arne)
    page = desk(ingrid).get(f"/tenders/{clock_free.reference}/").content.decode()
    for said in (
        "How we have made it easier to take part", "All enterprises can take part", "5 questions and at most 1,200 words",
        "You need attach nothing", "Those who go on are paid for the work", "You keep the rights to what you make",
        "Those who give points do not see who has answered", "No requirements besides what is said here",
    ):  # fmt: skip
        assert said in page, said
    strict = describe(ingrid, rights_regime="nav_owns")
    for kind in ("turnover", "proof"):
        demand(strict, ingrid, kind=kind)
    page = desk(ingrid).get(f"/tenders/{strict.reference}/announcement/").content.decode()
    assert "How we have made it easier" not in page and "5 questions and at most 1,200 words" in page
    for untrue in ("All enterprises can take part. We", "You need attach nothing", "You keep the rights", "no turnover, no years"):
        assert untrue not in page, untrue
    assert Tender.objects.get(pk=strict.pk).requirements.count() == 2
