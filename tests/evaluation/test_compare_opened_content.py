"""After the opening everything is compared with its receipt; what was changed is found and named."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from accounts import journal
from accounts.models import JournalEntry, User
from evaluation import queries, tasks
from evaluation.commands import compare_opened_content as module
from evaluation.commands.compare_opened_content import compare_opened_content
from suppliers import envelopes
from suppliers.models import Attachment, Receipt, Submission, SubmissionVersion
from tenders import sealing
from tests.stages_made import from_when, handed_in, open_together


def compare(tender):
    return compare_opened_content(by=User.clock(), at=from_when(tender) + timedelta(minutes=3))


def events(tender):
    found = [queries.DIFFERS, queries.VERIFIED, queries.CONTRADICTED]
    lines = JournalEntry.objects.filter(stream=journal.stream_of(tender), event__in=found)
    return [(line.event, line.facts) for line in lines.order_by("seq")]


@pytest.mark.engine
def test_what_is_opened_as_it_came_is_verified_once(tender, ingrid, arne):
    handed_in(tender, 3)
    stage = open_together(tender, ingrid, arne)
    assert compare(tender) == 3
    [(event, facts)] = events(tender)
    assert (event, facts["submissions"], facts["differing"]) == (queries.VERIFIED, 3, 0)
    assert SubmissionVersion.objects.filter(compared_at=None).count() == 0
    assert queries.opening_of(stage).verified_at is not None
    assert compare(tender) == 0
    assert len(events(tender)) == 1


def test_a_sweep_that_comes_second_finds_nothing_left_and_writes_nothing(tender, ingrid, arne, monkeypatch):
    """Both had read before the first one marked."""
    handed_in(tender, 1)
    stage = open_together(tender, ingrid, arne)
    seen = list(queries.uncompared_submissions(stage))
    assert compare(tender) == 1
    monkeypatch.setattr(queries, "stage_to_compare", lambda: stage)
    monkeypatch.setattr(queries, "uncompared_submissions", lambda _stage: seen)
    assert compare(tender) == 0
    assert len(events(tender)) == 1


def test_nothing_to_compare_before_the_opening(tender):
    handed_in(tender, 1)
    assert compare(tender) == 0
    assert queries.stage_to_compare() is None


def test_the_job_goes_on_until_nothing_is_left(tender, ingrid, arne, monkeypatch):
    monkeypatch.setattr(module, "AT_A_TIME", 1)
    handed_in(tender, 3)
    open_together(tender, ingrid, arne)
    tasks.compare_opened_content()
    assert [event for event, _ in events(tender)] == [queries.VERIFIED]
    tasks.compare_opened_content()
    assert len(events(tender)) == 1


def flip(value):
    return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])


def change_text(row):
    version = SubmissionVersion.objects.get(submission=row)
    SubmissionVersion.objects.filter(pk=version.pk).update(content=flip(version.content))


def change_manifest(row):
    version = SubmissionVersion.objects.get(submission=row)
    SubmissionVersion.objects.filter(pk=version.pk).update(manifest=flip(version.manifest))


def change_commitment(row):
    SubmissionVersion.objects.filter(submission=row).update(commitment="0" * 64)


def change_nonce(row):
    Receipt.objects.filter(version__submission=row).update(nonce="0" * 64)


def spoil_nonce(row):
    Receipt.objects.filter(version__submission=row).update(nonce="not a nonce")


def change_time(row):
    receipt = Receipt.objects.get(version__submission=row)
    Receipt.objects.filter(pk=receipt.pk).update(received_at=receipt.received_at - timedelta(days=1))


def change_file(row):
    path = Path(settings.MEDIA_ROOT) / Attachment.objects.get(submission=row).file
    path.write_bytes(flip(path.read_bytes()))


def cut_file(row):
    path = Path(settings.MEDIA_ROOT) / Attachment.objects.get(submission=row).file
    path.write_bytes(path.read_bytes()[:-40])


def lose_file(row):
    os.remove(Path(settings.MEDIA_ROOT) / Attachment.objects.get(submission=row).file)


def lose_receipt(row):
    Receipt.objects.filter(version__submission=row).delete()


def change_size(row):
    Attachment.objects.filter(submission=row).update(size=1)


def change_name(row):
    file = Attachment.objects.select_related("submission__stage").get(submission=row)
    place = envelopes._place_of(file, "name")
    sealed = sealing.seal_draft(b"Et annet navn.pdf", settings.APPLICATION_KEY, context=place)
    Attachment.objects.filter(pk=file.pk).update(sealed_name=sealed)


def write_anew_with_the_right_key(row):
    """Whoever has the application key can seal another text; the receipt still tells."""
    version = SubmissionVersion.objects.select_related("submission__stage").get(submission=row)
    place = envelopes._place_of(version)
    key = sealing.unwrap_data_key(bytes(version.opened_key), settings.APPLICATION_KEY, context=place)
    text = envelopes.canonical({**envelopes.read_opened_version(version), "title": "En bedre idé"})
    SubmissionVersion.objects.filter(pk=version.pk).update(content=sealing.seal_part(text, key, context=place))


@pytest.mark.parametrize(
    "tamper",
    [
        change_text,
        change_manifest,
        change_commitment,
        change_nonce,
        spoil_nonce,
        change_time,
        change_file,
        cut_file,
        lose_file,
        lose_receipt,
        change_size,
        change_name,
        write_anew_with_the_right_key,
    ],
)
def test_what_was_changed_is_found_and_named(tender, ingrid, arne, tamper):
    good, bad = handed_in(tender, 2)
    stage = open_together(tender, ingrid, arne)
    tamper(bad)
    assert compare(tender) == 2
    (first, facts), (last, result) = events(tender)
    assert (first, facts["submission"]) == (queries.DIFFERS, str(bad.pk))
    assert (last, result["differing"]) == (queries.CONTRADICTED, 1)
    opening = queries.opening_of(stage)
    assert (opening.differing, opening.verified_at) == ([bad.pk], None)
    assert good.pk not in opening.differing


def test_two_contents_swapped_are_found_both(tender, ingrid, arne):
    one, two = handed_in(tender, 2)
    open_together(tender, ingrid, arne)
    first, second = (SubmissionVersion.objects.get(submission=row) for row in (one, two))
    for version, other in ((first, second), (second, first)):
        moved = {"content": other.content, "manifest": other.manifest, "opened_key": other.opened_key}
        SubmissionVersion.objects.filter(pk=version.pk).update(**moved)
    compare(tender)
    assert [event for event, _ in events(tender)] == [queries.DIFFERS, queries.DIFFERS, queries.CONTRADICTED]


def test_a_receipt_that_is_gone_is_found_by_the_root(tender, ingrid, arne):
    """Nothing that is left differs, and still it is not what was opened."""
    gone, _left = handed_in(tender, 2)
    stage = open_together(tender, ingrid, arne)
    Receipt.objects.filter(version__submission=gone).delete()
    Attachment.objects.filter(submission=gone).delete()
    SubmissionVersion.objects.filter(submission=gone).delete()
    Submission.objects.filter(pk=gone.pk).delete()
    compare(tender)
    [(event, facts)] = events(tender)
    assert (event, facts["differing"]) == (queries.CONTRADICTED, 0)
    assert queries.opening_of(stage).contradicted_at is not None


def test_a_difference_found_in_an_earlier_round_is_remembered(tender, ingrid, arne, monkeypatch):
    monkeypatch.setattr(module, "AT_A_TIME", 1)
    compared_first = min(handed_in(tender, 2), key=lambda row: row.pk)
    open_together(tender, ingrid, arne)
    change_text(compared_first)
    tasks.compare_opened_content()
    assert [event for event, _ in events(tender)] == [queries.DIFFERS, queries.CONTRADICTED]
