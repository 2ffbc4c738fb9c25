"""A price is one amount, in a sealed part of its own, as long as any other, in manifest and receipt."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from accounts.refused import Refused
from suppliers import envelopes
from suppliers.commands.save_draft import save_draft
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.completeness import missing_in
from suppliers.forms.submission import name_of
from suppliers.models import SubmissionVersion
from suppliers.offered_price import COVERS, PRICE, amount_of, price_part
from suppliers.queries.submissions import current_version
from tenders import sealing
from tenders.stage_keys import private_key_of
from tests.priced_made import priced
from tests.submissions_made import LATER, answers_for, drafted, stage_of
from tests.suppliers_made import registered
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
AMOUNT, COVERED = "431 257,50", "Grønnfinkemerket arbeid og reiser"


@pytest.fixture
def organisation(sara):
    return registered(sara)


@pytest.fixture
def tender(ingrid, arne):
    return priced(ingrid, arne)


@pytest.fixture
def draft(sara, organisation, tender):
    return drafted(sara, organisation, tender, **{PRICE: AMOUNT, COVERS: COVERED})


def handed_in(draft, sara):
    receipt = submit_submission(submission_id=draft.pk, by=sara, at=LATER)
    version = current_version(draft)
    version.submission = draft
    return receipt, version


def opened(version):
    """With the price's key moved as the opening moves it."""
    version.price_opened_key = envelopes.rewrap_price(version, private_key_of(version.submission.stage.key))
    return envelopes.read_opened_price(version)


def test_the_price_has_a_part_and_a_key_of_its_own(draft, sara):
    _receipt, version = handed_in(draft, sara)
    assert bytes(version.price) and bytes(version.price_sealed_key) != bytes(version.sealed_key)
    assert opened(version) == {PRICE: "431257.50", COVERS: COVERED}
    stage_private = private_key_of(draft.stage.key)
    text_key = sealing.open_data_key(bytes(version.sealed_key), stage_private, context=envelopes._place(draft, "text", 1))
    with pytest.raises(sealing.SealBroken):
        sealing.open_part(bytes(version.price), text_key, context=envelopes._place(draft, "price", 1))
    text = sealing.open_part(bytes(version.content), text_key, context=envelopes._place(draft, "text", 1)).decode()
    assert "tre uker" in text and "431" not in text and "Grønnfink" not in text and not {PRICE, COVERS} & set(json.loads(text))


def test_no_row_holds_the_price_in_plain_text(draft, sara):
    handed_in(draft, sara)
    signs = [b"431257", b"431 257", "431\u00a0257".encode(), b"431.257", "Grønnfinkemerket".encode(), b"Gr\\u00f8nnfinkemerket"]
    cells = 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    content = bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                    cells += 1
                    assert not [sign for sign in signs if sign in content], table
    assert cells > 500


def test_every_sealed_price_is_as_long_as_any_other(sara, organisation, tender, draft):
    _receipt, first = handed_in(draft, sara)
    take_back_submission(submission_id=draft.pk, by=sara, at=LATER)
    answers = answers_for(stage_of(tender), **{PRICE: "1", COVERS: "\N{GRINNING FACE}" * 200})
    save_draft(submission_id=draft.pk, answers=answers, draft_no=1, by=sara, at=LATER)
    _receipt, second = handed_in(draft, sara)
    assert len(bytes(first.price)) == len(bytes(second.price))


def test_taking_back_and_withdrawing_delete_the_price_with_its_keys(draft, sara):
    handed_in(draft, sara)
    take_back_submission(submission_id=draft.pk, by=sara, at=LATER)
    submit_submission(submission_id=draft.pk, by=sara, at=LATER)
    withdraw_submission(submission_id=draft.pk, by=sara, at=LATER)
    for version in SubmissionVersion.objects.filter(submission=draft):
        assert {bytes(version.price), bytes(version.price_sealed_key), bytes(version.price_opened_key)} == {b""}


def test_the_receipt_commits_to_the_price_and_nobody_can_try_prices_against_its_hash(draft, sara):
    receipt, version = handed_in(draft, sara)
    nonce, answers = bytes.fromhex(receipt.nonce), envelopes.read_draft(draft)
    manifest = envelopes.manifest_of(draft, answers, [], 1, nonce)
    assert envelopes.commitment(nonce, manifest) == version.commitment
    assert manifest["price_sha256"] != envelopes.manifest_of(draft, answers, [], 1, bytes(32))["price_sha256"]
    other = envelopes.manifest_of(draft, answers | {PRICE: "431 257,51"}, [], 1, nonce)
    assert other["text_sha256"] == manifest["text_sha256"] and other["price_sha256"] != manifest["price_sha256"]
    retyped = envelopes.manifest_of(draft, answers | {PRICE: "431257.5 kr"}, [], 1, nonce)
    assert retyped == manifest


