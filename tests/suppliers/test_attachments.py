"""Files: looked through, sealed on arrival, removed with their keys, swept from the storage."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from accounts.refused import Refused
from suppliers import envelopes
from suppliers.commands.add_attachment import add_attachment
from suppliers.commands.delete_removed_files import delete_removed_files
from suppliers.commands.remove_attachment import remove_attachment
from suppliers.commands.submit_submission import submit_submission
from suppliers.commands.take_back_submission import take_back_submission
from suppliers.commands.withdraw_submission import withdraw_submission
from suppliers.models import Attachment
from suppliers.tasks import delete_files
from tenders.sealing import SealBroken
from tenders.uploads.checks import UploadRefused
from tests.submissions_made import LATER, drafted, stage_of
from tests.suppliers_made import registered
from tests.tenders.upload_building import SECRET_AUTHOR, pdf
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def tender(ingrid, arne):
    return announced(ingrid, arne)


@pytest.fixture
def submission(sara, tender):
    return drafted(sara, registered(sara), tender)


def attach(submission, by, name="jobbkart.pdf", at=LATER):
    return add_attachment(submission_id=submission.pk, name=name, data=pdf(), by=by, at=at)


def test_a_file_is_sealed_on_arrival_and_read_by_its_owner(sara, submission):
    attachment = attach(submission, sara, name="C:\\søknader\\Jobbkart – «tegnet».pdf")
    stored = default_storage.open(attachment.file).read()
    assert attachment.file.startswith("submissions/") and "obbkart" not in attachment.file
    assert b"%PDF" not in stored
    assert b"obbkart" not in bytes(attachment.sealed_name)
    fresh = Attachment.objects.select_related("submission__stage__key").get()
    assert envelopes.attachment_name(fresh).endswith("«tegnet».pdf")
    assert envelopes.read_attachment(fresh).startswith(b"%PDF")
    assert len(envelopes.read_attachment(fresh)) == fresh.size
    assert SECRET_AUTHOR.encode() not in envelopes.read_attachment(fresh)


def test_a_removed_file_has_no_key_at_once_and_no_file_after_the_sweep(sara, submission):
    attachment = attach(submission, sara)
    remove_attachment(attachment_id=attachment.pk, by=sara, at=LATER)
    remove_attachment(attachment_id=attachment.pk, by=sara, at=LATER)
    attachment.refresh_from_db()
    assert bytes(attachment.sealed_key) == b""
    with pytest.raises(SealBroken):
        envelopes.read_attachment(attachment)
    assert default_storage.exists(attachment.file)
    assert delete_removed_files(by=User.clock(), at=LATER) == 1
    assert not default_storage.exists(attachment.file)
    assert delete_removed_files(by=User.clock(), at=LATER) == 0


def test_the_sweep_takes_files_that_no_row_names_and_no_others(sara, submission):
    kept = attach(submission, sara)
    stray = default_storage.save("submissions/stray.sealed", ContentFile(b"sealed"))
    far_ahead = default_storage.get_modified_time(stray) + timedelta(hours=2)
    assert delete_removed_files(by=User.clock(), at=far_ahead - timedelta(hours=1, minutes=30)) == 0
    assert delete_removed_files(by=User.clock(), at=far_ahead) == 1
    assert default_storage.exists(kept.file) and not default_storage.exists(stray)


def test_the_job_bears_being_run_twice(sara, submission):
    remove_attachment(attachment_id=attach(submission, sara).pk, by=sara, at=LATER)
    delete_files()
    delete_files()
    assert Attachment.objects.get().file_deleted_at is not None


def test_a_stage_takes_as_many_files_as_it_says(sara, submission, tender):
    for _ in range(stage_of(tender).max_files):
        attach(submission, sara)
    with pytest.raises(UploadRefused, match="This stage takes 2 files at most. Remove one, or put two together in one file."):
        attach(submission, sara)
    assert Attachment.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("tom.pdf", b"", "The file is empty."),
        ("stor.pdf", b"%PDF-" + bytes(20 * 1024 * 1024), "The file is larger than 20 MB."),
        ("side.pdf", b"<html></html>", "What is in the file does not fit"),
        ("makro.docm", b"PK", "The file has macros"),
    ],
    ids=["empty", "20 MB and more", "html", "macros"],
)
def test_a_file_we_cannot_take_leaves_nothing(sara, submission, name, data, sentence):
    with pytest.raises(UploadRefused, match=sentence):
        add_attachment(submission_id=submission.pk, name=name, data=data, by=sara, at=LATER)
    assert not Attachment.objects.exists()
    assert not default_storage.exists("submissions")


def test_no_file_comes_or_goes_after_the_deadline(sara, submission, tender):
    attachment = attach(submission, sara)
    with pytest.raises(Refused, match="The deadline was"):
        attach(submission, sara, at=stage_of(tender).closes_at)
    with pytest.raises(Refused, match="The deadline was"):
        remove_attachment(attachment_id=attachment.pk, by=sara, at=stage_of(tender).closes_at)


def test_a_strangers_file_is_not_touched(sara, sindre, submission):
    attachment = attach(submission, sara)
    with pytest.raises(Refused, match="Only those who act for the organisation"):
        remove_attachment(attachment_id=attachment.pk, by=sindre, at=LATER)
    with pytest.raises(Refused, match="Only those who act for the organisation"):
        attach(submission, sindre)


def test_files_follow_when_a_sketch_is_taken_back_and_go_when_it_is_withdrawn(sara, submission):
    attachment = attach(submission, sara)
    receipt = submit_submission(submission_id=submission.pk, by=sara, at=LATER)
    assert (receipt.files, receipt.bytes) == (1, attachment.size)
    take_back_submission(submission_id=submission.pk, by=sara, at=LATER)
    assert envelopes.read_attachment(Attachment.objects.get()).startswith(b"%PDF")
    submit_submission(submission_id=submission.pk, by=sara, at=LATER)
    withdraw_submission(submission_id=submission.pk, by=sara, at=LATER)
    attachment.refresh_from_db()
    assert (attachment.removed_at, bytes(attachment.sealed_key)) == (LATER, b"")


def test_files_of_two_submissions_cannot_be_swapped(sara, sindre, submission, tender):
    mine = attach(submission, sara)
    other = attach(drafted(sindre, registered(sindre, name="Stifinner AS"), tender), sindre)
    Attachment.objects.filter(pk=mine.pk).update(file=other.file)
    mine.refresh_from_db()
    with pytest.raises(SealBroken):
        envelopes.read_attachment(mine)
