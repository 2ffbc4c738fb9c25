"""Pages of framework agreements and call-offs: what each role sees and can do, and a constant number of statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.refused import Refused
from contracts.models import Contract
from suppliers.models import StageInvitation
from tenders.commands.open_dialogue import open_dialogue
from tenders.models import Tender
from tenders.phases import StagePhase, TenderPhase
from tenders.queries.archive import Sought, archived_tenders
from tests.contracts_made import drafted, first_day, representative
from tests.frameworks_made import (
    call_off_announced,
    call_off_described,
    call_off_proposed,
    everybody_in,
    framework_running,
    framework_settled,
    running_from,
)
from tests.market_made import invitation
from tests.pages import masked
from tests.settled_made import developed, stage_no
from tests.stages_made import firm
from tests.tenders_made import hash_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework(cast, nav):
    return framework_running(cast, nav)


@pytest.fixture
def read(client, clock_at):
    """`read(user, name, *args, at=…)` is the page in English as that person sees it then; user None: nobody is logged in."""

    def page(user, name, *args, at):
        _in(client, clock_at, user, at)
        return client.get(reverse(name, args=args), headers={"accept-language": "en"})

    return page


@pytest.fixture
def send(client, clock_at):
    def post(user, name, /, *args, at, **typed):
        _in(client, clock_at, user, at)
        return client.post(reverse(name, args=args), typed)

    return post


def _in(client, clock_at, user, at):
    clock_at(at)
    client.logout()
    if user is not None:
        User.objects.filter(pk=user.pk).update(language="en")
        client.force_login(user)


def words(answer):
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_cover_page_lists_call_offs_and_tells_staff_what_is_left(framework, nav, read):
    at = running_from(framework)
    assert "No call-offs yet" in words(read(None, "insight:tender", framework.reference, at=at))
    tender = call_off_announced(framework, nav)
    stranger = firm(0)[0]
    for user in (None, stranger):
        page = words(read(user, "insight:tender", framework.reference, at=at))
        assert tender.heading in page and "Left of the highest value" not in page and "Start a call-off" not in page
    for user in (nav.ingrid, nav.arne, nav.camilla):
        assert "NOK 700,000" in words(read(user, "insight:tender", framework.reference, at=at))
        page = words(read(user, "contracts:contracts", framework.reference, at=at))
        assert "NOK 700,000" in page and "Call-offs announced" in page and "Left to contract" not in page
    assert "Start a call-off" in words(read(nav.ingrid, "insight:tender", framework.reference, at=at))
    page = words(read(None, "insight:tender", tender.reference, at=at))
    assert "Those who are in the framework agreement" in page and reverse("insight:tender", args=[framework.reference]) in page


def test_the_list_of_call_offs_costs_the_same_with_one_and_with_three(framework, nav, read):
    at, counted = running_from(framework), []
    for more in (1, 2):
        for _ in range(more):
            call_off_announced(framework, nav, 100_000)
        with CaptureQueriesContext(connection) as found:
            read(None, "insight:tender", framework.reference, at=at)
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_an_officer_starts_a_call_off_and_what_was_typed_is_kept(framework, nav, read, send):
    at = running_from(framework)
    page = words(read(nav.ingrid, "contracts:start_call_off", framework.reference, at=at))
    assert "NOK 1,000,000 is left" in page and "Medvirkning" in page
    typed = {"name": "Ti unge i Bodø", "amount": "2000000", "criteria": ["1", "2"]}
    answer = send(nav.ingrid, "contracts:start_call_off", framework.reference, at=at, **typed)
    assert "is left of the framework agreement. Make it smaller" in words(answer) and "Ti unge i Bodø" in words(answer)
    for wrong in ({"criteria": ["9"]}, {"criteria": ["x"]}, {"amount": "mye"}, {"name": "\0"}, {"name": "a" * 100_000}, {"name": ""}):
        assert (
            send(nav.ingrid, "contracts:start_call_off", framework.reference, at=at, **(typed | {"amount": "1"} | wrong)).status_code == 200
        )
    assert not framework.call_offs.exists()
    answer = send(nav.ingrid, "contracts:start_call_off", framework.reference, at=at, **(typed | {"amount": "200000"}))
    tender = framework.call_offs.get()
    assert answer.url == reverse("tenders:announcement_section", args=[tender.reference, "need"])
    assert "Those invited take part" in words(read(nav.ingrid, "tenders:announcement_section", tender.reference, "requirements", at=at))
    for section, gone in {"money": "pays_each_1", "criteria": "name_1_1", "dates": "weeks_1", "terms": "reservation"}.items():
        page = read(nav.ingrid, "tenders:announcement_section", tender.reference, section, at=at).content.decode()
        assert f'name="{gone}"' not in page
    for user in (nav.arne, nav.camilla, firm(0)[0]):
        assert read(user, "contracts:start_call_off", framework.reference, at=at).status_code == 404


def test_the_approver_reads_who_is_invited_and_announces(framework, nav, read, send):
    at, tender = running_from(framework), call_off_proposed(framework, nav)
    everybody = everybody_in(framework, at)
    page = words(read(nav.arne, "tenders:announcement", tender.reference, at=at))
    assert reverse("contracts:announce_call_off", args=[tender.reference]) in page
    assert all(f'name="invited" value="{key}"' in page for key in everybody)
    address = ("contracts:announce_call_off", tender.reference)
    seen = hash_seen(tender)
    assert send(nav.arne, "tenders:announce", tender.reference, at=at, content_hash=seen).status_code == 200
    assert send(nav.arne, *address, at=at, content_hash=seen, invited=everybody[:2]).status_code == 409
    assert send(nav.arne, *address, at=at, content_hash=seen, invited=["x"]).status_code == 404
    assert send(firm(0)[0], *address, at=at, content_hash=seen, invited=everybody).status_code == 404
    assert read(nav.arne, *address, at=at).status_code == 302
    assert not StageInvitation.objects.exists()
    assert send(nav.arne, *address, at=at, content_hash=seen, invited=everybody).url == reverse("insight:tender", args=[tender.reference])
    assert StageInvitation.objects.count() == 3


def test_one_who_is_invited_sees_it_and_can_write_and_others_can_not(framework, nav, read):
    at = running_from(framework)
    tender = call_off_announced(framework, nav)
    inside = set(everybody_in(framework, at))
    for no in range(4):
        user, organisation = firm(no)
        page = words(read(user, "insight:my_work", at=at))
        assert (tender.name in page) is (organisation.pk in inside)
        answer = read(user, "suppliers:submission", tender.reference, 1, at=at)
        assert ("can take part in its call-offs" in words(answer)) is (organisation.pk not in inside)


def test_nobody_at_nav_sees_whether_anybody_has_begun_on_a_call_off(framework, nav, read):
    """Who is invited is known; who writes and hands in is sealed as ever."""
    tender = call_off_announced(framework, nav)
    stage = stage_no(tender, 1)
    at = stage.opens_at.replace(hour=12) + (stage.closes_at - stage.opens_at) / 2

    def pages():
        return [
            masked(read(user, "insight:tender", ref, at=at))
            for user in (nav.ingrid, nav.arne)
            for ref in (tender.reference, framework.reference)
        ]

    before = pages()
    developed(stage, [row.organisation for row in Contract.objects.filter(tender=framework).select_related("organisation")])
    assert pages() == before


def test_the_agreement_says_what_it_is_to_everybody_who_signs(cast, nav, read):
    stage = framework_settled(cast)
    at = first_day(stage)
    page = words(read(nav.ingrid, "contracts:draft", stage.tender.reference, at=at))
    assert "Each is a framework agreement" in page and "NOK 0" not in page
    contract = drafted(stage, nav, at)[0]
    for user in (nav.arne, nav.ingrid):
        page = words(read(user, "contracts:contract", stage.tender.reference, contract.pk, at=at))
        assert "Framework agreement" in page and "NOK 1,000,000" in page or "1 000 000 kr" in page
        assert "Milestones with amount" not in page
    assert "By call-off" in words(read(nav.ingrid, "contracts:contracts", stage.tender.reference, at=at))
    assert read(representative(contract), "contracts:contract", stage.tender.reference, contract.pk, at=at).status_code == 404
    assert Tender.objects.get(pk=stage.tender_id).months == 24


def test_the_approver_of_a_call_off_sees_how_much_is_taken(framework, nav, read):
    at = running_from(framework)
    call_off_announced(framework, nav, 300_000)
    waits = call_off_proposed(framework, nav, 450_000)
    seen = words(read(nav.arne, "tenders:announcement", waits.reference, at=at))
    assert "Taken by earlier call-offs</dt><dd>NOK 300,000<small>of NOK 1,000,000, excl. VAT" in seen
    assert "This call-off</dt><dd>NOK 450,000" in seen and "Left after this one</dt><dd>NOK 250,000" in seen
    assert "Taken by earlier call-offs" not in words(read(nav.ingrid, "tenders:announcement", waits.reference, at=at))


def test_the_market_is_not_asked_about_a_call_off(framework, nav, read):
    at = running_from(framework)
    draft = call_off_described(framework, nav)
    page = words(read(nav.ingrid, "tenders:announcement", draft.reference, at=at))
    assert "Ask the market before you announce" not in page and "Market dialogue" not in page
    refused = read(nav.ingrid, "tenders:market_need", draft.reference, at=at)
    assert refused.status_code == 409 and "so the market is not asked" in words(refused)
    with pytest.raises(Refused, match="A call-off goes to those who are in the framework agreement, so the market is not asked."):
        open_dialogue(tender_id=draft.pk, invitation=invitation(at), by=nav.ingrid, at=at)


def test_a_framework_agreement_that_is_called_off_from_is_not_in_the_archive(framework, nav):
    at = running_from(framework)
    assert framework.phase == TenderPhase.CONCLUDED
    assert list(archived_tenders(nav.ingrid, Sought(), at=at)) == []
    framework.stages.update(phase=StagePhase.UNSELECTED)
    assert list(archived_tenders(nav.ingrid, Sought(), at=at)) == [framework]
