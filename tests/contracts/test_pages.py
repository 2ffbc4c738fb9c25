"""Pages of contracts and payments: who sees what, what is typed is kept, and a constant number of statements."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, Organisation, User
from contracts.commands.approve_contract import approve_contract
from contracts.models import Contract, Milestone, PaymentRequest
from letters import pdf
from letters.models import Letter
from tests.conftest import make_person
from tests.contracts_made import (
    ACCOUNT,
    REPORT,
    approved,
    drafted,
    first_day,
    milestones_of,
    paid,
    representative,
    requested,
    started,
)
from tests.pages import masked
from tests.settled_made import developed, opened_stage, stage_no

pytestmark = pytest.mark.django_db


@pytest.fixture
def get(client, clock_at):
    """`get(user, name, *args, at=…)` is the page as that person sees it then."""

    def page(user, name, *args, at):
        signed_in(client, user, clock_at, at)
        return client.get(reverse(f"contracts:{name}", args=args))

    return page


@pytest.fixture
def post(client, clock_at):
    def send(user, name, *args, at, **typed):
        signed_in(client, user, clock_at, at)
        return client.post(reverse(f"contracts:{name}", args=args), typed)

    return send


def signed_in(client, user, clock_at, at):
    """The person, reading English, at that moment."""
    clock_at(at)
    User.objects.filter(pk=user.pk).update(language="en")
    client.force_login(user)


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


def test_the_officer_drafts_and_the_approver_approves_on_pages(stage, nav, get, post):
    at, reference = first_day(stage), stage.tender.reference
    assert "Somebody who is selected has no contract" in text_of(get(nav.ingrid, "contracts", reference, at=at))
    assert "Somebody who is selected has no contract" not in text_of(get(nav.arne, "contracts", reference, at=at))
    shown = text_of(get(nav.ingrid, "draft", reference, at=at))
    assert "Draft three contracts" in shown and "NOK 50,000" in shown
    typed = {"manager": nav.camilla.pk, "starts_on": "2026-12-01", "ends_on": "2026-11-30", "terms": "Vi møtes hver uke."}
    again = text_of(post(nav.ingrid, "draft", reference, at=at, **typed))
    assert "The last day must not be before the first day." in again and "Vi møtes hver uke." in again
    assert not Contract.objects.exists()
    post(nav.ingrid, "draft", reference, at=at, **(typed | {"ends_on": "2027-06-30"}))
    contract = Contract.objects.filter(phase="draft").first()
    shown = text_of(get(nav.arne, "contract", reference, contract.pk, at=at))
    assert "Approve the contract" in shown and "Vi møtes hver uke." in shown
    assert post(nav.arne, "approve", reference, contract.pk, at=at).status_code == 302
    contract.refresh_from_db()
    assert contract.phase == "approved"
    assert post(nav.camilla, "approve", reference, contract.pk, at=at).status_code == 409
    assert get(nav.arne, "draft", reference, at=at).status_code == 404


def test_a_supplier_sees_the_own_contract_and_no_other(settled_stage, nav, get):
    at, reference = first_day(settled_stage) + timedelta(hours=5), settled_stage.tender.reference
    own, other = drafted(settled_stage, nav)[:2]
    user = representative(own)
    assert get(user, "contracts", reference, at=at).status_code == 404, "a draft is nobody else's"
    for row in (own, other):
        approve_contract(contract_id=row.pk, by=nav.arne, at=at)
    shown = text_of(get(user, "contracts", reference, at=at))
    assert own.organisation.name in shown and other.organisation.name not in shown
    assert "Left to contract" not in shown, "the budget is Nav's"
    assert get(user, "contract", reference, own.pk, at=at).status_code == 200
    for name in ("contract", "agreement", "plan", "terminate"):
        assert get(user, name, reference, other.pk, at=at).status_code == 404
    stranger = representative(other)
    assert get(stranger, "contract", reference, own.pk, at=at).status_code == 404


def test_the_agreement_says_what_is_agreed_and_why_it_cannot_be_signed_yet(stage, nav, get, post):
    contract = approved(stage, nav)[0]
    Organisation.objects.update(language="en")
    user, reference, at = representative(contract), stage.tender.reference, first_day(stage) - timedelta(days=1)
    shown = text_of(get(user, "contract", reference, contract.pk, at=at))
    for part in ("Parties", "What is delivered", "Money", "Rights", "Ending early", "Contacts", "Not signed yet", "NOK 50,000"):
        assert re.search(part, shown), part
    assert 'aria-disabled="true"' in shown and "This can be signed from" in shown
    assert post(user, "sign", reference, contract.pk, at=at).status_code == 409
    contract.refresh_from_db()
    assert contract.supplier_signed_at is None


@pytest.mark.skipif(not pdf.available(), reason="no Pango here")
def test_the_agreement_is_a_pdf_in_the_suppliers_language(finalists, get):
    contract = finalists[0]
    response = get(representative(contract), "agreement", contract.tender.reference, contract.pk, at=first_day(contract.stage))
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")


def test_without_pango_the_page_of_the_contract_is_what_there_is(finalists, get, monkeypatch):
    monkeypatch.setattr(pdf, "available", lambda: False)
    contract = finalists[0]
    response = get(representative(contract), "agreement", contract.tender.reference, contract.pk, at=first_day(contract.stage))
    assert response.status_code == 409
    assert "No PDF can be made here just now. The page of the contract says the same." in text_of(response)


@pytest.mark.parametrize("amount", ["-1", "0", "50000.005", "1" + "0" * 18, "femti tusen"])
def test_amounts_that_cannot_be_are_refused_in_the_plan_and_nothing_is_lost(development, nav, post, amount):
    at, reference = first_day(development.stage), development.tender.reference
    typed = {"rows": "2", "title_1": "Første prøveuke", "delivers_1": "Ti unge", "due_on_1": "2027-03-01", "amount_1": amount}
    shown = text_of(post(nav.camilla, "plan", reference, development.pk, at=at, **typed))
    assert "Mend" in shown and "Første prøveuke" in shown and amount in shown
    assert "Milestone 1, amount in kroner: " in shown
    assert not development.milestones.exists()


def test_milestones_are_planned_on_the_page(development, nav, post, get):
    at, reference, key = first_day(development.stage), development.tender.reference, development.pk
    typed = {"rows": "3", "title_1": "Alt", "delivers_1": "Prøveuker", "due_on_1": development.ends_on, "amount_1": "1 000"}
    more = text_of(post(nav.camilla, "plan", reference, key, at=at, more="1", **typed))
    assert 'name="title_5"' in more and "Prøveuker" in more and "Mend" not in more
    assert "The milestones add up to NOK 1,000" in text_of(post(nav.camilla, "plan", reference, key, at=at, **typed))
    amount = f"{development.amount:.2f}".replace(".", ",")
    assert post(nav.camilla, "plan", reference, key, at=at, **(typed | {"amount_1": amount})).status_code == 302
    assert "Start the work" in text_of(get(nav.camilla, "contract", reference, key, at=at))
    assert get(nav.arne, "plan", reference, key, at=at).status_code == 404
    assert post(nav.camilla, "start", reference, key, at=at).status_code == 302
    development.refresh_from_db()
    assert development.phase == "running"


def test_from_request_to_paid_on_pages(development, nav, get, post):
    at, reference = first_day(development.stage) + timedelta(days=2), development.tender.reference
    milestone = milestones_of(started(development, nav, at, parts=1))[0]
    user = representative(development)
    wrong = text_of(post(user, "request_payment", reference, milestone.pk, at=at, report=REPORT, invoice_number="9", account_number="1"))
    assert "Check the account number" in wrong and REPORT in wrong
    typed = {"report": REPORT, "invoice_number": "2027-9", "account_number": "8601.11.17947"}
    assert post(user, "request_payment", reference, milestone.pk, at=at, **typed).status_code == 302
    payment = PaymentRequest.objects.get()
    assert "8601 11 17947" in text_of(get(nav.camilla, "payment", reference, payment.pk, at=at))
    for by, name, phase in (
        (nav.camilla, "accept", "accepted"),
        (nav.arne, "approve_payment", "approved"),
        (nav.camilla, "send", "sent"),
        (nav.camilla, "register", "paid"),
    ):
        assert 'id="act"' in text_of(get(by, "payment", reference, payment.pk, at=at))
        assert post(by, name, reference, payment.pk, at=at).status_code == 302
        payment.refresh_from_db()
        assert payment.phase == phase
    assert post(nav.camilla, "complete", reference, development.pk, at=at).status_code == 302
    assert 'id="act"' not in text_of(get(user, "payment", reference, payment.pk, at=at))
    assert "is paid" in text_of(get(nav.arne, "payments", reference, at=at))


def test_a_refusal_tells_the_supplier_why(development, nav, get, post):
    at, reference = first_day(development.stage) + timedelta(days=2), development.tender.reference
    payment = requested(milestones_of(started(development, nav, at))[0], at)
    assert get(nav.arne, "refuse", reference, payment.pk, at=at).status_code == 404
    assert "Write an answer here." in text_of(post(nav.camilla, "refuse", reference, payment.pk, at=at, reason=""))
    post(nav.camilla, "refuse", reference, payment.pk, at=at, reason="Jobbkartene mangler")
    shown = text_of(get(representative(development), "payment", reference, payment.pk, at=at))
    assert "Jobbkartene mangler" in shown and "is refused" in shown


def test_ending_early_asks_for_a_reason(finalists, nav, get, post):
    contract = finalists[0]
    at, reference = first_day(contract.stage) + timedelta(days=1), contract.tender.reference
    assert get(nav.camilla, "terminate", reference, contract.pk, at=at).status_code == 404
    post(nav.arne, "terminate", reference, contract.pk, at=at, reason="")
    contract.refresh_from_db()
    assert contract.phase == "running"
    post(nav.arne, "terminate", reference, contract.pk, at=at, reason="Firmaet er lagt ned")
    assert "Firmaet er lagt ned" in text_of(get(nav.arne, "contract", reference, contract.pk, at=at))


def test_before_the_opening_nothing_tells_that_a_finalist_has_handed_in(finalists, second, nav, get, ragnhild):
    contract, reference = finalists[0], second.tender.reference
    moments = (second.opens_at + timedelta(days=4), second.closes_at)

    def staff_pages():
        return [
            masked(get(who, name, reference, *keys, at=moment))
            for moment in moments
            for who in (nav.ingrid, nav.arne, nav.camilla, ragnhild)
            for name, keys in (("contracts", []), ("contract", [contract.pk]), ("payments", []))
        ]

    without = staff_pages()
    developed(second, [contract.organisation])
    assert staff_pages() == without
    asked = text_of(get(representative(contract), "contract", reference, contract.pk, at=second.closes_at))
    assert "You can ask for payment when the next stage has been opened." in asked


def queries_of(get, *args, **also):
    get(*args, **also)
    with CaptureQueriesContext(connection) as seen:
        assert get(*args, **also).status_code == 200
    return len(seen)


def test_the_list_of_contracts_costs_the_same_with_one_and_with_three(settled_stage, nav, get):
    at, reference = first_day(settled_stage), settled_stage.tender.reference
    rows = drafted(settled_stage, nav)
    three = queries_of(get, nav.camilla, "contracts", reference, at=at)
    Milestone.objects.filter(contract__in=rows[1:]).delete()
    Contract.objects.filter(pk__in=[row.pk for row in rows[1:]]).delete()
    assert queries_of(get, nav.camilla, "contracts", reference, at=at) == three


def test_the_list_of_payments_costs_the_same_with_one_and_with_three(finalists, second, nav, get):
    reference, at = second.tender.reference, second.may_be_opened_from + timedelta(days=1)
    developed(second, [row.organisation for row in finalists])
    opened_stage(second.tender, 2, nav.ingrid, nav.arne)
    counts = []
    for contract in finalists:
        paid(milestones_of(contract)[0], nav, at)
        counts.append(queries_of(get, nav.camilla, "payments", reference, at=at))
    assert len(set(counts)) == 1, counts


def test_the_case_links_to_contracts_and_payments_for_those_who_see_them(finalists, nav, get, client):
    contract = finalists[0]
    at, cover = first_day(contract.stage) + timedelta(days=1), reverse("insight:tender", args=[contract.tender.reference])
    url = reverse("contracts:payments", args=[contract.tender.reference])
    get(nav.camilla, "contracts", contract.tender.reference, at=at)
    assert url in text_of(client.get(cover))
    client.logout()
    assert url not in text_of(client.get(cover))
    assert client.get(url).status_code == 302


def test_the_fourth_finds_no_page(finalists, get, second):
    stage = stage_no(second.tender, 1)
    names = {row.organisation_id for row in finalists}
    other = next(row for row in stage.submissions.select_related("organisation") if row.organisation_id not in names)
    user = other.organisation.memberships.get().user
    assert get(user, "contracts", second.tender.reference, at=second.opens_at).status_code == 404
    assert get(user, "payments", second.tender.reference, at=second.opens_at).status_code == 404


def test_after_a_refusal_everything_that_was_written_is_there_to_be_mended(development, nav, get, post):
    at, reference = first_day(development.stage) + timedelta(days=2), development.tender.reference
    first, second = milestones_of(started(development, nav, at, parts=2))
    user, payment = representative(development), requested(first, at)
    shown = text_of(get(nav.camilla, "contract", reference, development.pk, at=at))
    assert 'id="decide"' in shown and reverse("contracts:payment", args=[reference, payment.pk]) in shown
    assert 'id="decide"' not in text_of(get(nav.arne, "contract", reference, development.pk, at=at))
    assert ACCOUNT in text_of(get(user, "request_payment", reference, second.pk, at=at))
    assert REPORT not in text_of(get(user, "request_payment", reference, second.pk, at=at))
    post(nav.camilla, "refuse", reference, payment.pk, at=at, reason="Jobbkartene mangler")
    ask = reverse("contracts:request_payment", args=[reference, first.pk])
    assert ask in text_of(get(user, "payment", reference, payment.pk, at=at))
    assert ask not in text_of(get(nav.camilla, "payment", reference, payment.pk, at=at))
    shown = text_of(get(user, "contract", reference, development.pk, at=at))
    assert "Jobbkartene mangler" in shown and "Refused" in shown and ask in shown
    shown = text_of(get(user, "request_payment", reference, first.pk, at=at))
    assert all(kept in shown for kept in ("Jobbkartene mangler", REPORT, "2026-1", ACCOUNT))


def test_the_officer_is_told_why_a_draft_is_rejected_and_drafts_anew(settled_stage, nav, get, post):
    at, reference = first_day(settled_stage), settled_stage.tender.reference
    contract = drafted(settled_stage, nav, at)[0]
    where = reverse("contracts:terminate", args=[reference, contract.pk])
    assert where in text_of(get(nav.arne, "contract", reference, contract.pk, at=at))
    assert "Reject the draft with" in text_of(get(nav.arne, "terminate", reference, contract.pk, at=at))
    post(nav.arne, "terminate", reference, contract.pk, at=at, reason="Datoene er feil")
    (told,) = Letter.objects.filter(batch__kind="contract_terminated")
    assert told.user == nav.ingrid and "Datoene er feil" in told.body
    assert "Draft one contract" in text_of(get(nav.ingrid, "draft", reference, at=at))


def test_one_who_does_not_represent_the_supplier_reads_who_does(settled_stage, nav, get):
    contract, at = approved(settled_stage, nav)[0], first_day(settled_stage) + timedelta(hours=5)
    other = make_person("Leo Lund")
    Membership.objects.create(organisation=contract.organisation, user=other, part="contributor", joined_at=at)
    shown = text_of(get(other, "contract", contract.tender.reference, contract.pk, at=at))
    assert f"Only a representative signs and asks for payment for you: {representative(contract).name}." in shown
    assert 'id="sign"' not in shown
    assert "Only a representative signs" not in text_of(get(nav.arne, "contract", contract.tender.reference, contract.pk, at=at))