def test_where_price_does_not_count_nothing_is_sealed_and_the_manifest_is_as_before(sara, organisation, ingrid, arne):
    plain = drafted(sara, organisation, announced(ingrid, arne))
    receipt, version = handed_in(plain, sara)
    assert not bytes(version.price) and envelopes.read_opened_price(version) == {} and envelopes.rewrap_price(version, b"") == b""
    assert "price_sha256" not in envelopes.manifest_of(plain, envelopes.read_draft(plain), [], 1, bytes.fromhex(receipt.nonce))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the amount in kroner, for example 50 000"),
        ("gratis", "Write the amount in kroner with digits only"),
        ("0", "Write an amount above 0"),
        ("\N{MINUS SIGN}5", "Write an amount that is not below 0"),
        ("12,345", "at most two digits after the comma"),
        ("700 000,01", "The price is above NOK 700,000, which is the most that this tender can pay"),
    ],
)
def test_a_price_that_is_none_or_too_high_is_not_handed_in(draft, sara, tender, typed, said):
    answers = envelopes.read_draft(draft) | {PRICE: typed}
    save_draft(submission_id=draft.pk, answers=answers, draft_no=1, by=sara, at=LATER)
    [missing] = missing_in(stage_of(tender), answers)
    assert said in missing.note.replace("\N{NO-BREAK SPACE}", " ")
    with pytest.raises(Refused):
        submit_submission(submission_id=draft.pk, by=sara, at=LATER)
    assert not SubmissionVersion.objects.exists()


def test_the_highest_price_there_is_can_be_offered(draft, sara, tender):
    assert missing_in(stage_of(tender), envelopes.read_draft(draft) | {PRICE: "700 000"}) == []
    assert amount_of({PRICE: "700 000 kr"}) == Decimal("700000.00")
    assert price_part({}) == {}


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong_at_the_field(client, clock_at, draft, sara, tender):
    clock_at(LATER)
    User.objects.filter(pk=sara.pk).update(language="en")
    client.force_login(sara)
    address = reverse("suppliers:submission", args=[tender.reference, 1])
    typed = {name_of(key): text for key, text in answers_for(stage_of(tender), **{PRICE: "900 000", COVERS: "Alt"}).items()}
    answer = client.post(address, {**typed, "draft_no": 1, "do": "review"}, headers=ENGLISH)
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert answer.status_code == 422
    assert 'value="900 000"' in page and "The price is above NOK 700,000" in page and 'id="id_answer_price_error"' in page
    draft.refresh_from_db()
    assert envelopes.read_draft(draft)[PRICE] == "900 000"
    answer = client.post(address, {**typed, name_of(PRICE): "690 000", "draft_no": 2, "do": "review"}, headers=ENGLISH)
    assert answer.status_code == 302
    review = client.get(answer["Location"], headers=ENGLISH).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "NOK 690,000 excl. VAT" in review and "Alt" in review


def test_a_price_of_a_hundred_thousand_letters_is_refused_and_kept_on_the_page(client, clock_at, draft, sara, tender):
    clock_at(LATER)
    User.objects.filter(pk=sara.pk).update(language="en")
    client.force_login(sara)
    typed = {name_of(key): text for key, text in answers_for(stage_of(tender), **{PRICE: "9" * 100_000}).items()}
    answer = client.post(reverse("suppliers:submission", args=[tender.reference, 1]), {**typed, "draft_no": 1}, headers=ENGLISH)
    assert answer.status_code == 422 and "9" * 100_000 in answer.content.decode()
    draft.refresh_from_db()
    assert envelopes.read_draft(draft)[PRICE] == AMOUNT


def test_those_who_sent_it_read_their_price_before_and_after_the_opening(client, clock_at, draft, sara, tender):
    receipt, _version = handed_in(draft, sara)
    clock_at(LATER)
    User.objects.filter(pk=sara.pk).update(language="en")
    client.force_login(sara)
    read = client.get(reverse("suppliers:submission", args=[tender.reference, 1]), headers=ENGLISH).content.decode()
    assert "431,257.50" in read
    shown = client.get(reverse("suppliers:receipt", args=[tender.reference, 1]), headers=ENGLISH).content.decode()
    assert "One price, sealed by itself" in shown and "431,257" not in shown
    held = client.get(reverse("suppliers:receipt_json", args=[tender.reference, 1]) + f"?number={receipt.number}").json()
    assert envelopes.commitment(bytes.fromhex(held["nonce"]), held["manifest"]) == receipt.commitment
