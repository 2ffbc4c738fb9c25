"""Files of a tender: looked through, kept in a list, approved byte for byte, public with the announcement."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.models import JournalEntry, User
from accounts.refused import Refused
from tenders import stored_files
from tenders.commands.announce_tender import announce_tender
from tenders.commands.arrange_tender_files import arrange_tender_files
from tenders.commands.delete_unneeded_files import delete_unneeded_files
from tenders.commands.propose_announcement import propose_announcement
from tenders.commands.remove_tender_file import remove_tender_file
from tenders.commands.return_announcement import return_announcement
from tenders.documents import announcement_content, content_hash
from tenders.models import Tender, TenderFile
from tenders.models.file import MAX_FILES
from tenders.queries.files import listed_files, visible_files
from tenders.tasks import delete_files
from tenders.uploads.checks import UploadRefused
from tests.conftest import NOON, make_person
from tests.sketches_made import pdf_with
from tests.tender_files_made import with_file
from tests.tenders.upload_building import SECRET_AUTHOR, office, pdf
from tests.tenders.upload_corpus import GOOD
from tests.tenders_made import announced, describe, hash_seen, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(ingrid):
    return describe(ingrid)


def titles(tender):
    return [(file.place, file.title) for file in listed_files(tender)]


def hash_now(tender):
    return content_hash(announcement_content(Tender.objects.select_related("unit", "budget").get(pk=tender.pk)))


@pytest.mark.engine
def test_a_file_is_kept_as_it_is_with_its_fingerprint(draft, ingrid):
    data = pdf_with("kontrakt")
    file = with_file(draft, ingrid, NOON, data=data, name="C:\\utkast\\Kontrakt – «utkast».PDF")
    assert (file.place, file.name, file.kind, file.size) == (1, "Kontrakt – «utkast».pdf", "pdf", len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert stored_files.read(file) == data
    assert file.file.startswith("tenders/") and "ontrakt" not in file.file
    entry = JournalEntry.objects.get(event="tenders.file_added")
    assert entry.facts == {"kind": "pdf", "size": len(data), "sha256": file.sha256}


def test_a_bad_file_is_refused_and_nothing_is_kept(draft, ingrid):
    with pytest.raises(UploadRefused, match="We cannot take this kind of file"):
        with_file(draft, ingrid, NOON, name="kart.exe")
    assert not TenderFile.objects.exists() and not default_storage.exists(stored_files.FOLDER)


@pytest.mark.parametrize("without_names", [True, False])
@pytest.mark.parametrize(("name", "build"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD])
def test_a_good_file_is_taken_in(draft, ingrid, name, build, without_names):
    file = with_file(draft, ingrid, NOON, name=name, data=build(), without_names=without_names)
    assert file.kind == name.rpartition(".")[2].lower()
    assert not (without_names and file.names_inside)


@pytest.mark.parametrize(("name", "build"), [("a.pdf", pdf), ("a.docx", office)])
def test_names_in_the_properties_are_found_or_taken_out(draft, ingrid, name, build):
    assert SECRET_AUTHOR in with_file(draft, ingrid, NOON, name=name, data=build()).names_inside
    cleaned = with_file(draft, ingrid, NOON, name=name, data=build(), without_names=True)
    assert cleaned.names_inside == []
    assert SECRET_AUTHOR.encode() not in stored_files.read(cleaned)


@pytest.mark.parametrize("title", ["", "  \n "])
def test_a_file_needs_a_title(draft, ingrid, title):
    with pytest.raises(Refused, match="Give every file a title"):
        with_file(draft, ingrid, NOON, title=title)


def test_the_twenty_first_has_no_room(draft, ingrid):
    for no in range(MAX_FILES):
        with_file(draft, ingrid, NOON, title=f"Vedlegg {no + 1}")
    with pytest.raises(UploadRefused, match="A tender has twenty files at most"):
        with_file(draft, ingrid, NOON)
    assert listed_files(draft).count() == MAX_FILES


def test_the_database_has_no_place_twice_and_none_after_the_twentieth(draft, ingrid):
    file = with_file(draft, ingrid, NOON)
    other = with_file(draft, ingrid, NOON, title="Kart")
    for place in (file.place, MAX_FILES + 1, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            TenderFile.objects.filter(pk=other.pk).update(place=place)


def test_only_the_officer_of_a_draft_changes_its_files(draft, ingrid, arne, sara, ragnhild, with_role):
    file = with_file(draft, ingrid, NOON)
    acts = [
        lambda by: with_file(draft, by, NOON),
        lambda by: remove_tender_file(file_id=file.pk, by=by, at=NOON),
        lambda by: arrange_tender_files(tender_id=draft.pk, titles=[(file.pk, "Annet")], by=by, at=NOON),
    ]
    for by in (arne, sara, ragnhild):
        for act in acts:
            with pytest.raises(Refused, match="Only the procurement officer of this tender can change the announcement"):
                act(by)
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    for act in acts:
        with pytest.raises(Refused, match="The announcement waits for approval"):
            act(ingrid)


def test_titles_and_order_are_kept(draft, ingrid):
    first, second, third = (with_file(draft, ingrid, NOON, title=title) for title in ("A", "B", "C"))
    arrange_tender_files(tender_id=draft.pk, titles=[(third.pk, "C"), (first.pk, " A ny "), (second.pk, "B")], by=ingrid, at=NOON)
    assert titles(draft) == [(1, "C"), (2, "A ny"), (3, "B")]


def test_a_list_that_has_changed_meanwhile_is_not_overwritten(draft, ingrid):
    first, second = (with_file(draft, ingrid, NOON, title=title) for title in ("A", "B"))
    for stale in ([(first.pk, "A")], [(first.pk, "A"), (first.pk, "A")], [(first.pk, "A"), (second.pk, "B"), (draft.pk, "C")]):
        with pytest.raises(Refused, match="Somebody else has changed the files after you opened the page"):
            arrange_tender_files(tender_id=draft.pk, titles=stale, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="Give every file a title"):
        arrange_tender_files(tender_id=draft.pk, titles=[(second.pk, "B"), (first.pk, " ")], by=ingrid, at=NOON)
    assert titles(draft) == [(1, "A"), (2, "B")]


def test_those_after_a_removed_file_move_up(draft, ingrid):
    files = [with_file(draft, ingrid, NOON, title=title) for title in "ABCD"]
    remove_tender_file(file_id=files[1].pk, by=ingrid, at=NOON)
    remove_tender_file(file_id=files[1].pk, by=ingrid, at=NOON)
    assert titles(draft) == [(1, "A"), (2, "C"), (3, "D")]
    removed = TenderFile.objects.get(pk=files[1].pk)
    assert (removed.place, removed.removed_at, removed.removed_by) == (None, NOON, ingrid)
    assert JournalEntry.objects.filter(event="tenders.file_removed").count() == 1


@pytest.mark.parametrize("change", ["add", "remove", "retitle", "reorder"])
def test_the_approver_approves_exactly_these_files(draft, ingrid, arne, change):
    first, second = (with_file(draft, ingrid, NOON, title=title) for title in ("A", "B"))
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    seen, sums = hash_seen(draft), [file["sha256"] for file in announcement_content(draft)["files"]]
    assert sums == [first.sha256, second.sha256]
    return_announcement(tender_id=draft.pk, reason="Feil fil.", by=ingrid, at=NOON)
    if change == "add":
        with_file(draft, ingrid, NOON, title="C")
    elif change == "remove":
        remove_tender_file(file_id=second.pk, by=ingrid, at=NOON)
    else:
        pairs = [(second.pk, "B"), (first.pk, "A")] if change == "reorder" else [(first.pk, "A"), (second.pk, "Bedre")]
        arrange_tender_files(tender_id=draft.pk, titles=pairs, by=ingrid, at=NOON)
    assert hash_now(draft) != seen
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    with pytest.raises(Refused, match="The announcement is not the one you have read"):
        announce_tender(tender_id=draft.pk, content_hash=seen, by=arne, at=NOON)


def test_the_same_bytes_under_another_file_are_another_approval(draft, ingrid):
    file = with_file(draft, ingrid, NOON)
    before = hash_now(draft)
    TenderFile.objects.filter(pk=file.pk).update(sha256="0" * 64)
    assert hash_now(draft) != before


def test_files_are_public_from_the_announcement_on_and_frozen(draft, ingrid, arne):
    file = with_file(draft, ingrid, NOON)
    stranger = make_person("Stine Dahl")
    assert not visible_files(stranger, draft, at=NOON).exists()
    propose_announcement(tender_id=draft.pk, approver=arne, by=ingrid, at=NOON)
    later = NOON + timedelta(hours=1)
    announce_tender(tender_id=draft.pk, content_hash=hash_seen(draft), by=arne, at=later)
    draft.refresh_from_db()
    assert visible_files(stranger, draft, at=later).get().public_since == later
    with pytest.raises(Refused, match="This file is announced. Only an amendment can take it out"):
        remove_tender_file(file_id=file.pk, by=ingrid, at=later)
    with pytest.raises(Refused, match="This tender has been announced"):
        arrange_tender_files(tender_id=draft.pk, titles=[(file.pk, "Annet")], by=ingrid, at=later)


def test_a_file_added_after_the_announcement_is_only_made_ready(ingrid, arne, sara, ragnhild):
    tender = announced(ingrid, arne)
    file = with_file(tender, ingrid, NOON)
    assert (file.place, file.public_since) == (None, None)
    assert announcement_content(tender)["files"] == []
    for user, sees in ((ingrid, True), (arne, True), (ragnhild, True), (sara, False)):
        assert visible_files(user, tender, at=NOON).exists() is sees


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"%PDF-another"), lambda path: path.unlink()])
def test_bytes_that_are_others_or_gone_are_noticed(draft, ingrid, tmp_path, spoil):
    file = with_file(draft, ingrid, NOON)
    spoil(tmp_path / file.file)
    with pytest.raises(stored_files.FileChanged):
        stored_files.read(file)


def test_the_sweep_takes_what_no_tender_needs_and_nothing_that_was_public(ingrid, arne):
    tender = proposed(ingrid, arne)
    return_announcement(tender_id=tender.pk, reason="Filene mangler.", by=ingrid, at=NOON)
    kept, removed = (with_file(tender, ingrid, NOON, title=title) for title in "AB")
    remove_tender_file(file_id=removed.pk, by=ingrid, at=NOON)
    stray = default_storage.save("tenders/stray", ContentFile(b"refused"))
    far_ahead = default_storage.get_modified_time(stray) + timedelta(hours=2)
    assert delete_unneeded_files(by=User.clock(), at=far_ahead - timedelta(hours=1, minutes=30)) == 0
    TenderFile.objects.filter(pk=kept.pk).update(public_since=NOON, place=None, removed_at=NOON, removed_by=arne)
    assert delete_unneeded_files(by=User.clock(), at=far_ahead) == 2
    assert default_storage.exists(kept.file)
    assert not default_storage.exists(removed.file) and not default_storage.exists(stray)
    assert delete_unneeded_files(by=User.clock(), at=far_ahead) == 0


def test_the_job_bears_being_run_twice_and_with_no_folder(db):
    delete_files()
    delete_files()
