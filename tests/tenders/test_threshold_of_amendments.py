"""What an amendment brings to the threshold check is mended in it, or gets a reason that the approver reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import JournalEntry, User
from letters.models import Letter
from tenders.commands.announce_amendment import announce_amendment
from tenders.commands.follow_tender import follow_tender
from tenders.commands.return_approval import return_approval
from tenders.models import Approval, Tender, ThresholdFinding
from tenders.readiness import NotReady
from tests.amendments_made import CLEARER, WHY, amended, asked_to_amend
from tests.conftest import NOON
from tests.forms_on_pages import form_to
from tests.stages_made import stage_of
from tests.tenders_made import announced
from tests.thresholds_made import HEAVY_TEXT, before_christmas

LATER = NOON + timedelta(days=2)
UNCLEAR = "Rettighetene avklares senere i forhandlinger."
OTHER = "Hvem som eier det, avklares senere."
REASON = "Eieren av en tjeneste vi bygger på, har ikke svart."
UNMENDED = "Unclear who owns the result: mend it, or write why it must stand."
pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


def unclear(tender, ingrid, at=LATER, text=UNCLEAR, **more):
    return asked_to_amend(tender, ingrid, at, values={"rights_text": text}, **more)


def test_what_the_amendment_brings_takes_a_reason(tender, ingrid):
    with pytest.raises(NotReady) as refused:
        unclear(tender, ingrid, threshold_reason=" \n")
    assert [(one.section, one.field, str(one.text)) for one in refused.value.missing] == [("amendment", "threshold_reason", UNMENDED)]
    assert not Approval.objects.filter(what="amendment").exists() and not ThresholdFinding.objects.exists()
    unclear(tender, ingrid, threshold_reason=f" {REASON} ")
    row = ThresholdFinding.objects.get()
    assert (row.rule, row.quote, row.outcome, row.reason) == ("unclear_rights", UNCLEAR, "kept", REASON)
    assert (row.decided_by, row.decided_at) == (ingrid, LATER)
    entry = JournalEntry.objects.get(event="tenders.threshold_finding_accepted")
    assert (entry.actor_id, entry.actor_role, entry.reason) == (ingrid.pk, "officer", REASON)
    assert entry.facts == {"rule": "unclear_rights", "judged": row.judged}


def test_it_is_announced_with_its_reason_and_not_without(tender, ingrid, arne):
    amended(tender, ingrid, arne, LATER, values={"rights_text": UNCLEAR}, threshold_reason=REASON)
    assert Tender.objects.get(pk=tender.pk).rights_text == UNCLEAR
    approval = unclear(tender, ingrid, text=OTHER, threshold_reason=REASON)
    ThresholdFinding.objects.filter(quote=OTHER).delete()
    with pytest.raises(NotReady, match=UNMENDED):
        announce_amendment(approval_id=approval.pk, content_seen=approval.content_hash, by=arne, at=LATER)
    assert Tender.objects.get(pk=tender.pk).rights_text == UNCLEAR


def test_a_reason_holds_for_its_words_and_what_stood_before_is_not_asked_about(tender, ingrid, arne):
    approval = unclear(tender, ingrid, threshold_reason=REASON)
    return_approval(approval_id=approval.pk, reason="Spør en gang til.", by=arne, at=LATER)
    again = unclear(tender, ingrid)
    return_approval(approval_id=again.pk, reason="Spør en gang til.", by=arne, at=LATER)
    with pytest.raises(NotReady, match=UNMENDED):
        unclear(tender, ingrid, text=OTHER)
    amended(tender, ingrid, arne, LATER, values={"rights_text": UNCLEAR}, threshold_reason="En annen grunn.")
    assert ThresholdFinding.objects.get().reason == "En annen grunn."
    ThresholdFinding.objects.all().delete()
    amended(tender, ingrid, arne, LATER, values={"need": CLEARER})
    assert not ThresholdFinding.objects.exists(), "the words on rights stood before, and nobody has touched them"


def test_a_reason_for_nothing_is_not_kept(tender, ingrid):
    asked_to_amend(tender, ingrid, LATER, threshold_reason=REASON)
    assert not ThresholdFinding.objects.exists()


def test_more_time_is_never_blamed(ingrid, arne):
    """Announced before Christmas with a reason; the new deadline is after it and still short of working days."""
    at = before_christmas()
    tender = announced(ingrid, arne, at, closes_at=at + timedelta(days=14), questions_close_at=at + timedelta(days=6))
    ThresholdFinding.objects.all().delete()
    stage = stage_of(tender)
    amended(tender, ingrid, arne, at, values={"closes_at": stage.closes_at + timedelta(days=1)})
    amended(tender, ingrid, arne, at, values={"summary": "Nytt"})
    assert not ThresholdFinding.objects.exists()


def test_a_text_that_was_heavy_before_is_not_brought_and_one_that_becomes_heavy_is(tender, ingrid, arne):
    heavy = HEAVY_TEXT * 6
    with pytest.raises(NotReady, match="The text is heavy to read: mend it"):
        asked_to_amend(tender, ingrid, LATER, values={"known": heavy})
    amended(tender, ingrid, arne, LATER, values={"known": heavy}, threshold_reason=REASON)
    amended(tender, ingrid, arne, LATER, values={"known": f"{heavy} Kort."})


def test_no_amendment_names_a_weaker_part_than_was_decided(ingrid, arne):
    tender = announced(ingrid, arne, options_amount="700000", options_text="Ett år.", legal_basis="Del I og II.")
    with pytest.raises(NotReady, match="It says part I, and part II followed from the value when the tender was announced"):
        asked_to_amend(tender, ingrid, LATER, values={"legal_basis": "Anskaffelsesforskriften del I."})
    amended(tender, ingrid, arne, LATER, values={"legal_basis": "Anskaffelsesforskriften del I og del III."})
    Tender.objects.filter(pk=tender.pk).update(ruling=None)
    amended(tender, ingrid, arne, LATER, values={"legal_basis": "Anskaffelsesforskriften del I."})


# The pages


def address(tender, name="amend"):
    return reverse(f"tenders:{name}", args=[tender.reference])


@pytest.fixture
def desk(tender, clock_at, client):
    User.objects.update(language="en")
    clock_at(LATER)

    def shown(user, url):
        client.force_login(user) if user else client.logout()
        return client.get(url, headers={"accept-language": "en"}).content.decode()

    return shown


def test_from_the_form_to_the_approver_who_reads_the_reason(tender, ingrid, arne, ragnhild, sara, desk, client):
    follow_tender(tender_id=tender.pk, organisation=None, by=User.objects.get(pk=sara.pk), at=NOON)
    page = desk(ingrid, address(tender))
    assert "What this does to newcomers" not in page and "threshold_reason" not in page
    form = form_to(page, address(tender))
    sent = {**form.data, "rights_text": UNCLEAR, "reason": WHY, "material": "yes"}
    page = client.post(form.action, sent).content.decode()
    for said in (
        "What this does to newcomers", "Unclear who owns the result", f"«{UNCLEAR}»", "A start-up lives by what it owns",
        "Say who owns it and what the other may do", UNMENDED, 'href="#id_threshold_reason"', "Why must it stand?",
    ):  # fmt: skip
        assert said in page, said
    label = page[page.index('for="id_threshold_reason"') :]
    assert "(optional)" not in label[: label.index("</label>")]
    assert page.count("<form") == desk(ingrid, address(tender)).count("<form"), "no form stands inside the form"
    form = form_to(page, address(tender))
    assert form.data["rights_text"] == UNCLEAR
    assert client.post(form.action, {**form.data, "threshold_reason": REASON}).status_code == 302
    for reader in (arne, ragnhild, ingrid):
        page = desk(reader, address(tender))
        assert "Kept against the threshold check" in page and "Unclear who owns the result" in page and REASON in page
    form = form_to(desk(arne, address(tender)), address(tender, "announce_amendment"))
    assert client.post(form.action, form.data).status_code == 302
    for public in ("amendments", "announcement", "questions"):
        seen = desk(None, address(tender, public))
        assert REASON not in seen and "Unclear who owns" not in seen and "hreshold" not in seen
    [letter] = Letter.objects.filter(batch__kind="amendment")
    assert WHY in letter.body and REASON not in letter.body and "Unclear who owns" not in letter.body


def test_mended_in_the_form_nothing_is_asked(tender, ingrid, desk, client):
    form = form_to(desk(ingrid, address(tender)), address(tender))
    sent = {**form.data, "reason": WHY, "material": "yes"}
    page = client.post(form.action, {**sent, "rights_text": UNCLEAR}).content.decode()
    form = form_to(page, address(tender))
    assert client.post(form.action, {**form.data, "rights_text": "Leverandøren eier løsningen."}).status_code == 302
    assert not ThresholdFinding.objects.exists()


def test_what_came_back_is_shown_with_the_reason_to_write_on(tender, ingrid, arne, desk):
    approval = unclear(tender, ingrid, threshold_reason=REASON)
    return_approval(approval_id=approval.pk, reason="Skriv grunnen bedre.", by=arne, at=LATER)
    page = desk(ingrid, address(tender))
    assert "What this does to newcomers" in page and "Kept with a reason" in page
    assert form_to(page, address(tender)).data["threshold_reason"] == REASON


@pytest.mark.parametrize("wrong", ["x\x00", "ord " * 200, "x" * 100_000, "🐍\x00"])
def test_a_reason_that_will_not_do_is_said_so(tender, ingrid, desk, client, wrong):
    form = form_to(desk(ingrid, address(tender)), address(tender))
    sent = {**form.data, "rights_text": UNCLEAR, "reason": WHY, "material": "yes", "threshold_reason": wrong}
    answer = client.post(form.action, sent)
    assert answer.status_code == 200 and "What this does to newcomers" in answer.content.decode()
    assert not Approval.objects.filter(what="amendment").exists()


def test_a_text_that_will_not_do_is_said_so(tender, ingrid, desk, client):
    form = form_to(desk(ingrid, address(tender)), address(tender))
    for wrong in ("x\x00", "x" * 100_000):
        answer = client.post(form.action, {**form.data, "rights_text": wrong, "reason": WHY, "material": "yes"})
        assert answer.status_code == 200 and not Approval.objects.filter(what="amendment").exists()


def test_after_the_announcement_the_page_of_the_check_counts_and_demands_nothing(tender, ingrid, arne, desk):
    amended(tender, ingrid, arne, LATER, values={"rights_text": UNCLEAR}, threshold_reason=REASON)
    assert "What is left stands with a reason" in desk(arne, address(tender, "threshold"))
    ThresholdFinding.objects.all().delete()
    for reader in (ingrid, arne):
        page = desk(reader, address(tender, "threshold"))
        assert "1 finding<" in page and "must be mended" not in page and "can be mended" not in page


def test_looking_asks_nothing_while_nothing_is_changed(tender, ingrid, desk, client):
    desk(ingrid, address(tender))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(tender))
    assert not [one for one in asked if "thresholdfinding" in one["sql"]]
