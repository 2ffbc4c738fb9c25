"""What opening does: everything handed in can be read, nothing else can, and the stage's key is gone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import journal
from accounts.models import JournalEntry
from accounts.refused import Refused
from evaluation.code_names import number_of
from evaluation.ledger import root_hash
from evaluation.models import SelectionPlace
from suppliers import envelopes
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.models import Receipt, Submission, SubmissionVersion
from suppliers.phases import SubmissionPhase
from tenders.models import StageKey
from tenders.sealing import SealBroken, make_stage_key
from tenders.stage_keys import private_key_of
from tests.conftest import NOON
from tests.stages_made import MARKER, drafted, firm, from_when, handed_in, open_together, stage_of
from tests.tenders_made import announced


def versions(stage):
    found = SubmissionVersion.objects.filter(submission__stage=stage, replaced_at=None)
    return list(found.select_related("submission__stage", "receipt").order_by("receipt__received_at", "pk"))


@pytest.mark.engine
def test_everything_handed_in_is_opened_and_reads_as_it_was_written(tender, ingrid, arne):
    handed_in(tender, 3)
    stage = open_together(tender, ingrid, arne)
    assert {row.phase for row in Submission.objects.all()} == {SubmissionPhase.OPENED}
    for version in versions(stage):
        assert envelopes.read_opened_version(version)["title"] == f"{MARKER} i tre uker"
        [file] = version.submission.attachments.all()
        assert envelopes.read_opened_attachment(file).startswith(b"%PDF")
        assert envelopes.attachment_name(file) == "Zylofonisk.pdf"


@pytest.mark.engine
def test_the_stages_key_is_destroyed_and_the_sealed_copy_opens_no_more(tender, ingrid, arne):
    handed_in(tender, 1)
    kept = private_key_of(StageKey.objects.get(stage=stage_of(tender)))
    stage = open_together(tender, ingrid, arne)
    key = StageKey.objects.get(stage=stage)
    assert (bytes(key.wrapped_private), key.destroyed_at) == (b"", from_when(tender) + timedelta(seconds=20))
    with pytest.raises(SealBroken):
        private_key_of(key)
    [version] = versions(stage)
    with pytest.raises(SealBroken):
        envelopes.rewrap(version, make_stage_key().private)
    assert envelopes.rewrap(version, kept), "only the destroyed key would have opened the sealed copy"


def test_the_data_keys_moved_and_the_content_was_not_written_again(tender, ingrid, arne):
    handed_in(tender, 1)
    [before] = versions(stage_of(tender))
    stage = open_together(tender, ingrid, arne)
    [after] = versions(stage)
    assert (bytes(after.content), bytes(after.manifest)) == (bytes(before.content), bytes(before.manifest))
    assert bytes(before.opened_key) == b"" != bytes(after.opened_key)


def test_each_has_a_code_name_and_no_draft_text_is_left(tender, ingrid, arne):
    handed_in(tender, 3)
    assert all(row.code_name == "" and row.draft for row in Submission.objects.all())
    open_together(tender, ingrid, arne)
    rows = list(Submission.objects.all())
    assert sorted(number_of(row.code_name) for row in rows) == [1, 2, 3]
    assert all(bytes(row.draft) == b"" for row in rows)


def test_a_draft_stays_a_draft_and_only_its_owners(tender, ingrid, arne):
    draft = drafted(tender, 4)
    taken_back = handed_in(tender, 1)[0]
    take_back_submission(submission_id=taken_back.pk, by=firm(0)[0], at=NOON + timedelta(days=20))
    stage = open_together(tender, ingrid, arne)
    for row in Submission.objects.filter(pk__in=[draft.pk, taken_back.pk]):
        assert (row.phase, row.code_name) == (SubmissionPhase.DRAFT, "")
        assert not any(bytes(file.opened_key) for file in row.attachments.all())
        assert envelopes.read_draft(Submission.objects.select_related("stage__tender").get(pk=row.pk))["title"]
    assert JournalEntry.objects.get(event="evaluation.stage_opened").facts["submissions"] == 0
    assert not versions(stage)


def test_what_is_withdrawn_is_gone(tender, ingrid, arne):
    row, other = handed_in(tender, 2)
    withdraw_submission(submission_id=row.pk, by=firm(0)[0], at=NOON + timedelta(days=20))
    open_together(tender, ingrid, arne)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.phase, other.phase) == (SubmissionPhase.WITHDRAWN, SubmissionPhase.OPENED)
    assert other.code_name.startswith("1 ")


def test_nobody_handed_in_and_it_is_opened_all_the_same(tender, ingrid, arne):
    stage = open_together(tender, ingrid, arne)
    opened, verified = JournalEntry.objects.filter(stream=journal.stream_of(tender), event__startswith="evaluation.").order_by("seq")[1:]
    assert (opened.event, opened.facts["submissions"], opened.facts["root"]) == ("evaluation.stage_opened", 0, root_hash([]))
    assert verified.event == "evaluation.opening_verified"
    assert SelectionPlace.objects.filter(stage=stage).count() == 3


def test_places_are_made_from_the_number_that_was_announced(ingrid, arne):
    tender = announced(ingrid, arne, selects_1=2)
    stage = open_together(tender, ingrid, arne)
    assert [place.no for place in SelectionPlace.objects.filter(stage=stage)] == list(range(1, stage.selects + 1)) == [1, 2]


@pytest.mark.engine
def test_the_journal_tells_number_and_root_to_the_case_and_the_opening_to_each_supplier(tender, ingrid, arne):
    rows = handed_in(tender, 3)
    stage = open_together(tender, ingrid, arne)
    facts = JournalEntry.objects.get(event="evaluation.stage_opened").facts
    commitments = Receipt.objects.values_list("commitment", flat=True)
    assert (facts["stage"], facts["submissions"], facts["root"]) == (1, 3, root_hash(commitments))
    for row in rows:
        [line] = JournalEntry.objects.filter(event="evaluation.submission_opened", stream=journal.stream_of(row.organisation))
        assert line.about == [journal.about_of(row)]
        assert "code_name" not in line.facts
    assert stage.phase == "opened"
    assert list(journal.broken_lines()) == []


def test_a_replaced_receipt_is_not_counted(tender, ingrid, arne):
    [row] = handed_in(tender, 1)
    sara = firm(0)[0]
    take_back_submission(submission_id=row.pk, by=sara, at=NOON + timedelta(days=20))
    submit_submission(submission_id=row.pk, by=sara, at=NOON + timedelta(days=21))
    stage = open_together(tender, ingrid, arne)
    [last] = versions(stage)
    facts = JournalEntry.objects.get(event="evaluation.stage_opened").facts
    assert (Receipt.objects.count(), facts["submissions"], facts["root"]) == (2, 1, root_hash([last.commitment]))


def test_one_that_was_tampered_with_does_not_keep_the_others_closed(tender, ingrid, arne):
    bad, good = handed_in(tender, 2)
    version = SubmissionVersion.objects.get(submission=bad)
    SubmissionVersion.objects.filter(pk=version.pk).update(sealed_key=bytes(version.sealed_key)[:-1] + b"\x00\x00")
    stage = open_together(tender, ingrid, arne)
    opened = {row.submission_id: row for row in versions(stage)}
    assert envelopes.read_opened_version(opened[good.pk])["title"]
    with pytest.raises(SealBroken):
        envelopes.read_opened_version(opened[bad.pk])


def test_after_the_opening_nothing_can_be_handed_in(tender, ingrid, arne):
    draft = drafted(tender, 4)
    open_together(tender, ingrid, arne)
    for at in (NOON + timedelta(days=20), from_when(tender) + timedelta(minutes=5)):
        with pytest.raises(Refused):
            submit_submission(submission_id=draft.pk, by=firm(4)[0], at=at)
    draft.refresh_from_db()
    assert draft.phase == SubmissionPhase.DRAFT
    assert not Receipt.objects.exists()


def test_a_sealed_key_moved_to_another_submission_does_not_open(tender):
    mine, other = handed_in(tender, 2)
    private = private_key_of(StageKey.objects.get(stage=stage_of(tender)))
    first, second = (SubmissionVersion.objects.select_related("submission__stage").get(submission=row) for row in (mine, other))
    first.sealed_key = second.sealed_key
    with pytest.raises(SealBroken):
        envelopes.rewrap(first, private)


def statements(tender, ingrid, arne, count):
    handed_in(tender, count)
    with CaptureQueriesContext(connection) as captured:
        open_together(tender, ingrid, arne)
    return len(captured)


def test_statements_do_not_grow_with_what_was_handed_in(ingrid, arne):
    first, second = announced(ingrid, arne, name="Ett"), announced(ingrid, arne, name="To")
    assert statements(first, ingrid, arne, 1) == statements(second, ingrid, arne, 3)
